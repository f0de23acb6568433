/* buf.c - a byte string that grows. */

#include "config.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"

#define FIRST_ROOM 64

char *
buf_grow(struct buf *b, size_t n)
{
	size_t room = b->room ? b->room : FIRST_ROOM;

	if (n > SIZE_MAX / 4 - b->len)
		msg_die("a text is too long");
	while (room < b->len + n + 1)
		room *= 2;
	if (room != b->room)
		b->data = xreallocarray(b->data, room, 1);
	b->room = room;
	return b->data + b->len;
}

void
buf_put(struct buf *b, const void *src, size_t len)
{
	char *to = buf_room(b, len);

	if (len > 0)
		memcpy(to, src, len);
	buf_used(b, len);
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_putu(struct buf *b, uint64_t n)
{
	char digits[20];
	size_t i = sizeof digits;

	do
		digits[--i] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	buf_put(b, digits + i, sizeof digits - i);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		msg_die("out of memory");
	buf_put(b, text, (size_t)n);
	free(text);
}

void
buf_safe(struct buf *b, const char *s)
{
	size_t left = strlen(s), n;
	char escape[MSG_ESCAPE];

	for (; left > 0; s += n, left -= n) {
		if ((n = msg_escape(s, left, escape)) > 0)
			buf_put(b, escape, 4 * n);
		else
			buf_put(b, s, n = utf8_character(s, left));
	}
}

const char *
buf_text(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void
buf_free(struct buf *b)
{
	if (b == NULL)
		return;
	free(b->data);
	*b = (struct buf){ 0 };
}
