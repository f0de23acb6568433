/* timefmt.h - a vendor's way of writing times, as a pattern says it. */

#ifndef PARSE_TIMEFMT_H
#define PARSE_TIMEFMT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/instant.h"
#include "parse/timefix.h"

struct timefmt;

/*
 * Compile ${pattern}: strptime-like (%Y %m %d %H %I %M %S %p %b %B %j %y %z
 * %f %% and literals; a blank is one or more blanks), or one of the words
 * rfc3339, epoch, epoch-ms, excel, excel-1904 (days, as serial.h has them; less
 * than one is a clock alone).  NULL with *${why} a static text when it is no
 * pattern, or does not fix a moment.  The caller frees with timefmt_free.
 */
struct timefmt *timefmt_new(const char *pattern, const char **why);

/* A time as read: milliseconds of the clock, as if UTC, or of UTC itself. */
struct timefmt_value {
	int64_t ms;
	int has_zone; /* ms is an instant */
	int has_date; /* false for a clock alone: ms is since its midnight, up
			 to a day (24:00) */
	int leap;     /* a second of 60 was taken for 59 */
};

/* Read all ${len} bytes.  0, or -1 if they are not of this form. */
int timefmt_read(const struct timefmt *f, const char *s, size_t len,
    struct timefmt_value *value);

/*
 * The same for a date and clock without a zone, where all numbers have their
 * places; NULL where they have not.  Reading by it costs no more than looking
 * up what was read before.
 */
const struct timefix *timefmt_fixed(const struct timefmt *f);

/* Write a moment in this form, for checks; its year is 1970 to 2068. */
void timefmt_write(
    const struct timefmt *f, const struct instant_civil *c, struct buf *to);

/* NULL is welcome. */
void timefmt_free(struct timefmt *f);

#endif
