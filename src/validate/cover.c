/* cover.c - the kept periods of one machine that others may still meet. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/cover.h"

/*
 * All that is kept has started by now, so what a new record meets depends on
 * ends alone, but for those that started at the same instant.  The open ones
 * lie in order of their ends, equal ends by start and state; of those that
 * started before now, and of those that started now, the one that ends first
 * is remembered.  However many are open, a question is a binary search.
 */
struct cover {
	struct record *open;
	size_t count;
	size_t room;
	int64_t now;	     /* the latest start */
	struct record older; /* started before now, first to end */
	struct record equal; /* started now, first to end */
	int has_older, has_equal;
};

struct cover *
cover_new(void)
{
	struct cover *c = xcalloc(1, sizeof *c);

	c->now = INT64_MIN;
	return c;
}

static int
compare(const struct record *a, const struct record *b)
{
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->state > b->state) - (a->state < b->state);
}

/* The first place whose record is at or above ${r}. */
static size_t
place_of(const struct cover *c, const struct record *r)
{
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&c->open[middle], r) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Time has come to ${start}: what ended by then is met by nobody. */
static void
move_on(struct cover *c, int64_t start)
{
	struct record ended = {
		.start = INT64_MAX, .end = start, .state = UINT32_MAX
	};
	size_t n;

	if (start == c->now)
		return;
	n = place_of(c, &ended);
	if (n > 0)
		memmove(c->open, c->open + n, (c->count - n) * sizeof *c->open);
	c->count -= n;
	c->now = start;
	c->has_equal = 0;
	c->has_older = c->count > 0;
	if (c->has_older)
		c->older = c->open[0];
}

static void
first_to_end(struct record *first, int *has, const struct record *r)
{
	if (*has && first->end <= r->end)
		return;
	*first = *r;
	*has = 1;
}

void
cover_keep(struct cover *c, const struct record *r)
{
	size_t n;

	move_on(c, r->start);
	n = place_of(c, r);
	if (n < c->count && compare(&c->open[n], r) == 0)
		return;
	if (c->count == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 4;
		c->open = xreallocarray(c->open, c->room, sizeof *c->open);
	}
	memmove(c->open + n + 1, c->open + n, (c->count - n) * sizeof *c->open);
	c->open[n] = *r;
	c->count++;
	first_to_end(&c->equal, &c->has_equal, r);
}

/* Whatever the cover was told of had started by its own now. */
void
cover_catch_up(struct cover *c, const struct record *r)
{
	if (r->start > c->now)
		cover_keep(c, r);
}

/* The kept one with the same start and end: in the same state, or another. */
static void
meet_same(const struct cover *c, const struct record *r,
    const struct record *met[RULE_PAIRS])
{
	struct record from = { .start = r->start, .end = r->end };

	for (size_t i = place_of(c, &from);
	     i < c->count && c->open[i].end == r->end &&
	     c->open[i].start == r->start;
	     i++) {
		enum rule_id id = c->open[i].state == r->state ? RULE_DUPLICATE
							       : RULE_CONFLICT;

		if (met[id] == NULL)
			met[id] = &c->open[i];
	}
}

void
cover_meet(struct cover *c, const struct record *r,
    const struct record *met[RULE_PAIRS])
{
	struct record from = { .start = INT64_MIN, .end = r->end };
	const struct record *last;
	size_t n;

	memset(met, 0, RULE_PAIRS * sizeof *met);
	move_on(c, r->start);
	if (c->count == 0)
		return;
	meet_same(c, r, met);
	last = &c->open[c->count - 1];
	n = place_of(c, &from);
	if (last->end > r->end)
		met[RULE_CONTAINED] = last;
	else if (n < c->count && c->open[n].start < r->start)
		met[RULE_CONTAINED] = &c->open[n];
	else if (c->has_equal && c->equal.end < r->end)
		met[RULE_CONTAINED] = &c->equal;
	if (c->has_older && c->older.end < r->end)
		met[RULE_OVERLAP] = &c->older;
}

size_t
cover_count(const struct cover *c)
{
	return c->count;
}

void
cover_free(struct cover *c)
{
	if (c == NULL)
		return;
	free(c->open);
	free(c);
}
