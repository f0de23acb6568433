/* match.c - whether a file is one that a profile speaks of. */

#include "config.h"

#include <stdlib.h>

#include "base/input.h"
#include "base/xalloc.h"
#include "parse/csv_rows.h"
#include "parse/header.h"
#include "parse/match.h"
#include "parse/pattern.h"

/* The current file of ${in}. */
static int
header_fits(const struct profile *p, struct input *in)
{
	struct rows rows = csv_rows_open(in, &p->dialect);
	const struct rows_cell *cells;
	struct problem problem = { 0 };
	size_t count;
	int fits;

	header_skip(&rows, p);
	fits = header_next(&rows, p, &cells, &count, &problem) == ROWS_ROW &&
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
match_fits(const struct profile *p, const char *path)
{
	char *name = xstrdup(path);
	char *paths[] = { name, NULL };
	struct input *in = input_open(paths);
	int fits = 1, files = 0;

	if (input_text(in, p->encoding) != 0) {
		fits = -1;
		goto done;
	}
	input_archives(in, FILES_OPENED);
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
