/* counters_tell.h - which readings a piece of a machine's time is made of. */

#ifndef PARSE_COUNTERS_TELL_H
#define PARSE_COUNTERS_TELL_H

#include "parse/counter.h"
#include "parse/explain.h"

/* The readings around a piece are reasons of what is laid out next; counters
 * that tell nothing of it are NULL. */
void counters_tell(struct job *j, const struct job_stretch *stretch,
    const struct counter *operating, const struct counter *idle,
    const struct counter *moving);

/* job_period of ${amount} seconds from ${at}, by ${rule}.  Where they end. */
int64_t counters_tell_lay(struct job *j, int64_t at, int64_t amount,
    uint32_t state, enum record_basis basis,
    const struct evidence_reading *source, const char *rule);

/* Idle hours that are part of the operating hours and stand higher, by more
 * than ${limit} seconds, are in another unit: the finding
 * idle-exceeds-operating. */
void counters_tell_units(struct job *j, int64_t limit);

#endif
