/* duration.h - lengths of time as options and messages write them. */

#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include <stdint.h>

/*
 * Read "100ms", "90s", "15m", "2h", "1d" or "1h30m" (units in falling order,
 * whole numbers) into milliseconds.  0, or -1 if it is none of these or does
 * not fit.
 */
int duration_read(const char *s, int64_t *ms);

/*
 * Write ${seconds} for people: "45 s", "12 min", "1.50 h", rounded.
 * DURATION_TEXT bytes with NUL.
 */
#define DURATION_TEXT 32
const char *duration_text(char to[DURATION_TEXT], int64_t seconds);

/*
 * Write ${seconds} as decimal hours with two digits, "37.50".  Rounded half
 * up, without floating point.
 */
const char *duration_hours(char to[DURATION_TEXT], int64_t seconds);

/*
 * The same with two to four digits, exact to the second's third part: 1 s is
 * "0.0003".
 */
const char *duration_decimal(char to[DURATION_TEXT], int64_t seconds);

#endif
