/* form.c - application/x-www-form-urlencoded, and percent escapes. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "sandbox/form.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *
form_plain(const char *s, size_t len, int is_form)
{
	char *to = xmalloc(len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		int byte = -1;

		if (s[i] == '%' && i + 2 < len && hex(s[i + 1]) >= 0 &&
		    hex(s[i + 2]) >= 0)
			byte = hex(s[i + 1]) * 16 + hex(s[i + 2]);
		/* A NUL would cut the text short: "%00" stays as it is. */
		if (byte > 0) {
			to[n++] = (char)byte;
			i += 2;
		} else {
			to[n++] = is_form && s[i] == '+' ? ' ' : s[i];
		}
	}
	to[n] = '\0';
	return to;
}

void
form_read(struct form *f, const char *body, size_t len)
{
	while (len > 0 && f->count < FORM_FIELDS) {
		const char *amp = memchr(body, '&', len);
		size_t n = amp != NULL ? (size_t)(amp - body) : len;
		const char *equals = memchr(body, '=', n);
		size_t name = equals != NULL ? (size_t)(equals - body) : n;
		size_t skip = equals != NULL ? name + 1 : n;

		f->name[f->count] = form_plain(body, name, 1);
		f->value[f->count++] = form_plain(body + skip, n - skip, 1);
		body += n;
		len -= n;
		if (len > 0) {
			body++;
			len--;
		}
	}
}

const char *
form_get(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->name[i], name) == 0)
			return f->value[i];
	return NULL;
}

void
form_free(struct form *f)
{
	for (size_t i = 0; i < f->count; i++) {
		free(f->name[i]);
		free(f->value[i]);
	}
	f->count = 0;
}
