/* quote.c - the stream's own way of writing a string. */

#include "config.h"

#include <stdint.h>
#include <string.h>

#include "record/quote.h"

static const char hex[] = "0123456789abcdef";

void
quote_put(struct buf *b, const char *s, size_t len)
{
	size_t clean = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		char escape[6] = { '\\', 'u', '0', '0', hex[c >> 4],
			hex[c & 15] };

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, s + clean, i - clean);
		clean = i + 1;
		if (c < 0x20) {
			buf_put(b, escape, sizeof escape);
		} else {
			buf_putc(b, '\\');
			buf_putc(b, s[i]);
		}
	}
	buf_put(b, s + clean, len - clean);
}

static int
nibble(char c)
{
	const char *p = c != '\0' ? strchr(hex, c) : NULL;

	return p != NULL ? (int)(p - hex) : -1;
}

/* The length of the escape at ${s} if quote_put writes it, and its byte. */
static size_t
escape(const char *s, size_t len, char *byte)
{
	int low;

	if (len >= 2 && (s[1] == '"' || s[1] == '\\')) {
		*byte = s[1];
		return 2;
	}
	if (len < 6 || s[1] != 'u' || s[2] != '0' || s[3] != '0' ||
	    (s[4] != '0' && s[4] != '1') || (low = nibble(s[5])) < 0)
		return 0;
	*byte = (char)((s[4] - '0') * 16 + low);
	return 6;
}

void
quote_plain(struct buf *b, const char *s, size_t len)
{
	size_t clean = 0, n;
	char byte;

	for (size_t i = 0; i < len; i += n) {
		n = 1;
		if (s[i] != '\\' || (n = escape(s + i, len - i, &byte)) == 0) {
			n = 1;
			continue;
		}
		buf_put(b, s + clean, i - clean);
		buf_putc(b, byte);
		clean = i + n;
	}
	buf_put(b, s + clean, len - clean);
}

/* The length of the UTF-8 character at ${s}, or 0 if it is none. */
static size_t
character(const unsigned char *s, size_t len)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t n;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (len < n)
		return 0;
	/* No overlong forms, no surrogates, nothing beyond U+10FFFF. */
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

size_t
quote_utf8(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0, n;
	uint64_t eight;

	while (i < len) {
		if (len - i >= 8) {
			memcpy(&eight, s + i, 8);
			if ((eight & 0x8080808080808080) == 0) {
				i += 8;
				continue;
			}
		}
		if ((n = character(p + i, len - i)) == 0)
			return i;
		i += n;
	}
	return len;
}

int
quote_is_canonical(const char *s, size_t len)
{
	char byte;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		unsigned char c = (unsigned char)s[i];

		n = 1;
		if (c < 0x20 || c == '"')
			return 0;
		if (c == '\\' && (n = escape(s + i, len - i, &byte)) == 0)
			return 0;
	}
	return quote_utf8(s, len) == len;
}
