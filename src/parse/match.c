/* match.c - whether a file is one that a profile speaks of. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/xalloc.h"
#include "parse/header.h"
#include "parse/match.h"
#include "parse/pattern.h"
#include "parse/source.h"

/* Whoever opens another file as a workbook says that it is none. */
static int
is_workbook(struct input *in)
{
	size_t len;
	const char *s = input_peek(in, 4, &len);

	return s != NULL && len >= 4 && memcmp(s, "PK\3\4", 4) == 0;
}

/* The current file of ${in}. */
static int
header_fits(struct profile *p, struct input *in)
{
	const struct rows_cell *cells;
	struct problem problem = { 0 };
	struct rows rows;
	size_t count;
	int fits;

	if (p->format == PROFILE_XLSX && !is_workbook(in))
		return 0;
	rows = source_open(in, p);
	if (rows.kind == NULL)
		return 0;
	header_skip(&rows, p);
	fits =
	    header_next(&rows, p, &cells, &count, &problem, NULL) == ROWS_ROW &&
	    header_holds(p->match_header, p->match_count, cells, count);
	rows.kind->free(rows.self);
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
	for (; fits && input_next_file(in); files++)
		fits = name_fits(p, in) &&
		       (p->match_count == 0 || header_fits(p, in));
	if (input_failed(in))
		fits = -1;
	else if (files == 0)
		fits = 0;
done:
	input_close(in);
	free(name);
	return fits;
}
