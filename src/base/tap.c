/* tap.c - the digest of bytes that go by, made on a thread of its own. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/digester.h"
#include "base/tap.h"
#include "base/xalloc.h"

#define ROOM ((size_t)256 * 1024)

/* One piece is digested while the other one is filled. */
struct tap {
	struct digester *digester;
	char *piece[2];
	int turn; /* which of them is filled */
	size_t len;
	uint64_t bytes;
};

struct tap *
tap_new(void)
{
	struct tap *t = xcalloc(1, sizeof *t);

	t->digester = digester_new();
	t->piece[0] = xmalloc(ROOM);
	t->piece[1] = xmalloc(ROOM);
	return t;
}

static void
hand_over(struct tap *t)
{
	digester_start(t->digester, t->piece[t->turn], t->len);
	t->turn = !t->turn;
	t->len = 0;
}

void
tap_put(struct tap *t, const void *data, size_t len)
{
	const char *from = data;

	t->bytes += len;
	while (len > 0) {
		size_t n = len < ROOM - t->len ? len : ROOM - t->len;

		memcpy(t->piece[t->turn] + t->len, from, n);
		t->len += n;
		from += n;
		len -= n;
		if (t->len == ROOM)
			hand_over(t);
	}
}

uint64_t
tap_take(struct tap *t, char to[DIGEST_TEXT])
{
	uint64_t bytes = t->bytes;

	hand_over(t);
	digester_finish(t->digester, to);
	t->bytes = 0;
	return bytes;
}

void
tap_free(struct tap *t)
{
	if (t == NULL)
		return;
	digester_free(t->digester);
	free(t->piece[0]);
	free(t->piece[1]);
	free(t);
}
