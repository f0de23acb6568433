/* turn.c - what follows what on one machine. */

#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "validate/calendar.h"
#include "validate/turn.h"

/* Sums with any instant must not overflow. */
#define NO_LIMIT (INT64_MAX / 4)

static int
is_on(const struct settings *s, enum rule_id id)
{
	return s->severity[id] != SEVERITY_OFF;
}

/* With a calendar, working time alone makes a gap too long. */
static void
hold_gap(const struct settings *s, int64_t from, int64_t to,
    int64_t price[RULE_LINES])
{
	const struct rule_limits *l = &s->limits;
	int64_t gap = to - from;

	if (l->gaps == RULE_GAPS_REQUIRE) {
		if (gap < l->min_gap)
			price[RULE_GAP] = l->min_gap - gap;
	} else if (l->gaps == RULE_GAPS_FORBID && gap > l->max_gap) {
		if (s->calendar != NULL)
			gap = calendar_seconds(s->calendar, from, to);
		if (gap > l->max_gap)
			price[RULE_GAP] = gap;
	}
}

/* Whether the table lets the one state follow the other. */
static int
may_follow(const struct settings *s, const struct names *names, uint32_t before,
    uint32_t after)
{
	struct buf b = { 0 };
	const struct select_list *list;
	int may = 1;

	names_put_state(names, before, &b);
	list = select_get(&s->transitions, buf_text(&b), b.len);
	if (list != NULL) {
		buf_clear(&b);
		names_put_state(names, after, &b);
		may = list->count > 0 && select_has(list, buf_text(&b), b.len);
	}
	buf_free(&b);
	return may;
}

/* True if this is one change too many; then they are counted anew. */
static int
has_flicker(struct turn *t, const struct settings *s, int64_t at)
{
	int64_t most = s->limits.changes;
	int64_t *slot;

	if (t->change == NULL)
		t->change =
		    xreallocarray(NULL, (size_t)most, sizeof *t->change);
	/* The one that was so many before this one. */
	slot = &t->change[t->changes % most];
	if (t->changes >= most && at - *slot < s->limits.window) {
		t->changes = 0;
		return 1;
	}
	*slot = at;
	t->changes++;
	return 0;
}

void
turn_take(struct turn *t, const struct settings *s, const struct names *names,
    const struct record *kept, const struct record *r,
    int64_t price[RULE_LINES])
{
	int64_t gap = r->start - kept->end;
	int is_change = r->state != kept->state;

	if (is_on(s, RULE_GAP))
		hold_gap(s, kept->end, r->start, price);
	if (is_on(s, RULE_ADJACENT) && gap == 0 && !is_change)
		price[RULE_ADJACENT] = 0;
	if (is_on(s, RULE_ILLEGAL_TRANSITION) && is_change &&
	    gap <= s->limits.within &&
	    !may_follow(s, names, kept->state, r->state))
		price[RULE_ILLEGAL_TRANSITION] = r->end - r->start;
	if (is_on(s, RULE_FLICKER) && is_change &&
	    r->end - r->start < s->limits.window && has_flicker(t, s, r->start))
		price[RULE_FLICKER] = s->limits.window;
}

void
turn_quiet(const struct settings *s, int64_t *length, int64_t *nearest,
    int64_t *farthest)
{
	const struct rule_limits *l = &s->limits;

	*length = is_on(s, RULE_FLICKER) ? l->window : 1;
	*nearest = 0;
	*farthest = NO_LIMIT;
	if (is_on(s, RULE_ADJACENT))
		*nearest = 1;
	if (!is_on(s, RULE_GAP))
		return;
	if (l->gaps == RULE_GAPS_REQUIRE && l->min_gap > *nearest)
		*nearest = l->min_gap;
	if (l->gaps == RULE_GAPS_FORBID && l->max_gap < NO_LIMIT)
		*farthest = l->max_gap;
}

void
turn_free(struct turn *t)
{
	free(t->change);
	t->change = NULL;
}
