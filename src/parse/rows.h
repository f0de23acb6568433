/* rows.h - rows of cells, whatever the file they come from. */

#ifndef PARSE_ROWS_H
#define PARSE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "record/names.h"
#include "record/problem.h"

struct emit_period;

/* Text, not NUL-terminated. */
struct rows_cell {
	const char *s;
	size_t len;
};

enum rows_got {
	ROWS_ROW,
	ROWS_PROBLEM, /* a row that is none: said why */
	ROWS_END,     /* the file is at its end */
};

/* Cells a row may have, and bytes a cell may have. */
#define ROWS_CELLS 4096
#define ROWS_CELL 65536

/*
 * A way of having rows, as csv_rows.h has them; each function as described
 * there.  ${self} is what was opened.  After a problem and after skip, too, raw
 * is what was passed over last.
 */
struct rows_kind {
	enum rows_got (*next)(void *self, const struct rows_cell **cells,
	    size_t *count, struct problem *p);
	/* NULL where rows have no header to look for. */
	void (*skip)(void *self, uint64_t n);
	size_t (*guess)(void *self, const struct rows_cell **cells);
	uint64_t (*line)(const void *self);
	const char *(*raw)(const void *self, size_t *len);
	/* Nobody will ask for raw.  NULL where it costs nothing to have. */
	void (*without_raw)(void *self);
	/* What the last row itself says of its source, basis and vendor's
	 * id, which lives until the next.  NULL:
	 * never anything. */
	void (*origin)(
	    const void *self, struct names *names, struct emit_period *period);
	/* After ROWS_END: 0, or -1 after a message when the file is not what
	 * it should be, and its rows must not be trusted.  ${p} may be set to
	 * a finding about the file.  NULL: neither, ever. */
	int (*finish)(void *self, struct problem *p);
	void (*free)(void *self);
};

/* The rows of one file. */
struct rows {
	const struct rows_kind *kind;
	void *self;
};

#endif
