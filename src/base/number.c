/* number.c - decimal text to integers, exactly, whatever the locale. */

#include "config.h"

#include <string.h>

#include "base/number.h"

/* The length of a thousands mark at ${s}, or 0. */
static size_t
mark_length(const char *s, size_t len, const char *mark)
{
	static const char *const spaces[] = { " ", "\xc2\xa0", "\xe2\x80\xaf" };
	size_t n;

	if (mark == NULL)
		return 0;
	if (strcmp(mark, " ") != 0) {
		n = strlen(mark);
		return len >= n && memcmp(s, mark, n) == 0 ? n : 0;
	}
	for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
		n = strlen(spaces[i]);
		if (len >= n && memcmp(s, spaces[i], n) == 0)
			return n;
	}
	return 0;
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * The digits before the decimal mark into ${whole}; groups must be of three,
 * the first of one to three.  Return how many bytes they take; 0 is an error.
 */
static size_t
read_whole(const char *s, size_t len, const char *mark, uint64_t *whole)
{
	size_t i = 0, group = 0, n;
	int grouped = 0;

	*whole = 0;
	while (i < len) {
		if (is_digit(s[i])) {
			if (__builtin_mul_overflow(*whole, 10, whole) ||
			    __builtin_add_overflow(
				*whole, (unsigned)(s[i] - '0'), whole))
				return 0;
			group++;
			i++;
			continue;
		}
		n = mark_length(s + i, len - i, mark);
		if (n == 0)
			break;
		if (group == 0 || group > 3 || (grouped && group != 3))
			return 0;
		grouped = 1;
		group = 0;
		i += n;
	}
	return grouped && group != 3 ? 0 : i;
}

/*
 * ${unit} times the fraction of ${n} digits at ${s}, floored, and whether
 * something was cut off.  From the last digit to the first, so that any number
 * of them is exact.
 */
static uint64_t
scaled_fraction(const char *s, size_t n, uint64_t unit, int *rest)
{
	uint64_t product = 0;

	while (n-- > 0) {
		product += (unsigned)(s[n] - '0') * unit;
		*rest |= product % 10 != 0;
		product /= 10;
	}
	return product;
}

int
number_scaled(const char *s, size_t len, const struct number_style *style,
    int64_t unit, int64_t *value, int *digits)
{
	int negative = 0, rest = 0;
	size_t i, n = 0;
	uint64_t whole;
	__int128 product;

	if (len > 0 && (s[0] == '-' || s[0] == '+')) {
		negative = s[0] == '-';
		s++;
		len--;
	}
	if (len == 0 || !is_digit(s[0]) ||
	    (i = read_whole(s, len, style->thousands, &whole)) == 0)
		return -1;
	if (i < len) {
		if (s[i] != style->decimal || i + 1 == len)
			return -1;
		for (i++; i + n < len; n++)
			if (!is_digit(s[i + n]))
				return -1;
	}
	product = (__int128)whole * unit +
		  (__int128)scaled_fraction(s + i, n, (uint64_t)unit, &rest);
	if (negative)
		product = -product - rest; /* a floor goes down */
	if (product > INT64_MAX || product < INT64_MIN)
		return -1;
	*value = (int64_t)product;
	if (digits != NULL)
		*digits = (int)n;
	return 0;
}

int
number_whole(const char *s, size_t len, uint64_t max, uint64_t *value)
{
	uint64_t n = 0;

	if (len == 0)
		return -1;
	for (size_t i = 0; i < len; i++) {
		if (!is_digit(s[i]) || __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_add_overflow(n, (uint64_t)(s[i] - '0'), &n))
			return -1;
	}
	if (n > max)
		return -1;
	*value = n;
	return 0;
}

int
number_bytes(const char *s, uint64_t *bytes)
{
	size_t n = strspn(s, "0123456789");
	int shift = 0;

	switch (s[n]) {
	case 'k':
	case 'K':
		shift = 10;
		break;
	case 'm':
	case 'M':
		shift = 20;
		break;
	case 'g':
	case 'G':
		shift = 30;
		break;
	case 't':
	case 'T':
		shift = 40;
		break;
	default:
		break;
	}
	if ((shift > 0 && s[n + 1] != '\0') || (shift == 0 && s[n] != '\0') ||
	    number_whole(s, n, UINT64_MAX >> shift, bytes) != 0)
		return -1;
	*bytes <<= shift;
	return 0;
}
