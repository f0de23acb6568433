/* live.c - what has arrived, kept ready for whoever watches. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/intern.h"
#include "base/xalloc.h"
#include "sandbox/live.h"
#include "json/json_write.h"

#define OTHER (LIVE_STATES - 1)

/* The first step; others are twice, four times ... as long. */
#define STEP 900

struct machine {
	char *company, *project, *name;
	uint64_t records;
	int64_t seconds[LIVE_STATES];
	int64_t column[LIVE_STATES][LIVE_COLUMNS]; /* seconds */
};

/* A batch that came. */
struct batch {
	int64_t at; /* seconds since 1970; 0: none came */
	char *company, *project;
	size_t records;
	int64_t seconds, first, last;
};

struct live {
	struct intern *ids; /* of machines, with their numbers */
	struct machine *machine;
	uint32_t machines, room;
	char *state[OTHER];
	int states;
	uint64_t records, batches;
	int has_begun;
	int64_t start, step; /* of the timeline; ${step} is 0 while empty */
	int64_t end;	     /* the last that came */
	struct batch batch;
};

struct live *
live_new(void)
{
	/* These have their places, and so their colours, whoever comes first.
	 */
	static const char *const usual[] = { "Working", "Idle", "Moving" };
	struct live *l = xcalloc(1, sizeof *l);

	l->ids = intern_new();
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		l->state[l->states++] = xstrdup(usual[i]);
	return l;
}

static struct machine *
machine_of(struct live *l, const struct store_record *r)
{
	struct buf key = { 0 };
	uint32_t id;

	buf_put(&key, r->company, strlen(r->company) + 1);
	buf_put(&key, r->project, strlen(r->project) + 1);
	buf_puts(&key, r->machine);
	id = intern_id(l->ids, key.data, key.len);
	buf_free(&key);
	if (id < l->machines)
		return &l->machine[id];
	if (l->machines == l->room) {
		l->room = l->room * 2 + 16;
		l->machine =
		    xreallocarray(l->machine, l->room, sizeof *l->machine);
	}
	l->machine[id] = (struct machine){ .company = xstrdup(r->company),
		.project = xstrdup(r->project),
		.name = xstrdup(r->machine) };
	l->machines++;
	return &l->machine[id];
}

static int
state_of(struct live *l, const char *state)
{
	for (int i = 0; i < l->states; i++)
		if (strcmp(l->state[i], state) == 0)
			return i;
	if (l->states == OTHER)
		return OTHER;
	l->state[l->states] = xstrdup(state);
	return l->states++;
}

static int64_t
floor_to(int64_t t, int64_t step)
{
	int64_t rest = t % step;

	return t - (rest < 0 ? rest + step : rest);
}

/* What stood at ${start} and ${step} now stands at the live's own.  Both are
 * multiples of their steps, so that no column is torn. */
static void
move_columns(struct live *l, int64_t start, int64_t step)
{
	for (uint32_t m = 0; m < l->machines; m++)
		for (int s = 0; s < LIVE_STATES; s++) {
			int64_t *column = l->machine[m].column[s];
			int64_t old[LIVE_COLUMNS];

			memcpy(old, column, sizeof old);
			memset(column, 0, sizeof old);
			for (int64_t i = 0; i < LIVE_COLUMNS; i++)
				if (old[i] > 0)
					column[(start + i * step - l->start) /
					       l->step] += old[i];
		}
}

/* Let the timeline reach from ${from} to ${to}, and over what it has. */
static void
reach(struct live *l, int64_t from, int64_t to)
{
	int64_t start = l->start, step = l->step;

	if (step == 0) {
		l->start = start = floor_to(from, STEP);
		l->step = step = STEP;
		l->end = to;
	}
	if (to > l->end)
		l->end = to;
	if (from < l->start)
		l->start = floor_to(from, step);
	while (l->end > l->start + l->step * LIVE_COLUMNS) {
		l->step *= 2;
		l->start = floor_to(l->start, l->step);
	}
	if (l->start != start || l->step != step)
		move_columns(l, start, step);
}

static void
add_columns(struct live *l, struct machine *m, int s, int64_t from, int64_t to)
{
	for (int64_t t = from; t < to;) {
		int64_t i = (t - l->start) / l->step;
		int64_t next = l->start + (i + 1) * l->step;

		if (next > to)
			next = to;
		m->column[s][i] += next - t;
		t = next;
	}
}

void
live_load(void *live, const struct store_record *r)
{
	struct live *l = live;
	struct machine *m = machine_of(l, r);
	int s = state_of(l, r->state);

	l->records++;
	m->records++;
	m->seconds[s] += r->end - r->start;
	reach(l, r->start, r->end);
	add_columns(l, m, s, r->start, r->end);
}

void
live_begin(struct live *l)
{
	l->has_begun = 1;
}

int
live_has_begun(const struct live *l)
{
	return l->has_begun;
}

static void
set_text(char **to, const char *text)
{
	free(*to);
	*to = xstrdup(text);
}

void
live_add(struct live *l, const struct store_record *r, size_t n)
{
	struct batch *b = &l->batch;

	if (n == 0)
		return;
	l->batches++;
	b->at = (int64_t)time(NULL);
	set_text(&b->company, r[0].company);
	set_text(&b->project, r[0].project);
	b->records = n;
	b->seconds = 0;
	b->first = r[0].start;
	b->last = r[0].end;
	for (size_t i = 0; i < n; i++) {
		if (l->has_begun)
			live_load(l, &r[i]);
		b->seconds += r[i].end - r[i].start;
		if (r[i].start < b->first)
			b->first = r[i].start;
		if (r[i].end > b->last)
			b->last = r[i].end;
	}
}

static void
put_batch(struct json_write *w, const struct batch *b)
{
	json_write_key(w, "lastBatch");
	if (b->at == 0) {
		json_write_null(w);
		return;
	}
	json_write_object(w);
	json_write_member_instant(w, "at", b->at);
	json_write_member(w, "companyId", b->company);
	json_write_member(w, "projectId", b->project);
	json_write_member_int(w, "records", (int64_t)b->records);
	json_write_member_int(w, "seconds", b->seconds);
	json_write_member_instant(w, "firstStart", b->first);
	json_write_member_instant(w, "lastEnd", b->last);
	json_write_end(w);
}

/* Per state, the states' order: seconds in all, and the share of each column
 * in percent. */
static void
put_machine(struct json_write *w, const struct live *l, const struct machine *m)
{
	json_write_object(w);
	json_write_member(w, "companyId", m->company);
	json_write_member(w, "projectId", m->project);
	json_write_member(w, "machineId", m->name);
	json_write_member_int(w, "records", (int64_t)m->records);
	json_write_key(w, "seconds");
	json_write_array(w);
	for (int s = 0; s < LIVE_STATES; s++)
		json_write_int(w, m->seconds[s]);
	json_write_end(w);
	json_write_key(w, "columns");
	json_write_array(w);
	for (int s = 0; s < LIVE_STATES; s++) {
		json_write_array(w);
		for (int i = 0; i < LIVE_COLUMNS && m->seconds[s] > 0; i++)
			json_write_int(
			    w, (m->column[s][i] * 100 + l->step - 1) / l->step);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_end(w);
}

static void
put_machines(struct json_write *w, const struct live *l)
{
	uint32_t *by_rank =
	    xreallocarray(NULL, l->machines + 1, sizeof *by_rank);

	intern_rank_all(l->ids);
	for (uint32_t i = 0; i < l->machines; i++)
		by_rank[intern_rank(l->ids, i)] = i;
	json_write_key(w, "rows");
	json_write_array(w);
	for (uint32_t i = 0; i < l->machines && i < LIVE_MACHINES; i++)
		put_machine(w, l, &l->machine[by_rank[i]]);
	json_write_end(w);
	free(by_rank);
}

/* The states' names, and their seconds over all machines. */
static void
put_states(struct json_write *w, const struct live *l)
{
	json_write_key(w, "states");
	json_write_array(w);
	for (int s = 0; s < LIVE_STATES; s++) {
		int64_t seconds = 0;

		for (uint32_t m = 0; m < l->machines; m++)
			seconds += l->machine[m].seconds[s];
		json_write_object(w);
		json_write_member(
		    w, "state", s < l->states ? l->state[s] : "other");
		json_write_member_int(w, "seconds", seconds);
		json_write_end(w);
	}
	json_write_end(w);
}

void
live_json(const struct live *l, struct buf *to)
{
	struct json_write *w = json_write_new(0);
	const char *text;
	size_t len;

	json_write_object(w);
	json_write_member_int(w, "records", (int64_t)l->records);
	json_write_member_int(w, "batches", (int64_t)l->batches);
	json_write_member_int(w, "machines", (int64_t)l->machines);
	put_batch(w, &l->batch);
	put_states(w, l);
	json_write_key(w, "timeline");
	if (l->step == 0) {
		json_write_null(w);
	} else {
		json_write_object(w);
		/* As numbers: the start may be before the year 1. */
		json_write_member_int(w, "start", l->start);
		json_write_member_int(w, "end", l->end);
		json_write_member_int(w, "step", l->step);
		json_write_end(w);
	}
	put_machines(w, l);
	json_write_end(w);
	text = json_write_take(w, &len);
	buf_put(to, text, len);
	json_write_free(w);
}

void
live_free(struct live *l)
{
	if (l == NULL)
		return;
	for (uint32_t i = 0; i < l->machines; i++) {
		free(l->machine[i].company);
		free(l->machine[i].project);
		free(l->machine[i].name);
	}
	for (int s = 0; s < l->states; s++)
		free(l->state[s]);
	free(l->machine);
	free(l->batch.company);
	free(l->batch.project);
	intern_free(l->ids);
	free(l);
}
