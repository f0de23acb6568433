/* table_total.h - rows that say how long a machine was in which state. */

#ifndef PARSE_TABLE_TOTAL_H
#define PARSE_TABLE_TOTAL_H

#include "parse/table_inside.h"

/*
 * Lay the row's totals one behind the other, in the order of the profile:
 * within its startTime and endTime; from its startTime on within that day; or
 * from its dayStart on, earlier where the day would not hold them.  A row whose
 * totals are longer than there is time is rejected with them (beyond-span).
 */
void table_total_row(struct table_reader *r);

#endif
