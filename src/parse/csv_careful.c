/* csv_careful.c - a CSV row by libcsv, the authority on quotes. */

#include "config.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/csv_careful.h"

/* How far ahead the end of a row is looked for: a cell and its neighbours. */
#define AHEAD (2 * ROWS_CELL)

struct csv_careful {
	struct csv_rows_dialect dialect;
	struct csv_parser parser;
	int is_ready;	 /* for a row's first byte */
	struct buf text; /* all cells, one behind the other */
	size_t ends[ROWS_CELLS];
	size_t count;
	int row_ended;
	int too_many;
	int too_long;
};

struct csv_careful *
csv_careful_new(const struct csv_rows_dialect *dialect)
{
	struct csv_careful *c = xcalloc(1, sizeof *c);

	c->dialect = *dialect;
	return c;
}

static void
on_cell(void *s, size_t len, void *data)
{
	struct csv_careful *c = data;

	if (c->row_ended)
		return;
	if (c->count == ROWS_CELLS) {
		c->too_many = 1;
		return;
	}
	if (len > ROWS_CELL)
		c->too_long = 1;
	if (len > 0)
		memcpy(buf_room(&c->text, len), s, len);
	buf_used(&c->text, len);
	c->ends[c->count++] = c->text.len;
}

static void
on_row(int terminator, void *data)
{
	struct csv_careful *c = data;

	(void)terminator;
	c->row_ended = 1;
}

/* Parse ${len} bytes.  False if libcsv refuses them. */
static int
feed(
    struct csv_careful *c, struct csv_parser *parser, const char *s, size_t len)
{
	return csv_parse(parser, s, len, on_cell, on_row, c) == len;
}

/*
 * Feed a line and what ends it.  A row that is over before its line is has a
 * carriage return in its middle, which libcsv takes for the row's end.
 */
static enum csv_careful_got
feed_line(
    struct csv_careful *c, struct csv_parser *parser, const char *s, size_t len)
{
	size_t content = len;

	if (content > 0 && s[content - 1] == '\n')
		content--;
	if (content > 0 && s[content - 1] == '\r')
		content--;
	if (!feed(c, parser, s, content))
		return CSV_CAREFUL_QUOTE;
	if (c->row_ended)
		return CSV_CAREFUL_CR;
	return feed(c, parser, s + content, len - content) ? CSV_CAREFUL_ROW
							   : CSV_CAREFUL_QUOTE;
}

/* Put the lines that belong to the row to ${raw}, without the last's end. */
static void
take_lines(struct input *in, struct buf *raw, const char *p, size_t len)
{
	buf_put(raw, p, len);
	if (raw->data[raw->len - 1] == '\n')
		raw->len--;
	if (raw->data[raw->len - 1] == '\r')
		raw->len--;
	raw->data[raw->len] = '\0';
	input_skip_lines(in, len);
}

/* Feed the lines after the first, one by one, until the row is over.  The
 * input is asked for no more than that takes: it may be somebody at work. */
static enum csv_careful_got
feed_ahead(struct csv_careful *c, struct csv_parser *parser, struct input *in,
    struct buf *raw)
{
	size_t len, more, at = 0;
	const char *p = input_peek(in, 1, &len);

	while (p != NULL && at < AHEAD) {
		size_t near = len < AHEAD ? len : AHEAD, n = len;
		const char *newline = memchr(p + at, '\n', near - at);
		enum csv_careful_got got;

		if (newline != NULL) {
			n = (size_t)(newline - p) + 1;
		} else if (near == AHEAD) {
			break;
		} else {
			p = input_peek(in, len + 1, &more);
			if (more > len) {
				len = more;
				continue;
			}
		}
		got = feed_line(c, parser, p + at, n - at);
		if (got == CSV_CAREFUL_QUOTE)
			return got;
		at = n;
		if (!c->row_ended && newline == NULL)
			csv_fini(parser, on_cell, on_row, c);
		if (c->row_ended) {
			take_lines(in, raw, p, at);
			return got;
		}
		if (newline == NULL)
			break;
	}
	return CSV_CAREFUL_UNCLOSED;
}

/* What a row that is none left behind is not worth knowing. */
static void
get_ready(struct csv_careful *c)
{
	if (c->is_ready)
		return;
	csv_free(&c->parser);
	/* Both flags, or truncation is silent. */
	if (csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		msg_die("out of memory");
	csv_set_delim(&c->parser, (unsigned char)c->dialect.delimiter);
	csv_set_quote(&c->parser, (unsigned char)c->dialect.quote);
}

static enum csv_careful_got
parse(struct csv_careful *c, struct input *in, struct buf *raw)
{
	size_t first = raw->len;
	enum csv_careful_got got;

	buf_putc(raw, '\n');
	got = feed_line(c, &c->parser, raw->data, raw->len);
	if (got == CSV_CAREFUL_ROW && !c->row_ended)
		got = feed_ahead(c, &c->parser, in, raw);
	/* Where no more lines were taken, the row is its first line. */
	if (raw->len == first + 1) {
		raw->len = first;
		if (first > 0 && raw->data[first - 1] == '\r')
			raw->len--;
		raw->data[raw->len] = '\0';
	}
	if (got != CSV_CAREFUL_ROW)
		return got;
	if (c->too_many)
		return CSV_CAREFUL_CELLS;
	return c->too_long ? CSV_CAREFUL_CELL : CSV_CAREFUL_ROW;
}

enum csv_careful_got
csv_careful_row(struct csv_careful *c, struct input *in, struct buf *raw,
    struct rows_cell cells[ROWS_CELLS], size_t *count)
{
	enum csv_careful_got got;
	size_t start = 0;

	get_ready(c);
	buf_clear(&c->text);
	buf_put(&c->text, "", 0);
	c->count = 0;
	c->row_ended = c->too_many = c->too_long = 0;
	got = parse(c, in, raw);
	c->is_ready = got == CSV_CAREFUL_ROW;
	for (size_t i = 0; i < c->count; i++) {
		cells[i].s = c->text.data + start;
		cells[i].len = c->ends[i] - start;
		start = c->ends[i];
	}
	*count = c->count;
	return got;
}

void
csv_careful_free(struct csv_careful *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	buf_free(&c->text);
	free(c);
}
