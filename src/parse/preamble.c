/* preamble.c - what stands above a table's header. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/preamble.h"
#include "parse/values.h"

struct wanted {
	char *name;
	struct pattern *pattern;
	char *value; /* or NULL */
};

struct preamble {
	struct wanted *of;
	size_t count;
};

struct preamble *
preamble_new(void)
{
	return xcalloc(1, sizeof(struct preamble));
}

void
preamble_add(struct preamble *p, const char *name, struct pattern *pattern)
{
	p->of = xreallocarray(p->of, p->count + 1, sizeof *p->of);
	p->of[p->count++] = (struct wanted){ xstrdup(name), pattern, NULL };
}

static struct wanted *
find(const struct preamble *p, const char *name)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->of[i].name, name) == 0)
			return &p->of[i];
	return NULL;
}

int
preamble_knows(const struct preamble *p, const char *name)
{
	return find(p, name) != NULL;
}

void
preamble_begin(struct preamble *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->of[i].value);
		p->of[i].value = NULL;
	}
}

void
preamble_look(struct preamble *p, const char *s, size_t len)
{
	struct rows_cell c;

	if (len > 0 && s[len - 1] == '\r')
		len--;
	/* Nobody has looked yet whether the line is text. */
	if (len == 0 || utf8_prefix(s, len) != len ||
	    memchr(s, '\0', len) != NULL)
		return;
	for (size_t i = 0; i < p->count; i++) {
		struct wanted *w = &p->of[i];

		if (w->value != NULL || !pattern_find(w->pattern, s, len, &c))
			continue;
		c = values_trim(c);
		w->value = xstrndup(c.s, c.len);
	}
}

const char *
preamble_value(const struct preamble *p, const char *name)
{
	const struct wanted *w = find(p, name);

	return w != NULL ? w->value : NULL;
}

void
preamble_free(struct preamble *p)
{
	if (p == NULL)
		return;
	preamble_begin(p);
	for (size_t i = 0; i < p->count; i++) {
		free(p->of[i].name);
		pattern_free(p->of[i].pattern);
	}
	free(p->of);
	free(p);
}
