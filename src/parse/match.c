/* match.c - whether a file is one that a profile speaks of. */

#include "config.h"

#include <stdlib.h>

#include "base/input.h"
#include "base/xalloc.h"
#include "parse/csv_rows.h"
#include "parse/header.h"
#include "parse/match.h"
#include "parse/pattern.h"
#include "parse/source.h"
#include "parse/xlsx_rows.h"

/* Rows, without a word of a file that has none of this kind. */
static struct rows
open_rows(struct profile *p, struct input *in, struct problem *problem)
{
	struct frame unused = { 0 };

	if (p->format == PROFILE_XLSX)
		return xlsx_rows_open(in, p, problem);
	if (p->format == PROFILE_CSV)
		return csv_rows_open(in, &p->dialect);
	return source_open(in, p, &unused);
}

/* The current file of ${in}.  -1 after a message: it cannot be read. */
static int
header_fits(struct profile *p, struct input *in)
{
	struct problem problem = { 0 };
	struct rows rows = open_rows(p, in, &problem);
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
