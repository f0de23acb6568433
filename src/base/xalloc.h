/* xalloc.h - memory or death.  Nothing here returns NULL. */

#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *p, size_t n, size_t size);
char *xstrdup(const char *s);

/* A NUL-terminated copy of ${len} bytes.  The caller frees. */
char *xstrndup(const char *s, size_t len);

#endif
