/* ruleset.c - a rules file: severities and parameters, rule by rule. */

#include "config.h"

#include <string.h>

#include "validate/complain.h"
#include "validate/parameter.h"
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
read_member(struct ruleset *set, unsigned id, const struct json *j)
{
	const struct rule_parameter *p = parameter_find(rule_at(id), j->key);
	struct buf must = { 0 };

	if (strcmp(j->key, "severity") == 0)
		read_severity(set, id, j);
	else if (p == NULL)
		complain_at(&set->complain, j,
		    "no such key of %s: \"%.80s\"; --explain %s names them",
		    rule_at(id)->code, j->key, rule_at(id)->code);
	else if (parameter_read(p, set->settings, j) != 0) {
		parameter_must(p, &must);
		complain_at(
		    &set->complain, j, "this must be %s", buf_text(&must));
	}
	buf_free(&must);
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
