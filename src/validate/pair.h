/* pair.h - two periods that share time: by which rule, and who gives way. */

#ifndef VALIDATE_PAIR_H
#define VALIDATE_PAIR_H

#include "record/names.h"
#include "record/record.h"
#include "validate/fix.h"
#include "validate/rule.h"

enum pair_yields {
	PAIR_NONE = 0,
	PAIR_FIRST = 1,
	PAIR_SECOND = 2,
	PAIR_BOTH = PAIR_FIRST | PAIR_SECOND,
};

struct pair_ruling {
	enum rule_id rule;
	enum pair_yields yields; /* who gives way */
	int cuts; /* only the time that is shared; else all of it */
};

/*
 * The code of two records of one machine that share time: what the first
 * that fits of duplicate, conflict, contained and overlap says.
 */
enum rule_id pair_code(const struct record *a, const struct record *b);

/*
 * Who of ${a} and ${b} gives way under ${f}.  They came as ${a_came} and
 * ${b_came} and may have been cut since: the rule is that of the records as
 * they came, or, where that is not repaired, as they are.  What is estimated
 * gives way to what is not, whatever the policy.
 */
struct pair_ruling pair_settle(const struct fix *f, const struct names *n,
    const struct record *a, const struct record *a_came, const struct record *b,
    const struct record *b_came);

#endif
