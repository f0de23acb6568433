/* complain.c - what is wrong with a file of settings, and where. */

#include "config.h"

#include <stdarg.h>
#include <stdio.h>

#include "validate/complain.h"

void
complain_at(struct complain *c, const struct json *j, const char *fmt, ...)
{
	struct msg m = { .level = MSG_ERROR,
		.file = c->path,
		.line = j->line,
		.column = j->column };
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	m.text = text;
	msg_place(&m);
	c->count++;
}
