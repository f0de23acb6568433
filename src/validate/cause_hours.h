/* cause_hours.h - files whose work lies beside the calendar's. */

#ifndef VALIDATE_CAUSE_HOURS_H
#define VALIDATE_CAUSE_HOURS_H

#include <stddef.h>

#include "record/record.h"
#include "validate/calendar.h"
#include "validate/cause.h"

/* Costs 280 bytes a machine.  Its first 128 days of work are looked at. */
struct cause_hours;

/* ${calendar} is borrowed until cause_hours_free. */
struct cause_hours *cause_hours_new(const struct calendar *calendar);

/* A machine's first period is ${r}; it has none from ${from} to ${to}; its
 * last one ends.  All of one machine, then the next. */
void cause_hours_first(struct cause_hours *h, const struct record *r);
void cause_hours_gap(struct cause_hours *h, int64_t from, int64_t to);
void cause_hours_last(struct cause_hours *h, int64_t at);

/*
 * All were told.  What was found belongs to ${h}, lives as long: a cause a
 * file, whose machines are those that begin in it, or one of all files.
 */
struct cause *cause_hours_found(struct cause_hours *h, size_t *count);

/* NULL is welcome. */
void cause_hours_free(struct cause_hours *h);

#endif
