/* breaker.c - when so much is refused that a setting must be wrong. */

#include "config.h"

#include <string.h>

#include "base/number.h"
#include "upload/breaker.h"

int
breaker_read(struct breaker *b, const char *s)
{
	static const struct number_style style = { '.', NULL };
	size_t n = strlen(s);
	int64_t share = 0;
	uint64_t row = 0;

	if (n > 1 && s[n - 1] == '%') {
		if (number_scaled(s, n - 1, &style, 100, &share, NULL) != 0 ||
		    share < 0 || share > 10000)
			return -1;
		*b = (struct breaker){ .share = (int)share, .has_share = 1 };
		return 0;
	}
	if (number_whole(s, n, INT64_MAX, &row) != 0 || row == 0)
		return -1;
	*b = (struct breaker){ .row = (int64_t)row };
	return 0;
}

int
breaker_trips(
    const struct breaker *b, int64_t row, int64_t refused, int64_t all)
{
	if (b->row > 0 && row >= b->row)
		return 1;
	/* Divided, not multiplied: no count is too large. */
	return b->has_share && refused > 0 && refused >= b->least &&
	       (double)refused > (double)all * b->share / 10000;
}
