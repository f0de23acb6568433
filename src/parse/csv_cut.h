/* csv_cut.h - ordinary CSV rows, cut where they lie in the input's buffer. */

#ifndef PARSE_CSV_CUT_H
#define PARSE_CSV_CUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/input.h"
#include "parse/rows.h"

/* Embedded; = {0} with ${delimiter} and ${quote} set. */
struct csv_cut {
	char delimiter, quote;
	const char *row, *end; /* what the input has shown */
	const char *next;      /* block; the rest is of the one before */
	uint64_t cuts;	       /* where it is still to be cut */
	uint64_t inside;       /* all bits set: it ends within quotes */
	int is_odd, is_high;
};

/* A row as it was, without its line end, and what stands in it. */
struct csv_cut_row {
	const char *raw;
	size_t raw_len;
	uint64_t line;
	size_t count;
	struct rows_cell cell[ROWS_CELLS];
};

/*
 * Take the next row from ${in} if it is an ordinary one, valid UTF-8, whose
 * cells are bare, or wholly in quotes with none and no newline inside.  False,
 * with nothing taken, where it is another or the input has not shown it whole.
 */
int csv_cut(struct csv_cut *x, struct input *in, struct csv_cut_row *row);

/* Somebody else reads from the input. */
void csv_cut_forget(struct csv_cut *x);

#endif
