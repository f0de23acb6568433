/* cause_outage.h - a silence that most of the fleet shares. */

#ifndef VALIDATE_CAUSE_OUTAGE_H
#define VALIDATE_CAUSE_OUTAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"
#include "record/record.h"
#include "validate/cause.h"

struct cause_outage;

/* The local clock is that of ${zone}; NULL: unknown. */
struct cause_outage *cause_outage_new(const struct zone *zone);

/*
 * The first time: a machine's first period starts, its last one ends, between
 * ${before} and ${r} it had none.  The second time only the last of these.
 */
void cause_outage_first(struct cause_outage *o, int64_t at);
void cause_outage_last(struct cause_outage *o, int64_t at);
void cause_outage_gap(
    struct cause_outage *o, int64_t from, const struct record *r);

/* The end of a time; true: all gaps are wanted again. */
int cause_outage_again(struct cause_outage *o);

/* What was found, in order of time; belongs to ${o}, lives as long. */
struct cause *cause_outage_found(struct cause_outage *o, size_t *count);

/* The outage that a gap of this length is part of, or NULL. */
struct cause *cause_outage_explain(
    struct cause_outage *o, int64_t from, int64_t to);

/* NULL is welcome. */
void cause_outage_free(struct cause_outage *o);

#endif
