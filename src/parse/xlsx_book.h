/* xlsx_book.h - an Excel workbook: which sheet, and what its cells refer to. */

#ifndef PARSE_XLSX_BOOK_H
#define PARSE_XLSX_BOOK_H

#include "base/buf.h"
#include "parse/xlsx_part.h"
#include "parse/xlsx_strings.h"
#include "parse/xlsx_styles.h"

struct xlsx_book {
	struct xlsx_file file;
	struct buf sheet; /* the part that is the sheet */
	struct buf seen;  /* the names of the first sheets that are not
			     hidden, a NUL after each */
	int from_1904;	  /* days are counted from 1904-01-01 */
	struct xlsx_strings *strings;
	struct xlsx_styles *styles;
};

/*
 * Open the workbook ${file}, all of which is borrowed, at the sheet called
 * ${sheet}; NULL is the first that is not hidden.  0; or -1 with ${p}: it is
 * no workbook, or has no such sheet (the text names those it has); its code is
 * NULL after a message, as when it is cut or damaged.  xlsx_book_close is due
 * in either case.
 */
int xlsx_book_open(struct xlsx_book *book, const struct xlsx_file *file,
    const char *sheet, struct problem *p);

void xlsx_book_close(struct xlsx_book *book);

#endif
