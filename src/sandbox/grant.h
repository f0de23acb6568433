/* grant.h - access tokens the sandbox has granted. */

#ifndef SANDBOX_GRANT_H
#define SANDBOX_GRANT_H

#include <stdint.h>

struct grant;

/* Tokens live ${lifetime} seconds, unless 0 no longer than ${lives}
 * milliseconds, and for ${uses} requests. */
struct grant *grant_new(int64_t lifetime, uint64_t uses, int64_t lives);

/* A new token.  Belongs to ${g}; the oldest of many is forgotten. */
const char *grant_token(struct grant *g);

/* True if an Authorization header carries a token that lives; a use of it. */
int grant_allows(struct grant *g, const char *authorization);

/* NULL is welcome. */
void grant_free(struct grant *g);

#endif
