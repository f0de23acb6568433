/* edit.h - what a repair makes of one record: before, after, why. */

#ifndef VALIDATE_EDIT_H
#define VALIDATE_EDIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/names.h"
#include "record/record.h"
#include "validate/fix.h"
#include "validate/rule.h"

struct edit {
	struct record before;
	enum rule_id rule;	/* the first that touched it */
	enum fix_policy policy; /* for that rule */
	struct record other;	/* the one it met, as that came */
	int has_other;
	struct record *after; /* what is left of it, in order */
	size_t afters, room;
	size_t pending; /* pieces of it that may still change */
};

/* A record is touched for the first time; ${other} may be NULL.  It has one
 * piece pending. */
struct edit *edit_new(const struct record *before, enum rule_id rule,
    enum fix_policy policy, const struct record *other);

/* A pending piece stays as ${r}, or, when that is NULL, not at all.  True if
 * none is pending any more. */
int edit_settle(struct edit *e, const struct record *r);

/* Seconds that it took away. */
int64_t edit_removed(const struct edit *e);

/* Put what was done, and why, in a sentence. */
void edit_tell(const struct edit *e, const struct names *n, struct buf *b);

/* NULL is welcome. */
void edit_free(struct edit *e);

#endif
