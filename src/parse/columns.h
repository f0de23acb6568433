/* columns.h - a profile's columns in the header of a file. */

#ifndef PARSE_COLUMNS_H
#define PARSE_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "parse/profile.h"

/*
 * Find all columns of ${profile} in the header ${cells}, and what it takes
 * from the name of the file ${name} and the lines above; a ${count} of 0 means
 * that there is no header: columns are numbers.  *${needed} is how many cells a
 * row must have. 0, or -1 after saying with ${line} what is missing or stands
 * there twice (no-column, same-column, no-file-name, no-preamble).
 */
int columns_find(struct profile *profile, const struct rows_cell *cells,
    size_t count, const char *name, uint64_t line, size_t *needed);

#endif
