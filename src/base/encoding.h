/* encoding.h - text of other encodings, as UTF-8. */

#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include <stddef.h>

struct encoding;

/* A converter from ${name}, any that iconv knows but UTF-8, of which
 * it lets pass what is beyond Unicode; NULL when it knows none. */
struct encoding *encoding_new(const char *name);

/*
 * Convert bytes at *${in} (${in_len} of them) into at most ${room} (8 or
 * more) bytes at ${out}; both *${in} and *${in_len} move on.  Bytes that are
 * not valid become 0xFF, one each.  A character cut at the end is left for
 * the next call, unless ${last}; then call until nothing is written and
 * nothing left, for a letter may be held back.  Return the bytes written.
 */
size_t encoding_convert(struct encoding *e, const char **in, size_t *in_len,
    char *out, size_t room, int last);

/* NULL is welcome. */
void encoding_free(struct encoding *e);

#endif
