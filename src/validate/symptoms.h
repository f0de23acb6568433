/* symptoms.h - findings that a cause explains, counted and printed under it. */

#ifndef VALIDATE_SYMPTOMS_H
#define VALIDATE_SYMPTOMS_H

#include "record/problem.h"
#include "validate/cause.h"

struct symptoms;

struct symptoms *symptoms_new(void);

/* ${c} explains a finding of this price: count it. */
void symptoms_count(struct cause *c, int64_t price);

/* True if one more of ${c} is wanted to be printed; and keep a copy of it. */
int symptoms_wants(const struct cause *c);
void symptoms_keep(
    struct symptoms *s, struct cause *c, const struct problem *p);

/* Put how many findings ${c} explains, if any, and what they cost. */
void symptoms_tell(struct buf *b, const struct cause *c);

/* Print those of ${c} that were kept, at most ${most}. */
void symptoms_print(
    const struct symptoms *s, const struct cause *c, uint64_t most);

/* NULL is welcome. */
void symptoms_free(struct symptoms *s);

#endif
