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
	}
}
