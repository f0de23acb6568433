/* aemp_text.c - the text of an element, without the blanks around it. */

#include "config.h"

#include "parse/aemp_text.h"

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

const char *
aemp_text_trim(struct buf *text)
{
	char *s = text->data;
	size_t n = text->len;

	if (s == NULL)
		return "";
	while (n > 0 && is_blank(s[n - 1]))
		s[--n] = '\0';
	text->len = n;
	while (is_blank(*s))
		s++;
	return s;
}

void
aemp_text_take(struct buf *text, struct buf *to)
{
	const char *s = aemp_text_trim(text);
	struct buf old = *to;

	if (text->len > 0 && s == text->data) {
		*to = *text; /* as it is, for the room of the old one */
		*text = old;
		return;
	}
	buf_clear(to);
	buf_puts(to, s);
}
