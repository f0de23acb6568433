/* csv_careful.h - a CSV row by libcsv, the authority on quotes. */

#ifndef PARSE_CSV_CAREFUL_H
#define PARSE_CSV_CAREFUL_H

#include "base/buf.h"
#include "base/input.h"
#include "parse/csv_rows.h"

struct csv_careful;

enum csv_careful_got {
	CSV_CAREFUL_ROW,
	CSV_CAREFUL_QUOTE,    /* a quote where none may stand */
	CSV_CAREFUL_UNCLOSED, /* no end of the row in sight */
	CSV_CAREFUL_CR,	      /* a carriage return outside of quotes */
	CSV_CAREFUL_CELL,     /* a cell too long */
	CSV_CAREFUL_CELLS,    /* too many of them */
};

struct csv_careful *csv_careful_new(const struct csv_rows_dialect *dialect);

/*
 * Read the row that begins with the line in ${raw} (without its newline, but
 * with a CR before it) and goes on in ${in}.  Lines that belong to it are taken
 * from ${in} and put to
 * ${raw}, which has no line end then; where there is no row, none is taken.
 * Blanks around bare cells are taken off.  Cells belong to ${c} and
 * live until the next call.
 */
enum csv_careful_got csv_careful_row(struct csv_careful *c, struct input *in,
    struct buf *raw, struct rows_cell cells[ROWS_CELLS], size_t *count);

/* NULL is welcome. */
void csv_careful_free(struct csv_careful *c);

#endif
