/* careful.h - one stream line read by yajl: the authority on the grammar. */

#ifndef RECORD_CAREFUL_H
#define RECORD_CAREFUL_H

#include <stddef.h>

#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"
#include "json/json.h"

/*
 * Read a record from one line of JSON in any key order, spacing and escapes.
 * 0, or -1 with ${p} saying why (its file and line are left to the caller,
 * its column is set).
 */
int careful_read(struct names *n, const char *line, size_t len,
    struct record *r, struct problem *p);

/* The same from JSON that was read, as a part of something else. */
int careful_object(
    struct names *n, const struct json *j, struct record *r, struct problem *p);

#endif
