/* refine.h - what a profile makes of a value besides taking it. */

#ifndef PARSE_REFINE_H
#define PARSE_REFINE_H

#include "parse/values.h"

/*
 * The value of a refined field in the row that ${v} is at: of what its source
 * gives, the part that "matches" names; empty where it does not fit.  Lives as
 * long as that of its source.
 */
struct rows_cell refine(struct values *v, const struct profile_field *field);

#endif
