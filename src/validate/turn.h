/* turn.h - what follows what on one machine. */

#ifndef VALIDATE_TURN_H
#define VALIDATE_TURN_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/rule.h"
#include "validate/settings.h"

/* A machine's changes of state; = {0} is none. */
struct turn {
	int64_t *change; /* when they were: a ring of the last ones */
	int64_t changes; /* since the last finding */
};

/*
 * ${r} is kept, and ${kept}, the kept one that ends last, has ended by then:
 * the seconds that each rule from RULE_GAP to before RULE_ALONE finds go to
 * ${price}, which is left as it is where it finds nothing.
 */
void turn_take(struct turn *t, const struct settings *s,
    const struct names *names, const struct record *kept,
    const struct record *r, int64_t price[RULE_LINES]);

/* Periods of so many seconds or more, that keep this far from the one before
 * without going beyond the other, are nothing to these rules. */
void turn_quiet(const struct settings *s, int64_t *length, int64_t *nearest,
    int64_t *farthest);

/* Free what is within. */
void turn_free(struct turn *t);

#endif
