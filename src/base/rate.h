/* rate.h - so many in a time. */

#ifndef BASE_RATE_H
#define BASE_RATE_H

#include <stdint.h>

/* ${requests} thousandths in ${seconds}. */
struct rate {
	uint64_t requests; /* 0: nobody said */
	uint64_t seconds;
};

/* Read "N/s", "N/min" or "N/h", N up to three digits after its point and
 * above 0.  0, or -1. */
int rate_read(struct rate *rate, const char *text);

#endif
