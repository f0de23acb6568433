/* symptoms.c - findings that a cause explains, counted and printed under it. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/duration.h"
#include "base/xalloc.h"
#include "validate/symptoms.h"

/* Kept of each cause. */
#define MOST 3

struct kept {
	const struct cause *cause;
	struct problem problem[MOST];
	char *file[MOST];
};

struct symptoms {
	struct kept *kept;
	size_t count;
};

struct symptoms *
symptoms_new(void)
{
	return xcalloc(1, sizeof(struct symptoms));
}

/* What is kept of ${c}, or NULL.  Findings of one cause come together. */
static struct kept *
kept_of(const struct symptoms *s, const struct cause *c)
{
	size_t i = s->count;

	while (i > 0 && s->kept[i - 1].cause != c)
		i--;
	return i > 0 ? &s->kept[i - 1] : NULL;
}

static struct kept *
add(struct symptoms *s, const struct cause *c)
{
	s->kept = xreallocarray(s->kept, s->count + 1, sizeof *s->kept);
	s->kept[s->count] = (struct kept){ .cause = c };
	return &s->kept[s->count++];
}

void
symptoms_count(struct cause *c, int64_t price)
{
	c->symptoms++;
	if (price != PROBLEM_NO_PRICE &&
	    __builtin_add_overflow(c->explained, price, &c->explained))
		c->explained = INT64_MAX;
}

int
symptoms_wants(const struct cause *c)
{
	return c->kept < MOST;
}

void
symptoms_keep(struct symptoms *s, struct cause *c, const struct problem *p)
{
	struct kept *k = c->kept > 0 ? kept_of(s, c) : add(s, c);
	struct problem *to = &k->problem[c->kept];
	char *file = p->file != NULL ? xstrdup(p->file) : NULL;

	*to = (struct problem){ 0 };
	problem_set(to, p->code, p->severity, file, p->line, p->column);
	to->price = p->price;
	buf_put(&to->text, p->text.data, p->text.len);
	k->file[c->kept++] = file;
}

void
symptoms_tell(struct buf *b, const struct cause *c)
{
	char hours[DURATION_TEXT];

	if (c->symptoms > 0)
		buf_printf(b, "; it explains %" PRIu64 " findings of %s h",
		    c->symptoms, duration_hours(hours, c->explained));
}

void
symptoms_print(const struct symptoms *s, const struct cause *c, uint64_t most)
{
	const struct kept *k = kept_of(s, c);

	for (unsigned n = 0; n < c->kept && n < most; n++)
		problem_print(&k->problem[n]);
}

void
symptoms_free(struct symptoms *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->count; i++)
		for (unsigned n = 0; n < MOST; n++) {
			problem_free(&s->kept[i].problem[n]);
			free(s->kept[i].file[n]);
		}
	free(s->kept);
	free(s);
}
