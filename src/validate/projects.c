/* projects.c - machines that are in several projects. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/projects.h"
#include "validate/spans.h"

#define LEAST ((size_t)8 << 20) /* bytes that are always there */

#define NONE UINT32_MAX

/* Records in order of time that share none; neighbours of one owner that
 * touch are one. */
struct stretches {
	struct record *at;
	size_t count, room;
};

/* When a machine was in one of its projects, as the vendor has it. */
struct stay {
	uint32_t owner;
	struct spans at;
};

/* A machine of several projects. */
struct machine {
	uint32_t owner; /* whose records come; NONE before the first */

	/* First whole days are looked at, in all projects but this one, in
	 * this one, and in two: most machines that are in several projects
	 * only moved from one to the next, and need no more. */
	struct spans days_before, days, shared;
	size_t past; /* so many of ${shared} had ended by the last start */

	struct stay *stay; /* one of each owner; NULL: nobody asks */
	size_t stays;

	/* Then periods are kept. */
	struct stretches before, now;
	size_t ended; /* so many of ${before} had by the last start */
};

struct projects {
	uint32_t *machine_of; /* an owner's, or NONE */
	uint32_t owners;
	struct machine *machine;
	uint32_t machines;
	size_t taken, most; /* bytes of stretches */
	int64_t join;	    /* of days of one owner */
	int fills;
};

/* Company and machine of an owner.  A NUL stands in neither. */
static void
put_machine(struct buf *b, const struct names *names, uint32_t owner)
{
	buf_clear(b);
	names_put_part(names, owner, NAMES_COMPANY, b);
	buf_putc(b, '\0');
	names_put_part(names, owner, NAMES_MACHINE, b);
}

/* Owners whose machine has no other get NONE, the others its number, from 0
 * on.  How many machines there are. */
static uint32_t
number_machines(const struct names *names, uint32_t *machine_of)
{
	uint32_t owners = names_owners(names), machines = 0;
	struct intern *ids = intern_new();
	struct buf b = { 0 };
	uint32_t *seen = xcalloc((size_t)owners + 1, sizeof *seen);

	for (uint32_t i = 0; i < owners; i++) {
		put_machine(&b, names, i);
		machine_of[i] = intern_id(ids, b.data, b.len);
		seen[machine_of[i]]++;
	}
	for (uint32_t n = 0; n < intern_count(ids); n++)
		seen[n] = seen[n] > 1 ? machines++ : NONE;
	for (uint32_t i = 0; i < owners; i++)
		machine_of[i] = seen[machine_of[i]];
	free(seen);
	intern_free(ids);
	buf_free(&b);
	return machines;
}

struct projects *
projects_new(const struct names *names, size_t memory, int moves, int fills)
{
	struct projects *f = xcalloc(1, sizeof *f);

	f->owners = names_owners(names);
	f->machine_of =
	    xreallocarray(NULL, (size_t)f->owners + 1, sizeof *f->machine_of);
	f->machines = number_machines(names, f->machine_of);
	f->most = memory / 4 > LEAST ? memory / 4 : LEAST;
	/* What grows does so between the first and the last one. */
	f->join = moves ? INT64_MAX : 0;
	f->fills = fills;
	if (f->machines == 0) {
		projects_free(f);
		return NULL;
	}
	f->machine = xcalloc(f->machines, sizeof *f->machine);
	for (uint32_t n = 0; n < f->machines; n++)
		f->machine[n].owner = NONE;
	return f;
}

/* All of an owner was looked at. */
static void
end_days(struct machine *m)
{
	struct spans both = { 0 };

	spans_cross(&m->days_before, &m->days, &both);
	spans_add(&m->shared, &both);
	spans_add(&m->days_before, &m->days);
	spans_free(&both);
	m->days.count = 0;
}

static void
stay(struct machine *m, const struct record *r)
{
	struct span s = { .from = r->start, .to = r->end };

	if (m->stays == 0 || m->stay[m->stays - 1].owner != r->owner) {
		m->stay = xreallocarray(m->stay, m->stays + 1, sizeof *m->stay);
		m->stay[m->stays++] = (struct stay){ .owner = r->owner };
	}
	spans_put(&m->stay[m->stays - 1].at, s, 0);
}

static void
forget_stays(struct machine *m)
{
	for (size_t i = 0; i < m->stays; i++)
		spans_free(&m->stay[i].at);
	free(m->stay);
	m->stay = NULL;
	m->stays = 0;
}

void
projects_look(struct projects *f, const struct record *r)
{
	struct span s;
	struct machine *m;

	if (f->machine_of[r->owner] == NONE || r->end <= r->start)
		return;
	m = &f->machine[f->machine_of[r->owner]];
	if (m->owner != r->owner) {
		end_days(m);
		m->owner = r->owner;
	}
	s.from = instant_midnight(r->start);
	s.to = instant_midnight(r->end - 1) + INSTANT_DAY;
	spans_put(&m->days, s, f->join);
	if (f->fills && r->basis != RECORD_ESTIMATED)
		stay(m, r);
}

void
projects_looked(struct projects *f)
{
	for (uint32_t n = 0; n < f->machines; n++) {
		struct machine *m = &f->machine[n];

		end_days(m);
		spans_free(&m->days);
		spans_free(&m->days_before);
		m->owner = NONE;
		if (m->shared.count == 0)
			forget_stays(m);
	}
}

int
projects_shares(const struct projects *f, uint32_t owner)
{
	uint32_t n = f->machine_of[owner];

	return n != NONE && f->machine[n].shared.count > 0;
}

int
projects_elsewhere(
    const struct projects *f, uint32_t owner, int64_t from, int64_t to)
{
	uint32_t n = f->machine_of[owner];
	const struct machine *m = n != NONE ? &f->machine[n] : NULL;

	for (size_t i = 0; m != NULL && i < m->stays; i++)
		if (m->stay[i].owner != owner &&
		    spans_meet(&m->stay[i].at, from, to))
			return 1;
	return 0;
}

static void
put(struct projects *f, struct stretches *s, const struct record *r)
{
	struct record *last = s->count > 0 ? &s->at[s->count - 1] : NULL;

	if (last != NULL && last->owner == r->owner && last->end >= r->start) {
		if (r->end > last->end)
			last->end = r->end;
		return;
	}
	if (s->count == s->room) {
		size_t room = s->room > 0 ? s->room * 2 : 2;

		f->taken += (room - s->room) * sizeof *s->at;
		if (f->taken > f->most)
			msg_die("machines that are in several projects on one "
				"day take more than a quarter of --memory; "
				"give more, or --rule two-projects=off");
		s->room = room;
		s->at = xreallocarray(s->at, s->room, sizeof *s->at);
	}
	s->at[s->count++] = *r;
}

static void
clear(struct projects *f, struct stretches *s)
{
	f->taken -= s->room * sizeof *s->at;
	free(s->at);
	*s = (struct stretches){ 0 };
}

/* The same where the one before may be of another owner: the later gives way,
 * so that no second stands twice. */
static void
put_rest(struct projects *f, struct stretches *s, const struct record *r)
{
	struct record rest = *r;

	if (s->count > 0 && s->at[s->count - 1].end > rest.start)
		rest.start = s->at[s->count - 1].end;
	if (rest.end > rest.start)
		put(f, s, &rest);
}

/* The next owner of the machine: what came so far is before it. */
static void
begin_owner(struct projects *f, struct machine *m, uint32_t owner)
{
	struct stretches all = { 0 };
	size_t i = 0, k = 0;

	while (i < m->before.count || k < m->now.count) {
		if (k == m->now.count ||
		    (i < m->before.count &&
			m->before.at[i].start <= m->now.at[k].start))
			put_rest(f, &all, &m->before.at[i++]);
		else
			put_rest(f, &all, &m->now.at[k++]);
	}
	clear(f, &m->before);
	clear(f, &m->now);
	m->before = all;
	m->ended = m->past = 0;
	m->owner = owner;
}

/* The machine of ${r}, or NULL when it is in one project then. */
static struct machine *
machine_on_day(struct projects *f, const struct record *r)
{
	struct machine *m = &f->machine[f->machine_of[r->owner]];
	const struct spans *s = &m->shared;

	if (m->owner != r->owner)
		begin_owner(f, m, r->owner);
	while (m->past < s->count && s->at[m->past].to <= r->start)
		m->past++;
	return m->past < s->count && s->at[m->past].from < r->end ? m : NULL;
}

int64_t
projects_meet(struct projects *f, const struct record *r, struct record *other)
{
	struct machine *m = machine_on_day(f, r);
	const struct stretches *s;
	int64_t seconds = 0;

	if (m == NULL)
		return 0;
	s = &m->before;
	while (m->ended < s->count && s->at[m->ended].end <= r->start)
		m->ended++;
	for (size_t i = m->ended; i < s->count && s->at[i].start < r->end;
	     i++) {
		int64_t from = s->at[i].start, to = s->at[i].end;

		if (seconds == 0)
			*other = s->at[i];
		seconds += (to < r->end ? to : r->end) -
			   (from > r->start ? from : r->start);
	}
	return seconds;
}

void
projects_keep(struct projects *f, const struct record *r)
{
	struct machine *m = machine_on_day(f, r);

	if (m != NULL)
		put(f, &m->now, r);
}

void
projects_free(struct projects *f)
{
	if (f == NULL)
		return;
	for (uint32_t n = 0; f->machine != NULL && n < f->machines; n++) {
		struct machine *m = &f->machine[n];

		spans_free(&m->days_before);
		spans_free(&m->days);
		spans_free(&m->shared);
		forget_stays(m);
		free(m->before.at);
		free(m->now.at);
	}
	free(f->machine);
	free(f->machine_of);
	free(f);
}
