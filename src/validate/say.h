/* say.h - periods in words. */

#ifndef VALIDATE_SAY_H
#define VALIDATE_SAY_H

#include <stdint.h>

#include "base/buf.h"
#include "record/names.h"
#include "record/record.h"

/* Put the machine of ${r}: "EX-001". */
void say_machine(struct buf *b, const struct names *n, const struct record *r);

/* Put "Working 2025-01-15T08:00:00Z to 2025-01-15T08:45:00Z". */
void say_period(struct buf *b, const struct names *n, const struct record *r);

/* Put the same and, where it has one, its source: " (dump.csv:17)". */
void say_other(struct buf *b, const struct names *n, const struct record *r);

/* Put an instant, and a length ("12 min"); seconds. */
void say_instant(struct buf *b, int64_t instant);
void say_length(struct buf *b, int64_t seconds);

#endif
