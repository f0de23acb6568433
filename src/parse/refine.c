/* refine.c - what a profile makes of a value besides taking it. */

#include "config.h"

#include "parse/refine.h"

struct rows_cell
refine(struct values *v, const struct profile_field *f)
{
	struct rows_cell c = values_get(v, &f->any[0]);

	if (f->pattern != NULL && !pattern_find(f->pattern, c.s, c.len, &c))
		c.len = 0;
	return values_trim(c);
}
