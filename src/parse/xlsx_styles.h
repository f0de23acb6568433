/* xlsx_styles.h - which styles of a workbook make dates of numbers. */

#ifndef PARSE_XLSX_STYLES_H
#define PARSE_XLSX_STYLES_H

#include <stddef.h>

#include "parse/xlsx_part.h"
#include "parse/xlsx_value.h"

struct xlsx_styles;

/* Read the styles in the part ${name}; NULL and a part that is not there: all
 * are numbers.  NULL after a message.  The caller frees. */
struct xlsx_styles *xlsx_styles_read(
    const struct xlsx_file *file, const char *name);

/* What the style with the number ${s}, a cell's attribute, makes of it. */
enum xlsx_style xlsx_styles_find(
    const struct xlsx_styles *styles, const char *s, size_t len);

/* NULL is welcome. */
void xlsx_styles_free(struct xlsx_styles *styles);

#endif
