/* json_rows.h - the rows of a JSON document, by a profile's paths. */

#ifndef PARSE_JSON_ROWS_H
#define PARSE_JSON_ROWS_H

#include "base/input.h"
#include "parse/profile.h"
#include "parse/rows.h"

/*
 * Rows of the current file of ${in}, as xml_rows_open has them.  A member is a
 * step; what stands in a list stands where the list does; the file may hold
 * several values, one after another.  A row's line is that of its first byte;
 * its raw text is written anew, without white space.
 */
struct rows json_rows_open(struct input *in, struct profile *profile);

/* The same, with more cells and nothing else in a record: paths_only. */
struct rows json_rows_only(struct input *in, struct profile *profile,
    const char *const more[], size_t n);

#endif
