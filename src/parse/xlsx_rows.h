/* xlsx_rows.h - the rows of a sheet of an Excel workbook. */

#ifndef PARSE_XLSX_ROWS_H
#define PARSE_XLSX_ROWS_H

#include "base/input.h"
#include "parse/profile.h"
#include "parse/rows.h"

/*
 * Rows of the current file of ${in}; both are borrowed.  The sheet is the one
 * that the profile's record names.  A row's line is its number in the sheet;
 * rows without a value are passed over, hidden ones are not.  Cells that are
 * not there are empty, and a row is as long as the longest before it, or where
 * there is no header as long as a row can be.  Numbers and dates as xlsx_value
 * has them, errors as "#N/A", truth as TRUE and FALSE.  Problems have the codes
 * bad-cell, no-value (a formula that was never calculated), too-long-cell,
 * too-long-line, too-many-cells.  The raw text has a tab between cells.
 *
 * The kind is NULL where ${p} says why, as xlsx_book_open does; or that the
 * workbook counts its days otherwise than the time formats of the profile.
 */
struct rows xlsx_rows_open(
    struct input *in, const struct profile *profile, struct problem *p);

#endif
