/* draft_out.c - JSON for people: indented, with comments. */

#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "parse/draft_out.h"

static void
indent(struct draft_out *o)
{
	buf_putc(&o->text, '\n');
	for (int i = 0; i < o->depth; i++)
		buf_puts(&o->text, "  ");
}

void
draft_out_why(struct draft_out *o, const char *fmt, ...)
{
	char line[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	/* What a file holds must not end the comment. */
	buf_safe(&o->why, line);
	buf_putc(&o->why, '\n');
}

static void
put_why(struct draft_out *o)
{
	const char *line = buf_text(&o->why);

	for (; *line != '\0'; line = strchr(line, '\n') + 1) {
		indent(o);
		buf_puts(&o->text, "// ");
		buf_put(&o->text, line, strcspn(line, "\n"));
	}
	buf_clear(&o->why);
}

void
draft_out_key(struct draft_out *o, const char *key)
{
	if (o->has_neighbour)
		buf_putc(&o->text, ',');
	put_why(o);
	indent(o);
	if (key != NULL) {
		draft_out_quote(&o->text, key);
		buf_puts(&o->text, ": ");
	}
	o->has_neighbour = 1;
}

void
draft_out_open(struct draft_out *o, char bracket)
{
	buf_putc(&o->text, bracket);
	o->depth++;
	o->has_neighbour = 0;
}

void
draft_out_close(struct draft_out *o, char bracket)
{
	put_why(o);
	o->depth--;
	indent(o);
	buf_putc(&o->text, bracket);
	o->has_neighbour = 1;
}

void
draft_out_string(struct draft_out *o, const char *s)
{
	draft_out_quote(&o->text, s);
}

void
draft_out_mark(struct draft_out *o, const char *s)
{
	struct buf mark = { 0 };

	buf_printf(&mark, DRAFT_OUT_MARK ": %s", s);
	draft_out_quote(&o->text, mark.data);
	buf_free(&mark);
	o->marks++;
}

void
draft_out_quote(struct buf *to, const char *s)
{
	buf_putc(to, '"');
	for (; *s != '\0'; s++)
		if (*s == '"' || *s == '\\')
			buf_printf(to, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			buf_printf(to, "\\u%04x", (unsigned)*s);
		else
			buf_putc(to, *s);
	buf_putc(to, '"');
}

void
draft_out_raw(struct draft_out *o, const char *s)
{
	buf_puts(&o->text, s);
}

void
draft_out_free(struct draft_out *o)
{
	buf_free(&o->text);
	buf_free(&o->why);
}
