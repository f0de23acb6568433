/* pair.c - two periods that share time: by which rule, and who gives way. */

#include "config.h"

#include "validate/pair.h"

enum rule_id
pair_code(const struct record *a, const struct record *b)
{
	if (a->start == b->start && a->end == b->end)
		return a->state == b->state ? RULE_DUPLICATE : RULE_CONFLICT;
	if ((a->start <= b->start && b->end <= a->end) ||
	    (b->start <= a->start && a->end <= b->end))
		return RULE_CONTAINED;
	return RULE_OVERLAP;
}

static int64_t
length(const struct record *r)
{
	return r->end - r->start;
}

/* The one that begins later; of two that begin together the second. */
static enum pair_yields
later(const struct record *a, const struct record *b)
{
	return a->start > b->start ? PAIR_FIRST : PAIR_SECOND;
}

static enum pair_yields
inner(const struct record *a, const struct record *b)
{
	return length(a) < length(b) ? PAIR_FIRST : PAIR_SECOND;
}

static enum pair_yields
other_one(enum pair_yields who)
{
	return who == PAIR_FIRST ? PAIR_SECOND : PAIR_FIRST;
}

/*
 * Equal states, and those that were not named: what began first keeps its
 * time; of two that began together, the longer one.
 */
static enum pair_yields
by_priority(const struct fix *f, enum rule_id rule, const struct names *n,
    const struct record *a, const struct record *b)
{
	size_t first = fix_rank(f, rule, n, a->state);
	size_t second = fix_rank(f, rule, n, b->state);

	if (first != second)
		return first < second ? PAIR_SECOND : PAIR_FIRST;
	return rule == RULE_CONTAINED ? inner(a, b) : later(a, b);
}

static struct pair_ruling
rule_on(const struct fix *f, const struct names *n, enum rule_id rule,
    const struct record *a, const struct record *b)
{
	struct pair_ruling ruling = { .rule = rule };

	switch (f->policy[rule]) {
	case FIX_NONE:
	case FIX_MERGE:
	case FIX_FILL:
	case FIX_CUT_MIDNIGHT:
		break;
	case FIX_TRIM:
		ruling.yields = later(a, b);
		ruling.cuts = 1;
		break;
	case FIX_KEEP_FIRST:
		ruling.yields = later(a, b);
		break;
	case FIX_KEEP_LAST:
		ruling.yields = other_one(later(a, b));
		break;
	case FIX_SPLIT:
		ruling.yields = other_one(inner(a, b));
		ruling.cuts = 1;
		break;
	case FIX_PRIORITY:
		ruling.yields = by_priority(f, rule, n, a, b);
		ruling.cuts = 1;
		break;
	case FIX_DROP:
		if (rule == RULE_DUPLICATE)
			ruling.yields = PAIR_SECOND;
		else if (rule == RULE_CONTAINED)
			ruling.yields = inner(a, b);
		else
			ruling.yields = PAIR_BOTH;
		break;
	}
	return ruling;
}

/*
 * A guess makes room for what is known.  An outer one is cut around it: to
 * drop all of it would cost more than the policy says.
 */
static void
prefer_known(
    struct pair_ruling *r, const struct record *a, const struct record *b)
{
	int first = a->basis == RECORD_ESTIMATED;

	if (r->yields == PAIR_NONE || first == (b->basis == RECORD_ESTIMATED))
		return;
	r->yields = first ? PAIR_FIRST : PAIR_SECOND;
	if (r->rule == RULE_CONTAINED)
		r->cuts = 1;
}

struct pair_ruling
pair_settle(const struct fix *f, const struct names *n, const struct record *a,
    const struct record *a_came, const struct record *b,
    const struct record *b_came)
{
	struct pair_ruling ruling =
	    rule_on(f, n, pair_code(a_came, b_came), a_came, b_came);

	if (ruling.yields == PAIR_NONE)
		ruling = rule_on(f, n, pair_code(a, b), a, b);
	prefer_known(&ruling, a, b);
	return ruling;
}
