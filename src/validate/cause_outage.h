/* cause_outage.h - a silence that most of the fleet shares. */

#ifndef VALIDATE_CAUSE_OUTAGE_H
#define VALIDATE_CAUSE_OUTAGE_H

#include <stddef.h>
#include <stdint.h>

#include "record/record.h"
#include "validate/cause.h"
#include "validate/fleet.h"

struct cause_outage;

/* ${fleet} is borrowed until cause_outage_free. */
struct cause_outage *cause_outage_new(const struct fleet *fleet);

/*
 * The fleet is known; what is suspected is wanted from now on: a machine has
 * no period from ${from} to the start of ${r}.
 */
void cause_outage_gap(
    struct cause_outage *o, int64_t from, const struct record *r);

/* The first time all of the fleet was told, the second time all gaps: true:
 * they are wanted. */
int cause_outage_again(struct cause_outage *o);

/* What was found, in order of time; belongs to ${o}, lives as long. */
struct cause *cause_outage_found(struct cause_outage *o, size_t *count);

/* The outage that a gap of this length is part of, or NULL. */
struct cause *cause_outage_explain(
    struct cause_outage *o, int64_t from, int64_t to);

/* NULL is welcome. */
void cause_outage_free(struct cause_outage *o);

#endif
