/* draft_formats.h - the "time" of a draft. */

#ifndef PARSE_DRAFT_FORMATS_H
#define PARSE_DRAFT_FORMATS_H

#include "parse/draft_columns.h"
#include "parse/draft_out.h"

/* Write "time", and "endBeforeStart" where it is called for. */
void draft_formats_write(struct draft_out *o, const struct draft_columns *c);

#endif
