/* when.h - when the period of a row starts and ends. */

#ifndef PARSE_WHEN_H
#define PARSE_WHEN_H

#include "parse/values.h"

/*
 * The start and end of the row in ${v} by the fields of ${profile}, in
 * milliseconds, start not after end; *${leaps} seconds of 60 were taken for 59.
 * 0, or -1 with ${p}: bad-time, no-time,
 * no-zone, bad-zone, dst-gap, dst-fold, bad-number, end-before-start.
 */
int when_read(struct values *v, const struct profile *profile, int64_t *start,
    int64_t *end, int *leaps, struct problem *p);

/* The first moment of a time's day, as its clock shows it. */
int64_t when_midnight(const struct values_time *t);

/*
 * Clock times of one zone: an end without a date is of the day that ${start} is
 * of, and one before the start may be of the day after.  An end with another
 * date than the start's is no clock time across midnight.
 */
void when_settle(
    const struct values_time *start, struct values_time *end, int next_day);

#endif
