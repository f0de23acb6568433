/* csv_values.h - a row's cells as a profile's values. */

#ifndef PARSE_CSV_VALUES_H
#define PARSE_CSV_VALUES_H

#include "base/buf.h"
#include "parse/csv_rows.h"
#include "parse/profile.h"
#include "record/problem.h"

struct csv_values;

/* A cell without blanks and no-break spaces around it. */
struct csv_rows_cell csv_values_trim(struct csv_rows_cell c);

/* ${profile} is borrowed until csv_values_free; its columns are resolved. */
struct csv_values *csv_values_new(struct profile *profile);

/*
 * Find the profile's columns in the header of a file.  0, or -1 after saying
 * which are missing or stand there twice (${name} and ${line} are the header's
 * place).
 */
int csv_values_header(struct csv_values *v, const struct csv_rows_cell *cells,
    size_t count, const char *name, uint64_t line);

/* Without a header: columns are numbers.  0, or -1 likewise. */
int csv_values_no_header(struct csv_values *v, const char *name);

/* The cells the values come from, until the next call. */
void csv_values_row(
    struct csv_values *v, const struct csv_rows_cell *cells, size_t count);

/* Why the row cannot be this file's, or 0: too few cells, or more than the
 * header has with something in them. */
int csv_values_is_ragged(const struct csv_values *v, struct problem *p);

/*
 * A field's value, blanks trimmed; empty when it is absent or a null.  Lives
 * until the next value of a field of several columns is asked for.
 */
struct csv_rows_cell csv_values_get(
    struct csv_values *v, const struct profile_field *field);

/* A time as read, before any zone is applied. */
struct csv_values_time {
	int64_t ms;
	int has_zone;
	int has_date;
	int is_leap;		 /* a second of 60 was taken for 59 */
	const struct zone *zone; /* to read it in; NULL when it has its own */
};

/*
 * Read a field as a time.  0, or -1 with ${p} (bad-time, no-time, no-zone).
 */
int csv_values_time(struct csv_values *v, const struct profile_field *field,
    const char *what, struct csv_values_time *time, struct problem *p);

/* The instant of a time, DST decided as the profile says.  0, or -1 with ${p}
 * (bad-time for a clock time without a date, dst-gap, dst-fold). */
int csv_values_instant(struct csv_values *v, const struct csv_values_time *time,
    int64_t *ms, struct problem *p);

/* Read a field as a duration.  0, or -1 with ${p} (bad-number). */
int csv_values_duration(struct csv_values *v, const struct profile_field *field,
    const char *what, int64_t *ms, struct problem *p);

/* Doubtful local times that --dst decided. */
uint64_t csv_values_decided(const struct csv_values *v);

/* NULL is welcome. */
void csv_values_free(struct csv_values *v);

#endif
