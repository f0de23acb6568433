/* draft_time.h - in what forms the times of a column may be written. */

#ifndef PARSE_DRAFT_TIME_H
#define PARSE_DRAFT_TIME_H

#include <stddef.h>
#include <stdint.h>

/* Ways of writing a date: order and signs; each has forms that differ in the
 * clock.  Bit i of a set is the i-th. */
#define DRAFT_TIME_WAYS 64
#define DRAFT_TIME_EXCEL 3 /* numbers of days */
#define DRAFT_TIME_CLOCK 4 /* a clock alone */

/* What is known of a column's times. */
struct draft_time {
	uint64_t ways; /* those that read as many texts as any; 0: no times */
	size_t read;   /* texts these read */
	int has_date, has_zone;
	int has_clock;
	uint64_t forms[DRAFT_TIME_WAYS]; /* of each way: those in use */
	const char *decided; /* a text that another order does not read */
};

/* Hold ${count} texts, not empty, to all forms. */
void draft_time_find(
    struct draft_time *t, const char *const texts[], size_t count);

/* Read a text in the first of its ways: milliseconds, those of a clock alone
 * since midnight.  0, or -1. */
int draft_time_read(const struct draft_time *t, const char *s, int64_t *ms);

/* The pattern of a form of a way: for time.formats.  Lives on. */
const char *draft_time_pattern(int way, int form);

/* What is read first in a way: "day", "month" or "year". */
const char *draft_time_order(int way);

/* Give back what the patterns took. */
void draft_time_free(void);

#endif
