/* fast.h - ordinary stream lines read in place. */

#ifndef RECORD_FAST_H
#define RECORD_FAST_H

#include <stddef.h>

#include "record/names.h"
#include "record/record.h"

struct fast;

/* ${names} is borrowed until fast_free. */
struct fast *fast_new(struct names *names);

/*
 * Read a canonical line.  False at the least doubt: somebody else must look.
 */
int fast_canonical(
    struct fast *f, const char *line, size_t len, struct record *r);

/*
 * Read a line of the same members in any order, with blanks around them.
 * False at the least doubt, as above.
 */
int fast_loose(struct fast *f, const char *line, size_t len, struct record *r);

/* A record came by another road: the next is likely of the same machine. */
void fast_remember(struct fast *f, const struct record *r);

/* NULL is welcome. */
void fast_free(struct fast *f);

#endif
