/* cause_dst.c - clocks that were changed, and a file that does not know. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "record/names.h"
#include "validate/cause_dst.h"
#include "validate/rule.h"

/*
 * Where local times were turned into UTC by somebody who does not know of the
 * change, there is an hour in which nothing begins, though before and after it
 * much does: the one that clocks skip in spring; in autumn one of the two that
 * look alike, since the periods of both lie in the other one and overlap.  Or
 * the second is taken for the first and all that follows comes an hour early.
 * Everything is counted by the change's own step.
 */
#define DAY 86400
#define HOUR 3600
#define HOURS 24
#define CELLS 4 /* steps about a change, which lies in their middle */
#define BUSY 10 /* starts in a cell, or more */
#define LEAST 3 /* machines */
#define LONGEST                                                                \
	(2 * HOUR) /* beside the empty cell, of a gap that it explains */

struct change {
	int64_t at, step; /* instant; seconds, ahead in spring */
	int64_t after;	  /* offset of the new clock */
	uint64_t starts[CELLS];
	uint64_t machines;	       /* with a start in these */
	uint64_t overlapped;	       /* machines that overlap here */
	int64_t overlap;	       /* seconds */
	uint32_t owner, overlap_owner; /* the last ones */
	struct record first;
	int empty; /* the cell where nothing begins, or 0 */
};

struct cause_dst {
	const struct zone *zone;
	struct change *change;
	size_t changes;
	struct cause *found;
	size_t *change_of; /* each one found */
	size_t count;
	uint64_t at_hour[HOURS]; /* starts by local hour */
	int64_t elsewhere;	 /* overlap, seconds */

	/* Where the last record was: far from a change within these. */
	int64_t calm_from, calm_until, offset;
	uint32_t owner;
	int64_t end; /* of its machine */
};

struct cause_dst *
cause_dst_new(const struct zone *zone)
{
	struct cause_dst *d = xcalloc(1, sizeof *d);

	d->zone = zone;
	d->owner = NAMES_NONE;
	return d;
}

/* Its entry, made where it is not. */
static struct change *
change_at(struct cause_dst *d, int64_t at)
{
	struct change *c;
	size_t i = d->changes;

	while (i > 0 && d->change[i - 1].at != at)
		i--;
	if (i > 0)
		return &d->change[i - 1];
	d->change = xreallocarray(d->change, d->changes + 1, sizeof *d->change);
	c = &d->change[d->changes++];
	*c = (struct change){ .at = at,
		.after = zone_offset(d->zone, at),
		.owner = NAMES_NONE,
		.overlap_owner = NAMES_NONE };
	c->step = c->after - zone_offset(d->zone, at - 1);
	return c;
}

/* The change so near to ${at} that it is counted there, or NULL; and where it
 * is far from any. */
static struct change *
near(struct cause_dst *d, int64_t at)
{
	int64_t from, until, far = 4 * HOUR, change;
	struct change *c;

	d->offset = zone_span(d->zone, at, &from, &until);
	d->calm_from = from == INT64_MIN ? from : from + far;
	d->calm_until = until == INT64_MAX ? until : until - far;
	if (at < d->calm_from)
		change = from;
	else if (at >= d->calm_until)
		change = until;
	else
		return NULL;
	c = change_at(d, change);
	return at >= c->at - 2 * llabs(c->step) &&
		       at < c->at + 2 * llabs(c->step)
		   ? c
		   : NULL;
}

static void
count(struct change *c, const struct record *r)
{
	int64_t step = llabs(c->step);

	c->starts[(r->start - c->at + 2 * step) / step]++;
	if (c->machines == 0)
		c->first = *r;
	if (c->owner != r->owner)
		c->machines++;
	c->owner = r->owner;
}

static void
count_overlap(struct change *c, const struct record *r, int64_t seconds)
{
	c->overlap += seconds;
	if (c->overlap_owner != r->owner)
		c->overlapped++;
	c->overlap_owner = r->owner;
}

void
cause_dst_take(struct cause_dst *d, const struct record *r)
{
	struct change *c = NULL;
	int64_t end = d->owner == r->owner ? d->end : INT64_MIN;

	if (r->start < d->calm_from || r->start >= d->calm_until)
		c = near(d, r->start);
	if (c != NULL)
		count(c, r);
	else
		d->at_hour[((r->start + d->offset) % DAY + DAY) % DAY / HOUR]++;
	if (r->start < end) {
		int64_t both = (r->end < end ? r->end : end) - r->start;

		if (c != NULL)
			count_overlap(c, r, both);
		else
			d->elsewhere += both;
	}
	d->owner = r->owner;
	d->end = r->end > end ? r->end : end;
}

/* On other days, does as much begin at the local time of ${at} as it does in
 * the hour before? */
static int
is_busy(const struct cause_dst *d, int64_t local)
{
	int64_t hour = (local % DAY + DAY) % DAY / HOUR;
	uint64_t before = d->at_hour[(hour + HOURS - 1) % HOURS];

	return d->at_hour[hour] >= BUSY && d->at_hour[hour] * 3 >= before;
}

/* The cell in which nothing begins though much does about it, or 0. */
static int
empty_cell(const struct cause_dst *d, const struct change *c)
{
	const uint64_t *n = c->starts;
	int64_t before = c->after - c->step;

	if (c->machines < LEAST)
		return 0;
	/* What the clock showed then, had it not been changed. */
	if (n[2] == 0 && n[1] >= BUSY && n[3] >= BUSY &&
	    is_busy(d, c->at + before))
		return 2;
	if (c->step < 0 && n[1] == 0 && n[0] >= BUSY && n[2] >= BUSY &&
	    is_busy(d, c->at + c->step + before))
		return 1;
	return 0;
}

static int
is_doubled(const struct cause_dst *d, const struct change *c)
{
	return c->step < 0 && c->overlapped >= LEAST &&
	       c->overlapped * 2 >= c->machines &&
	       c->overlap * 4 >= -c->step * (int64_t)c->overlapped &&
	       c->overlap * 10 >= d->elsewhere;
}

static int
compare(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

struct cause *
cause_dst_found(struct cause_dst *d, size_t *count)
{
	if (d->changes > 0)
		qsort(d->change, d->changes, sizeof *d->change, compare);
	d->found = xreallocarray(d->found, d->changes, sizeof *d->found);
	d->change_of =
	    xreallocarray(d->change_of, d->changes, sizeof *d->change_of);
	d->count = 0;
	for (size_t i = 0; i < d->changes; i++) {
		struct change *c = &d->change[i];

		c->empty = empty_cell(d, c);
		if (c->empty == 0 && !is_doubled(d, c))
			continue;
		d->change_of[d->count] = i;
		d->found[d->count] = (struct cause){ .rule = RULE_DST_SHIFT,
			.instance = (unsigned)d->count + 1,
			.from = c->at - (c->step < 0 ? -c->step : 0),
			.to = c->at + llabs(c->step),
			.shift = c->step,
			.machines = c->machines,
			.times = 1,
			.price = (int64_t)c->machines * llabs(c->step),
			.at = c->first };
		d->count++;
	}
	*count = d->count;
	return d->found;
}

/* Is this gap there for the empty cell? */
static int
is_of_gap(const struct change *c, int64_t from, int64_t to)
{
	int64_t step = llabs(c->step);
	int64_t begin = c->at + (c->empty - 2) * step;

	return c->empty != 0 && from <= begin + step / 2 &&
	       to >= begin + step && to - from <= step + LONGEST;
}

struct cause *
cause_dst_explain(struct cause_dst *d, int64_t from, const struct record *r)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct change *c = &d->change[d->change_of[i]];
		int64_t step = llabs(c->step);

		if (from != INT64_MAX
			? is_of_gap(c, from, r->start)
			: c->step < 0 && r->start >= c->at - step &&
			      r->start < c->at + step)
			return &d->found[i];
	}
	return NULL;
}

void
cause_dst_free(struct cause_dst *d)
{
	if (d == NULL)
		return;
	free(d->change);
	free(d->change_of);
	free(d->found);
	free(d);
}
