/* json.c - a JSON document as a tree. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "json/json.h"

const struct json *
json_get(const struct json *j, const char *key)
{
	size_t len = strlen(key);

	if (j == NULL || j->type != JSON_OBJECT)
		return NULL;
	for (j = j->child; j != NULL; j = j->next)
		if (j->key_len == len && memcmp(j->key, key, len) == 0)
			return j;
	return NULL;
}

const char *
json_string(const struct json *j)
{
	return j != NULL && j->type == JSON_STRING ? j->text : NULL;
}

int
json_is(const struct json *j, const char *s)
{
	size_t len = strlen(s);

	return j != NULL && j->type == JSON_STRING && j->len == len &&
	       memcmp(j->text, s, len) == 0;
}

const char *
json_type_word(enum json_type type)
{
	static const char *const words[] = {
		[JSON_NULL] = "null",
		[JSON_BOOL] = "true or false",
		[JSON_NUMBER] = "number",
		[JSON_STRING] = "text",
		[JSON_ARRAY] = "list",
		[JSON_OBJECT] = "object",
	};

	return words[type];
}

void
json_free(struct json *j)
{
	while (j != NULL) {
		struct json *next = j->next;

		json_free(j->child);
		free(j->text);
		free(j->key);
		free(j);
		j = next;
	}
}
