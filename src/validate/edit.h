/* edit.h - what a repair makes of records: before, after, why. */

#ifndef VALIDATE_EDIT_H
#define VALIDATE_EDIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/names.h"
#include "record/record.h"
#include "validate/fix.h"
#include "validate/rule.h"

/* Some records, in order; = {0} is none. */
struct edit_list {
	struct record *at;
	size_t count, room;
};

void edit_put(struct edit_list *list, const struct record *r);

/* Most often it is about one record; of several when they became one, of none
 * when one was made up. */
struct edit {
	struct edit_list before;
	struct edit_list after; /* what is left of them */
	unsigned rule;		/* or fix_code: the first that touched one */
	enum fix_policy policy; /* for that rule */
	struct record other;	/* the one it met, as that came */
	int has_other;
	size_t pending;	   /* pieces that may still change */
	struct edit *into; /* it is part of that one; else NULL */
	struct edit *part; /* the last that became part of this one */
};

/* A record is touched for the first time; both may be NULL.  One piece is
 * pending. */
struct edit *edit_new(const struct record *before, unsigned rule,
    enum fix_policy policy, const struct record *other);

/* The edit that ${e} is part of by now; or itself. */
struct edit *edit_whole(struct edit *e);

/* Two edits become one, as ${a}: that of the record that was touched first.
 * Both are whole. */
void edit_join(struct edit *a, struct edit *b);

/* A pending piece stays as ${r}, or, when that is NULL, not at all.  True if
 * none is pending any more: then both lists are in order. */
int edit_settle(struct edit *e, const struct record *r);

/* Seconds that it took away; below 0 when it added some. */
int64_t edit_removed(const struct edit *e);

/* What edits came to. */
struct edit_sum {
	uint64_t dropped; /* records of which nothing is left */
	uint64_t cut;	  /* records of which less is left, or some together */
	uint64_t added;	  /* records that were not there: further pieces, and
			     what was filled */
	uint64_t merged;  /* records that became part of another one */
	int64_t dropped_seconds, cut_seconds, added_seconds;
};

void edit_count(struct edit_sum *sum, const struct edit *e);

/* The record that a finding of it names: the first one before; or the one
 * that was made up. */
const struct record *edit_record(const struct edit *e);

/* The record where a finding of it is; for a gap the one before. */
const struct record *edit_place(const struct edit *e);

/* Put what was done, and why, in a sentence. */
void edit_tell(const struct edit *e, const struct names *n, struct buf *b);

/* With all that became part of it.  NULL is welcome. */
void edit_free(struct edit *e);

#endif
