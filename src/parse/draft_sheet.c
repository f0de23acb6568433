/* draft_sheet.c - the first rows of an unknown workbook. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/input.h"
#include "base/xalloc.h"
#include "parse/draft_sheet.h"
#include "parse/values.h"
#include "parse/xlsx_book.h"
#include "parse/xlsx_rows.h"

/* Workbooks, and those of old, of which is said what to do. */
static int
is_workbook(struct input *in)
{
	static const char zip[] = "PK\3\4", old[] = "\xd0\xcf\x11\xe0";
	char head[4];
	int fd = input_whole(in);

	return fd >= 0 && pread(fd, head, sizeof head, 0) == sizeof head &&
	       (memcmp(head, zip, sizeof head) == 0 ||
		   memcmp(head, old, sizeof head) == 0);
}

/* A row up to its last value. */
static void
keep_row(struct draft_head *h, const struct rows_cell *cells, size_t count,
    uint64_t line)
{
	while (count > 1 && values_trim(cells[count - 1]).len == 0)
		count--;
	draft_head_keep(&h->row[h->count++], cells, count, line);
}

/* A sheet has no more of a row than its last value: but a table has columns. */
static void
widen(struct draft_head *h)
{
	size_t most = 0;

	for (size_t i = 0; i < h->count; i++)
		most = h->row[i].count > most ? h->row[i].count : most;
	for (size_t i = 0; i < h->count; i++) {
		struct draft_row *row = &h->row[i];

		if (row->count < 2)
			continue;
		row->cell = xreallocarray(row->cell, most, sizeof *row->cell);
		for (; row->count < most; row->count++)
			row->cell[row->count] = xstrdup("");
	}
}

/* The rows of the sheet that the profile names.  -1 after a message. */
static int
read_rows(struct draft_head *h, size_t most, struct input *in,
    const struct profile *profile)
{
	const struct rows_cell *cells;
	struct problem p = { 0 };
	enum rows_got got;
	struct rows rows = xlsx_rows_open(in, profile, &p);
	size_t count;

	while (
	    rows.kind != NULL && h->count < most &&
	    (got = rows.kind->next(rows.self, &cells, &count, &p)) != ROWS_END)
		if (got == ROWS_ROW)
			keep_row(h, cells, count, rows.kind->line(rows.self));
	if (rows.kind != NULL)
		rows.kind->free(rows.self);
	else if (p.code != NULL)
		problem_print(&p);
	problem_free(&p);
	return rows.kind != NULL ? 0 : -1;
}

/* Two rows of several cells: a header, and something below it. */
static int
is_table(const struct draft_head *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->count; i++)
		n += h->row[i].count > 1;
	return n > 1;
}

/* The first sheet that has a table; the last, where none has.  -1 after a
 * message. */
static int
read_sheet(struct draft_head *h, size_t most, struct input *in,
    const struct buf *names)
{
	struct profile *profile = profile_new();
	int failed = 0;

	profile->format = PROFILE_XLSX;
	profile->has_header = 0;
	for (size_t at = 0; at < names->len && !failed && !is_table(h);
	     at += strlen(names->data + at) + 1) {
		draft_head_forget(h->row, h->count);
		h->count = 0;
		free(profile->record);
		profile->record = xstrdup(names->data + at);
		failed = read_rows(h, most, in, profile);
		free(h->record);
		h->record = at > 0 ? xstrdup(profile->record) : NULL;
	}
	widen(h);
	profile_free(profile);
	return failed;
}

static int
read_book(struct draft_head *h, size_t most, struct input *in)
{
	struct xlsx_file file = { input_whole(in), input_name(in) };
	struct xlsx_book book = { 0 };
	struct problem p = { 0 };
	int failed = xlsx_book_open(&book, &file, NULL, &p);

	if (failed && p.code != NULL)
		problem_print(&p);
	h->row = xcalloc(most, sizeof *h->row);
	if (!failed)
		failed = read_sheet(h, most, in, &book.seen);
	xlsx_book_close(&book);
	problem_free(&p);
	return failed ? -1 : 1;
}

int
draft_sheet_read(struct draft_head *h, size_t most)
{
	char *path = xstrdup(h->path), *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	int got = -1;

	input_archives(in, FILES_WORKBOOKS);
	if (input_next_file(in))
		got = is_workbook(in) ? read_book(h, most, in) : 0;
	if (got > 0)
		h->format = "xlsx";
	input_close(in);
	free(path);
	return got;
}
