/* same.h - short texts compared where they are looked at. */

#ifndef BASE_SAME_H
#define BASE_SAME_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Are the ${n} bytes at ${a} those at ${b}?  For a name a call of memcmp would
 * cost more than the comparison. */
static inline int
same_bytes(const char *a, const char *b, size_t n)
{
	uint64_t x, y;
	uint32_t v, w;

	if (n < 4)
		return n == 0 || (a[0] == b[0] && a[n / 2] == b[n / 2] &&
				     a[n - 1] == b[n - 1]);
	if (n < 8) {
		memcpy(&v, a, 4);
		memcpy(&w, b, 4);
		if (v != w)
			return 0;
		memcpy(&v, a + n - 4, 4);
		memcpy(&w, b + n - 4, 4);
		return v == w;
	}
	/* The last eight may have been seen in part. */
	for (;;) {
		memcpy(&x, a, 8);
		memcpy(&y, b, 8);
		if (x != y)
			return 0;
		if (n == 8)
			return 1;
		if (n < 16) {
			a += n - 8;
			b += n - 8;
			n = 8;
		} else {
			a += 8;
			b += 8;
			n -= 8;
		}
	}
}

#endif
