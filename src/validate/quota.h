/* quota.h - how much time of a kind of fault is taken. */

#ifndef VALIDATE_QUOTA_H
#define VALIDATE_QUOTA_H

#include <stddef.h>
#include <stdint.h>

struct quota {
	const char *option, *value; /* as given; NULL: none is set */
	const char *what;	    /* is found: "gaps" */
	int64_t seconds;
	int64_t millionths; /* of the time; -1: seconds count */
};

/* Take "1h" or "2%" (of what, quota_hold says) for ${option}, which finds
 * ${what}; all are borrowed.  0, or -1 after a message. */
int quota_take(
    struct quota *q, const char *option, const char *what, const char *value);

int quota_is_set(const struct quota *q);

/*
 * What was found of ${n} rules fails by its sum alone, whatever their
 * severity: when that is more than is taken, which is said.  A share is of it
 * and of the ${passed} seconds that went on together.  What the baseline knows
 * and what --fix mended does not count.  Where no quota is set nothing
 * happens.
 */
struct report_total;
void quota_hold(const struct quota *q, struct report_total *total, size_t n,
    int64_t passed);

#endif
