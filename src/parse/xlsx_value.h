/* xlsx_value.h - numbers and dates of a workbook as text. */

#ifndef PARSE_XLSX_VALUE_H
#define PARSE_XLSX_VALUE_H

#include <stddef.h>

#include "base/buf.h"

/* What a cell's style makes of its number. */
enum xlsx_style {
	XLSX_NUMBER,
	XLSX_DATE,
	XLSX_TIME,
	XLSX_DATE_TIME,
	XLSX_ELAPSED, /* hours may be more than 23 */
};

/* What a number format does, by its code ("dd.mm.yyyy") or by the number of a
 * built-in one.  ECMA-376, part 1, 18.8.30 and 18.8.31. */
enum xlsx_style xlsx_value_code(const char *code);
enum xlsx_style xlsx_value_builtin(unsigned long id);

/*
 * Put the number ${s}, which ${style} may make a date, at the end of ${to}: a
 * number in plain digits, as few as give the same double again, with
 * ${decimal}; a date as "2025-02-01", "2025-02-01T08:00:00" where it has a
 * time of day too, or "08:00:00" where it is less than a day; elapsed time as
 * "36:00:00"; each with ".250" for a part of a second.  What is no date, or no
 * number, comes as it is.
 */
void xlsx_value_put(struct buf *to, const char *s, size_t len,
    enum xlsx_style style, int from_1904, char decimal);

/* Put text, "_x000D_" and its like taken for the character they stand for
 * (22.9.2.19). */
void xlsx_value_text(struct buf *to, const char *s, size_t len);

#endif
