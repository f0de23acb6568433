/* quota.h - how much time of a kind of fault is taken. */

#ifndef VALIDATE_QUOTA_H
#define VALIDATE_QUOTA_H

#include <stdint.h>

struct quota {
	const char *option, *value; /* as given; NULL: none is set */
	const char *what;	    /* is found: "gaps" */
	int64_t seconds;
	int64_t millionths; /* of the time; -1: seconds count */
};

/* Take "1h" or "2%" (of what, quota_broken says) for ${option}, which finds
 * ${what}; all are borrowed.  0, or -1 after a message. */
int quota_take(
    struct quota *q, const char *option, const char *what, const char *value);

int quota_is_set(const struct quota *q);

/*
 * True, after a message, if ${seconds} are more than is taken; a share is of
 * them and of the ${passed} seconds that went on together.
 */
int quota_broken(const struct quota *q, int64_t seconds, int64_t passed);

#endif
