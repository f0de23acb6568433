/* join.h - neighbours that a repair makes one, cuts apart, or fills between. */

#ifndef VALIDATE_JOIN_H
#define VALIDATE_JOIN_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"
#include "validate/settings.h"

enum join_takes {
	JOIN_NONE,
	JOIN_FIRST,  /* the first takes the time of the second */
	JOIN_SECOND, /* the other way round */
};

/* True if the fix has a policy for neighbours. */
int join_is_asked(const struct settings *s);

/*
 * Whether ${a} and ${b}, which follows it, become one, and by which rule:
 * they touch, are of one file, basis and vendor's id, together not longer than
 * --max-length; and they are in one state, or one of them is too short.
 */
enum join_takes join_two(const struct settings *s, const struct record *a,
    const struct record *b, unsigned *rule);

/*
 * True if the time between ${before} and ${next} is to be filled; then
 * ${fill} is an estimated period for it, whose source is "gap after" that of
 * ${before}.
 */
int join_fills(const struct settings *s, struct names *n,
    const struct record *before, const struct record *next,
    struct record *fill);

/*
 * Where a record that is too long is to be cut first; its end when nowhere.
 * ${always}: though what is left is not too long any more.
 */
int64_t join_cut(const struct settings *s, const struct record *r, int always);

#endif
