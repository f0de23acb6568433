/* json_yajl.c - yajl that never lacks memory, and what its parser says. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "json/json_yajl.h"

static void *
take(void *ctx, size_t size)
{
	(void)ctx;
	return xmalloc(size);
}

static void *
retake(void *ctx, void *p, size_t size)
{
	(void)ctx;
	return xreallocarray(p, size, 1);
}

static void
give(void *ctx, void *p)
{
	(void)ctx;
	free(p);
}

yajl_alloc_funcs
json_yajl_memory(void)
{
	return (yajl_alloc_funcs){ take, retake, give, NULL };
}

yajl_handle
json_yajl_new(const yajl_callbacks *callbacks, void *context)
{
	yajl_alloc_funcs memory = json_yajl_memory();

	return yajl_alloc(callbacks, &memory, context);
}

void
json_yajl_why(
    yajl_handle yajl, const char *text, size_t len, char *to, size_t room)
{
	unsigned char *said =
	    yajl_get_error(yajl, 0, (const unsigned char *)text, len);
	const char *why = strchr((const char *)said, ':');

	why = why != NULL ? why + 1 + strspn(why + 1, " ") : (const char *)said;
	snprintf(to, room, "%.*s", (int)strcspn(why, "\n"), why);
	yajl_free_error(yajl, said);
}
