/* copies.h - machines whose days are another's. */

#ifndef VALIDATE_COPIES_H
#define VALIDATE_COPIES_H

#include <stddef.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/findings.h"
#include "validate/settings.h"

struct copies;

/*
 * NULL when the rule copied-machine is off.  All are borrowed until
 * copies_free.  A day of a machine on which enough happened takes 64 bytes;
 * beyond ${memory} they go through a temporary file, as base/sort.h has it.
 */
struct copies *copies_new(const struct settings *settings,
    const struct names *names, struct findings *findings, size_t memory);

/* ${r} passed, and comes in record order. */
void copies_take(struct copies *c, const struct record *r);

/*
 * There are no more: where all periods of a machine that start within a day
 * (UTC) are those of a machine before it in record order, in times and states,
 * and as many as the rule asks, it is a copy; one finding is told of all such
 * days of two machines.  0, or -1 after a message.
 */
int copies_end(struct copies *c);

/* NULL is welcome. */
void copies_free(struct copies *c);

#endif
