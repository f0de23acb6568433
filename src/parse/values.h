/* values.h - a row's cells as a profile's values. */

#ifndef PARSE_VALUES_H
#define PARSE_VALUES_H

#include "base/buf.h"
#include "parse/profile.h"
#include "parse/rows.h"
#include "record/problem.h"

struct values;

/* A cell without blanks and no-break spaces around it. */
struct rows_cell values_trim(struct rows_cell c);

/* Whether there is nothing to trim, as in most cells there is not: neither end
 * is a blank or a part of one. */
static inline int
values_is_bare(struct rows_cell c)
{
	unsigned char first, last;

	if (c.len == 0)
		return 0;
	first = (unsigned char)c.s[0];
	last = (unsigned char)c.s[c.len - 1];
	return first > ' ' && first != 0xc2 && first != 0xa0 && last > ' ' &&
	       last != 0xc2 && last != 0xa0;
}

/* ${profile} is borrowed until values_free; its columns are resolved. */
struct values *values_new(struct profile *profile);

/*
 * Find the profile's columns in the header of a file.  0, or -1 after saying
 * which are missing or stand there twice (${name} and ${line} are the header's
 * place).
 */
int values_header(struct values *v, const struct rows_cell *cells, size_t count,
    const char *name, uint64_t line);

/* Without a header: columns are numbers.  0, or -1 likewise. */
int values_no_header(struct values *v, const char *name);

/* The cells the values come from, until the next call.  Fields that fill down
 * remember what they are here. */
void values_row(struct values *v, const struct rows_cell *cells, size_t count);

/* What was above is not what is meant below: a file begins, or a row could not
 * be read, and might have said something else. */
void values_forget(struct values *v);

/* Whether the profile's "where" means this row. */
int values_is_meant(struct values *v);

/* Why the row cannot be this file's, or 0: too few cells, or more than the
 * header has with something in them. */
int values_is_ragged(const struct values *v, struct problem *p);

/*
 * A field's value, blanks trimmed; empty when it is absent or a null.  Lives
 * until the next value of a field of several columns is asked for.
 */
struct rows_cell values_get(
    struct values *v, const struct profile_field *field);

/* A time as read, before any zone is applied. */
struct values_time {
	int64_t ms;
	int has_zone;
	int has_date;
	int is_leap;		 /* a second of 60 was taken for 59 */
	const struct zone *zone; /* to read it in; NULL when it has its own */
};

/*
 * The instant of a time as most are: in one column, of the pattern that was
 * met last, and no change of its zone's clock near.  False where it is not so:
 * somebody else must look.
 */
int values_quick(
    struct values *v, const struct profile_field *field, int64_t *ms);

/* The time format that fitted last: likely the next one's. */
const struct timefmt *values_timefmt(const struct values *v);

/*
 * Read a field as a time.  0, or -1 with ${p} (bad-time, no-time, no-zone,
 * bad-zone).
 */
int values_time(struct values *v, const struct profile_field *field,
    const char *what, struct values_time *time, struct problem *p);

/* The instant of a time, DST decided as the profile says.  0, or -1 with ${p}
 * (bad-time for a clock time without a date, dst-gap, dst-fold). */
int values_instant(struct values *v, const struct values_time *time,
    int64_t *ms, struct problem *p);

/* Read a field as a duration.  0, or -1 with ${p} (bad-number). */
int values_duration(struct values *v, const struct profile_field *field,
    const char *what, int64_t *ms, struct problem *p);

/* Doubtful local times that --dst decided. */
uint64_t values_decided(const struct values *v);

/* NULL is welcome. */
void values_free(struct values *v);

#endif
