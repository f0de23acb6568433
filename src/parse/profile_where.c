/* profile_where.c - which rows are meant. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/profile_field.h"
#include "parse/profile_where.h"

static void
read_texts(struct profile_keys *k, const struct json *j,
    struct profile_where *where, int is_not)
{
	where->texts = profile_keys_texts(k, j, &where->count);
	where->is_not = is_not;
	if (j->type == JSON_ARRAY && j->count == 0)
		profile_keys_wrong(k, j, "this list must not be empty");
}

static void
read_pattern(
    struct profile_keys *k, const struct json *j, struct profile_where *where)
{
	char *text = NULL;

	where->pattern = profile_keys_pattern(k, j, &text);
	free(text);
}

static void
read_condition(
    struct profile_keys *k, const struct json *j, struct profile_where *where)
{
	unsigned before = k->wrong, tests = 0;

	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(k, j,
		    "a condition is an object such as { \"column\": \"Type\", "
		    "\"in\": [\"engine\"] }");
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		if (profile_field_cells(k, m, &where->field))
			continue;
		if (tests++ > 0)
			profile_keys_wrong(
			    k, m, "a condition has one of in, notIn, matches");
		else if (strcmp(m->key, "in") == 0)
			read_texts(k, m, where, 0);
		else if (strcmp(m->key, "notIn") == 0)
			read_texts(k, m, where, 1);
		else if (strcmp(m->key, "matches") == 0)
			read_pattern(k, m, where);
		else
			profile_keys_wrong(
			    k, m, "a condition has no \"%.80s\"", m->key);
	}
	if (k->wrong == before &&
	    (where->field.kind == PROFILE_ABSENT || tests == 0))
		profile_keys_wrong(k, j,
		    "a condition needs a column or path, and in, notIn or "
		    "matches");
}

void
profile_where_read(struct profile_keys *k, const struct json *j,
    struct profile_where **where, size_t *count)
{
	size_t n = j->type == JSON_ARRAY ? j->count : 1;
	const struct json *first = j->type == JSON_ARRAY ? j->child : j;

	if (n == 0) {
		profile_keys_wrong(k, j, "this list must not be empty");
		return;
	}
	*where = xcalloc(n, sizeof **where);
	*count = n;
	for (size_t i = 0; i < n; i++, first = first->next)
		read_condition(k, first, &(*where)[i]);
}
