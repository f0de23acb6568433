/* refine.h - what a profile makes of a row and its values. */

#ifndef PARSE_REFINE_H
#define PARSE_REFINE_H

#include "parse/values.h"

/*
 * The value of a refined field in the row that ${v} is at: where its
 * conditions hold, the part that "matches" takes of what its source gives;
 * where that is empty and it fills down, what it was above.  Lives as long as
 * that of its source.
 */
struct rows_cell refine(struct values *v, const struct profile_field *field);

/* Whether the row that ${v} is at meets all ${count} conditions. */
int refine_holds(
    struct values *v, const struct profile_where *where, size_t count);

/* Remember the field's value in this row for those below; forget it. */
void refine_remember(struct values *v, struct profile_field *field);
void refine_forget(struct profile_field *field);

#endif
