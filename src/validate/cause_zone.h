/* cause_zone.h - machines whose days lie hours beside all others'. */

#ifndef VALIDATE_CAUSE_ZONE_H
#define VALIDATE_CAUSE_ZONE_H

#include <stddef.h>

#include "base/zone.h"
#include "record/record.h"
#include "validate/cause.h"

/* Costs 80 bytes a machine, and 12 KB. */
struct cause_zone;

/* Days by the clock of ${zone}; NULL: by UTC. */
struct cause_zone *cause_zone_new(const struct zone *zone);

/*
 * A machine's first period is ${r}; it has none from ${from} to ${to}, be it a
 * pause or a night; its last period ends.  All of one machine, then the next.
 */
void cause_zone_first(struct cause_zone *z, const struct record *r);
void cause_zone_gap(struct cause_zone *z, int64_t from, int64_t to);
void cause_zone_last(struct cause_zone *z, int64_t at);

/*
 * All were told.  What was found belongs to ${z}, lives as long: a cause a
 * machine, or one a file where that has all of its machines, and only those.
 */
struct cause *cause_zone_found(struct cause_zone *z, size_t *count);

/* The cause of a finding that is due to the time of day of ${r}, or NULL. */
struct cause *cause_zone_explain(struct cause_zone *z, const struct record *r);

/* NULL is welcome. */
void cause_zone_free(struct cause_zone *z);

#endif
