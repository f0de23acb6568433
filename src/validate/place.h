/* place.h - where a finding is, as programs look for it that know files. */

#ifndef VALIDATE_PLACE_H
#define VALIDATE_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/problem.h"

/*
 * A file that lies there.  Of a member of an archive ("dump.zip/a.csv") it is
 * the archive, which has no lines; the member then is to be named in the text.
 */
struct place {
	const char *file; /* borrowed from the problem, no string; NULL: none */
	size_t len;
	uint64_t line;	    /* 0: none */
	const char *member; /* NULL: none */
};

void place_of(struct place *to, const struct problem *p);

/*
 * Put the file as a URI reference (RFC 3986): relative as its name is, or
 * file:// before an absolute one; what must not stand there comes as %XX, what
 * is not UTF-8 too.
 */
void place_put_uri(struct buf *b, const struct place *place);

/* Put "a.csv:17: " where the place has a member, else nothing. */
void place_put_member(
    struct buf *b, const struct place *place, const struct problem *p);

#endif
