/* draft_head.c - the first rows of an unknown table, and how it is written.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/csv_rows.h"
#include "parse/draft_head.h"
#include "parse/draft_paths.h"
#include "parse/draft_sheet.h"
#include "parse/markup.h"
#include "parse/values.h"

/* How much of a file is looked at. */
#define MOST_BYTES ((size_t)1024 * 1024)
#define MOST_ROWS 2000
#define MOST_CELLS 100000 /* then the row they are in is the last */
#define TRIED_ROWS 200
#define MOST_HEADER 50

/* Percent of rows that a delimiter must cut alike. */
#define LEAST_SHARE 20

/* The file, at its first byte; NULL after a message.  Raw, or as text. */
static struct input *
open_file(const char *path, char *paths[2], const char *encoding, int is_text)
{
	struct input *in;

	paths[0] = xstrdup(path);
	paths[1] = NULL;
	in = input_open(paths);
	input_archives(in, FILES_OPENED);
	if ((!is_text || input_text(in, encoding) == 0) && input_next_file(in))
		return in;
	input_close(in);
	free(paths[0]);
	return NULL;
}

static void
close_file(struct input *in, char *paths[2])
{
	input_close(in);
	free(paths[0]);
}

/* A guess at what the bytes are that are no UTF-8. */
static void
guess_encoding(struct draft_head *h, const char *s, size_t len)
{
	size_t nuls[2] = { 0, 0 }, good;

	for (size_t i = 0; i < len; i++)
		nuls[i % 2] += s[i] == '\0';
	if (nuls[0] + nuls[1] > len / 4) {
		int is_little = nuls[1] > nuls[0];

		h->encoding = xstrdup(is_little ? "UTF-16LE" : "UTF-16BE");
		buf_puts(&h->of_encoding,
		    "a guess: every other byte is NUL, and there is no mark");
		return;
	}
	good = utf8_prefix(s, len);
	if (good < len) {
		h->encoding = xstrdup("windows-1252");
		buf_printf(&h->of_encoding,
		    "a guess: byte %zu is no UTF-8 (0x%02x); look at the "
		    "letters below",
		    good + 1, (unsigned char)s[good]);
		return;
	}
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80) {
			buf_puts(&h->of_encoding, "UTF-8: all that is not "
						  "ASCII is valid UTF-8");
			return;
		}
	buf_puts(&h->of_encoding, "ASCII alone, so far");
}

static int
has_mark(const char *s, size_t len, struct buf *why)
{
	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		buf_puts(why, "UTF-8: a byte order mark says so");
	else if (len >= 2 && (memcmp(s, "\xff\xfe", 2) == 0 ||
				 memcmp(s, "\xfe\xff", 2) == 0))
		buf_puts(why, "UTF-16 or UTF-32: a byte order mark says so");
	else
		return 0;
	return 1;
}

static int
find_encoding(struct draft_head *h, const char *given)
{
	char *paths[2];
	struct input *in = open_file(h->path, paths, NULL, 0);
	const char *s, *markup;
	size_t len = 0;

	if (in == NULL)
		return -1;
	s = input_peek(in, MOST_BYTES, &len);
	markup = s != NULL ? markup_told(s, len) : NULL;
	if (markup != NULL) {
		msg_warn("%s: %s", h->path, markup);
		close_file(in, paths);
		return -1;
	}
	if (given != NULL) {
		h->encoding = xstrdup(given);
		buf_puts(&h->of_encoding, "as given with --encoding");
	} else if (s != NULL && !has_mark(s, len, &h->of_encoding)) {
		/* A character may be cut at the end of the head. */
		for (int i = 0;
		     len == MOST_BYTES && i < 3 && utf8_prefix(s, len) < len;
		     i++)
			len--;
		guess_encoding(h, s, len);
	}
	close_file(in, paths);
	return 0;
}

void
draft_head_forget(struct draft_row *row, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < row[i].count; k++)
			free(row[i].cell[k]);
		free(row[i].cell);
	}
}

static void
free_rows(struct draft_row *row, size_t count)
{
	draft_head_forget(row, count);
	free(row);
}

void
draft_head_keep(struct draft_row *to, const struct rows_cell *cells,
    size_t count, uint64_t line)
{
	*to = (struct draft_row){ .count = count, .line = line };
	to->cell = xcalloc(count, sizeof *to->cell);
	for (size_t i = 0; i < count; i++) {
		struct rows_cell c = values_trim(cells[i]);

		to->cell[i] = xstrndup(c.s, c.len);
	}
}

/* The first rows, cut at ${delimiter}.  How many. */
static size_t
read_rows(const struct draft_head *h, char delimiter, size_t most,
    struct draft_row **rows)
{
	struct csv_rows_dialect dialect = { delimiter, h->quote,
		h->has_comments ? "#" : NULL };
	char *paths[2];
	struct input *in = open_file(h->path, paths, h->encoding, 1);
	const struct rows_cell *cells;
	struct problem problem = { 0 };
	struct csv_rows *csv;
	size_t n = 0, count, all = 0;
	enum rows_got got;

	*rows = xcalloc(most, sizeof **rows);
	if (in == NULL)
		return 0;
	csv = csv_rows_new(in, &dialect);
	while (
	    n < most && all < MOST_CELLS &&
	    (got = csv_rows_next(csv, &cells, &count, &problem)) != ROWS_END) {
		if (got != ROWS_ROW)
			continue;
		draft_head_keep(
		    &(*rows)[n++], cells, count, csv_rows_line(csv));
		all += count;
	}
	csv_rows_free(csv);
	problem_free(&problem);
	close_file(in, paths);
	return n;
}

/* The number of cells that most rows have, of more than one; and how many
 * rows these are. */
static size_t
usual_count(const struct draft_row *row, size_t n, size_t *rows)
{
	size_t best = 0;

	*rows = 0;
	for (size_t i = 0; i < n; i++) {
		size_t same = 0;

		for (size_t k = 0; k < n; k++)
			same += row[k].count == row[i].count;
		if (row[i].count > 1 &&
		    (same > *rows || (same == *rows && row[i].count > best))) {
			*rows = same;
			best = row[i].count;
		}
	}
	return best;
}

/* The delimiter that cuts most rows alike; of those that do it nearly as well,
 * the one that cuts them into more cells. */
static int
find_delimiter(struct draft_head *h, const char *given)
{
	static const char tried[] = { ';', ',', '\t', '|' };
	size_t best_share = 0, best_cells = 0;

	for (size_t i = 0; i < sizeof tried; i++) {
		struct draft_row *row;
		size_t n = read_rows(h, tried[i], TRIED_ROWS, &row), alike;
		size_t cells = usual_count(row, n, &alike);
		size_t share = n > 0 ? alike * 100 / n : 0;

		free_rows(row, n);
		if (cells < 2)
			continue;
		buf_printf(&h->of_delimiter,
		    "%s'%s' cuts %zu of %zu rows into %zu cells",
		    h->of_delimiter.len > 0 ? "; " : "",
		    tried[i] == '\t' ? "\\t" : (char[]){ tried[i], 0 }, alike,
		    n, cells);
		if (share > best_share + 10 ||
		    (share + 10 >= best_share && cells > best_cells)) {
			best_share = share;
			best_cells = cells;
			h->delimiter = tried[i];
		}
	}
	if (given != NULL) {
		h->delimiter = strcmp(given, "\\t") == 0 ? '\t' : given[0];
		buf_clear(&h->of_delimiter);
		buf_puts(&h->of_delimiter, "as given with --delimiter");
		return 0;
	}
	if (best_cells >= 2 && best_share >= LEAST_SHARE)
		return 0;
	msg_warn("%s: no delimiter cuts its rows into cells; is it CSV? "
		 "(--delimiter, --encoding)",
	    h->path);
	return -1;
}

/* Cells in single quotes: then these are what quotes. */
static void
find_quote(struct draft_head *h)
{
	size_t quoted = 0, all = 0;

	for (size_t i = 0; i < h->count; i++)
		for (size_t k = 0; k < h->row[i].count; k++) {
			const char *s = h->row[i].cell[k];
			size_t n = strlen(s);

			all += n > 0;
			quoted += n > 1 && s[0] == '\'' && s[n - 1] == '\'';
		}
	if (quoted * 2 > all)
		h->quote = '\'';
}

/* A number, a date or a clock, not a name. */
static int
is_figure(const char *s)
{
	return *s != '\0' && s[strspn(s, "0123456789.,:/-+ TZ")] == '\0' &&
	       s[strcspn(s, "0123456789")] != '\0';
}

/* A row of names: as many cells as most have, most not empty, no figures. */
static int
is_header(const struct draft_head *h, const struct draft_row *row)
{
	size_t filled = 0;

	if (row->count != h->columns)
		return 0;
	for (size_t k = 0; k < row->count; k++) {
		filled += row->cell[k][0] != '\0';
		if (is_figure(row->cell[k]))
			return 0;
	}
	return filled * 2 > row->count;
}

static void
find_header(struct draft_head *h)
{
	size_t i = 0;

	h->header = DRAFT_HEAD_NONE;
	for (; i < h->count && i < MOST_HEADER; i++) {
		if (is_header(h, &h->row[i])) {
			h->header = i;
			h->data = i + 1;
			return;
		}
		/* Full rows of figures are data. */
		if (h->row[i].count == h->columns &&
		    is_figure(h->row[i].cell[h->columns - 1]))
			break;
	}
	for (h->data = 0;
	     h->data < h->count && h->row[h->data].count != h->columns;)
		h->data++;
}

/* Lines that begin with # before, between and after rows of more cells. */
static void
find_comments(struct draft_head *h)
{
	for (size_t i = 0; i < h->count; i++)
		if (h->row[i].cell[0][0] == '#' &&
		    h->row[i].count != h->columns)
			h->has_comments = 1;
}

/* 0, or -1 after a message. */
static int
read_text(struct draft_head *h, const char *encoding, const char *delimiter)
{
	size_t alike;

	h->quote = '"';
	if (find_encoding(h, encoding) != 0 ||
	    find_delimiter(h, delimiter) != 0)
		return -1;
	h->count = read_rows(h, h->delimiter, TRIED_ROWS, &h->row);
	h->columns = usual_count(h->row, h->count, &alike);
	find_quote(h);
	find_comments(h);
	free_rows(h->row, h->count);
	h->count = read_rows(h, h->delimiter, MOST_ROWS, &h->row);
	return 0;
}

int
draft_head_read(struct draft_head *h, const char *path, const char *encoding,
    const char *delimiter)
{
	size_t alike;
	int got;

	h->path = path;
	h->format = "csv";
	if ((got = draft_sheet_read(h, MOST_ROWS)) < 0)
		return -1;
	/* Who says how text is written knows that it is CSV. */
	if (got == 0 && encoding == NULL && delimiter == NULL &&
	    (got = draft_paths_read(h, MOST_ROWS)) < 0)
		return -1;
	if (got > 0 && (encoding != NULL || delimiter != NULL)) {
		msg_warn("%s: a workbook has neither --encoding nor "
			 "--delimiter",
		    path);
		return -1;
	}
	if (draft_head_is_document(h))
		return 0;
	if (got == 0 && read_text(h, encoding, delimiter) != 0)
		return -1;
	h->columns = usual_count(
	    h->row, h->count < TRIED_ROWS ? h->count : TRIED_ROWS, &alike);
	find_header(h);
	if (h->columns >= 2 && h->data < h->count)
		return 0;
	msg_warn("%s: there are no rows of data to learn from", path);
	return -1;
}

const char *
draft_head_name(const struct draft_head *h, size_t column)
{
	return h->header != DRAFT_HEAD_NONE
		   ? draft_head_cell(h, h->header, column)
		   : "";
}

const char *
draft_head_word(const struct draft_head *h, size_t column)
{
	return h->word != NULL ? h->word[column] : draft_head_name(h, column);
}

int
draft_head_is_document(const struct draft_head *h)
{
	return strcmp(h->format, "xml") == 0 || strcmp(h->format, "json") == 0;
}

const char *
draft_head_cell(const struct draft_head *h, size_t row, size_t column)
{
	const struct draft_row *r = &h->row[row];

	return column < r->count ? r->cell[column] : "";
}

void
draft_head_free(struct draft_head *h)
{
	if (h == NULL)
		return;
	free(h->encoding);
	free(h->record);
	for (size_t i = 0; h->word != NULL && i < h->columns; i++)
		free(h->word[i]);
	free(h->word);
	buf_free(&h->of_encoding);
	buf_free(&h->of_delimiter);
	free_rows(h->row, h->count);
}
