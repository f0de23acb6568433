/* header.h - the row of a table that names its columns. */

#ifndef PARSE_HEADER_H
#define PARSE_HEADER_H

#include <stddef.h>

#include "parse/profile.h"
#include "parse/rows.h"

/* True if each of the ${n} ${words} is one of the ${count} cells, trimmed. */
int header_holds(
    char *const words[], size_t n, const struct rows_cell *cells, size_t count);

/* Pass over the lines that the profile skips. */
void header_skip(const struct rows *rows, const struct profile *p);

/* The row that has most of the words of csv.header, where none has all. */
struct header_nearest {
	size_t held; /* words it has; 0: there is no such row */
	uint64_t line;
	char lacks[300]; /* what it lacks, and the likest it has instead */
};

/*
 * Read on to the header: the first row, or the first that has all the words of
 * csv.header; what lies above such a one may be of any form.  ROWS_PROBLEM when
 * the first row is none; ROWS_END when there is no such row, ${problem} being
 * the last that was met on the way, and ${nearest} (may be NULL) the row that
 * may be meant.
 * Both look for the profile's preamble in what they pass over.
 */
enum rows_got header_next(const struct rows *rows, const struct profile *p,
    const struct rows_cell **cells, size_t *count, struct problem *problem,
    struct header_nearest *nearest);

/* Say that ${file} has no header: no-header, with the row that comes nearest.
 */
void header_say_lost(const struct header_nearest *nearest, const char *file);

#endif
