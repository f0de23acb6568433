/* csv_rows.c - the rows of a CSV file, by a fast road and a careful one. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/buf.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/csv_careful.h"
#include "parse/csv_rows.h"

struct csv_rows {
	struct input *in;
	struct csv_rows_dialect dialect;
	struct rows_cell cell[ROWS_CELLS];
	size_t count;
	uint64_t line;
	const char *raw;
	size_t raw_len;
	int has_cr; /* behind it: CRLF ends the line */
	struct buf careful_raw;
	struct csv_careful *careful;
	int always_careful;
};

struct csv_rows *
csv_rows_new(struct input *in, const struct csv_rows_dialect *dialect)
{
	struct csv_rows *c = xcalloc(1, sizeof *c);

	c->in = in;
	c->dialect = *dialect;
	c->careful = csv_careful_new(dialect);
	return c;
}

static enum rows_got
problem(const struct csv_rows *c, struct problem *p, const char *code,
    size_t column, const char *text)
{
	problem_set(
	    p, code, SEVERITY_ERROR, input_name(c->in), c->line, column);
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
			c->cell[n].s = start;
			c->cell[n++].len = (size_t)(p - start);
			p++;
			if (p < end && *p != delimiter)
				return CUT_DOUBT;
		} else {
			while (p < end && *p != delimiter) {
				if (*p == quote)
					return CUT_DOUBT;
				p++;
			}
			c->cell[n].s = start;
			c->cell[n++].len = (size_t)(p - start);
		}
		if (p == end)
			break;
		p++;
	}
	c->count = n;
	return CUT_DONE;
}

/*
 * The plain line, most of all there are: ASCII without a quote, a NUL or a
 * carriage return, cut at its delimiters sixteen bytes at a time.  False, with
 * nothing decided, for any other.
 */
#ifdef __SSE2__
static int
cut_plain(struct csv_rows *c)
{
	const char *p = c->raw, *end = p + c->raw_len, *start = p;
	const __m128i delimiter = _mm_set1_epi8(c->dialect.delimiter);
	const __m128i quote = _mm_set1_epi8(c->dialect.quote);
	const __m128i cr = _mm_set1_epi8('\r'), nul = _mm_setzero_si128();
	struct rows_cell *cell = c->cell;
	char last[16];

	if (c->raw_len >= ROWS_CELLS)
		return 0; /* which also keeps the cells within their number */
	for (; p < end; p += 16) {
		const char *block = p;
		unsigned odd, cuts, seen = 0;
		__m128i v;

		/* Nothing may be read behind the line: its end is looked at
		 * with some of what is before, or alone. */
		if (end - p < 16 && c->raw_len >= 16) {
			seen = 16 - (unsigned)(end - p);
			block = p = end - 16;
		} else if (end - p < 16) {
			memset(last, ' ', sizeof last);
			memcpy(last, p, (size_t)(end - p));
			block = last;
		}
		v = _mm_loadu_si128((const __m128i *)(const void *)block);
		odd = (unsigned)_mm_movemask_epi8(
		    _mm_or_si128(_mm_or_si128(v, _mm_cmpeq_epi8(v, quote)),
			_mm_or_si128(
			    _mm_cmpeq_epi8(v, cr), _mm_cmpeq_epi8(v, nul))));
		if (odd != 0)
			return 0;
		cuts =
		    (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, delimiter)) >>
		    seen << seen;
		for (; cuts != 0; cuts &= cuts - 1) {
			const char *at = p + __builtin_ctz(cuts);

			if (at >= end)
				break;
			cell->s = start;
			cell++->len = (size_t)(at - start);
			start = at + 1;
		}
	}
	cell->s = start;
	cell++->len = (size_t)(end - start);
	c->count = (size_t)(cell - c->cell);
	return 1;
}
#else
static int
cut_plain(struct csv_rows *c)
{
	(void)c;
	return 0;
}
#endif

/* The column of a byte of the row, 0 when it is on a later line. */
static size_t
column(const struct csv_rows *c, size_t at)
{
	return memchr(c->raw, '\n', at) == NULL ? at + 1 : 0;
}

/* Text that is none: what iconv could not convert shows up here as well. */
static enum rows_got
check_text(const struct csv_rows *c, struct problem *p)
{
	size_t good = utf8_prefix(c->raw, c->raw_len);
	const char *nul;

	if (good < c->raw_len)
		return problem(c, p, "bad-encoding", column(c, good),
		    "these bytes are no text in the file's encoding; say "
		    "which it is (csv.encoding, --encoding)");
	if ((nul = memchr(c->raw, '\0', c->raw_len)) != NULL)
		return problem(c, p, "nul-byte",
		    column(c, (size_t)(nul - c->raw)),
		    "a NUL byte; the file is damaged, or UTF-16 without a "
		    "byte order mark (csv.encoding)");
	return ROWS_ROW;
}

static enum rows_got
stray_cr(const struct csv_rows *c, struct problem *p, size_t column)
{
	return problem(c, p, "stray-cr", column,
	    "a carriage return inside a row; lines must end in LF or CRLF");
}

/* The first carriage return outside of quotes, which are even before it. */
static const char *
find_cr(const struct csv_rows *c)
{
	const char *p = c->raw, *end = p + c->raw_len, *cr;
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

/* Feed lines to libcsv until the row is whole. */
static enum rows_got
carefully(struct csv_rows *c, struct problem *p)
{
	enum csv_careful_got got;

	buf_clear(&c->careful_raw);
	buf_put(&c->careful_raw, c->raw, c->raw_len);
	if (c->has_cr)
		buf_putc(&c->careful_raw, '\r');
	got = csv_careful_row(
	    c->careful, c->in, &c->careful_raw, c->cell, &c->count);
	c->raw = buf_text(&c->careful_raw);
	c->raw_len = c->careful_raw.len;
	switch (got) {
	case CSV_CAREFUL_ROW:
		/* The lines after the first are looked at only now. */
		return check_text(c, p);
	case CSV_CAREFUL_QUOTE:
		return problem(c, p, "bad-quote", 0,
		    "a quote inside a cell that does not begin with one; "
		    "quotes in a quoted cell are doubled");
	case CSV_CAREFUL_UNCLOSED:
		return problem(c, p, "unclosed-quote", 0,
		    "a quote is opened and not closed within 64 KiB; this "
		    "line is set aside and reading goes on at the next");
	case CSV_CAREFUL_CELL:
		return problem(
		    c, p, "too-long-cell", 0, "a cell is longer than 64 KiB");
	case CSV_CAREFUL_CR:
		return stray_cr(c, p, 0);
	case CSV_CAREFUL_CELLS:
		break;
	}
	return problem(c, p, "too-many-cells", 0,
	    "a row has more than 4096 cells; is the delimiter right?");
}

/* Cells of more than 64 KiB: only a long line can hold one. */
static int
has_long_cell(const struct csv_rows *c)
{
	for (size_t i = 0; c->raw_len > ROWS_CELL && i < c->count; i++)
		if (c->cell[i].len > ROWS_CELL)
			return 1;
	return 0;
}

static enum rows_got
split(struct csv_rows *c, struct problem *p)
{
	const char *cr;
	enum cut done;

	if (!c->always_careful && cut_plain(c))
		return ROWS_ROW;
	if (check_text(c, p) == ROWS_PROBLEM)
		return ROWS_PROBLEM;
	if ((cr = find_cr(c)) != NULL)
		return stray_cr(c, p, (size_t)(cr - c->raw) + 1);
	done = c->always_careful ? CUT_DOUBT : cut(c, c->raw, c->raw_len);
	if (done == CUT_DOUBT)
		return carefully(c, p);
	if (done == CUT_TOO_MANY)
		return problem(c, p, "too-many-cells", 0,
		    "a row has more than 4096 cells; is the delimiter right?");
	if (has_long_cell(c))
		return problem(
		    c, p, "too-long-cell", 0, "a cell is longer than 64 KiB");
	return ROWS_ROW;
}

/* Nothing but blanks, none of which is a delimiter. */
static int
is_blank(const struct csv_rows *c)
{
	size_t i = 0;

	while (i < c->raw_len && c->raw[i] != c->dialect.delimiter &&
	       (c->raw[i] == ' ' || c->raw[i] == '\t'))
		i++;
	return i == c->raw_len;
}

/* Before it is cut: a quote in a comment opens no cell. */
static int
is_comment(const struct csv_rows *c)
{
	const char *mark = c->dialect.comment;
	size_t n = mark != NULL ? strlen(mark) : 0;

	return n > 0 && c->raw_len >= n && memcmp(c->raw, mark, n) == 0;
}

enum rows_got
csv_rows_next(struct csv_rows *c, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	enum rows_got got;

	for (;;) {
		switch (input_line(c->in, &c->raw, &c->raw_len)) {
		case INPUT_END:
			return ROWS_END;
		case INPUT_LONG:
			c->line = input_number(c->in);
			c->raw = "";
			c->raw_len = 0;
			return problem(c, p, "too-long-line", 0,
			    "a line longer than 1 MiB is no row; was a "
			    "newline lost?");
		case INPUT_OK:
			break;
		}
		c->has_cr = c->raw_len > 0 && c->raw[c->raw_len - 1] == '\r';
		if (c->has_cr)
			c->raw_len--;
		if (c->raw_len > 0 && (c->raw[0] > ' ' || !is_blank(c)) &&
		    !is_comment(c))
			break;
	}
	c->line = input_number(c->in);
	got = split(c, p);
	*cells = c->cell;
	*count = c->count;
	return got;
}

size_t
csv_rows_guess(struct csv_rows *c, const struct rows_cell **cells)
{
	*cells = c->cell;
	return cut(c, c->raw, c->raw_len) == CUT_DONE ? c->count : 0;
}

void
csv_rows_skip(struct csv_rows *c, uint64_t n)
{
	enum input_got got = INPUT_OK;

	while (n-- > 0 && got != INPUT_END) {
		got = input_line(c->in, &c->raw, &c->raw_len);
		if (got != INPUT_OK)
			c->raw_len = 0;
	}
}

uint64_t
csv_rows_line(const struct csv_rows *c)
{
	return c->line;
}

const char *
csv_rows_raw(const struct csv_rows *c, size_t *len)
{
	*len = c->raw_len;
	return c->raw;
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
