/* cause_dst.h - clocks that were changed, and a file that does not know. */

#ifndef VALIDATE_CAUSE_DST_H
#define VALIDATE_CAUSE_DST_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"
#include "record/record.h"
#include "validate/cause.h"
#include "validate/fleet.h"

/* A change of the clock costs 100 bytes. */
struct cause_dst;

struct cause_dst *cause_dst_new(const struct zone *zone);

/* The next record, all of one machine and then those of the next. */
void cause_dst_take(struct cause_dst *d, const struct record *r);

/* All were taken.  What was found, in order of time, belongs to ${d}, lives as
 * long. */
struct cause *cause_dst_found(struct cause_dst *d, size_t *count);

/*
 * The cause of a finding about ${r}: of time without a period from ${from} to
 * its start, or (${from} INT64_MAX) that it meets others or is negative; or
 * NULL.
 */
struct cause *cause_dst_explain(
    struct cause_dst *d, int64_t from, const struct record *r);

/* NULL is welcome. */
void cause_dst_free(struct cause_dst *d);

#endif
