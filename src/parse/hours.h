/* hours.h - at what hours of the day periods begin, where it is telling. */

#ifndef PARSE_HOURS_H
#define PARSE_HOURS_H

#include <stdint.h>

#include "base/buf.h"

/* Embedded; = {0} at first. */
struct hours {
	uint64_t of[24];
	uint64_t all;
};

/* One more start, in seconds of the local clock. */
void hours_add(struct hours *h, int64_t local);

/*
 * Put a line that asks for the zone, called ${zone}, if machines begin at hours
 * at which few do: of 20 starts or more, four of five within one hour between
 * 20:00 and 05:00, or three of five in this time.  True if there is one.
 */
int hours_question(const struct hours *h, const char *zone, struct buf *to);

#endif
