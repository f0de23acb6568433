/* fault.c - how the sandbox misbehaves on request. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "sandbox/fault.h"

static uint64_t state = 1;

static int
share(const char *s, unsigned *to)
{
	static const struct number_style style = { '.', NULL };
	size_t n = strlen(s);
	int64_t value;
	int digits;

	if (n < 2 || s[n - 1] != '%' ||
	    number_scaled(s, n - 1, &style, 100, &value, &digits) != 0 ||
	    digits > 2 || value < 0 || value > 10000)
		return -1;
	*to = (unsigned)value;
	return 0;
}

/* "WHAT:P%": cuts ${s} at the colon. */
static int
share_behind(char *s, unsigned *to)
{
	char *colon = strchr(s, ':');

	if (colon == NULL)
		return -1;
	*colon = '\0';
	return share(colon + 1, to);
}

static int
read_one(struct fault *f, char *s)
{
	char *value = strchr(s, '=');
	uint64_t n;

	if (value == NULL)
		return -1;
	*value++ = '\0';
	if (strcmp(s, "drop-before") == 0)
		return share(value, &f->drop_before);
	if (strcmp(s, "drop-after") == 0)
		return share(value, &f->drop_after);
	if (strcmp(s, "token-dies") == 0)
		return number_whole(
		    value, strlen(value), UINT64_MAX, &f->token_dies);
	if (strcmp(s, "delay") == 0)
		return share_behind(value, &f->delay_share) != 0 ||
			       duration_read(value, &f->delay) != 0
			   ? -1
			   : 0;
	if (strcmp(s, "status") != 0 ||
	    share_behind(value, &f->status_share) != 0 ||
	    number_whole(value, strlen(value), 599, &n) != 0 || n < 200)
		return -1;
	f->status = (int)n;
	return 0;
}

int
fault_read(struct fault *f, const char *script)
{
	char *copy = xstrdup(script), *rest = copy, *one;
	int failed = 0;

	while (!failed && (one = strsep(&rest, ",")) != NULL)
		failed = read_one(f, one);
	free(copy);
	return failed;
}

void
fault_seed(uint64_t seed)
{
	state = seed | 1;
}

int
fault_strikes(unsigned of_ten_thousand)
{
	if (of_ten_thousand == 0)
		return 0;
	/* Knuth's linear congruence; the high bits are the good ones. */
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % 10000 < of_ten_thousand;
}
