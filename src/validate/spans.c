/* spans.c - stretches of time in order, that share none. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/spans.h"

void
spans_put(struct spans *to, struct span s, int64_t join)
{
	struct span *last = to->count > 0 ? &to->at[to->count - 1] : NULL;

	if (last != NULL && s.from - last->to <= join) {
		if (s.to > last->to)
			last->to = s.to;
		return;
	}
	if (to->count == to->room) {
		to->room = to->room > 0 ? to->room * 2 : 2;
		to->at = xreallocarray(to->at, to->room, sizeof *to->at);
	}
	to->at[to->count++] = s;
}

void
spans_add(struct spans *to, const struct spans *more)
{
	struct spans all = { 0 };
	size_t i = 0, k = 0;

	while (i < to->count || k < more->count) {
		if (k == more->count ||
		    (i < to->count && to->at[i].from <= more->at[k].from))
			spans_put(&all, to->at[i++], 0);
		else
			spans_put(&all, more->at[k++], 0);
	}
	spans_free(to);
	*to = all;
}

void
spans_cross(const struct spans *a, const struct spans *b, struct spans *to)
{
	size_t i = 0, k = 0;

	while (i < a->count && k < b->count) {
		struct span s = a->at[i], t = b->at[k];
		struct span both = { .from = s.from > t.from ? s.from : t.from,
			.to = s.to < t.to ? s.to : t.to };

		if (both.from < both.to)
			spans_put(to, both, 0);
		if (s.to < t.to)
			i++;
		else
			k++;
	}
}

int
spans_meet(const struct spans *s, int64_t from, int64_t to)
{
	size_t low = 0, high = s->count;

	/* The first that ends later than ${from}. */
	while (low < high) {
		size_t i = low + (high - low) / 2;

		if (s->at[i].to <= from)
			low = i + 1;
		else
			high = i;
	}
	return low < s->count && s->at[low].from < to;
}

void
spans_free(struct spans *s)
{
	free(s->at);
	*s = (struct spans){ 0 };
}
