/* xalloc.c - memory or death.  Nothing here returns NULL. */

#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/msg.h"
#include "base/xalloc.h"

#define BIG_PAGE ((size_t)2 * 1024 * 1024)

void *
xmalloc(size_t size)
{
	return xreallocarray(NULL, 1, size);
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = xreallocarray(NULL, n, size);

	return memset(p, 0, n * size);
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	if (n == 0 || size == 0)
		n = size = 1;
	if (n > SIZE_MAX / size || (p = realloc(p, n * size)) == NULL)
		msg_die("out of memory (%zu x %zu bytes)", n, size);
	return p;
}

void *
xblock(size_t n, size_t size)
{
	void *p;

	if (n == 0 || size == 0 || n > SIZE_MAX / 2 / size ||
	    n * size < BIG_PAGE - 64)
		return xreallocarray(NULL, n, size);
	size = (n * size + BIG_PAGE - 1) / BIG_PAGE * BIG_PAGE;
	if ((p = aligned_alloc(BIG_PAGE, size)) == NULL)
		msg_die("out of memory (%zu bytes)", size);
#ifdef MADV_HUGEPAGE
	/* Refused where there are none: fine. */
	(void)madvise(p, size, MADV_HUGEPAGE);
#endif
	return p;
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t len)
{
	char *p = xmalloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}
