/* daily.c - machine time by local day, state and basis. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/daily.h"

#define DAY 86400

/* Cells may always take this. */
#define ENOUGH ((size_t)8 << 20)

/* Of an owner. */
struct recent {
	int64_t reach; /* no passed period ends later */
	uint32_t cell; /* the last one asked for, if there is any */
};

/* A state's text, and its number. */
struct word {
	const char *text;
	size_t len;
	uint32_t state;
};

struct daily {
	struct names *names;
	const struct zone *zone;
	struct daily_cell *cell;
	uint32_t count, room;
	uint32_t *slot; /* a table of cells by owner, day and state: from 1 */
	uint32_t slots; /* a power of two, or 0 */
	size_t most;	/* bytes for both */
	struct recent *recent; /* by owner */
	uint32_t owners, owner_room;
	uint32_t *rank; /* by state */
	uint32_t states;

	struct daily_stretch now; /* the one that was looked at last */
};

struct daily *
daily_new(struct names *names, const struct zone *zone, size_t memory)
{
	struct daily *d = xcalloc(1, sizeof *d);

	d->names = names;
	d->zone = zone;
	d->most = memory / 2 > ENOUGH ? memory / 2 : ENOUGH;
	return d;
}

/* Sums stop at the end of numbers, they do not begin anew. */
static void
more(int64_t *sum, int64_t seconds)
{
	if (__builtin_add_overflow(*sum, seconds, sum))
		*sum = INT64_MAX;
}

void
daily_add(struct daily_sum *sum, const struct daily_sum *part)
{
	sum->periods += part->periods;
	sum->withheld_count += part->withheld_count;
	for (unsigned b = 0; b <= RECORD_ESTIMATED; b++)
		more(&sum->by_basis[b], part->by_basis[b]);
	more(&sum->overlap, part->overlap);
	more(&sum->withheld, part->withheld);
	if (part->first < sum->first)
		sum->first = part->first;
	if (part->last > sum->last)
		sum->last = part->last;
}

int64_t
daily_seconds(const struct daily_sum *sum)
{
	int64_t all = 0;

	for (unsigned b = 0; b <= RECORD_ESTIMATED; b++)
		more(&all, sum->by_basis[b]);
	return all;
}

int64_t
daily_covered(const struct daily_sum *sum)
{
	return daily_seconds(sum) - sum->overlap;
}

static int64_t
day_of(int64_t local)
{
	return local / DAY - (local % DAY < 0);
}

/*
 * It ends where the clock is changed, too: a day may come in pieces, and a
 * clock that goes back over midnight gives one piece of tomorrow before the
 * last one of today.
 */
void
daily_stretch(const struct zone *zone, int64_t instant, struct daily_stretch *s)
{
	int64_t from, until;
	int64_t offset = zone_span(zone, instant, &from, &until);

	s->day = day_of(instant + offset);
	s->from = s->day * DAY - offset;
	s->until = s->from + DAY;
	if (from > s->from)
		s->from = from;
	if (until < s->until)
		s->until = until;
}

int64_t
daily_length(const struct zone *zone, int64_t day, int64_t *first)
{
	struct daily_stretch s;
	int64_t length = 0;

	/* No clock is further from UTC than two days. */
	for (int64_t at = (day - 2) * DAY; at < (day + 3) * DAY; at = s.until) {
		daily_stretch(zone, at, &s);
		if (s.day != day)
			continue;
		if (length == 0 && first != NULL)
			*first = s.from;
		length += s.until - s.from;
	}
	return length;
}

/* The same as daily_stretch, into ${d}; most records are where the last was. */
static void
find_day(struct daily *d, int64_t instant)
{
	if (instant < d->now.from || instant >= d->now.until)
		daily_stretch(d->zone, instant, &d->now);
}

static struct recent *
recent_of(struct daily *d, uint32_t owner)
{
	while (d->owner_room <= owner) {
		d->owner_room = d->owner_room > 0 ? d->owner_room * 2 : 64;
		d->recent =
		    xreallocarray(d->recent, d->owner_room, sizeof *d->recent);
	}
	for (; d->owners <= owner; d->owners++)
		d->recent[d->owners] = (struct recent){ .reach = INT64_MIN };
	return &d->recent[owner];
}

/* The slot of a cell, or the free one where it would be. */
static uint32_t *
slot_of(const struct daily *d, uint32_t owner, int64_t day, uint32_t state)
{
	const int64_t key[] = { day, (int64_t)owner << 32 | state };
	uint32_t at = (uint32_t)hash_of(key, sizeof key) & (d->slots - 1);

	while (d->slot[at] != 0) {
		const struct daily_cell *c = &d->cell[d->slot[at] - 1];

		if (c->owner == owner && c->day == day && c->state == state)
			break;
		at = (at + 1) & (d->slots - 1);
	}
	return &d->slot[at];
}

/* Room for one cell more, and a table of twice as many slots. */
static void
grow(struct daily *d)
{
	uint32_t room = d->room > 0 ? d->room * 2 : 256;

	if (room * (sizeof *d->cell + 2 * sizeof *d->slot) > d->most)
		msg_die("hours by machine and day take more than half of the "
			"memory: give more with --memory, or fewer days or "
			"machines with --from, --to and --machine");
	d->cell = xreallocarray(d->cell, room, sizeof *d->cell);
	d->room = room;
	free(d->slot);
	d->slots = room * 2;
	d->slot = xcalloc(d->slots, sizeof *d->slot);
	for (uint32_t i = 0; i < d->count; i++) {
		const struct daily_cell *c = &d->cell[i];

		*slot_of(d, c->owner, c->day, c->state) = i + 1;
	}
}

static struct daily_sum *
sum_at(struct daily *d, struct recent *recent, uint32_t owner, int64_t day,
    uint32_t state)
{
	uint32_t *slot;

	if (recent->cell < d->count) {
		struct daily_cell *c = &d->cell[recent->cell];

		if (c->owner == owner && c->day == day && c->state == state)
			return &c->sum;
	}
	if (d->count == d->room)
		grow(d);
	slot = slot_of(d, owner, day, state);
	if (*slot == 0) {
		d->cell[d->count] = (struct daily_cell){ .day = day,
			.owner = owner,
			.state = state,
			.sum = DAILY_NOTHING };
		*slot = ++d->count;
	}
	recent->cell = *slot - 1;
	return &d->cell[recent->cell].sum;
}

void
daily_pass(struct daily *d, const struct record *r)
{
	struct recent *o = recent_of(d, r->owner);
	int64_t at = r->start, to;

	find_day(d, at);
	sum_at(d, o, r->owner, d->now.day, r->state)->periods++;
	for (; at < r->end; at = to) {
		struct daily_sum *sum;

		find_day(d, at);
		to = r->end < d->now.until ? r->end : d->now.until;
		sum = sum_at(d, o, r->owner, d->now.day, r->state);
		more(&sum->by_basis[r->basis], to - at);
		if (o->reach > at)
			more(&sum->overlap,
			    (o->reach < to ? o->reach : to) - at);
		if (at < sum->first)
			sum->first = at;
		if (to > sum->last)
			sum->last = to;
	}
	if (r->end > o->reach)
		o->reach = r->end;
}

void
daily_withhold(struct daily *d, const struct record *r)
{
	struct recent *o = recent_of(d, r->owner);
	struct daily_sum *sum;

	find_day(d, r->start);
	sum = sum_at(d, o, r->owner, d->now.day, r->state);
	sum->withheld_count++;
	if (r->end > r->start)
		more(&sum->withheld, r->end - r->start);
}

static int
by_text(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int c = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);

	return c != 0 ? c : (x->len > y->len) - (x->len < y->len);
}

static void
rank_states(struct daily *d)
{
	uint32_t n = d->states = names_states(d->names);
	struct word *word = xcalloc((size_t)n + 1, sizeof *word);

	for (uint32_t i = 0; i < n; i++) {
		word[i].text = names_state_text(d->names, i, &word[i].len);
		word[i].state = i;
	}
	qsort(word, n, sizeof *word, by_text);
	d->rank = xcalloc((size_t)n + 1, sizeof *d->rank);
	for (uint32_t i = 0; i < n; i++)
		d->rank[word[i].state] = i;
	free(word);
}

static int
by_order(const void *a, const void *b)
{
	const struct daily_cell *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->state > y->state) - (x->state < y->state);
}

/* While they are sorted owners and states are their ranks. */
void
daily_end(struct daily *d)
{
	uint32_t n = names_owners(d->names);
	uint32_t *owner = xcalloc((size_t)n + 1, sizeof *owner);
	uint32_t *state;

	rank_states(d);
	names_rank(d->names);
	for (uint32_t i = 0; i < n; i++)
		owner[names_rank_of(d->names, i)] = i;
	state = xcalloc((size_t)d->states + 1, sizeof *state);
	for (uint32_t i = 0; i < d->states; i++)
		state[d->rank[i]] = i;
	for (uint32_t i = 0; i < d->count; i++) {
		d->cell[i].owner = names_rank_of(d->names, d->cell[i].owner);
		d->cell[i].state = d->rank[d->cell[i].state];
	}
	if (d->count > 0)
		qsort(d->cell, d->count, sizeof *d->cell, by_order);
	for (uint32_t i = 0; i < d->count; i++) {
		d->cell[i].owner = owner[d->cell[i].owner];
		d->cell[i].state = state[d->cell[i].state];
	}
	free(owner);
	free(state);
}

const struct daily_cell *
daily_cells(const struct daily *d, size_t *count)
{
	*count = d->count;
	return d->cell;
}

uint32_t
daily_states(const struct daily *d)
{
	return d->states;
}

uint32_t
daily_rank(const struct daily *d, uint32_t state)
{
	return d->rank[state];
}

const struct names *
daily_names(const struct daily *d)
{
	return d->names;
}

const struct zone *
daily_zone(const struct daily *d)
{
	return d->zone;
}

void
daily_free(struct daily *d)
{
	if (d == NULL)
		return;
	free(d->cell);
	free(d->slot);
	free(d->recent);
	free(d->rank);
	free(d);
}
