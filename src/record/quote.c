/* quote.c - the stream's own way of writing a string. */

#include "config.h"

#include <string.h>

#include "base/utf8.h"
#include "record/quote.h"

static const char hex[] = "0123456789abcdef";

void
quote_put(struct buf *b, const char *s, size_t len)
{
	size_t clean = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, s + clean, i - clean);
		clean = i + 1;
		if (c < 0x20) {
			char escape[6] = { '\\', 'u', '0', '0', hex[c >> 4],
				hex[c & 15] };

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
	    (s[4] != '0' && s[4] != '1') || (low = nibble(s[5])) < 0 ||
	    (s[4] == '0' && low == 0))
		return 0; /* no text may hold a NUL */
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
	return utf8_prefix(s, len) == len;
}
