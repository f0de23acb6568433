/* json_escapes.c - surrogate escapes must come in pairs. */

#include "config.h"

#include <string.h>

#include "json/json_escapes.h"

/* Hex digits that are none yajl refuses, before it comes to what is said
 * here. */
static unsigned
digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

size_t
json_escapes_prefix(struct json_escapes *e, const char *p, size_t len)
{
	const char *slash;

	for (size_t i = 0; i < len; i++) {
		char c = p[i];

		if (e->at == 0 && !e->wants_low) {
			slash = memchr(p + i, '\\', len - i);
			if (slash == NULL)
				return len;
			i = (size_t)(slash - p);
			e->at = 1;
		} else if (e->at == 0) {
			if (c != '\\')
				return i;
			e->at = 1;
		} else if (e->at == 1) {
			if (c != 'u' && e->wants_low)
				return i;
			e->at = c == 'u' ? 2 : 0;
			e->unit = 0;
		} else {
			e->unit = e->unit * 16 + digit(c);
			if (++e->at < 6)
				continue;
			e->at = 0;
			if (e->wants_low != (e->unit >> 10 == 0xdc00 >> 10))
				return i;
			e->wants_low = e->unit >> 10 == 0xd800 >> 10;
		}
	}
	return len;
}
