/* xml_rows.c - the rows of an XML document, by a profile's paths. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/paths.h"
#include "parse/xml.h"
#include "parse/xml_rows.h"

/* Bytes handed over at a time: few, as all records in them wait at once. */
#define CHUNK 8192

struct xml_rows {
	struct input *in;
	struct xml *xml;
	struct paths *paths;
	struct problem problem; /* of the document */
	int more;		/* as xml_more said last */
	struct buf name;	/* "@" and an attribute's */
	struct buf plain;	/* an attribute's value */
	struct buf written;	/* a tag or text, to be kept */
};

/* Put text as XML writes it. */
static void
put_text(struct buf *b, const char *s, size_t len)
{
	size_t clean = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] != '<' && s[i] != '&' && s[i] != '"')
			continue;
		buf_put(b, s + clean, i - clean);
		buf_puts(b, s[i] == '<'	  ? "&lt;"
			    : s[i] == '&' ? "&amp;"
					  : "&quot;");
		clean = i + 1;
	}
	buf_put(b, s + clean, len - clean);
}

static void
on_attribute(struct xml_rows *r, const char *name, const char *value,
    size_t value_len, uint64_t line)
{
	struct paths *p = r->paths;
	size_t len = strlen(name);

	if (memchr(value, '&', value_len) != NULL) {
		buf_clear(&r->plain);
		xml_plain(&r->plain, value, value_len);
		value = r->plain.data;
		value_len = r->plain.len;
	}
	if (paths_has_room(p)) {
		buf_putc(&r->written, ' ');
		buf_put(&r->written, name, len);
		buf_puts(&r->written, "=\"");
		put_text(&r->written, value, value_len);
		buf_putc(&r->written, '"');
	}
	buf_clear(&r->name);
	buf_putc(&r->name, '@');
	buf_put(&r->name, name, len);
	paths_open(p, r->name.data, r->name.len, PATHS_VALUE, line);
	paths_text(p, value, value_len);
	paths_close(p);
}

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct xml_rows *r = context;
	const char *attribute, *value;
	size_t len = xml_name_length(x);
	uint64_t line = xml_line(x);

	paths_open(r->paths, name, len, PATHS_ELEMENT, line);
	buf_clear(&r->written);
	buf_putc(&r->written, '<');
	buf_put(&r->written, name, len);
	for (int i = 0;
	     (attribute = xml_attribute_at(x, i, &value, &len)) != NULL; i++)
		on_attribute(r, attribute, value, len, line);
	buf_putc(&r->written, '>');
	if (paths_has_room(r->paths))
		paths_keep(r->paths, r->written.data, r->written.len);
}

static void
on_text(void *context, const char *s, size_t len)
{
	struct xml_rows *r = context;

	paths_text(r->paths, s, len);
	if (!paths_has_room(r->paths))
		return;
	buf_clear(&r->written);
	put_text(&r->written, s, len);
	paths_keep(r->paths, r->written.data, r->written.len);
}

static void
on_end(void *context, const char *name)
{
	struct xml_rows *r = context;

	if (paths_has_room(r->paths)) {
		buf_clear(&r->written);
		buf_puts(&r->written, "</");
		buf_puts(&r->written, name);
		buf_putc(&r->written, '>');
		paths_keep(r->paths, r->written.data, r->written.len);
	}
	paths_close(r->paths);
}

static enum rows_got
next(void *self, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	struct xml_rows *r = self;
	enum rows_got got;

	while ((got = paths_row(r->paths, cells, count, p)) == ROWS_END &&
	       r->more > 0 && !paths_is_late(r->paths)) {
		r->more = xml_more(r->xml, CHUNK);
		if (r->more == 0)
			paths_close(r->paths); /* it may be a record */
	}
	return got;
}

static size_t
guess(void *self, const struct rows_cell **cells)
{
	struct xml_rows *r = self;

	return paths_cells(r->paths, cells);
}

static uint64_t
line(const void *self)
{
	const struct xml_rows *r = self;

	return paths_line(r->paths);
}

static const char *
raw(const void *self, size_t *len)
{
	const struct xml_rows *r = self;

	return paths_raw(r->paths, len);
}

static void
without_raw(void *self)
{
	struct xml_rows *r = self;

	paths_without_raw(r->paths);
}

static int
finish(void *self, struct problem *p)
{
	struct xml_rows *r = self;

	if (r->more >= 0)
		return paths_finish(r->paths, input_name(r->in), p);
	/* A message, not a finding: what the file held is lost. */
	if (!input_file_failed(r->in))
		problem_print(&r->problem);
	return -1;
}

static void
close_rows(void *self)
{
	struct xml_rows *r = self;

	xml_close(r->xml);
	paths_free(r->paths);
	problem_free(&r->problem);
	buf_free(&r->name);
	buf_free(&r->plain);
	buf_free(&r->written);
	free(r);
}

struct rows
xml_rows_open(struct input *in, struct profile *profile)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };
	static const struct rows_kind kind = { .next = next,
		.guess = guess,
		.line = line,
		.raw = raw,
		.without_raw = without_raw,
		.finish = finish,
		.free = close_rows };
	struct xml_rows *r = xcalloc(1, sizeof *r);

	r->in = in;
	r->more = 1;
	r->paths = paths_new(profile);
	/* The document, of which the root element is the first step. */
	paths_open(r->paths, "", 0, PATHS_ELEMENT, 1);
	r->xml = xml_open(in, &handlers, r, &r->problem);
	return (struct rows){ &kind, r };
}
