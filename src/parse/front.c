/* front.c - the first bytes of a file, as a file of its own. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/front.h"

struct front {
	struct input *in, *front;
	size_t left;
};

static long
read_front(void *from, void *to, size_t len)
{
	struct front *f = from;
	size_t n;
	const char *s = input_peek(f->in, 1, &n);

	if (s == NULL)
		return 0;
	n = n < len ? n : len;
	n = n < f->left ? n : f->left;
	memcpy(to, s, n);
	input_skip(f->in, n);
	f->left -= n;
	return (long)n;
}

struct front *
front_open(struct input *in, size_t most)
{
	struct front *f = xcalloc(1, sizeof *f);

	f->in = in;
	f->left = most;
	f->front =
	    input_over((struct unpack_source){ read_front, f }, input_name(in));
	return f;
}

struct input *
front_input(struct front *f)
{
	return f->front;
}

void
front_close(struct front *f)
{
	if (f == NULL)
		return;
	input_close(f->front);
	free(f);
}
