/* stamp.h - times of one day, of which only the clock is read. */

#ifndef PARSE_STAMP_H
#define PARSE_STAMP_H

#include <stdint.h>

#include "base/zone.h"
#include "parse/timefix.h"

/* The day that was met last.  Embedded; = {0} at first. */
struct stamp {
	const struct timefix *fix;
	const struct zone *zone;
	uint64_t head, tail; /* the date's first and last bytes */
	int64_t midnight;    /* seconds */
};

/*
 * Read ${len} bytes at ${text}, a time of ${zone}'s clock, or of UTC's where
 * that is NULL: its instant in seconds.  False at the least doubt: digits,
 * 24:00, a second of 60, a day near a change of the clock, or out of the years
 * there are.  Somebody else must look.
 */
int stamp_read(struct stamp *s, const struct timefix *fix,
    const struct zone *zone, const char *text, size_t len, int64_t *seconds);

#endif
