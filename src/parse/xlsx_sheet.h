/* xlsx_sheet.h - a sheet's XML as rows that wait to be fetched. */

#ifndef PARSE_XLSX_SHEET_H
#define PARSE_XLSX_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "parse/rows.h"
#include "parse/xlsx_book.h"
#include "parse/xml.h"

struct xlsx_sheet;

enum xlsx_sheet_fault {
	XLSX_SHEET_WELL,
	XLSX_SHEET_BAD_CELL, /* it refers to a text that is not there */
	XLSX_SHEET_NO_VALUE, /* a formula without one */
	XLSX_SHEET_TOO_LONG, /* more than ROWS_CELL bytes */
	XLSX_SHEET_TOO_MANY, /* more than ROWS_CELLS, or a column beyond */
	XLSX_SHEET_TOO_WIDE, /* all cells have more than XLSX_SHEET_ROW bytes */
};

/* Bytes that the cells of a row may have. */
#define XLSX_SHEET_ROW ((size_t)1024 * 1024)

struct xlsx_sheet_cell {
	size_t column; /* from 1, at most ROWS_CELLS */
	struct rows_cell text;
};

/* A row with something in it; its first fault, and the column of that. */
struct xlsx_sheet_row {
	uint64_t line; /* its number in the sheet */
	const struct xlsx_sheet_cell *cell;
	size_t count;
	enum xlsx_sheet_fault fault;
	size_t column;
};

/* Rows of a sheet of ${book}, which is borrowed; numbers with ${decimal}. */
struct xlsx_sheet *xlsx_sheet_new(const struct xlsx_book *book, char decimal);

/* To be told the sheet's XML, with the sheet as their context. */
extern const struct xml_handlers xlsx_sheet_handlers;

/*
 * Fetch the next row that has come to its end.  False when none waits; then
 * what was fetched is gone, else it lives until the next call.
 */
int xlsx_sheet_row(struct xlsx_sheet *t, struct xlsx_sheet_row *row);

/* NULL is welcome. */
void xlsx_sheet_free(struct xlsx_sheet *t);

#endif
