/* xlsx_strings.h - the texts that the cells of a workbook share. */

#ifndef PARSE_XLSX_STRINGS_H
#define PARSE_XLSX_STRINGS_H

#include <stddef.h>

#include "parse/rows.h"
#include "parse/xlsx_part.h"

struct xlsx_strings;

/* The most they may take: bytes of text, and of the places of each. */
#define XLSX_STRINGS_BYTES ((size_t)512 * 1024 * 1024)

/*
 * Read the texts in the part ${name}, all of which stay in memory; NULL and a
 * part that is not there: none.  Rich text is text, its readings (phonetic
 * runs) are left out.  NULL after a message, also when they take more than
 * ${most} bytes.  The caller frees.
 */
struct xlsx_strings *xlsx_strings_read(
    const struct xlsx_file *file, const char *name, size_t most);

/* The text with the number ${s}.  0, or -1 if there is none. */
int xlsx_strings_find(const struct xlsx_strings *strings, const char *s,
    size_t len, struct rows_cell *text);

/* NULL is welcome. */
void xlsx_strings_free(struct xlsx_strings *strings);

#endif
