/* quote.h - the stream's own way of writing a string. */

#ifndef RECORD_QUOTE_H
#define RECORD_QUOTE_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Put ${len} bytes of UTF-8 without NUL as they stand between quotes in a canonical line
 * (the quotes themselves are the caller's): \" and \\ escaped, bytes below
 * 0x20 as lower-case \u00xx, all else raw.
 */
void quote_put(struct buf *b, const char *s, size_t len);

/* The other way: put what the canonical text ${s} stands for. */
void quote_plain(struct buf *b, const char *s, size_t len);

/*
 * True if ${len} bytes are what quote_put writes: valid UTF-8 (no surrogates,
 * no overlong forms), no bare control byte or quote, no other escapes, so no
 * NUL.
 */
int quote_is_canonical(const char *s, size_t len);

#endif
