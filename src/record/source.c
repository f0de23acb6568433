/* source.c - "name:line", the vendor's place of a record. */

#include "config.h"

#include "record/source.h"

size_t
source_split(const char *s, size_t len, uint64_t *line)
{
	uint64_t n = 0, scale = 1;
	size_t i = len;

	*line = 0;
	while (i > 0 && s[i - 1] >= '0' && s[i - 1] <= '9') {
		uint64_t digit = (uint64_t)(s[--i] - '0');

		/* Twenty digits can be too many for 64 bits. */
		if (len - i > 20 ||
		    (digit > 0 &&
			(__builtin_mul_overflow(digit, scale, &digit) ||
			    __builtin_add_overflow(n, digit, &n))))
			return len;
		if (len - i < 20)
			scale *= 10;
	}
	if (i == len || i == 0 || s[i - 1] != ':' || s[i] == '0')
		return len;
	*line = n;
	return i - 1;
}
