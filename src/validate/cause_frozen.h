/* cause_frozen.h - machines whose clock stands still. */

#ifndef VALIDATE_CAUSE_FROZEN_H
#define VALIDATE_CAUSE_FROZEN_H

#include <stddef.h>

#include "record/record.h"
#include "validate/cause.h"

/*
 * Of each machine it is counted how many records share a start.  An instant
 * that stands out costs 32 bytes, and 65,536 of them are known at most.
 */
struct cause_frozen;

struct cause_frozen *cause_frozen_new(void);

/* The next record, empty and negative ones too, in record order. */
void cause_frozen_take(struct cause_frozen *f, const struct record *r);

/* All were taken.  What was found, a cause a machine, belongs to ${f}, lives
 * as long. */
struct cause *cause_frozen_found(struct cause_frozen *f, size_t *count);

/* The cause of a finding about ${r}, which meets others or is empty or
 * negative; or NULL. */
struct cause *cause_frozen_explain(
    struct cause_frozen *f, const struct record *r);

/* NULL is welcome. */
void cause_frozen_free(struct cause_frozen *f);

#endif
