/* rows_of.c - the rows that paths find, as one text. */

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "rows_of.h"
#include "scratch.h"

/* What came, and what was said of it. */
static struct buf told;

/* A profile of nothing but ${record} and up to four paths, "a ../b". */
static struct profile *
profile_of(const char *record, const char *paths)
{
	struct profile *p = profile_new();
	char *copy = xstrdup(paths), *rest = copy, *path;

	p->record = xstrdup(record);
	for (int i = 0; (path = strsep(&rest, " ")) != NULL; i++) {
		struct profile_field *f = &p->field[i];

		f->kind = PROFILE_COLUMNS;
		f->count = 1;
		f->column = xcalloc(1, sizeof *f->column);
		f->column->name = xstrdup(path);
		f->column->is_path = 1;
	}
	free(copy);
	return p;
}

static void
tell_row(struct rows *rows, enum rows_got got, const struct rows_cell *cells,
    size_t count, const struct problem *p)
{
	buf_printf(
	    &told, "%llu:", (unsigned long long)rows->kind->line(rows->self));
	if (got == ROWS_PROBLEM) {
		buf_printf(&told, "!%s ", p->code);
		count = rows->kind->guess(rows->self, &cells);
	}
	for (size_t i = 0; i < count; i++) {
		buf_puts(&told, i > 0 ? "|" : "");
		buf_put(&told, cells[i].s, cells[i].len);
	}
	buf_putc(&told, '\n');
}

const struct buf *
rows_of(rows_of_open *open, const char *record, const char *paths,
    const char *text, size_t len)
{
	struct profile *profile = profile_of(record, paths);
	char *files[] = { scratch_bytes("x", text, len), NULL };
	struct input *in = input_open(files);
	struct problem p = { 0 };
	const struct rows_cell *cells;
	const char *heard;
	enum rows_got got;
	struct rows rows;
	size_t count;

	buf_clear(&told);
	ck_assert(input_next_file(in));
	rows = open(in, profile);
	while (
	    (got = rows.kind->next(rows.self, &cells, &count, &p)) != ROWS_END)
		tell_row(&rows, got, cells, count, &p);
	problem_set(&p, NULL, SEVERITY_ERROR, NULL, 0, 0);
	if (rows.kind->finish(rows.self, &p) != 0) {
		heard = strrchr(scratch_heard(), '[');
		ck_assert_ptr_nonnull(heard);
		buf_put(&told, heard, strcspn(heard, "\n"));
	} else if (p.code != NULL) {
		buf_printf(&told, "(%s)", p.text.data);
	}
	rows.kind->free(rows.self);
	input_close(in);
	problem_free(&p);
	profile_free(profile);
	return &told;
}

const struct buf *
rows_of_raw(
    rows_of_open *open, const char *record, const char *text, size_t len)
{
	struct profile *profile = profile_of(record, "c");
	char *files[] = { scratch_bytes("x", text, len), NULL };
	struct input *in = input_open(files);
	struct problem p = { 0 };
	const struct rows_cell *cells;
	struct rows rows;
	const char *raw;
	size_t count;

	ck_assert(input_next_file(in));
	rows = open(in, profile);
	rows.kind->next(rows.self, &cells, &count, &p);
	buf_clear(&told);
	raw = rows.kind->raw(rows.self, &count);
	buf_put(&told, raw, count);
	rows.kind->free(rows.self);
	input_close(in);
	problem_free(&p);
	profile_free(profile);
	return &told;
}

void
rows_of_hold(rows_of_open *open, const struct rows_of_trial *trials, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct rows_of_trial *t = &trials[i];

		rows_of(open, t->record, t->paths, t->text, strlen(t->text));
		ck_assert_msg(strcmp(buf_text(&told), t->rows) == 0,
		    "%s: %s: '%s', wanted '%s'", t->paths, t->text,
		    buf_text(&told), t->rows);
	}
}
