/* xalloc.h - memory or death.  Nothing here returns NULL. */

#ifndef BASE_XALLOC_H
#define BASE_XALLOC_H

#include <stddef.h>

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
void *xreallocarray(void *p, size_t n, size_t size);

/*
 * A block that is filled from end to end and never grows: from 2 MiB on it
 * lies in big pages where the system has them.  The caller frees.
 */
void *xblock(size_t n, size_t size);

char *xstrdup(const char *s);

/* A NUL-terminated copy of ${len} bytes.  The caller frees. */
char *xstrndup(const char *s, size_t len);

#endif
