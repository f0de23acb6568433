/* cover.h - the kept periods of one machine that others may still meet. */

#ifndef VALIDATE_COVER_H
#define VALIDATE_COVER_H

#include <stddef.h>

#include "record/record.h"
#include "validate/rule.h"

struct cover;

struct cover *cover_new(void);

/*
 * ${r} was kept some time ago, and since then the cover has been asked
 * nothing; or it was told before, and nothing happens.
 */
void cover_catch_up(struct cover *c, const struct record *r);

/*
 * Keep ${r}, which must not be empty.  Starts never go back from one call of
 * any of these to the next.
 */
void cover_keep(struct cover *c, const struct record *r);

/*
 * What ${r} (not empty) is to the kept ones that share time with it: for each
 * rule of a pair, such a kept record, or NULL.  Each pair has one code, the
 * first that fits:
 *     duplicate   the same start, end and state
 *     conflict    the same start and end
 *     contained   one lies within the other
 *     overlap     they share time
 * The records belong to ${c} and live until the next call.
 */
void cover_meet(struct cover *c, const struct record *r,
    const struct record *met[RULE_PAIRS]);

/* How many it holds now. */
size_t cover_count(const struct cover *c);

/* NULL is welcome. */
void cover_free(struct cover *c);

#endif
