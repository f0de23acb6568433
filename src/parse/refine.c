/* refine.c - what a profile makes of a row and its values. */

#include "config.h"

#include <string.h>

#include "parse/refine.h"

static int
is_one_of(const struct profile_where *w, struct rows_cell c)
{
	for (size_t i = 0; i < w->count; i++)
		if (strlen(w->texts[i]) == c.len &&
		    memcmp(w->texts[i], c.s, c.len) == 0)
			return 1;
	return 0;
}

int
refine_holds(struct values *v, const struct profile_where *w, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct rows_cell c = values_get(v, &w[i].field), group;
		int holds = w[i].pattern != NULL
				? pattern_find(w[i].pattern, c.s, c.len, &group)
				: is_one_of(&w[i], c) != w[i].is_not;

		if (!holds)
			return 0;
	}
	return 1;
}

/* The value that stands in the row itself. */
static struct rows_cell
stands(struct values *v, const struct profile_field *f)
{
	struct rows_cell c = { "", 0 };

	if (!refine_holds(v, f->where, f->where_count))
		return c;
	c = values_get(v, &f->any[0]);
	if (f->pattern == NULL)
		return c;
	if (!pattern_find(f->pattern, c.s, c.len, &c))
		c.len = 0;
	return values_trim(c);
}

struct rows_cell
refine(struct values *v, const struct profile_field *f)
{
	struct rows_cell c = stands(v, f);

	if (c.len == 0 && f->fills)
		return (struct rows_cell){ buf_text(&f->above), f->above.len };
	return c;
}

void
refine_remember(struct values *v, struct profile_field *f)
{
	struct rows_cell c = stands(v, f);

	if (c.len == 0)
		return;
	buf_clear(&f->above);
	buf_put(&f->above, c.s, c.len);
}

void
refine_forget(struct profile_field *f)
{
	buf_clear(&f->above);
}
