/* digest.h - SHA-256. */

#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

/* 64 lower-case hex digits and NUL. */
#define DIGEST_TEXT 65

struct digest;

struct digest *digest_new(void);
void digest_put(struct digest *d, const void *s, size_t len);

/* Write the digest of all that was put, and start anew. */
void digest_take(struct digest *d, char hex[DIGEST_TEXT]);

/* NULL is welcome. */
void digest_free(struct digest *d);

/* The digest of ${len} bytes at once. */
void digest_of(const void *s, size_t len, char hex[DIGEST_TEXT]);

#endif
