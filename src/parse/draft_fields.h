/* draft_fields.h - the parts of a draft that columns tell. */

#ifndef PARSE_DRAFT_FIELDS_H
#define PARSE_DRAFT_FIELDS_H

#include "parse/draft_columns.h"
#include "parse/draft_out.h"

/* Write "fields". */
void draft_fields_write(struct draft_out *o, const struct draft_columns *c);

/* Write "states", "off" and "ignore". */
void draft_fields_states(struct draft_out *o, const struct draft_columns *c);

/* A column as a profile names it: by its header if that is its own. */
void draft_fields_column(
    struct draft_out *o, const struct draft_columns *c, int column);

#endif
