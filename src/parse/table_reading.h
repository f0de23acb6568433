/* table_reading.h - rows that say what a machine's counters and engine show. */

#ifndef PARSE_TABLE_READING_H
#define PARSE_TABLE_READING_H

#include "parse/table_inside.h"

/*
 * Take the row as readings of its machine at its time.  When one of its values
 * is none, none of them is taken; a row without any is skipped.
 */
void table_reading_row(struct table_reader *r);

#endif
