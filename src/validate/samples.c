/* samples.c - some findings of each code, the worst of them. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/samples.h"

struct samples {
	size_t most;
	struct worst **of; /* by code; NULL: none was found */
	unsigned codes;
};

struct samples *
samples_new(size_t most)
{
	struct samples *s = xcalloc(1, sizeof *s);

	s->most = most;
	return s;
}

void
samples_put(struct samples *s, const struct report_finding *f)
{
	if (f->id >= s->codes) {
		s->of = xreallocarray(s->of, f->id + 1, sizeof(struct worst *));
		while (s->codes <= f->id)
			s->of[s->codes++] = NULL;
	}
	if (s->of[f->id] == NULL)
		s->of[f->id] = worst_new(s->most);
	worst_put(s->of[f->id], f);
}

size_t
samples_sort(struct samples *s, unsigned id)
{
	return id < s->codes && s->of[id] != NULL ? worst_sort(s->of[id]) : 0;
}

const struct report_finding *
samples_at(const struct samples *s, unsigned id, size_t i)
{
	return worst_at(s->of[id], i);
}

void
samples_free(struct samples *s)
{
	if (s == NULL)
		return;
	for (unsigned id = 0; id < s->codes; id++)
		worst_free(s->of[id]);
	free(s->of);
	free(s);
}
