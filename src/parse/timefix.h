/* timefix.h - times whose parts all have their place. */

#ifndef PARSE_TIMEFIX_H
#define PARSE_TIMEFIX_H

#include <stddef.h>
#include <stdint.h>

#include "base/digits.h"

/*
 * Most patterns are numbers of one length each, such as %Y-%m-%d %H:%M: the
 * year, month, day, hour, minute and second are read where they stand.
 */
#define TIMEFIX_LONGEST 32
enum timefix_part {
	TIMEFIX_YEAR,
	TIMEFIX_MONTH,
	TIMEFIX_DAY,
	TIMEFIX_HOUR,
	TIMEFIX_MINUTE,
	TIMEFIX_SECOND,
	TIMEFIX_PARTS
};

/* A byte that is always the same. */
struct timefix_literal {
	unsigned char at;
	char is;
};

struct timefix {
	size_t len;			 /* of a time; 0: there are no places */
	signed char part[TIMEFIX_PARTS]; /* its place; -1: not there */
	int has_clock; /* hh:mm:ss stands in one piece, at the hour's place */
	/* Where the date stands, all in one piece of 8 to 16 bytes, with what
	 * is always behind it. */
	size_t date, date_len;
	struct timefix_literal
	    literal[TIMEFIX_LONGEST]; /* those outside both */
	size_t literals;
	struct timefix_literal within[TIMEFIX_LONGEST]; /* those within */
	size_t withins;
};

/* Find the places in a sound pattern of timefmt.h, if it has such. */
void timefix_find(struct timefix *x, const char *pattern);

/* The midnight of the date in ${x}->len bytes at ${s}, in seconds as if UTC. 0,
 * or -1 when it is none, or what stands within it is not as it should be. */
int timefix_date(const struct timefix *x, const char *s, int64_t *midnight);

/*
 * The second of the day that stands there, or DIGITS_DAY at the least doubt
 * (digits, 24:00, a second of 60), or where a byte outside of the date is not
 * as it should be.
 */
static inline unsigned
timefix_clock(const struct timefix *x, const char *s)
{
	unsigned hour, minute, second = 0;

	for (size_t i = 0; i < x->literals; i++)
		if (s[x->literal[i].at] != x->literal[i].is)
			return DIGITS_DAY;
	if (x->has_clock)
		return digits_clock(s + x->part[TIMEFIX_HOUR]);
	hour = digits_pair(s + x->part[TIMEFIX_HOUR]);
	minute = digits_pair(s + x->part[TIMEFIX_MINUTE]);
	if (x->part[TIMEFIX_SECOND] >= 0)
		second = digits_pair(s + x->part[TIMEFIX_SECOND]);
	return hour > 23 || minute > 59 || second > 59
		   ? DIGITS_DAY
		   : hour * 3600 + minute * 60 + second;
}

#endif
