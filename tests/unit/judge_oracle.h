/* judge_oracle.h - what a judge should say, counted second by second. */

#ifndef UNIT_JUDGE_ORACLE_H
#define UNIT_JUDGE_ORACLE_H

#include <stddef.h>
#include <stdint.h>

#include "record/names.h"
#include "validate/judge.h"
#include "validate/rule.h"
#include "validate/settings.h"

#define MOST 120 /* records a case */
#define SPAN 64	 /* all periods lie in so many seconds */
#define OWNERS 4
#define STATES 3 /* the last one is unknown */

/* What the oracle thinks of one record. */
struct opinion {
	enum judge_verdict verdict;
	int64_t price[RULE_COUNT]; /* or PROBLEM_NO_PRICE */
};

struct trial {
	unsigned seed;
	struct settings settings;
	struct names *names;
	struct record record[MOST];
	size_t count;
	struct record kept[MOST];
	size_t kepts;
	int64_t change[OWNERS][MOST];
	size_t changes[OWNERS];
	unsigned machine[OWNERS];
	int whole;
};

/* What is to be said of ${r}, the next one; every kept one before it is
 * looked at.  Machines and states are numbered from 0. */
struct opinion judge_oracle(struct trial *t, const struct record *r);

#endif
