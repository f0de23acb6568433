/* grant.c - access tokens the sandbox has granted. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/random.h"
#include "base/xalloc.h"
#include "sandbox/grant.h"
#include "sandbox/monotone.h"

#define MOST 64

struct token {
	char text[33];
	int64_t expires; /* of the monotonic clock, ms */
	uint64_t used;
};

struct grant {
	int64_t lifetime; /* ms */
	uint64_t uses;
	struct token token[MOST];
	unsigned next;
};

struct grant *
grant_new(int64_t lifetime, uint64_t uses, int64_t lives)
{
	struct grant *g = xcalloc(1, sizeof *g);

	g->lifetime = lifetime * 1000;
	if (lives > 0 && lives < g->lifetime)
		g->lifetime = lives;
	g->uses = uses;
	return g;
}

const char *
grant_token(struct grant *g)
{
	struct token *t = &g->token[g->next++ % MOST];
	unsigned char bytes[16];

	random_fill(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(t->text + 2 * i, 3, "%02x", bytes[i]);
	t->expires = monotone() + g->lifetime;
	t->used = 0;
	return t->text;
}

int
grant_allows(struct grant *g, const char *authorization)
{
	if (authorization == NULL ||
	    strncasecmp(authorization, "Bearer ", 7) != 0)
		return 0;
	for (unsigned i = 0; i < MOST; i++) {
		struct token *t = &g->token[i];

		if (t->text[0] == '\0' ||
		    strcmp(t->text, authorization + 7) != 0)
			continue;
		return monotone() < t->expires &&
		       (g->uses == 0 || t->used++ < g->uses);
	}
	return 0;
}

void
grant_free(struct grant *g)
{
	free(g);
}
