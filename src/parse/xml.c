/* xml.c - XML as a stream of elements and texts; the door to libxml2. */

#include "config.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/xml.h"
#include "parse/xml_fast.h"
#include "parse/xml_tags.h"

/* The parser is given so much at a time where nothing is ordinary. */
#define MOST_PATIENCE 16384

#define LONG_COMMENT 65536

struct xml {
	struct input *in;
	const struct xml_handlers *to;
	void *context;
	struct problem *problem;
	xmlParserCtxtPtr parser;
	struct xml_tags tags;
	uint64_t lines_before; /* skipped before the parser saw anything */
	int depth;
	int failed;
	int ended;	 /* there are no more bytes */
	size_t patience; /* what it is given at least, in bytes */
	struct xml_fast *fast;
	/* libxml2's five-pointer attributes, while a start tag is told. */
	const xmlChar **attributes;
	int attribute_count;
	size_t name_length;
};

uint64_t
xml_line(const struct xml *x)
{
	const xmlParserInput *i = x->parser->input;

	return x->lines_before + (i != NULL ? (unsigned)i->line : 0);
}

static struct buf *
refuse(struct xml *x, const char *code, uint64_t line, uint64_t column)
{
	static struct buf nowhere;

	if (x->failed) {
		buf_clear(&nowhere);
		return &nowhere; /* the first fault is the one to mend */
	}
	x->failed = 1;
	problem_set(
	    x->problem, code, SEVERITY_ERROR, input_name(x->in), line, column);
	if (x->parser != NULL)
		xmlStopParser(x->parser);
	return &x->problem->text;
}

size_t
xml_name_length(const struct xml *x)
{
	return x->name_length;
}

const char *
xml_attribute(const struct xml *x, const char *name, size_t *len)
{
	for (int i = 0; i < x->attribute_count; i++) {
		const xmlChar **a = x->attributes + (size_t)i * 5;

		if (strcmp((const char *)a[0], name) == 0) {
			*len = (size_t)(a[4] - a[3]);
			return (const char *)a[3];
		}
	}
	return NULL;
}

const char *
xml_attribute_at(const struct xml *x, int i, const char **value, size_t *len)
{
	const xmlChar **a = x->attributes + (size_t)i * 5;

	if (i >= x->attribute_count)
		return NULL;
	*value = (const char *)a[3];
	*len = (size_t)(a[4] - a[3]);
	return (const char *)a[0];
}

void
xml_plain(struct buf *to, const char *s, size_t len)
{
	static const char ampersand[] = "&#38;";
	const char *end = s + len, *found;

	while ((found = memchr(s, '&', (size_t)(end - s))) != NULL) {
		buf_put(to, s, (size_t)(found - s) + 1);
		s = found + 1;
		if ((size_t)(end - found) >= sizeof ampersand - 1 &&
		    memcmp(found, ampersand, sizeof ampersand - 1) == 0)
			s = found + sizeof ampersand - 1;
	}
	buf_put(to, s, (size_t)(end - s));
}

static void
on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespaces, const xmlChar **declared, int count,
    int defaulted, const xmlChar **attributes)
{
	struct xml *x = ((xmlParserCtxtPtr)ctx)->_private;

	(void)prefix;
	(void)uri;
	(void)namespaces;
	(void)declared;
	(void)defaulted;
	if (++x->depth > XML_DEPTH) {
		buf_printf(refuse(x, "too-deep", xml_line(x), 0),
		    "elements are nested more than %d deep", XML_DEPTH);
		return;
	}
	x->attributes = attributes;
	x->attribute_count = count;
	x->name_length = strlen((const char *)name);
	x->to->start(x->context, x, (const char *)name);
	x->attribute_count = 0;
}

static void
on_end(
    void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *x = ((xmlParserCtxtPtr)ctx)->_private;

	(void)prefix;
	(void)uri;
	x->depth--;
	x->to->end(x->context, (const char *)name);
}

static void
on_text(void *ctx, const xmlChar *s, int len)
{
	struct xml *x = ((xmlParserCtxtPtr)ctx)->_private;

	x->to->text(x->context, (const char *)s, (size_t)len);
}

/* Entities are declared in one: none is ever read. */
static void
on_doctype(
    void *ctx, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	struct xml *x = ((xmlParserCtxtPtr)ctx)->_private;

	(void)id;
	(void)system;
	buf_printf(refuse(x, "doctype", xml_line(x), 0),
	    "a document type (DOCTYPE %.40s) has no place in such a file; "
	    "it is not followed",
	    (const char *)name);
}

/* Is it the end of the file that is wrong? */
static int
is_at_end(const struct xml *x, const xmlError *error)
{
	const xmlParserInput *i = x->parser->input;

	return error->code == XML_ERR_DOCUMENT_END ||
	       (x->ended && i != NULL && i->cur >= i->end);
}

static void
on_error(void *ctx, xmlErrorPtr error)
{
	struct xml *x = ((xmlParserCtxtPtr)ctx)->_private;
	const char *message;
	size_t len;

	if (error->level < XML_ERR_ERROR || error->message == NULL)
		return;
	message = error->message;
	if (x->depth > 0 && is_at_end(x, error))
		message = "the file ends within an element: it is cut";
	else if (strstr(message, "Huge input lookup") != NULL ||
		 strstr(message, "too big") != NULL)
		message = "a comment or the like is longer than 10 MB";
	len = strcspn(message, "\n");
	buf_put(refuse(x, "bad-xml", x->lines_before + (unsigned)error->line,
		    error->int2 > 0 ? (uint64_t)error->int2 : 0),
	    message, len);
}

/* What the file is, by its first bytes, where it is no XML. */
static int
is_not_xml(struct xml *x, const char *p, size_t len)
{
	const char *what = NULL;

	if (len == 0)
		what = "the file is empty, or begins with 4 KiB of blanks";
	else if (*p == '{' || *p == '[')
		what = "this is JSON, no XML";
	else if (len >= 5 &&
		 (strncasecmp(p, "<html", 5) == 0 ||
		     (len >= 14 && strncasecmp(p, "<!DOCTYPE html", 14) == 0)))
		what = "this is a web page, most likely an error answer of "
		       "the provider";
	else if (*p != '<' && (unsigned char)*p < 0x80 && *p != '\0')
		what = "this is no XML";
	if (what == NULL)
		return 0;
	buf_puts(refuse(x, "not-xml", x->lines_before + 1, 0), what);
	return 1;
}

/* Blanks before the declaration: some providers do, the parser does not. */
static int
skip_blanks(struct xml *x)
{
	struct msg m = { .level = MSG_WARNING,
		.file = input_name(x->in),
		.line = 1,
		.code = "blank-before-xml",
		.text = "blanks before <?xml; taken as if they were not "
			"there" };
	size_t len, n = 0;
	const char *p = input_peek(x->in, 4096, &len);

	while (n < len && strchr(" \t\r\n", p[n]) != NULL && p[n] != '\0')
		if (p[n++] == '\n')
			x->lines_before++;
	if (is_not_xml(x, p + n, len - n))
		return -1;
	if (n > 0 && len - n >= 5 && memcmp(p + n, "<?xml", 5) == 0)
		msg_place(&m);
	input_skip(x->in, n);
	return 0;
}

struct xml *
xml_open(struct input *in, const struct xml_handlers *handlers, void *context,
    struct problem *p)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.internalSubset = on_doctype,
		.serror = on_error };
	struct xml *x = xcalloc(1, sizeof *x);

	x->in = in;
	x->to = handlers;
	x->context = context;
	x->problem = p;
	x->patience = 1;
	/* It is large, and most of it is never touched. */
	x->fast = xmalloc(sizeof *x->fast);
	xml_fast_begin(x->fast);
	if (skip_blanks(x) != 0)
		return x;
	x->parser = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
	if (x->parser == NULL)
		msg_die("out of memory");
	xmlCtxtUseOptions(x->parser, XML_PARSE_NONET);
	x->parser->_private = x;
	return x;
}

/*
 * Whether elements may go past the parser: it has told all that it was given,
 * is in the content of an element and takes bytes as they come.  A whole
 * element leaves it as it is.
 */
static int
is_between_tags(const struct xml *x)
{
	const xmlParserInput *i = x->parser->input;

	return x->depth > 0 && x->parser->instate == XML_PARSER_CONTENT &&
	       x->parser->inputNr == 1 && i->cur == i->end &&
	       i->buf->encoder == NULL;
}

/* Tell what was read without the parser, as if that had read it from ${from} to
 * ${to}. */
static void
tell(struct xml *x, const char *from, const char *to)
{
	const struct xml_fast *f = x->fast;
	xmlParserInput *i = x->parser->input;
	int line = i->line;

	for (size_t n = 0; n < f->events; n++) {
		const struct xml_fast_event *e = &f->event[n];

		switch (e->kind) {
		case XML_FAST_START:
			i->line = line + (int)e->lines;
			x->attributes =
			    (const xmlChar **)(f->attribute + e->first * 5);
			x->attribute_count = (int)e->count;
			x->name_length = e->len;
			x->depth++;
			x->to->start(x->context, x, e->s);
			x->attribute_count = 0;
			break;
		case XML_FAST_TEXT:
			x->to->text(x->context, e->s, e->len);
			break;
		case XML_FAST_END:
			x->depth--;
			x->to->end(x->context, e->s);
			break;
		}
	}
	i->line = line + (int)f->lines;
	if (f->newline != NULL)
		i->col = (int)(to - f->newline);
	else
		i->col += (int)(to - from);
	i->col -= (int)f->extra;
}

/* Tell of what is ordinary at ${p}, of ${most} bytes or a little more; how many
 * they are. */
static size_t
go_fast(struct xml *x, const char *p, size_t len, size_t most)
{
	const char *at = p, *end = p + len, *next;

	if (!is_between_tags(x))
		return 0;
	while ((size_t)(at - p) < most &&
	       (next = xml_fast_next(x->fast, at, end, XML_DEPTH - x->depth)) !=
		   NULL) {
		if (x->fast->events > 1)
			x->patience = 1; /* not text alone */
		tell(x, at, next);
		at = next;
	}
	return (size_t)(at - p);
}

/* How much of ${len} bytes the parser is given: up to a tag's end, behind which
 * there may be ordinary elements; the more, the longer there were none. */
static size_t
careful_piece(struct xml *x, const char *p, size_t len)
{
	size_t least = x->patience < len ? x->patience : len;
	const char *end = memchr(p + least - 1, '>', len - least + 1);

	if (x->patience < MOST_PATIENCE)
		x->patience *= 2;
	return end != NULL ? (size_t)(end - p) + 1 : len;
}

/*
 * The parser waits for a comment's end and keeps all of it, which is of no use.
 * How much of a long one need not be given to it: no hyphens, nor what is
 * behind one, nor what it may find fault with.  Columns behind it are lost.
 */
static size_t
skip_comment(struct xml *x, const char *p, size_t len)
{
	xmlParserInput *i = x->parser->input;
	size_t n = 0;

	if (i->end - i->cur < LONG_COMMENT || memcmp(i->cur, "<!--", 4) != 0 ||
	    i->end[-1] == '-')
		return 0;
	for (; n < len && p[n] != '-'; n++)
		if (p[n] == '\n')
			i->line++;
		else if (p[n] < ' ' || p[n] > '~')
			break;
	return n;
}

/* Give the parser some of it; how much, or 0 when that is refused. */
static size_t
go_carefully(struct xml *x, const char *p, size_t len)
{
	size_t n = careful_piece(x, p, len);

	if (xml_tags_too_long(&x->tags, p, n, XML_TAG)) {
		buf_printf(refuse(x, "too-long-tag", xml_line(x), 0),
		    "a tag is longer than %d bytes", XML_TAG);
		return 0;
	}
	xmlParseChunk(x->parser, p, (int)n, 0);
	return n;
}

static int
finish(struct xml *x)
{
	x->ended = 1;
	xmlParseChunk(x->parser, "", 0, 1);
	if (!x->failed && x->parser->wellFormed == 0)
		buf_puts(refuse(x, "bad-xml", xml_line(x), 0),
		    "the document is not well formed");
	return x->failed ? -1 : 0;
}

int
xml_more(struct xml *x, size_t most)
{
	size_t len, n, done = 0;
	const char *p;

	if (x->failed)
		return -1;
	p = input_peek(x->in, 1, &len);
	if (p == NULL)
		return finish(x);
	if (most > len)
		most = len;
	while (done < most && !x->failed) {
		n = go_fast(x, p + done, len - done, most - done);
		if (n == 0)
			n = skip_comment(x, p + done, most - done);
		if (n == 0)
			n = go_carefully(x, p + done, most - done);
		done += n;
	}
	input_skip(x->in, done);
	return x->failed ? -1 : 1;
}

int
xml_read(struct input *in, const struct xml_handlers *handlers, void *context,
    struct problem *p)
{
	struct xml *x = xml_open(in, handlers, context, p);
	int more;

	while ((more = xml_more(x, SIZE_MAX)) > 0)
		;
	xml_close(x);
	return more;
}

void
xml_close(struct xml *x)
{
	if (x == NULL)
		return;
	xmlFreeParserCtxt(x->parser);
	free(x->fast);
	free(x);
}
