/* breaker.h - when so much is refused that a setting must be wrong. */

#ifndef UPLOAD_BREAKER_H
#define UPLOAD_BREAKER_H

#include <stdint.h>

/* Valid when zeroed: it never trips. */
struct breaker {
	int64_t row;   /* so many refused in a row; 0: never */
	int share;     /* more than this share of all, in 1/100 % */
	int has_share; /* share counts */
	int64_t least; /* but not before so many are refused */
};

/* What it is when nobody says: 20 in a row, or 5 % of all and 20 at least. */
#define BREAKER_DEFAULT                                                        \
	{                                                                      \
		.row = 20, .share = 500, .has_share = 1, .least = 20           \
	}

/* "N" (from 1): so many in a row.  "P%": more than this share of all, "100%"
 * being never.  0, or -1. */
int breaker_read(struct breaker *b, const char *s);

/* True if ${row} refused in a row, ${refused} of ${all}, are enough. */
int breaker_trips(
    const struct breaker *b, int64_t row, int64_t refused, int64_t all);

#endif
