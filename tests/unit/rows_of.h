/* rows_of.h - the rows that paths find, as one text. */

#ifndef TESTS_ROWS_OF_H
#define TESTS_ROWS_OF_H

#include "base/buf.h"
#include "base/input.h"
#include "parse/profile.h"
#include "parse/rows.h"

/* Who reads a file by the paths of a profile. */
typedef struct rows rows_of_open(struct input *in, struct profile *profile);

/*
 * The rows of the document ${text} by ${record} and the fields ${paths}, with
 * spaces between: "LINE:CELL|CELL\n" or "LINE:!CODE CELL|CELL\n" each, and at
 * the end "(FINDING)" or "[CODE]".  Lives until the next call.
 */
const struct buf *rows_of(rows_of_open *open, const char *record,
    const char *paths, const char *text, size_t len);

/* The raw text of its first row.  Lives likewise. */
const struct buf *rows_of_raw(
    rows_of_open *open, const char *record, const char *text, size_t len);

struct rows_of_trial {
	const char *record, *paths, *text, *rows;
};

/* Each text must give its rows. */
void rows_of_hold(
    rows_of_open *open, const struct rows_of_trial *trials, size_t n);

#endif
