/* repair_cases.h - random periods under a random --fix. */

#ifndef TESTS_REPAIR_CASES_H
#define TESTS_REPAIR_CASES_H

#include "validate/repair.h"

#define MOST 40 /* records */
#define SPAN 64
#define OWNERS 2
#define STATES 3
#define ROOM (MOST * SPAN)
#define FILLED 1 /* the second file */

/* Who wins, where the fix says it for any two. */
enum order {
	ORDER_NONE, /* it does not */
	ORDER_ENDS, /* trim and split: whoever ends first */
	ORDER_STATE /* priority */
};

struct trial {
	unsigned number; /* seeds it */
	unsigned seed;
	struct settings settings;
	struct names *names;
	int grouped;
	enum order order;
	const char *fix;
	struct record in[ROOM];
	size_t ins;
	struct record out[ROOM];
	size_t outs;
	struct record refused[ROOM];
	size_t refuseds;
	struct edit_sum sum;
	struct judge *judge;
};

/* The names that the records have; and settings, records, in their order.
 * Lines tell from which record a piece comes. */
struct names *repair_cases_names(void);
void repair_cases_make(struct trial *t);

#endif
