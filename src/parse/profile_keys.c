/* profile_keys.c - keys and values of a profile, and what is wrong with them.
 */

#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "parse/near.h"
#include "parse/profile_keys.h"

void
profile_keys_wrong(
    struct profile_keys *k, const struct json *j, const char *fmt, ...)
{
	struct msg m = { .level = MSG_ERROR,
		.file = k->path,
		.line = j->line,
		.column = j->column,
		.code = "bad-profile" };
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	m.text = text;
	msg_place(&m);
	k->wrong++;
}

static void
unknown(struct profile_keys *k, const struct json *j,
    const struct profile_keys_row *rows)
{
	const char *near = NULL;
	size_t best = SIZE_MAX;

	for (; rows->key != NULL; rows++) {
		size_t distance = near_distance(j->key, rows->key);

		if (distance < best) {
			best = distance;
			near = rows->key;
		}
	}
	if (near != NULL && best <= strlen(near) / 2)
		profile_keys_wrong(k, j,
		    "no such key: \"%.80s\"; is \"%s\" "
		    "meant?",
		    j->key, near);
	else
		profile_keys_wrong(k, j, "no such key: \"%.80s\"", j->key);
}

void
profile_keys_object(struct profile_keys *k, const struct json *j,
    const struct profile_keys_row *rows)
{
	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(k, j, "this must be an object, not %s",
		    json_type_word(j->type));
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		const struct profile_keys_row *row = rows;

		while (row->key != NULL && strcmp(row->key, m->key) != 0)
			row++;
		if (row->key == NULL)
			unknown(k, m, rows);
		else
			row->read(k, m);
	}
}

void
profile_keys_text(struct profile_keys *k, const struct json *j, char **to)
{
	if (j->type != JSON_STRING || strlen(j->text) != j->len) {
		profile_keys_wrong(
		    k, j, "this must be text, not %s", json_type_word(j->type));
		return;
	}
	free(*to);
	*to = xstrdup(j->text);
}

void
profile_keys_char(struct profile_keys *k, const struct json *j, char *to)
{
	unsigned char c;

	if (j->type != JSON_STRING || j->len != 1) {
		profile_keys_wrong(k, j, "this must be one character");
		return;
	}
	c = (unsigned char)j->text[0];
	if (c >= 0x80 || c == '\n' || c == '\r' || c == '\0')
		profile_keys_wrong(
		    k, j, "this must be an ASCII character, no line end");
	*to = (char)c;
}

void
profile_keys_count(struct profile_keys *k, const struct json *j, uint64_t *to)
{
	if (j->type != JSON_NUMBER ||
	    number_whole(j->text, j->len, 1000000, to) != 0)
		profile_keys_wrong(
		    k, j, "this must be a whole number, 0 to 1000000");
}

void
profile_keys_duration(struct profile_keys *k, const struct json *j, int64_t *ms)
{
	if (j->type != JSON_STRING || duration_read(j->text, ms) != 0 ||
	    *ms == 0)
		profile_keys_wrong(
		    k, j, "this must be a duration such as \"30m\" or \"24h\"");
}

char **
profile_keys_texts(struct profile_keys *k, const struct json *j, size_t *count)
{
	char **list;

	*count = 0;
	if (j->type != JSON_ARRAY) {
		profile_keys_wrong(k, j, "this must be a list of texts");
		return NULL;
	}
	list = xcalloc(j->count, sizeof *list);
	for (j = j->child; j != NULL; j = j->next) {
		profile_keys_text(k, j, &list[*count]);
		if (list[*count] != NULL)
			++*count;
	}
	return list;
}

struct pattern *
profile_keys_pattern(struct profile_keys *k, const struct json *j, char **text)
{
	struct pattern *pattern;
	const char *why;

	profile_keys_text(k, j, text);
	if (*text == NULL)
		return NULL;
	if ((pattern = pattern_new(*text, &why)) == NULL)
		profile_keys_wrong(k, j, "no such pattern: %s", why);
	return pattern;
}

const struct zone *
profile_keys_zone(struct profile_keys *k, const struct json *j)
{
	const struct zone *zone = NULL;

	if (j->type != JSON_STRING)
		profile_keys_wrong(k, j,
		    "a zone is text; only a field's zone comes from a column");
	else if ((zone = zone_find(j->text, j->len)) == NULL)
		profile_keys_wrong(k, j,
		    "no such time zone: \"%.80s\"; a zone is an IANA name "
		    "such as \"Europe/Oslo\", or \"+01:00\"",
		    j->text);
	return zone;
}

int
profile_keys_word(
    struct profile_keys *k, const struct json *j, const char *const words[])
{
	struct buf all = { 0 };
	int i = 0;

	for (; words[i] != NULL; i++)
		if (json_is(j, words[i]))
			return i;
	for (i = 0; words[i] != NULL; i++)
		buf_printf(&all, "%s\"%s\"", i > 0 ? ", " : "", words[i]);
	profile_keys_wrong(k, j, "this must be one of %s", all.data);
	buf_free(&all);
	return -1;
}
