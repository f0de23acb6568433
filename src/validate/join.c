/* join.c - neighbours that a repair makes one, cuts apart, or fills between. */

#include "config.h"

#include <string.h>

#include "validate/join.h"

#define DAY 86400

static int
is_fixed(const struct settings *s, unsigned rule)
{
	return s->fix.policy[rule] != FIX_NONE;
}

int
join_is_asked(const struct settings *s)
{
	return is_fixed(s, FIX_ADJACENT) || is_fixed(s, FIX_TOO_SHORT) ||
	       is_fixed(s, RULE_GAP);
}

static int
is_short(const struct settings *s, const struct record *r)
{
	return is_fixed(s, FIX_TOO_SHORT) &&
	       r->end - r->start < s->fix.shortest;
}

enum join_takes
join_two(const struct settings *s, const struct record *a,
    const struct record *b, unsigned *rule)
{
	if (a->end != b->start || a->start >= a->end || b->start >= b->end ||
	    a->file != b->file || a->basis != b->basis ||
	    a->vendor != b->vendor || b->end - a->start > s->limits.max_length)
		return JOIN_NONE;
	if (a->state == b->state && is_fixed(s, FIX_ADJACENT)) {
		*rule = FIX_ADJACENT;
		return JOIN_FIRST;
	}
	*rule = FIX_TOO_SHORT;
	if (is_short(s, b))
		return JOIN_FIRST;
	return is_short(s, a) ? JOIN_SECOND : JOIN_NONE;
}

/* "gap after dump.csv": nobody could take it for the vendor's word, and still
 * it tells where to look. */
static uint32_t
source_of_gap(struct names *n, uint32_t file)
{
	struct buf b = { 0 };
	uint32_t id;

	buf_puts(&b, file == NAMES_NONE ? "gap" : "gap after ");
	if (file != NAMES_NONE)
		names_put_file(n, file, &b);
	id = names_file(n, b.data, b.len);
	buf_free(&b);
	return id;
}

int
join_fills(const struct settings *s, struct names *n,
    const struct record *before, const struct record *next, struct record *fill)
{
	int64_t gap = next->start - before->end;

	if (!is_fixed(s, RULE_GAP) || gap <= 0 || gap > s->fix.most_filled ||
	    gap > s->limits.max_length)
		return 0;
	*fill = (struct record){ .start = before->end,
		.end = next->start,
		.line = before->line,
		.owner = before->owner,
		.file = source_of_gap(n, before->file),
		.state = names_state(n, s->fix.filling, strlen(s->fix.filling)),
		.basis = RECORD_ESTIMATED,
		.vendor = before->vendor };
	if (before->file == NAMES_NONE)
		fill->line = 0;
	return !is_short(s, fill);
}

/* The first local midnight after ${t}, where a day begins. */
static int64_t
midnight_after(const struct zone *zone, int64_t t)
{
	int64_t local = t + zone_offset(zone, t);
	int64_t day = local - ((local % DAY) + DAY) % DAY;
	int64_t first, last;

	/* Where clocks skip midnight the day begins when they do; where they
	 * show it twice it begins with the first, and only once. */
	for (;;) {
		day += DAY;
		if (zone_instant(zone, day, &first, &last) == ZONE_GAP)
			first = last;
		if (first > t)
			return first;
	}
}

int64_t
join_cut(const struct settings *s, const struct record *r, int always)
{
	int64_t most = s->limits.max_length, cut;

	if (!is_fixed(s, RULE_TOO_LONG) || r->end <= r->start ||
	    (!always && r->end - r->start <= most))
		return r->end;
	cut = midnight_after(s->fix.zone, r->start);
	/* A day of 25 hours. */
	if (cut - r->start > most)
		cut = r->start + most;
	return cut < r->end ? cut : r->end;
}
