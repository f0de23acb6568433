/* unit.h - durations as vendors write them. */

#ifndef PARSE_UNIT_H
#define PARSE_UNIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/number.h"

enum unit {
	UNIT_NONE,
	UNIT_DAYS,	/* d */
	UNIT_HOURS,	/* h */
	UNIT_MINUTES,	/* min */
	UNIT_SECONDS,	/* s */
	UNIT_MS,	/* ms */
	UNIT_CLOCK,	/* h:mm, hours may go beyond 24 */
	UNIT_CLOCK_SEC, /* h:mm:ss */
	UNIT_ISO8601,	/* PT13H28M30S, P1DT7H2M3S */
	UNIT_WORDS,	/* 5 days 12:34:56, 2 t 15 m */
};

/* The unit called ${name} in a profile, or UNIT_NONE. */
enum unit unit_find(const char *name);

/*
 * Read a duration into milliseconds, floored.  ${style} is for decimal
 * numbers; ${digits}, unless NULL, gets the digits after the decimal mark (of
 * a plain number).  0, or -1 if it is none or does not fit.
 */
int unit_read(enum unit unit, const char *s, size_t len,
    const struct number_style *style, int64_t *ms, int *digits);

#endif
