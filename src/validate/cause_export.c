/* cause_export.c - everything ends at the instant of an export. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/cause_export.h"
#include "validate/fleet_usual.h"
#include "validate/rule.h"

/*
 * Machines that are at work when an export is made end at that instant, to the
 * second, and nothing comes after it.  Where hours are written down a day's
 * work ends at one instant as well, but so it does on other days.
 */
#define RECENT (24 * 3600) /* machines that were at work in the last day */
#define STRAYS 20	   /* one in so many may end later: a clock ahead */

struct cause_export {
	struct record *last; /* of each machine */
	size_t count, room;
	struct cause cause;
};

struct cause_export *
cause_export_new(void)
{
	return xcalloc(1, sizeof(struct cause_export));
}

void
cause_export_last(struct cause_export *e, const struct record *r)
{
	if (e->count == e->room) {
		e->room = e->room > 0 ? e->room * 2 : 64;
		e->last = xreallocarray(e->last, e->room, sizeof *e->last);
	}
	e->last[e->count++] = *r;
}

/* The latest end first; of equals, the machine that came first. */
static int
compare(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	return (x->owner > y->owner) - (x->owner < y->owner);
}

/* The end that most machines share; their number and the first of them. */
static size_t
most_shared(const struct cause_export *e, size_t *first)
{
	size_t most = 0;

	for (size_t i = 0, end; i < e->count; i = end) {
		for (end = i + 1;
		     end < e->count && e->last[end].end == e->last[i].end;)
			end++;
		if (end - i > most) {
			most = end - i;
			*first = i;
		}
	}
	return most;
}

struct cause *
cause_export_found(struct cause_export *e, const struct fleet *fleet)
{
	size_t first = 0, n, recent = 0;
	int64_t at;

	if (e->count == 0)
		return NULL;
	qsort(e->last, e->count, sizeof *e->last, compare);
	n = most_shared(e, &first);
	at = e->last[first].end;
	for (size_t i = first; i < e->count; i++)
		recent += e->last[i].end > at - RECENT;
	if (first * STRAYS > n || !fleet_is_most(n, recent) ||
	    fleet_usual(fleet, at / FLEET_SLOT, 0, (uint32_t)n))
		return NULL;
	e->cause = (struct cause){ .rule = RULE_EXPORT_CUT,
		.instance = 1,
		.from = at,
		.to = at,
		.machines = n,
		.of = recent,
		.times = 1,
		.price = PROBLEM_NO_PRICE,
		.at = e->last[first] };
	return &e->cause;
}

void
cause_export_free(struct cause_export *e)
{
	if (e == NULL)
		return;
	free(e->last);
	free(e);
}
