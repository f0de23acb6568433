/* shard.c - a share of the machines, the same ones on every run. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "split/shard.h"

/* What is known of an owner. */
enum { UNKNOWN, INSIDE, OUTSIDE };

int
shard_read(struct shard *s, const char *text)
{
	const char *slash = strchr(text, '/');
	uint64_t k, n;

	if (slash == NULL ||
	    number_whole(slash + 1, strlen(slash + 1), SHARD_MOST, &n) != 0 ||
	    number_whole(text, (size_t)(slash - text), n, &k) != 0 || k == 0)
		return -1;
	s->k = (uint32_t)k;
	s->n = (uint32_t)n;
	return 0;
}

static unsigned char
find_state(const struct shard *s, const struct names *names, uint32_t owner)
{
	struct buf id = { 0 };
	char hex[DIGEST_TEXT];
	uint64_t number;

	names_put_part(names, owner, NAMES_MACHINE, &id);
	digest_of(buf_text(&id), id.len, hex);
	buf_free(&id);
	hex[16] = '\0';
	number = strtoull(hex, NULL, 16);
	return number % s->n == s->k - 1 ? INSIDE : OUTSIDE;
}

int
shard_has(struct shard *s, const struct names *names, const struct record *r)
{
	if (s->n == 0)
		return 1;
	if (r->owner >= s->room) {
		uint32_t room = names_owners(names) * 2;

		s->state = xreallocarray(s->state, room, 1);
		memset(s->state + s->room, UNKNOWN, room - s->room);
		s->room = room;
	}
	if (s->state[r->owner] == UNKNOWN)
		s->state[r->owner] = find_state(s, names, r->owner);
	return s->state[r->owner] == INSIDE;
}

void
shard_free(struct shard *s)
{
	free(s->state);
	s->state = NULL;
	s->room = 0;
}
