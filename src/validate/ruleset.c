/* ruleset.c - a rules file: severities and parameters, rule by rule. */

#include "config.h"

#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "validate/complain.h"
#include "validate/ruleset.h"
#include "json/json_read.h"

#define MOST_BYTES ((size_t)1024 * 1024)

struct ruleset {
	struct complain complain;
	struct settings *settings;
};

static void
read_severity(struct ruleset *set, unsigned id, const struct json *j)
{
	const char *word = json_string(j);
	enum severity severity;

	if (word == NULL || problem_severity(word, &severity) != 0)
		complain_at(&set->complain, j,
		    "this must be \"off\", \"note\", \"warning\" or \"error\"");
	else if (settings_severity(set->settings, id, severity) != 0)
		complain_at(&set->complain, j,
		    "a line that is no record cannot go on, so it is never "
		    "off; \"note\" is the least");
}

static void
read_length(struct ruleset *set, const struct json *j, int64_t *to)
{
	const char *text = json_string(j);
	int64_t ms;

	if (text == NULL || duration_read(text, &ms) != 0 || ms % 1000 != 0)
		complain_at(&set->complain, j,
		    "this must be a length of whole seconds such as \"15m\"");
	else
		*to = ms / 1000;
}

static void
read_time(struct ruleset *set, const struct json *j, int64_t *to)
{
	int64_t ms;

	if (json_string(j) == NULL ||
	    instant_read(j->text, j->len, &ms, NULL) != INSTANT_OK)
		complain_at(&set->complain, j,
		    "this must be a time with its zone such as "
		    "\"2025-01-15T08:00:00Z\"");
	else
		*to = instant_floor(ms);
}

/* The words belong to the file, which the settings keep. */
static void
read_words(struct ruleset *set, const struct json *j, struct select_list *to)
{
	int good = j->type == JSON_ARRAY && j->count > 0;

	for (const struct json *w = j->child; good && w != NULL; w = w->next)
		good = w->type == JSON_STRING && w->len > 0 &&
		       strlen(w->text) == w->len;
	if (!good) {
		complain_at(&set->complain, j, "this must be a list of words");
		return;
	}
	for (const struct json *w = j->child; w != NULL; w = w->next)
		select_add(to, w->text);
}

static void
read_truth(struct ruleset *set, const struct json *j, int *to)
{
	if (j->type != JSON_BOOL)
		complain_at(&set->complain, j, "this must be true or false");
	else
		*to = j->truth;
}

static void
read_parameter(
    struct ruleset *set, const struct rule_parameter *p, const struct json *j)
{
	void *to = (char *)set->settings + p->at;

	switch (p->value) {
	case RULE_VALUE_LENGTH:
		read_length(set, j, to);
		break;
	case RULE_VALUE_TIME:
		read_time(set, j, to);
		break;
	case RULE_VALUE_WORDS:
		read_words(set, j, to);
		break;
	case RULE_VALUE_TRUTH:
		read_truth(set, j, to);
		break;
	}
}

static void
read_member(struct ruleset *set, unsigned id, const struct json *j)
{
	const struct rule_parameter *p = rule_at(id)->parameters;

	if (strcmp(j->key, "severity") == 0) {
		read_severity(set, id, j);
		return;
	}
	while (p != NULL && p->name != NULL && strcmp(p->name, j->key) != 0)
		p++;
	if (p == NULL || p->name == NULL)
		complain_at(&set->complain, j,
		    "no such key of %s: \"%.80s\"; --explain %s names them",
		    rule_at(id)->code, j->key, rule_at(id)->code);
	else
		read_parameter(set, p, j);
}

static void
read_rule(struct ruleset *set, const struct json *j)
{
	unsigned id = rule_find(j->key);

	if (strcmp(j->key, "$schema") == 0)
		return; /* for editors */
	if (id == RULE_COUNT) {
		complain_at(&set->complain, j,
		    "no such rule: \"%.80s\"; --list-rules names them", j->key);
		return;
	}
	if (j->type != JSON_OBJECT) {
		read_severity(set, id, j);
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next)
		read_member(set, id, m);
}

int
ruleset_read(struct settings *s, const char *path)
{
	struct ruleset set = { .complain = { .path = path }, .settings = s };
	struct json *j = json_read_file(path, MOST_BYTES, JSON_READ_COMMENTS);

	if (j == NULL)
		return -1;
	s->ruleset = j;
	if (j->type != JSON_OBJECT)
		complain_at(&set.complain, j,
		    "this must be an object: a rule's code to its "
		    "severity");
	else
		for (const struct json *m = j->child; m != NULL; m = m->next)
			read_rule(&set, m);
	return set.complain.count > 0 ? -1 : 0;
}
