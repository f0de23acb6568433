/* rate.c - so many in a time. */

#include "config.h"

#include <string.h>

#include "base/number.h"
#include "base/rate.h"

int
rate_read(struct rate *rate, const char *text)
{
	static const struct number_style style = { '.', NULL };
	static const struct {
		const char *word;
		uint64_t seconds;
	} units[] = { { "/s", 1 }, { "/min", 60 }, { "/h", 3600 } };
	const char *slash = strchr(text, '/');
	int64_t n;
	int digits;

	if (slash == NULL ||
	    number_scaled(
		text, (size_t)(slash - text), &style, 1000, &n, &digits) != 0 ||
	    digits > 3 || n <= 0 || n > 1000000000)
		return -1;
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(slash, units[i].word) == 0) {
			rate->requests = (uint64_t)n;
			rate->seconds = units[i].seconds;
			return 0;
		}
	return -1;
}
