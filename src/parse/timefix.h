/* timefix.h - times whose parts all have their place. */

#ifndef PARSE_TIMEFIX_H
#define PARSE_TIMEFIX_H

#include <stddef.h>
#include <stdint.h>

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
	/* Where the date stands, all in one piece of 8 to 16 bytes. */
	size_t date, date_len;
	struct timefix_literal
	    literal[TIMEFIX_LONGEST]; /* those outside both */
	size_t literals;
	struct timefix_literal within[TIMEFIX_LONGEST]; /* those within */
	size_t withins;
};

/* Find the places in a sound pattern of timefmt.h, if it has such. */
void timefix_find(struct timefix *x, const char *pattern);

/*
 * Read a time of ${x}->len bytes: milliseconds of the clock, as if UTC.  False
 * at the least doubt (digits, 24:00, a second of 60): somebody else must look.
 */
int timefix_read(const struct timefix *x, const char *s, int64_t *ms);

#endif
