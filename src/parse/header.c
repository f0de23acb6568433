/* header.c - the row of a table that names its columns. */

#include "config.h"

#include <string.h>

#include "parse/header.h"
#include "parse/values.h"

int
header_holds(
    char *const words[], size_t n, const struct rows_cell *cells, size_t count)
{
	for (size_t w = 0; w < n; w++) {
		size_t i = 0, len = strlen(words[w]);

		for (; i < count; i++) {
			struct rows_cell c = values_trim(cells[i]);

			if (c.len == len && memcmp(c.s, words[w], len) == 0)
				break;
		}
		if (i == count)
			return 0;
	}
	return 1;
}

static void
look(const struct rows *rows, const struct profile *p)
{
	size_t len;
	const char *raw = rows->kind->raw(rows->self, &len);

	preamble_look(p->preamble, raw, len);
}

void
header_skip(const struct rows *rows, const struct profile *p)
{
	if (p->preamble == NULL) {
		rows->kind->skip(rows->self, p->skip_lines);
		return;
	}
	preamble_begin(p->preamble);
	for (uint64_t i = 0; i < p->skip_lines; i++) {
		rows->kind->skip(rows->self, 1);
		look(rows, p);
	}
}

enum rows_got
header_next(const struct rows *rows, const struct profile *p,
    const struct rows_cell **cells, size_t *count, struct problem *problem)
{
	for (;;) {
		enum rows_got got =
		    rows->kind->next(rows->self, cells, count, problem);

		if (got == ROWS_END || p->header_count == 0 ||
		    (got == ROWS_ROW && header_holds(p->header_words,
					    p->header_count, *cells, *count)))
			return got;
		if (p->preamble != NULL)
			look(rows, p);
	}
}
