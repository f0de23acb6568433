/* match.c - whether a file is one that a profile speaks of. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/xalloc.h"
#include "parse/csv_rows.h"
#include "parse/front.h"
#include "parse/header.h"
#include "parse/json_rows.h"
#include "parse/match.h"
#include "parse/pattern.h"
#include "parse/source.h"
#include "parse/xlsx_rows.h"
#include "parse/xml_rows.h"

/* A document is known by its first record, which must end within so much: one
 * of another kind may have gigabytes without any. */
#define HEAD ((size_t)1024 * 1024)

/* A path, and whether a record has a value there. */
struct wanted {
	const char *path;
	const struct rows_cell *cells;
	size_t count;
	int is_there;
};

static void
look(struct profile_field *f, void *arg)
{
	struct wanted *w = arg;

	for (size_t i = 0; f->kind == PROFILE_COLUMNS && i < f->count; i++) {
		size_t n = f->column[i].index;

		if (strcmp(f->column[i].name, w->path) == 0)
			w->is_there |= n < w->count && w->cells[n].len > 0;
	}
}

/* The current file of ${in}, which is a document or none. */
static int
record_fits(struct profile *p, struct input *in)
{
	struct problem problem = { 0 };
	struct front *front = front_open(in, HEAD);
	struct rows rows = p->format == PROFILE_XML
			       ? xml_rows_open(front_input(front), p)
			       : json_rows_open(front_input(front), p);
	struct wanted w = { .is_there = 0 };
	int fits = rows.kind->next(rows.self, &w.cells, &w.count, &problem) !=
		   ROWS_END;

	for (size_t i = 0; fits && i < p->match_count; i++) {
		w.path = p->match_header[i];
		w.is_there = 0;
		profile_each(p, look, &w);
		fits = w.is_there;
	}
	rows.kind->free(rows.self);
	front_close(front);
	problem_free(&problem);
	return fits;
}

/* The current file of ${in}.  -1 after a message: it cannot be read. */
static int
header_fits(struct profile *p, struct input *in)
{
	struct problem problem = { 0 };
	struct rows rows = p->format == PROFILE_XLSX
			       ? xlsx_rows_open(in, p, &problem)
			       : csv_rows_open(in, &p->dialect);
	const struct rows_cell *cells;
	size_t count;
	int fits = problem.code != NULL ? 0 : -1;

	if (rows.kind == NULL)
		goto done;
	header_skip(&rows, p);
	fits =
	    header_next(&rows, p, &cells, &count, &problem, NULL) == ROWS_ROW &&
	    header_holds(p->match_header, p->match_count, cells, count);
	rows.kind->free(rows.self);
done:
	problem_free(&problem);
	return fits;
}

static int
name_fits(const struct profile *p, struct input *in)
{
	struct rows_cell group;

	return p->match_name == NULL ||
	       pattern_find_name(p->match_name, input_name(in), &group);
}

int
match_fits(struct profile *p, const char *path)
{
	char *name = xstrdup(path);
	char *paths[] = { name, NULL };
	struct input *in = input_open(paths);
	int fits = 1, files = 0;

	/* A workbook is looked at for tables of text as well: and fits none. */
	input_archives(in, FILES_WORKBOOKS);
	if (source_prepare(in, p) != 0) {
		fits = -1;
		goto done;
	}
	for (; fits > 0 && input_next_file(in); files++)
		if (!name_fits(p, in))
			fits = 0;
		else if (profile_is_document(p))
			fits = record_fits(p, in);
		else if (p->match_count > 0)
			fits = header_fits(p, in);
	if (input_failed(in))
		fits = -1;
	else if (files == 0)
		fits = 0;
done:
	input_close(in);
	free(name);
	return fits;
}
