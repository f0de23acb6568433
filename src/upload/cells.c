/* cells.c - cells of CSV, as RFC 4180 has them. */

#include "config.h"

#include <string.h>

#include "upload/cells.h"

void
cells_text(struct buf *to, int comma, const char *s)
{
	if (comma)
		buf_putc(to, ',');
	if (s == NULL)
		return;
	if (strpbrk(s, ",\"\r\n") == NULL) {
		buf_puts(to, s);
		return;
	}
	buf_putc(to, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_putc(to, '"');
		buf_putc(to, *s);
	}
	buf_putc(to, '"');
}
