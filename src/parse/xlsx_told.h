/* xlsx_told.h - what a file is that is no workbook as we read them. */

#ifndef PARSE_XLSX_TOLD_H
#define PARSE_XLSX_TOLD_H

#include "parse/xlsx_part.h"

/* True if the file begins as a zip archive does; or false after a message that
 * says what it is, and what to do: an old workbook or one with a password, a
 * web page or text under a workbook's name, an empty file. */
int xlsx_told(const struct xlsx_file *file);

/* Say that a zip archive is no workbook. */
void xlsx_told_other(const struct xlsx_file *file);

#endif
