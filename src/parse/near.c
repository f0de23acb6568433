/* near.c - how far one word is from another, for "is X meant?". */

#include "config.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "parse/near.h"

#define MOST 64

size_t
near_distance(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), row[MOST + 1];

	if (n > MOST || m > MOST)
		return SIZE_MAX;
	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t best =
			    diagonal + (tolower((unsigned char)a[i - 1]) !=
					   tolower((unsigned char)b[j - 1]));

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[m];
}

/* Is ${a}, the shorter, a part of ${b}? */
static int
is_part(const char *a, const char *b)
{
	return *a != '\0' && strcasestr(b, a) != NULL;
}

size_t
near_header(const char *a, size_t len, const char *b)
{
	char text[MOST + 1];
	size_t far;

	if (len > MOST)
		return SIZE_MAX;
	memcpy(text, a, len);
	text[len] = '\0';
	far = near_distance(text, b);
	return far > 1 && (is_part(text, b) || is_part(b, text)) ? 1 : far;
}
