/* csv_rows.c - the rows of a CSV file, by a fast road and a careful one. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/csv_careful.h"
#include "parse/csv_cut.h"
#include "parse/csv_rows.h"

struct csv_rows {
	struct input *in;
	struct csv_rows_dialect dialect;
	struct csv_cut cut;
	struct csv_cut_row row; /* the last */
	int has_cr;		/* behind it: CRLF ends the line */
	struct buf careful_raw;
	struct csv_careful *careful;
	int always_careful;
	unsigned misses; /* rows in a row that were no ordinary ones */
	unsigned untried;
};

/* Where none is ordinary, so many more are not tried. */
#define MOST_UNTRIED 15

struct csv_rows *
csv_rows_new(struct input *in, const struct csv_rows_dialect *dialect)
{
	struct csv_rows *c = xcalloc(1, sizeof *c);

	c->in = in;
	c->dialect = *dialect;
	c->cut.delimiter = dialect->delimiter;
	c->cut.quote = dialect->quote;
	c->careful = csv_careful_new(dialect);
	return c;
}

static enum rows_got
problem(const struct csv_rows *c, struct problem *p, const char *code,
    size_t column, const char *text)
{
	problem_set(
	    p, code, SEVERITY_ERROR, input_name(c->in), c->row.line, column);
	buf_puts(&p->text, text);
	return ROWS_PROBLEM;
}

/* What cutting at delimiters came to. */
enum cut {
	CUT_DONE,
	CUT_DOUBT,    /* a quote that is not simply around a cell */
	CUT_TOO_MANY, /* cells */
};

/*
 * Cut an ordinary line: cells are bare, or wholly in quotes with neither a
 * quote nor a delimiter's doubt inside.  Everything else is for libcsv.
 */
static enum cut
cut(struct csv_rows *c, const char *p, size_t len)
{
	const char *end = p + len;
	char delimiter = c->dialect.delimiter, quote = c->dialect.quote;
	size_t n = 0;

	for (;;) {
		const char *start = p;

		if (n == ROWS_CELLS)
			return CUT_TOO_MANY;
		if (p < end && *p == quote) {
			start++;
			p = memchr(start, quote, (size_t)(end - start));
			if (p == NULL)
				return CUT_DOUBT;
			c->row.cell[n].s = start;
			c->row.cell[n++].len = (size_t)(p - start);
			p++;
			if (p < end && *p != delimiter)
				return CUT_DOUBT;
		} else {
			while (p < end && *p != delimiter) {
				if (*p == quote)
					return CUT_DOUBT;
				p++;
			}
			c->row.cell[n].s = start;
			c->row.cell[n++].len = (size_t)(p - start);
		}
		if (p == end)
			break;
		p++;
	}
	c->row.count = n;
	return CUT_DONE;
}

/* The column of a byte of the row, 0 when it is on a later line. */
static size_t
column(const struct csv_rows *c, size_t at)
{
	return memchr(c->row.raw, '\n', at) == NULL ? at + 1 : 0;
}

/* Text that is none: what iconv could not convert shows up here as well. */
static enum rows_got
check_text(const struct csv_rows *c, struct problem *p)
{
	size_t good = utf8_prefix(c->row.raw, c->row.raw_len);
	const char *nul;

	if (good < c->row.raw_len)
		return problem(c, p, "bad-encoding", column(c, good),
		    "these bytes are no text in the file's encoding; say "
		    "which it is (csv.encoding, --encoding)");
	if ((nul = memchr(c->row.raw, '\0', c->row.raw_len)) != NULL)
		return problem(c, p, "nul-byte",
		    column(c, (size_t)(nul - c->row.raw)),
		    "a NUL byte; the file is damaged, or UTF-16 without a "
		    "byte order mark (csv.encoding)");
	return ROWS_ROW;
}

/* The first carriage return outside of quotes, which are even before it. */
static const char *
find_cr(const struct csv_rows *c)
{
	const char *p = c->row.raw, *end = p + c->row.raw_len, *cr;
	int inside = 0;

	while ((cr = memchr(p, '\r', (size_t)(end - p))) != NULL) {
		for (; p < cr; p++)
			inside ^= *p == c->dialect.quote;
		if (!inside)
			return cr;
		p = cr + 1;
	}
	return NULL;
}

static enum rows_got
stray_cr(const struct csv_rows *c, struct problem *p)
{
	const char *cr = find_cr(c);

	return problem(c, p, "stray-cr",
	    cr != NULL ? column(c, (size_t)(cr - c->row.raw)) : 0,
	    "a carriage return inside a row; lines must end in LF or CRLF");
}

static enum rows_got
too_many(const struct csv_rows *c, struct problem *p)
{
	return problem(c, p, "too-many-cells", 0,
	    "a row has more than 4096 cells; is the delimiter right?");
}

static enum rows_got
too_long(const struct csv_rows *c, struct problem *p)
{
	return problem(
	    c, p, "too-long-cell", 0, "a cell is longer than 64 KiB");
}

/* Feed lines to libcsv until the row is whole. */
static enum rows_got
carefully(struct csv_rows *c, struct problem *p)
{
	enum csv_careful_got got;

	buf_clear(&c->careful_raw);
	buf_put(&c->careful_raw, c->row.raw, c->row.raw_len);
	if (c->has_cr)
		buf_putc(&c->careful_raw, '\r');
	got = csv_careful_row(
	    c->careful, c->in, &c->careful_raw, c->row.cell, &c->row.count);
	c->row.raw = buf_text(&c->careful_raw);
	c->row.raw_len = c->careful_raw.len;
	/* What is no text is that first of all. */
	if (check_text(c, p) == ROWS_PROBLEM)
		return ROWS_PROBLEM;
	switch (got) {
	case CSV_CAREFUL_ROW:
		break;
	case CSV_CAREFUL_QUOTE:
		return problem(c, p, "bad-quote", 0,
		    "a quote inside a cell that does not begin with one; "
		    "quotes in a quoted cell are doubled");
	case CSV_CAREFUL_UNCLOSED:
		return problem(c, p, "unclosed-quote", 0,
		    "a quote is opened and not closed within 64 KiB; this "
		    "line is set aside and reading goes on at the next");
	case CSV_CAREFUL_CELL:
		return too_long(c, p);
	case CSV_CAREFUL_CR:
		return stray_cr(c, p);
	case CSV_CAREFUL_CELLS:
		return too_many(c, p);
	}
	return ROWS_ROW;
}

/* Cells of more than 64 KiB: only a long line can hold one. */
static int
has_long_cell(const struct csv_rows *c)
{
	for (size_t i = 0; c->row.raw_len > ROWS_CELL && i < c->row.count; i++)
		if (c->row.cell[i].len > ROWS_CELL)
			return 1;
	return 0;
}

/* A line that the fast road would not take: with quotes it may be the first of
 * several. */
static enum rows_got
split(struct csv_rows *c, struct problem *p)
{
	/* libcsv passes over those at the beginning. */
	const char *cr = memchr(c->row.raw, '\r', c->row.raw_len);
	int has_stray_cr = cr != NULL && find_cr(c) != NULL;

	if (!has_stray_cr &&
	    (c->always_careful ||
		memchr(c->row.raw, c->dialect.quote, c->row.raw_len) != NULL))
		return carefully(c, p);
	if (check_text(c, p) == ROWS_PROBLEM)
		return ROWS_PROBLEM;
	if (has_stray_cr)
		return stray_cr(c, p);
	if (cut(c, c->row.raw, c->row.raw_len) == CUT_TOO_MANY)
		return too_many(c, p);
	return has_long_cell(c) ? too_long(c, p) : ROWS_ROW;
}

/* Nothing but blanks, none of which is a delimiter. */
static int
is_blank(const struct csv_rows *c)
{
	size_t i = 0;

	while (i < c->row.raw_len && c->row.raw[i] != c->dialect.delimiter &&
	       (c->row.raw[i] == ' ' || c->row.raw[i] == '\t'))
		i++;
	return i == c->row.raw_len;
}

/* Before it is cut: a quote in a comment opens no cell. */
static int
is_comment(const struct csv_rows *c)
{
	const char *mark = c->dialect.comment;
	size_t n = strlen(mark);

	return n > 0 && c->row.raw_len >= n && memcmp(c->row.raw, mark, n) == 0;
}

/* Most lines are rows, which two comparisons tell. */
static inline int
is_row(const struct csv_rows *c)
{
	return ((c->row.raw_len > 0 && c->row.raw[0] > ' ') || !is_blank(c)) &&
	       (c->dialect.comment == NULL || !is_comment(c));
}

/* A line that is a row, or where one begins, for split.  ROWS_ROW, ROWS_END,
 * or ROWS_PROBLEM with ${p}. */
static enum rows_got
next_line(struct csv_rows *c, struct problem *p)
{
	enum input_got got;

	csv_cut_forget(&c->cut);
	do {
		got = input_line(c->in, &c->row.raw, &c->row.raw_len);
		if (got == INPUT_END)
			return ROWS_END;
		c->row.line = input_number(c->in);
		if (got == INPUT_LONG) {
			c->row.raw = "";
			c->row.raw_len = 0;
			return problem(c, p, "too-long-line", 0,
			    "a line longer than 1 MiB is no row; was a "
			    "newline lost?");
		}
		c->has_cr = c->row.raw_len > 0 &&
			    c->row.raw[c->row.raw_len - 1] == '\r';
		if (c->has_cr)
			c->row.raw_len--;
	} while (!is_row(c));
	return ROWS_ROW;
}

/* A row as nearly all are.  False for any other. */
static int
next_ordinary(struct csv_rows *c)
{
	if (c->always_careful)
		return 0;
	if (c->untried > 0) {
		c->untried--;
		return 0;
	}
	do
		if (!csv_cut(&c->cut, c->in, &c->row)) {
			c->untried = c->misses;
			c->misses = c->misses * 2 + 1;
			if (c->misses > MOST_UNTRIED)
				c->misses = MOST_UNTRIED;
			return 0;
		}
	while (!is_row(c));
	c->misses = 0;
	return 1;
}

enum rows_got
csv_rows_next(struct csv_rows *c, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	enum rows_got got = ROWS_ROW;

	if (!next_ordinary(c)) {
		got = next_line(c, p);
		if (got == ROWS_ROW)
			got = split(c, p);
	}
	*cells = c->row.cell;
	*count = c->row.count;
	return got;
}

size_t
csv_rows_guess(struct csv_rows *c, const struct rows_cell **cells)
{
	*cells = c->row.cell;
	return cut(c, c->row.raw, c->row.raw_len) == CUT_DONE ? c->row.count
							      : 0;
}

void
csv_rows_skip(struct csv_rows *c, uint64_t n)
{
	enum input_got got = INPUT_OK;

	csv_cut_forget(&c->cut);
	while (n-- > 0 && got != INPUT_END) {
		got = input_line(c->in, &c->row.raw, &c->row.raw_len);
		if (got != INPUT_OK)
			c->row.raw_len = 0;
	}
}

uint64_t
csv_rows_line(const struct csv_rows *c)
{
	return c->row.line;
}

const char *
csv_rows_raw(const struct csv_rows *c, size_t *len)
{
	*len = c->row.raw_len;
	return c->row.raw;
}

void
csv_rows_careful(struct csv_rows *c, int careful)
{
	c->always_careful = careful;
}

void
csv_rows_free(struct csv_rows *c)
{
	if (c == NULL)
		return;
	csv_careful_free(c->careful);
	buf_free(&c->careful_raw);
	free(c);
}

static enum rows_got
next(void *self, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	return csv_rows_next(self, cells, count, p);
}

static void
skip(void *self, uint64_t n)
{
	csv_rows_skip(self, n);
}

static size_t
guess(void *self, const struct rows_cell **cells)
{
	return csv_rows_guess(self, cells);
}

static uint64_t
line(const void *self)
{
	return csv_rows_line(self);
}

static const char *
raw(const void *self, size_t *len)
{
	return csv_rows_raw(self, len);
}

static void
free_rows(void *self)
{
	csv_rows_free(self);
}

struct rows
csv_rows_open(struct input *in, const struct csv_rows_dialect *dialect)
{
	static const struct rows_kind kind = { .next = next,
		.skip = skip,
		.guess = guess,
		.line = line,
		.raw = raw,
		.free = free_rows };

	return (struct rows){ &kind, csv_rows_new(in, dialect) };
}
