/* xlsx_rows.c - the rows of a sheet of an Excel workbook. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "parse/xlsx_book.h"
#include "parse/xlsx_rows.h"
#include "parse/xlsx_sheet.h"
#include "parse/xlsx_told.h"

/* Bytes handed over at a time: few, as all rows in them wait at once. */
#define CHUNK 8192

struct xlsx_rows {
	struct xlsx_book book;
	struct input *in; /* of the whole workbook */
	struct xlsx_part *part;
	struct xml *xml;
	struct xlsx_sheet *sheet;
	struct problem problem;	   /* of the document */
	int more;		   /* as xml_more said last */
	int is_open;		   /* without a header */
	struct xlsx_sheet_row row; /* fetched and not yet given, if so */
	int is_held;
	uint64_t line, skipped_to;
	struct rows_cell cell[ROWS_CELLS]; /* empty but for those of the row */
	size_t used;			   /* of them, by the last row */
	size_t width;			   /* of the widest row so far */
	struct buf raw;
};

static enum rows_got
wrong(const struct xlsx_rows *r, struct problem *p, size_t column,
    const char *code, const char *text)
{
	problem_set(
	    p, code, SEVERITY_ERROR, r->book.file.name, r->line, column);
	buf_puts(&p->text, text);
	return ROWS_PROBLEM;
}

static enum rows_got
judge(const struct xlsx_rows *r, const struct xlsx_sheet_row *row,
    struct problem *p)
{
	switch (row->fault) {
	case XLSX_SHEET_BAD_CELL:
		return wrong(r, p, row->column, "bad-cell",
		    "the cell refers to a text that the workbook has not");
	case XLSX_SHEET_NO_VALUE:
		return wrong(r, p, row->column, "no-value",
		    "the cell has a formula that was never calculated: open "
		    "the workbook in a spreadsheet and save it");
	case XLSX_SHEET_TOO_LONG:
		return wrong(r, p, row->column, "too-long-cell",
		    "a cell is longer than 64 KiB");
	case XLSX_SHEET_TOO_MANY:
		return wrong(r, p, row->column, "too-many-cells",
		    "a row has more than 4096 cells");
	case XLSX_SHEET_TOO_WIDE:
		return wrong(r, p, 0, "too-long-line",
		    "the cells of a row have more than 1 MiB");
	case XLSX_SHEET_WELL:
		break;
	}
	return ROWS_ROW;
}

/* Put a row's cells in their places. */
static void
lay_out(struct xlsx_rows *r, const struct xlsx_sheet_row *row)
{
	while (r->used > 0)
		r->cell[--r->used] = (struct rows_cell){ "", 0 };
	for (size_t i = 0; i < row->count; i++) {
		struct xlsx_sheet_cell c = row->cell[i];

		r->cell[c.column - 1] = c.text;
		if (c.column > r->used)
			r->used = c.column;
	}
}

/* Have a row to give. */
static int
fetch(struct xlsx_rows *r)
{
	while (!r->is_held) {
		if (xlsx_sheet_row(r->sheet, &r->row)) {
			r->is_held = 1;
		} else if (r->more > 0) {
			r->more = xml_more(r->xml, CHUNK);
			input_passed(r->in, xlsx_part_raw_bytes(r->part));
		} else {
			return 0;
		}
	}
	return 1;
}

static void
take(struct xlsx_rows *r)
{
	r->line = r->row.line;
	r->is_held = 0;
	lay_out(r, &r->row);
}

static enum rows_got
next(void *self, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	struct xlsx_rows *r = self;

	if (!fetch(r))
		return ROWS_END;
	take(r);
	if (r->used > r->width)
		r->width = r->used;
	*cells = r->cell;
	*count = r->is_open ? ROWS_CELLS : r->width;
	return judge(r, &r->row, p);
}

/* Rows that are not there count as well: who wrote "skipLines" saw them. */
static void
skip(void *self, uint64_t n)
{
	static const struct xlsx_sheet_row nothing;
	struct xlsx_rows *r = self;

	if (r->skipped_to < r->line)
		r->skipped_to = r->line;
	if (__builtin_add_overflow(r->skipped_to, n, &r->skipped_to))
		r->skipped_to = UINT64_MAX;
	lay_out(r, &nothing);
	while (fetch(r) && r->row.line <= r->skipped_to)
		take(r);
}

static size_t
guess(void *self, const struct rows_cell **cells)
{
	struct xlsx_rows *r = self;

	*cells = r->cell;
	return r->is_open ? ROWS_CELLS : r->width;
}

static uint64_t
line(const void *self)
{
	const struct xlsx_rows *r = self;

	return r->line;
}

static const char *
raw(const void *self, size_t *len)
{
	/* It is written when it is asked for: few rows are. */
	struct xlsx_rows *r = (struct xlsx_rows *)(uintptr_t)self;

	buf_clear(&r->raw);
	for (size_t i = 0; i < r->used && r->raw.len < XLSX_SHEET_ROW; i++) {
		if (i > 0)
			buf_putc(&r->raw, '\t');
		buf_put(&r->raw, r->cell[i].s, r->cell[i].len);
	}
	*len = r->raw.len;
	return buf_text(&r->raw);
}

static int
finish(void *self, struct problem *p)
{
	struct xlsx_rows *r = self;

	(void)p;
	if (r->more == 0)
		return 0;
	if (!input_file_failed(xlsx_part_input(r->part)))
		problem_print(&r->problem);
	return -1;
}

static void
free_rows(void *self)
{
	struct xlsx_rows *r = self;

	xml_close(r->xml);
	xlsx_sheet_free(r->sheet);
	xlsx_part_close(r->part);
	xlsx_book_close(&r->book);
	problem_free(&r->problem);
	buf_free(&r->raw);
	free(r);
}

/* A number that no style makes a date is read by the profile's formats alone:
 * they must count as the workbook does. */
static int
counts_alike(
    const struct xlsx_rows *r, const struct profile *profile, struct problem *p)
{
	const char *other = r->book.from_1904 ? "excel" : "excel-1904";

	for (size_t i = 0; i < profile->time_count; i++) {
		if (strcmp(profile->time_patterns[i], other) != 0)
			continue;
		problem_set(
		    p, "other-epoch", SEVERITY_ERROR, r->book.file.name, 0, 0);
		buf_printf(&p->text,
		    "the workbook counts days from %s: the profile's time "
		    "format must be %s",
		    r->book.from_1904 ? "1904" : "1900",
		    r->book.from_1904 ? "excel-1904" : "excel");
		return 0;
	}
	return 1;
}

static int
start(struct xlsx_rows *r, struct input *in, const struct profile *profile,
    struct problem *p)
{
	struct xlsx_file file = { input_whole(in), input_name(in) };
	int failed;

	r->in = in;
	problem_set(p, NULL, SEVERITY_ERROR, NULL, 0, 0);
	if (file.fd < 0 ||
	    xlsx_book_open(&r->book, &file, profile->record, p) != 0 ||
	    !counts_alike(r, profile, p))
		return -1;
	r->part = xlsx_part_open(&file, r->book.sheet.data, &failed);
	if (r->part == NULL) {
		if (!failed)
			xlsx_told_other(&file, p);
		return -1;
	}
	r->sheet = xlsx_sheet_new(&r->book, profile->numbers.decimal);
	r->xml = xml_open(xlsx_part_input(r->part), &xlsx_sheet_handlers,
	    r->sheet, &r->problem);
	return 0;
}

struct rows
xlsx_rows_open(
    struct input *in, const struct profile *profile, struct problem *p)
{
	static const struct rows_kind kind = { .next = next,
		.skip = skip,
		.guess = guess,
		.line = line,
		.raw = raw,
		.finish = finish,
		.free = free_rows };
	struct xlsx_rows *r = xcalloc(1, sizeof *r);

	r->more = 1;
	r->is_open = !profile->has_header;
	for (size_t i = 0; i < ROWS_CELLS; i++)
		r->cell[i].s = "";
	if (start(r, in, profile, p) == 0)
		return (struct rows){ &kind, r };
	free_rows(r);
	return (struct rows){ NULL, NULL };
}
