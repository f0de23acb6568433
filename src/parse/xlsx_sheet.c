/* xlsx_sheet.c - a sheet's XML as rows that wait to be fetched.
 *
 * ECMA-376, part 1, 18.3.1: <row r="2"><c r="B2" s="1" t="s"><v>7</v></c>. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "parse/xlsx_sheet.h"
#include "parse/xlsx_value.h"

/* A cell that waits: text of its own stands in the buffer, which moves. */
struct cell {
	size_t column;
	const char *shared; /* or NULL */
	size_t at, len;
};

struct row {
	uint64_t line;
	size_t first, count; /* cells */
	size_t bytes;	     /* in them */
	enum xlsx_sheet_fault fault;
	size_t column;
};

struct xlsx_sheet {
	const struct xlsx_book *book;
	char decimal;
	/* What waits. */
	struct row *row;
	size_t row_count, row_room, fetched;
	struct cell *cell;
	size_t cell_count, cell_room;
	struct buf text;
	struct xlsx_sheet_cell *given;
	size_t given_room;
	/* Where the reading is. */
	struct row now;
	int in_row, in_cell, in_value, in_reading, has_formula;
	size_t column;
	char type; /* of the cell: its t's first letter, or 'i' for inlineStr */
	enum xlsx_style style;
	struct buf value;
};

struct xlsx_sheet *
xlsx_sheet_new(const struct xlsx_book *book, char decimal)
{
	struct xlsx_sheet *t = xcalloc(1, sizeof *t);

	t->book = book;
	t->decimal = decimal;
	return t;
}

/* "AB12" is in column 28; 0 where it is in none. */
static size_t
column_of(const char *s, size_t len)
{
	size_t n = 0, i;

	for (i = 0; i < len && i < 4; i++) {
		char c = s[i] >= 'a' && s[i] <= 'z' ? (char)(s[i] - 'a' + 'A')
						    : s[i];

		if (c < 'A' || c > 'Z')
			break;
		n = n * 26 + (size_t)(c - 'A') + 1;
	}
	return i < 4 ? n : 0;
}

/* A row without a number follows the one before, a cell likewise. */
static void
start_row(struct xlsx_sheet *t, const struct xml *x)
{
	const char *s;
	size_t len;
	uint64_t n;

	s = xml_attribute(x, "r", &len);
	if (s == NULL || number_whole(s, len, UINT32_MAX, &n) != 0 || n == 0)
		n = t->now.line + 1;
	t->now = (struct row){ .line = n, .first = t->cell_count };
	t->in_row = 1;
	t->column = 0;
}

static void
start_cell(struct xlsx_sheet *t, const struct xml *x)
{
	const char *s;
	size_t len, n;

	s = xml_attribute(x, "r", &len);
	n = s != NULL ? column_of(s, len) : 0;
	t->column = n > 0 ? n : t->column + 1;
	s = xml_attribute(x, "t", &len);
	t->type = s == NULL || len == 0 ? 'n' : s[0];
	if (len == 3 && s != NULL && memcmp(s, "str", 3) == 0)
		t->type = 'i'; /* a formula's text */
	s = xml_attribute(x, "s", &len);
	t->style = s != NULL ? xlsx_styles_find(t->book->styles, s, len)
			     : xlsx_styles_find(t->book->styles, "0", 1);
	t->in_cell = 1;
	t->has_formula = 0;
	buf_clear(&t->value);
}

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct xlsx_sheet *t = context;

	if (strcmp(name, "row") == 0)
		start_row(t, x);
	else if (t->in_row && strcmp(name, "c") == 0)
		start_cell(t, x);
	else if (!t->in_cell)
		return;
	else if (strcmp(name, "v") == 0)
		t->in_value = 1;
	else if (strcmp(name, "f") == 0)
		t->has_formula = 1;
	else if (strcmp(name, "rPh") == 0)
		t->in_reading = 1;
	else if (strcmp(name, "t") == 0 && !t->in_reading)
		t->in_value = 1;
}

static void
on_text(void *context, const char *s, size_t len)
{
	struct xlsx_sheet *t = context;

	if (t->in_value && t->value.len <= ROWS_CELL)
		buf_put(&t->value, s, len);
}

static void
blame(struct xlsx_sheet *t, enum xlsx_sheet_fault fault)
{
	if (t->now.fault != XLSX_SHEET_WELL)
		return;
	t->now.fault = fault;
	t->now.column = t->column;
}

/* The cell's text to ${c}; its own goes into the buffer. */
static void
put_value(struct xlsx_sheet *t, struct cell *c)
{
	const char *s = buf_text(&t->value);
	struct rows_cell shared;

	switch (t->type) {
	case 's':
		if (xlsx_strings_find(
			t->book->strings, s, t->value.len, &shared) != 0) {
			blame(t, XLSX_SHEET_BAD_CELL);
			return;
		}
		c->shared = shared.s;
		c->len = shared.len;
		return;
	case 'b':
		buf_puts(&t->text, *s == '1' || *s == 't' ? "TRUE" : "FALSE");
		break;
	case 'n':
		xlsx_value_put(&t->text, s, t->value.len, t->style,
		    t->book->from_1904, t->decimal);
		break;
	default: /* text, errors, ISO 8601 */
		xlsx_value_text(&t->text, s, t->value.len);
		break;
	}
	c->len = t->text.len - c->at;
}

static void
keep(struct xlsx_sheet *t, const struct cell *c)
{
	if (t->cell_count == t->cell_room) {
		t->cell_room = t->cell_room == 0 ? 256 : t->cell_room * 2;
		t->cell = xreallocarray(t->cell, t->cell_room, sizeof *t->cell);
	}
	t->cell[t->cell_count++] = *c;
}

static void
end_cell(struct xlsx_sheet *t)
{
	struct cell c = { .column = t->column, .at = t->text.len };

	t->in_cell = t->in_value = t->in_reading = 0;
	if (t->value.len == 0) {
		if (t->has_formula && t->type != 'i')
			blame(t, XLSX_SHEET_NO_VALUE);
		return;
	}
	put_value(t, &c);
	if (c.len == 0)
		return;
	t->now.bytes += c.len;
	if (c.column <= ROWS_CELLS && c.len <= ROWS_CELL &&
	    t->cell_count - t->now.first < ROWS_CELLS &&
	    t->now.bytes <= XLSX_SHEET_ROW) {
		keep(t, &c);
		return;
	}
	blame(t, c.len > ROWS_CELL		 ? XLSX_SHEET_TOO_LONG
		 : t->now.bytes > XLSX_SHEET_ROW ? XLSX_SHEET_TOO_WIDE
						 : XLSX_SHEET_TOO_MANY);
	if (c.shared == NULL)
		t->text.len = c.at; /* it is not to grow for nothing */
}

static void
end_row(struct xlsx_sheet *t)
{
	t->in_row = 0;
	t->now.count = t->cell_count - t->now.first;
	if (t->now.count == 0 && t->now.fault == XLSX_SHEET_WELL)
		return;
	if (t->row_count == t->row_room) {
		t->row_room = t->row_room == 0 ? 64 : t->row_room * 2;
		t->row = xreallocarray(t->row, t->row_room, sizeof *t->row);
	}
	t->row[t->row_count++] = t->now;
}

static void
on_end(void *context, const char *name)
{
	struct xlsx_sheet *t = context;

	if (t->in_cell && strcmp(name, "c") == 0)
		end_cell(t);
	else if (t->in_row && strcmp(name, "row") == 0)
		end_row(t);
	else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		t->in_value = 0;
	else if (strcmp(name, "rPh") == 0)
		t->in_reading = 0;
}

const struct xml_handlers xlsx_sheet_handlers = { on_start, on_text, on_end };

/* All that waited was fetched: keep what belongs to the row that is read. */
static void
forget(struct xlsx_sheet *t)
{
	size_t first = t->in_row ? t->now.first : t->cell_count;
	size_t start = t->text.len;

	t->row_count = t->fetched = 0;
	for (size_t i = first; i < t->cell_count; i++)
		if (t->cell[i].shared == NULL && t->cell[i].at < start)
			start = t->cell[i].at;
	for (size_t i = first; i < t->cell_count; i++) {
		t->cell[i].at -= t->cell[i].shared == NULL ? start : 0;
		t->cell[i - first] = t->cell[i];
	}
	t->cell_count -= first;
	t->now.first = 0;
	if (start > 0)
		memmove(
		    t->text.data, t->text.data + start, t->text.len - start);
	t->text.len -= start;
}

int
xlsx_sheet_row(struct xlsx_sheet *t, struct xlsx_sheet_row *to)
{
	const struct row *row;

	if (t->fetched == t->row_count) {
		if (t->row_count > 0)
			forget(t);
		return 0;
	}
	row = &t->row[t->fetched++];
	if (row->count > t->given_room) {
		t->given_room = row->count * 2;
		t->given =
		    xreallocarray(t->given, t->given_room, sizeof *t->given);
	}
	for (size_t i = 0; i < row->count; i++) {
		const struct cell *c = &t->cell[row->first + i];
		const char *own = buf_text(&t->text) + c->at;

		t->given[i] = (struct xlsx_sheet_cell){ c->column,
			{ c->shared != NULL ? c->shared : own, c->len } };
	}
	*to = (struct xlsx_sheet_row){ row->line, t->given, row->count,
		row->fault, row->column };
	return 1;
}

void
xlsx_sheet_free(struct xlsx_sheet *t)
{
	if (t == NULL)
		return;
	free(t->row);
	free(t->cell);
	free(t->given);
	buf_free(&t->text);
	buf_free(&t->value);
	free(t);
}
