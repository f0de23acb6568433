/* draft_head.h - the first rows of an unknown table, and how it is written.
 */

#ifndef PARSE_DRAFT_HEAD_H
#define PARSE_DRAFT_HEAD_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "parse/rows.h"

struct draft_row {
	char **cell; /* trimmed */
	size_t count;
	uint64_t line;
};

struct draft_head {
	const char *path;
	const char *format; /* csv; xlsx, xml, json: what is below on how text
			       is written is of no account */
	char *record;	    /* of a profile, or NULL: xlsx, the sheet, if it is
			       not the first; xml, json: the path of rows */
	char **word;	    /* xml, json: what a column's path says; or NULL */
	char *encoding;	    /* for iconv; NULL: UTF-8, or a mark says it */
	char delimiter, quote;
	int has_comments;	/* lines that begin with # */
	struct buf of_encoding; /* why, for people */
	struct buf of_delimiter;
	struct draft_row *row;
	size_t count;
	size_t columns; /* what most rows have */
	size_t header;	/* row of the header; DRAFT_HEAD_NONE: none */
	size_t data;	/* first row of data */
};

#define DRAFT_HEAD_NONE SIZE_MAX

/*
 * Read the first rows of ${path} into ${h}, zeroed, finding out encoding,
 * delimiter, quote and header, each but for what is given: ${encoding} and
 * ${delimiter} may be NULL, and are, for what is no CSV.  0; -1 after a
 * message: it cannot be read, or is no table.  The caller frees with
 * draft_head_free.
 */
int draft_head_read(struct draft_head *h, const char *path,
    const char *encoding, const char *delimiter);

/* The name of a column, "" where it has none. */
const char *draft_head_name(const struct draft_head *h, size_t column);

/* What names a column for people: its name, or what its path says. */
const char *draft_head_word(const struct draft_head *h, size_t column);

/* True of xml and json: columns are paths. */
int draft_head_is_document(const struct draft_head *h);

/* The cell of a row, "" where there is none. */
const char *draft_head_cell(
    const struct draft_head *h, size_t row, size_t column);

/* NULL is welcome. */
/* Keep a row of ${count} cells, without the blanks around them; and forget
 * ${count} rows that were kept, but not the room for them. */
void draft_head_keep(struct draft_row *to, const struct rows_cell *cells,
    size_t count, uint64_t line);
void draft_head_forget(struct draft_row *row, size_t count);

void draft_head_free(struct draft_head *h);

#endif
