/* tap.h - the digest of bytes that go by, made on a thread of its own. */

#ifndef BASE_TAP_H
#define BASE_TAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

struct tap;

struct tap *tap_new(void);

/* ${len} more bytes go by; they are copied. */
void tap_put(struct tap *t, const void *data, size_t len);

/* How many there were, and their digest; then start anew. */
uint64_t tap_take(struct tap *t, char to[DIGEST_TEXT]);

/* NULL is welcome. */
void tap_free(struct tap *t);

#endif
