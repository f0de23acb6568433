/* table_period.h - rows of periods. */

#ifndef PARSE_TABLE_PERIOD_H
#define PARSE_TABLE_PERIOD_H

#include "parse/table_inside.h"

/* The rows of a file begin, its columns are found. */
void table_period_begin(struct table_reader *r);

/* Take the row, whose cells are no fewer than the profile needs. */
void table_period_row(struct table_reader *r, const struct rows_cell *cells);

#endif
