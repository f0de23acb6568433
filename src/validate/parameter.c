/* parameter.c - values that rules are held to, read from text and JSON. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "validate/parameter.h"
#include "json/json.h"

#define MOST 1000

static const char *const must_be[] = {
	[RULE_VALUE_LENGTH] =
	    "a length of whole seconds such as 90s, 15m, 2h or 1d",
	[RULE_VALUE_TIME] = "a time with its zone such as 2025-01-15T08:00:00Z",
	[RULE_VALUE_COUNT] = "a whole number, 1 to 1000",
	[RULE_VALUE_TRUTH] = "true or false",
	[RULE_VALUE_WORD] = "one of ",
	[RULE_VALUE_WORDS] = "a list of words",
	[RULE_VALUE_TABLE] = "an object of lists of words, in a rules file",
};

const struct rule_parameter *
parameter_find(const struct rule *rule, const char *name)
{
	const struct rule_parameter *p = rule->parameters;

	for (; p != NULL && p->name != NULL; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

static int
take_length(const char *text, int64_t *to)
{
	int64_t ms;

	if (duration_read(text, &ms) != 0 || ms % 1000 != 0)
		return -1;
	*to = ms / 1000;
	return 0;
}

int
parameter_time(const char *text, int64_t *to)
{
	int64_t ms;

	if (instant_read(text, strlen(text), &ms, NULL) != INSTANT_OK)
		return -1;
	*to = instant_floor(ms);
	return 0;
}

static int
take_count(const char *text, int64_t *to)
{
	uint64_t n;

	if (number_whole(text, strlen(text), MOST, &n) != 0 || n == 0)
		return -1;
	*to = (int64_t)n;
	return 0;
}

static int
take_truth(const char *text, int *to)
{
	*to = strcmp(text, "true") == 0;
	return *to || strcmp(text, "false") == 0 ? 0 : -1;
}

static int
take_word(const char *const *words, const char *text, int *to)
{
	for (int i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0) {
			*to = i + 1;
			return 0;
		}
	return -1;
}

/* The new list stands in the place of the old one. */
static void
start_anew(struct select_list *list)
{
	free(list->word);
	*list = (struct select_list){ 0 };
}

static int
take_words(struct settings *s, const char *text, struct select_list *to)
{
	char *rest = xstrdup(text), *word;

	settings_hold(s, rest);
	start_anew(to);
	while ((word = strsep(&rest, ",")) != NULL) {
		if (*word == '\0')
			return -1;
		select_add(to, word);
	}
	return 0;
}

int
parameter_take(
    const struct rule_parameter *p, struct settings *s, const char *text)
{
	void *to = (char *)s + p->at;

	switch (p->value) {
	case RULE_VALUE_LENGTH:
		return take_length(text, to);
	case RULE_VALUE_TIME:
		return parameter_time(text, to);
	case RULE_VALUE_COUNT:
		return take_count(text, to);
	case RULE_VALUE_TRUTH:
		return take_truth(text, to);
	case RULE_VALUE_WORD:
		return take_word(p->words, text, to);
	case RULE_VALUE_WORDS:
		return take_words(s, text, to);
	case RULE_VALUE_TABLE:
		break;
	}
	return -1;
}

static int
read_words(const struct json *j, struct select_list *to)
{
	start_anew(to);
	if (j->type != JSON_ARRAY)
		return -1;
	for (const struct json *w = j->child; w != NULL; w = w->next) {
		if (w->type != JSON_STRING || w->len == 0 ||
		    strlen(w->text) != w->len)
			return -1;
		select_add(to, w->text);
	}
	return 0;
}

static int
read_table(const struct json *j, struct select_table *to)
{
	select_clear(to);
	if (j->type != JSON_OBJECT)
		return -1;
	for (const struct json *row = j->child; row != NULL; row = row->next)
		if (read_words(row, select_put(to, row->key)) != 0)
			return -1;
	return 0;
}

int
parameter_read(
    const struct rule_parameter *p, struct settings *s, const struct json *j)
{
	static const enum json_type types[] = {
		[RULE_VALUE_LENGTH] = JSON_STRING,
		[RULE_VALUE_TIME] = JSON_STRING,
		[RULE_VALUE_COUNT] = JSON_NUMBER,
		[RULE_VALUE_TRUTH] = JSON_BOOL,
		[RULE_VALUE_WORD] = JSON_STRING,
		[RULE_VALUE_WORDS] = JSON_ARRAY,
		[RULE_VALUE_TABLE] = JSON_OBJECT,
	};
	void *to = (char *)s + p->at;
	int failed = j->type != types[p->value];

	if (failed)
		return -1;
	switch (p->value) {
	case RULE_VALUE_TRUTH:
		*(int *)to = j->truth;
		break;
	case RULE_VALUE_WORDS:
		failed = j->count == 0 || read_words(j, to) != 0;
		break;
	case RULE_VALUE_TABLE:
		failed = j->count == 0 || read_table(j, to) != 0;
		break;
	default:
		failed = strlen(j->text) != j->len ||
			 parameter_take(p, s, j->text) != 0;
		break;
	}
	return failed ? -1 : 0;
}

void
parameter_must(const struct rule_parameter *p, struct buf *b)
{
	buf_puts(b, must_be[p->value]);
	if (p->value != RULE_VALUE_WORD)
		return;
	for (const char *const *word = p->words; *word != NULL; word++)
		buf_printf(b, "%s%s", word == p->words ? "" : ", ", *word);
}
