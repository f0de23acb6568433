/* xlsx_told.h - what a file is that is no workbook as we read them. */

#ifndef PARSE_XLSX_TOLD_H
#define PARSE_XLSX_TOLD_H

#include "parse/xlsx_part.h"

/*
 * 0 if the file begins as a zip archive does.  Or -1 with ${p}, which says what
 * it is, and what to do: an old workbook or one with a password, a web page or
 * text under a workbook's name, an empty file; its code is NULL after a message
 * that the file cannot be read.
 */
int xlsx_told(const struct xlsx_file *file, struct problem *p);

/* Have ${p} say that a zip archive is no workbook. */
void xlsx_told_other(const struct xlsx_file *file, struct problem *p);

#endif
