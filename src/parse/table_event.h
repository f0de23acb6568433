/* table_event.h - rows that say in what state a machine is from then on. */

#ifndef PARSE_TABLE_EVENT_H
#define PARSE_TABLE_EVENT_H

#include "parse/table_inside.h"

/* Take the row as an event. */
void table_event_row(struct table_reader *r);

/* A rejected row of any form: its event may have ended a machine's period. */
void table_event_lose(
    struct table_reader *r, const struct rows_cell *cells, size_t count);

/* All rows are read: what was lost after the last of a machine ends it. */
void table_event_end(struct table_reader *r);

#endif
