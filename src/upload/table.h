/* table.h - rows for people, spreadsheets and programs. */

#ifndef UPLOAD_TABLE_H
#define UPLOAD_TABLE_H

#include <stddef.h>

#include "base/buf.h"

struct table;

/* A table with these columns, borrowed; the name of one with numbers begins
 * with "#". */
struct table *table_new(const char *const columns[], size_t n);

/* The next cell, row after row; NULL is empty.  A number stands as JSON has
 * it. */
void table_add(struct table *t, const char *text);

/*
 * Put all rows as "table", "csv" or "json" (a list of objects by the names of
 * the columns).  0, or -1 after a message for another word.
 */
int table_put(const struct table *t, const char *format, struct buf *to);

/* NULL is welcome. */
void table_free(struct table *t);

#endif
