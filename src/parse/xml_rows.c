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
};

/* Keep text as XML writes it. */
static void
keep_text(struct paths *p, const char *s, size_t len)
{
	while (len > 0 && paths_has_room(p)) {
		size_t n = 0;

		while (n < len && s[n] != '<' && s[n] != '&' && s[n] != '"')
			n++;
		paths_keep(p, s, n);
		if (n == len)
			return;
		if (s[n] == '<')
			paths_keep(p, "&lt;", 4);
		else if (s[n] == '&')
			paths_keep(p, "&amp;", 5);
		else
			paths_keep(p, "&quot;", 6);
		s += n + 1;
		len -= n + 1;
	}
}

static void
keep(struct paths *p, const char *before, const char *name, const char *after)
{
	if (!paths_has_room(p))
		return;
	paths_keep(p, before, strlen(before));
	paths_keep(p, name, strlen(name));
	paths_keep(p, after, strlen(after));
}

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct xml_rows *r = context;
	struct paths *p = r->paths;
	const char *attribute, *value;
	size_t len;
	uint64_t line = xml_line(x);

	paths_open(p, name, strlen(name), PATHS_ELEMENT, line);
	keep(p, "<", name, "");
	for (int i = 0;
	     (attribute = xml_attribute_at(x, i, &value, &len)) != NULL; i++) {
		buf_clear(&r->plain);
		xml_plain(&r->plain, value, len);
		keep(p, " ", attribute, "=\"");
		keep_text(p, buf_text(&r->plain), r->plain.len);
		keep(p, "\"", "", "");
		buf_clear(&r->name);
		buf_putc(&r->name, '@');
		buf_puts(&r->name, attribute);
		paths_open(p, r->name.data, r->name.len, PATHS_VALUE, line);
		paths_text(p, buf_text(&r->plain), r->plain.len);
		paths_close(p);
	}
	keep(p, ">", "", "");
}

static void
on_text(void *context, const char *s, size_t len)
{
	struct xml_rows *r = context;

	paths_text(r->paths, s, len);
	keep_text(r->paths, s, len);
}

static void
on_end(void *context, const char *name)
{
	struct xml_rows *r = context;

	keep(r->paths, "</", name, ">");
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
