/* utf8.c - what is UTF-8 and what is not. */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

size_t
utf8_character(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	unsigned char low = 0x80, high = 0xbf;
	size_t n;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (len < n)
		return 0;
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static inline int
is_ascii(const char *eight)
{
	uint64_t v;

	memcpy(&v, eight, sizeof v);
	return (v & 0x8080808080808080) == 0;
}

size_t
utf8_prefix(const char *s, size_t len)
{
	size_t i = 0, n;

	for (;;) {
		while (len - i >= 8 && is_ascii(s + i))
			i += 8;
		/* The last ones are looked at with some of those before. */
		if (i == len ||
		    (len - i < 8 && len >= 8 && is_ascii(s + len - 8)))
			return len;
		if ((n = utf8_character(s + i, len - i)) == 0)
			return i;
		i += n;
	}
}

locale_t
utf8_locale(void)
{
	static locale_t locale;
	static int is_made;

	if (!is_made) {
		locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
		is_made = 1;
	}
	return locale;
}
