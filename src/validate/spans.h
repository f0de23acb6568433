/* spans.h - stretches of time in order, that share none. */

#ifndef VALIDATE_SPANS_H
#define VALIDATE_SPANS_H

#include <stddef.h>
#include <stdint.h>

/* ${to} is not included. */
struct span {
	int64_t from, to;
};

/* = {0} is none. */
struct spans {
	struct span *at;
	size_t count, room;
};

/* Put ${s} at the end: none of them starts later.  It becomes one with the
 * last one if there are no more than ${join} seconds between them. */
void spans_put(struct spans *to, struct span s, int64_t join);

/* Add what ${more} has. */
void spans_add(struct spans *to, const struct spans *more);

/* What ${a} and ${b} both have, to ${to}, which has none. */
void spans_cross(
    const struct spans *a, const struct spans *b, struct spans *to);

/* True if one of them has any of this time; ${to} is not included. */
int spans_meet(const struct spans *s, int64_t from, int64_t to);

/* Free what is within. */
void spans_free(struct spans *s);

#endif
