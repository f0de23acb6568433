/* cause_midnight.h - periods that an export cut at local midnight. */

#ifndef VALIDATE_CAUSE_MIDNIGHT_H
#define VALIDATE_CAUSE_MIDNIGHT_H

#include <stdint.h>

#include "base/zone.h"
#include "record/record.h"
#include "validate/cause.h"

struct cause_midnight;

/* Midnight by the clock of ${zone}. */
struct cause_midnight *cause_midnight_new(const struct zone *zone);

/*
 * A machine has no period from ${from} to the start of ${r}; all gaps of one
 * machine, then those of the next.
 */
void cause_midnight_gap(
    struct cause_midnight *m, int64_t from, const struct record *r);

/* All gaps were told.  What was found belongs to ${m}, lives as long; or
 * NULL. */
struct cause *cause_midnight_found(struct cause_midnight *m);

/* The cause of such a gap, or NULL. */
struct cause *cause_midnight_explain(
    struct cause_midnight *m, int64_t from, int64_t to);

/* NULL is welcome. */
void cause_midnight_free(struct cause_midnight *m);

#endif
