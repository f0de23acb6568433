/* fix.c - what the user wants repaired, and how. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/fix.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const char *const words[] = {
	[FIX_NONE] = "none",
	[FIX_DROP] = "drop",
	[FIX_TRIM] = "trim",
	[FIX_KEEP_FIRST] = "keep-first",
	[FIX_KEEP_LAST] = "keep-last",
	[FIX_SPLIT] = "split",
	[FIX_PRIORITY] = "priority",
};

static const struct {
	enum rule_id rule;
	enum fix_policy policy;
} choices[] = {
	{ RULE_OVERLAP, FIX_TRIM },
	{ RULE_OVERLAP, FIX_KEEP_FIRST },
	{ RULE_OVERLAP, FIX_KEEP_LAST },
	{ RULE_OVERLAP, FIX_DROP },
	{ RULE_OVERLAP, FIX_PRIORITY },
	{ RULE_CONTAINED, FIX_DROP },
	{ RULE_CONTAINED, FIX_SPLIT },
	{ RULE_CONTAINED, FIX_PRIORITY },
	{ RULE_DUPLICATE, FIX_DROP },
	{ RULE_CONFLICT, FIX_DROP },
	{ RULE_CONFLICT, FIX_PRIORITY },
	{ RULE_ZERO_LENGTH, FIX_DROP },
};

/* What loses no time, and is never a matter of opinion. */
static const char safe[] = "duplicate=drop,zero-length=drop";

const char *
fix_word(enum fix_policy policy)
{
	return words[policy];
}

/* Say what there is for ${rule}, or for all of them. */
static int
refuse(const char *value, enum rule_id rule)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < COUNT(choices); i++) {
		if (rule != RULE_COUNT && choices[i].rule != rule)
			continue;
		buf_printf(&b, "%s%s=%s%s", b.len > 0 ? ", " : "",
		    rule_at(choices[i].rule)->code, words[choices[i].policy],
		    choices[i].policy == FIX_PRIORITY ? ":STATE>STATE" : "");
	}
	msg_warn("--fix %s: give safe or some of %s", value, buf_text(&b));
	buf_free(&b);
	return -1;
}

/* "Working>Moving>Idle" */
static int
read_priority(struct fix *f, enum rule_id rule, const char *states)
{
	struct select_list *list = &f->priority[rule];
	char *rest, *word;

	free(list->word);
	*list = (struct select_list){ 0 };
	f->text = xreallocarray(f->text, f->texts + 1, sizeof *f->text);
	rest = f->text[f->texts++] = xstrdup(states);
	while ((word = strsep(&rest, ">")) != NULL) {
		if (*word == '\0' ||
		    select_place(list, word, strlen(word)) < list->count)
			return -1;
		select_add(list, word);
	}
	return 0;
}

/* One "RULE=POLICY", or "RULE=POLICY:PARAMETER". */
static int
read_one(struct fix *f, const char *value)
{
	char *rule = xstrdup(value);
	char *policy = strchr(rule, '='), *parameter = NULL;
	unsigned id = RULE_COUNT;
	size_t i = COUNT(choices);
	int failed = 0;

	if (policy != NULL) {
		*policy++ = '\0';
		parameter = strchr(policy, ':');
		if (parameter != NULL)
			*parameter++ = '\0';
		id = rule_find(rule);
		for (i = 0; i < COUNT(choices); i++)
			if (choices[i].rule == id &&
			    strcmp(words[choices[i].policy], policy) == 0 &&
			    (choices[i].policy == FIX_PRIORITY) ==
				(parameter != NULL))
				break;
	}
	if (i == COUNT(choices) ||
	    (parameter != NULL && read_priority(f, id, parameter) != 0)) {
		for (i = 0; i < COUNT(choices); i++)
			if (choices[i].rule == id)
				break;
		failed = refuse(value, i < COUNT(choices) ? id : RULE_COUNT);
	} else {
		f->policy[id] = choices[i].policy;
		f->any = 1;
	}
	free(rule);
	return failed;
}

int
fix_read(struct fix *f, const char *value)
{
	char *list = xstrdup(value), *rest = list, *word;
	int failed = 0;

	while (!failed && (word = strsep(&rest, ",")) != NULL)
		failed = strcmp(word, "safe") == 0 ? fix_read(f, safe)
						   : read_one(f, word);
	free(list);
	return failed;
}

int
fix_finish(const struct fix *f, const struct select_list *states)
{
	for (unsigned id = 0; id < RULE_PAIRS; id++)
		for (size_t i = 0; i < f->priority[id].count; i++) {
			const char *word = f->priority[id].word[i];

			if (select_has(states, word, strlen(word)))
				continue;
			msg_warn("--fix %s=priority: %s is not among --states",
			    rule_at(id)->code, word);
			return -1;
		}
	return 0;
}

size_t
fix_rank(const struct fix *f, enum rule_id rule, const struct names *n,
    uint32_t state)
{
	struct buf b = { 0 };
	size_t rank;

	names_put_state(n, state, &b);
	rank = select_place(&f->priority[rule], buf_text(&b), b.len);
	buf_free(&b);
	return rank;
}

void
fix_free(struct fix *f)
{
	if (f == NULL)
		return;
	for (unsigned id = 0; id < RULE_PAIRS; id++)
		free(f->priority[id].word);
	for (size_t i = 0; i < f->texts; i++)
		free(f->text[i]);
	free(f->text);
	*f = (struct fix){ 0 };
}
