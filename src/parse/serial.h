/* serial.h - moments as spreadsheets count them: days and parts of a day. */

#ifndef PARSE_SERIAL_H
#define PARSE_SERIAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Read "45689.3333" (or with a comma) as milliseconds since day 0, to the
 * nearest; a whole second within the number's own precision is meant.  0, or
 * -1 if it is no number from 0 to the last day of the year 9999.
 */
int serial_read(const char *s, size_t len, int64_t *ms);

/*
 * The moment of ${serial} milliseconds, as if UTC: since 1899-12-31, or where
 * ${from_1904} since 1904-01-01.  0; or -1 where there is none: day 60 of the
 * former, which Lotus 1-2-3 took for 1900-02-29, and Excel after it.
 */
int serial_moment(int64_t serial, int from_1904, int64_t *ms);

/* Write the moment of ${seconds} since 1970, after 1900-03-01, likewise. */
void serial_write(int64_t seconds, int from_1904, struct buf *to);

/* Milliseconds of a day. */
#define SERIAL_DAY 86400000

#endif
