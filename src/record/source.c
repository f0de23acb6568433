/* source.c - "name:line", the vendor's place of a record. */

#include "config.h"

#include "record/source.h"

/* So many digits never overflow. */
#define SHORT 18

size_t
source_split(const char *s, size_t len, uint64_t *line)
{
	uint64_t n = 0;
	size_t i = len;

	*line = 0;
	while (i > 0 && s[i - 1] >= '0' && s[i - 1] <= '9')
		i--;
	if (i == len || i == 0 || s[i - 1] != ':' || s[i] == '0')
		return len;
	for (size_t k = i; k < len; k++) {
		uint64_t digit = (uint64_t)(s[k] - '0');

		if (k - i < SHORT)
			n = n * 10 + digit;
		else if (__builtin_mul_overflow(n, 10, &n) ||
			 __builtin_add_overflow(n, digit, &n))
			return len;
	}
	*line = n;
	return i - 1;
}
