/* random.c - bytes nobody can foresee. */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base/msg.h"
#include "base/random.h"

void
random_fill(void *to, size_t len)
{
	unsigned char *p = to;

	while (len > 0) {
		ssize_t n = getrandom(p, len, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			msg_die("no random bytes: %s", strerror(errno));
		p += n;
		len -= (size_t)n;
	}
}

uint64_t
random_below(uint64_t below)
{
	/* Numbers beyond the last whole multiple would favour the small. */
	uint64_t limit = UINT64_MAX - UINT64_MAX % below;
	uint64_t n;

	do
		random_fill(&n, sizeof n);
	while (n >= limit);
	return n % below;
}
