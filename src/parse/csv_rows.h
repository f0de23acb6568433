/* csv_rows.h - the rows of a CSV file, by a fast road and a careful one. */

#ifndef PARSE_CSV_ROWS_H
#define PARSE_CSV_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "base/input.h"
#include "parse/rows.h"

struct csv_rows;

/* How a file is written. */
struct csv_rows_dialect {
	char delimiter;
	char quote;
	const char *comment; /* lines that begin so are no rows; or NULL */
};

/* Read rows of the current file of ${in}; both are borrowed. */
struct csv_rows *csv_rows_new(
    struct input *in, const struct csv_rows_dialect *dialect);

/*
 * The next row that is neither blank nor a comment.  Its cells belong to ${c}
 * and live until the next call; unquoted, blanks around bare ones kept unless
 * the row went through libcsv. Problems have the codes bad-quote,
 * unclosed-quote, too-long-line, too-long-cell, too-many-cells, bad-encoding,
 * nul-byte, stray-cr; after one the reading goes on at the next line.
 */
enum rows_got csv_rows_next(struct csv_rows *c, const struct rows_cell **cells,
    size_t *count, struct problem *p);

/* Pass over ${n} lines as they are; the last is raw, unless too long. */
void csv_rows_skip(struct csv_rows *c, uint64_t n);

/*
 * The cells of the last row, which was a problem, as far as its delimiters
 * tell: for who asks whose it may have been.  How many; they belong to ${c}
 * and live until the next call.
 */
size_t csv_rows_guess(struct csv_rows *c, const struct rows_cell **cells);

/* The line of the file on which the last row begins, from 1. */
uint64_t csv_rows_line(const struct csv_rows *c);

/* The last row as it was, without its line end.  Lives until the next call. */
const char *csv_rows_raw(const struct csv_rows *c, size_t *len);

/* The same as struct rows; whoever has it frees it by its kind. */
struct rows csv_rows_open(
    struct input *in, const struct csv_rows_dialect *dialect);

/* Send every row down the careful road: for the test that compares both. */
void csv_rows_careful(struct csv_rows *c, int careful);

/* NULL is welcome. */
void csv_rows_free(struct csv_rows *c);

#endif
