/* calendar.h - when a site works. */

#ifndef VALIDATE_CALENDAR_H
#define VALIDATE_CALENDAR_H

#include <stdint.h>

#include "base/zone.h"

struct calendar;

/*
 * Read the JSON file ${path}; schemas/calendar.schema.json describes it.  NULL
 * after a message for each key and value that cannot be meant, with its line
 * and column.
 */
struct calendar *calendar_read(const char *path);

/*
 * The seconds of working time from ${from} to before ${to}; 0 unless ${to} is
 * later.  Before 1970 and from 2100 on nobody works.
 */
int64_t calendar_seconds(const struct calendar *c, int64_t from, int64_t to);

/* Those of a local day, since 1970-01-01. */
int64_t calendar_of_day(const struct calendar *c, int64_t day);

const struct zone *calendar_zone(const struct calendar *c);

/* NULL is welcome. */
void calendar_free(struct calendar *c);

#endif
