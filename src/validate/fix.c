/* fix.c - what the user wants repaired, and how. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
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
	[FIX_MERGE] = "merge",
	[FIX_FILL] = "fill",
	[FIX_CUT_MIDNIGHT] = "cut-midnight",
};

/* A parameter follows the policy after a colon. */
typedef int take_parameter(struct fix *, unsigned rule, const char *);
static take_parameter take_priority, take_shortest, take_filling, take_zone;

static const struct {
	unsigned rule;
	enum fix_policy policy;
	take_parameter *take; /* NULL: it has none */
	const char *parameter;
} choices[] = {
	{ RULE_OVERLAP, FIX_TRIM, NULL, "" },
	{ RULE_OVERLAP, FIX_KEEP_FIRST, NULL, "" },
	{ RULE_OVERLAP, FIX_KEEP_LAST, NULL, "" },
	{ RULE_OVERLAP, FIX_DROP, NULL, "" },
	{ RULE_OVERLAP, FIX_PRIORITY, take_priority, ":STATE>STATE" },
	{ RULE_CONTAINED, FIX_DROP, NULL, "" },
	{ RULE_CONTAINED, FIX_SPLIT, NULL, "" },
	{ RULE_CONTAINED, FIX_PRIORITY, take_priority, ":STATE>STATE" },
	{ RULE_DUPLICATE, FIX_DROP, NULL, "" },
	{ RULE_CONFLICT, FIX_DROP, NULL, "" },
	{ RULE_CONFLICT, FIX_PRIORITY, take_priority, ":STATE>STATE" },
	{ RULE_GAP, FIX_FILL, take_filling, ":STATE:LENGTH" },
	{ FIX_ADJACENT, FIX_MERGE, NULL, "" },
	{ FIX_TOO_SHORT, FIX_MERGE, take_shortest, ":LENGTH" },
	{ RULE_TOO_LONG, FIX_CUT_MIDNIGHT, take_zone, ":ZONE" },
	{ RULE_ZERO_LENGTH, FIX_DROP, NULL, "" },
};

/* What loses no time, and is never a matter of opinion. */
static const char safe[] = "duplicate=drop,zero-length=drop";

static const char *const codes[] = {
	[FIX_ADJACENT - RULE_COUNT] = "adjacent",
	[FIX_TOO_SHORT - RULE_COUNT] = "too-short",
};

const char *
fix_code(unsigned id)
{
	return id < RULE_COUNT ? rule_at(id)->code : codes[id - RULE_COUNT];
}

unsigned
fix_code_find(const char *code)
{
	unsigned id;

	for (size_t i = 0; i < COUNT(codes); i++)
		if (strcmp(codes[i], code) == 0)
			return RULE_COUNT + (unsigned)i;
	id = rule_find(code);
	return id < RULE_COUNT ? id : FIX_CODES;
}

const char *
fix_word(enum fix_policy policy)
{
	return words[policy];
}

enum fix_policy
fix_find(const char *word)
{
	for (size_t i = FIX_NONE + 1; i < COUNT(words); i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return FIX_NONE;
}

/* Say what there is for ${rule}, or for all of them. */
static int
refuse(const char *value, unsigned rule)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < COUNT(choices); i++) {
		if (rule != FIX_CODES && choices[i].rule != rule)
			continue;
		buf_printf(&b, "%s%s=%s%s", b.len > 0 ? ", " : "",
		    fix_code(choices[i].rule), words[choices[i].policy],
		    choices[i].parameter);
	}
	msg_warn("--fix %s: give safe or some of %s", value, buf_text(&b));
	buf_free(&b);
	return -1;
}

/* A text that lives as long as ${f}. */
static char *
hold(struct fix *f, const char *text)
{
	f->text = xreallocarray(f->text, f->texts + 1, sizeof *f->text);
	return f->text[f->texts++] = xstrdup(text);
}

/* "Working>Moving>Idle" */
static int
take_priority(struct fix *f, unsigned rule, const char *states)
{
	struct select_list *list = &f->priority[rule];
	char *rest = hold(f, states), *word;

	free(list->word);
	*list = (struct select_list){ 0 };
	while ((word = strsep(&rest, ">")) != NULL) {
		if (*word == '\0' ||
		    select_place(list, word, strlen(word)) < list->count)
			return -1;
		select_add(list, word);
	}
	return 0;
}

static int
take_length(const char *value, int64_t *seconds)
{
	int64_t ms;

	if (duration_read(value, &ms) != 0 || ms % 1000 != 0 || ms <= 0)
		return -1;
	*seconds = ms / 1000;
	return 0;
}

static int
take_shortest(struct fix *f, unsigned rule, const char *value)
{
	(void)rule;
	return take_length(value, &f->shortest);
}

/* "Idle:30m"; a state may have a colon. */
static int
take_filling(struct fix *f, unsigned rule, const char *value)
{
	char *state = hold(f, value), *colon = strrchr(state, ':');

	(void)rule;
	if (colon == NULL || colon == state)
		return -1;
	*colon = '\0';
	f->filling = state;
	return take_length(colon + 1, &f->most_filled);
}

static int
take_zone(struct fix *f, unsigned rule, const char *value)
{
	(void)rule;
	f->zone = zone_find(value, strlen(value));
	return f->zone != NULL ? 0 : -1;
}

/* The row of "RULE=POLICY", with or without a parameter; else how many there
 * are. */
static size_t
row_of(unsigned rule, const char *policy, const char *parameter)
{
	size_t i = 0;

	while (i < COUNT(choices) &&
	       (choices[i].rule != rule ||
		   strcmp(words[choices[i].policy], policy) != 0 ||
		   (choices[i].take != NULL) != (parameter != NULL)))
		i++;
	return i;
}

static int
can_repair(unsigned rule)
{
	for (size_t i = 0; i < COUNT(choices); i++)
		if (choices[i].rule == rule)
			return 1;
	return 0;
}

/* One "RULE=POLICY", or "RULE=POLICY:PARAMETER". */
static int
read_one(struct fix *f, const char *value)
{
	char *rule = xstrdup(value);
	char *policy = strchr(rule, '='), *parameter = NULL;
	unsigned id = FIX_CODES;
	size_t i = COUNT(choices);
	int failed = 0;

	if (policy != NULL) {
		*policy++ = '\0';
		parameter = strchr(policy, ':');
		if (parameter != NULL)
			*parameter++ = '\0';
		id = fix_code_find(rule);
		i = row_of(id, policy, parameter);
	}
	if (i < COUNT(choices) &&
	    (parameter == NULL || choices[i].take(f, id, parameter) == 0)) {
		f->policy[id] = choices[i].policy;
		f->any = 1;
	} else {
		failed = refuse(value, can_repair(id) ? id : FIX_CODES);
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

static int
knows(const struct select_list *states, enum rule_id rule, const char *word)
{
	if (select_has(states, word, strlen(word)))
		return 1;
	msg_warn("--fix %s: the state %s is not among --states",
	    rule_at(rule)->code, word);
	return 0;
}

int
fix_finish(const struct fix *f, const struct select_list *states, int allowed)
{
	for (unsigned id = 0; id < RULE_PAIRS; id++)
		for (size_t i = 0; i < f->priority[id].count; i++)
			if (!knows(states, id, f->priority[id].word[i]))
				return -1;
	if (f->policy[RULE_GAP] == FIX_NONE)
		return 0;
	if (!knows(states, RULE_GAP, f->filling))
		return -1;
	if (allowed)
		return 0;
	msg_warn("--fix gap=fill: what is filled in is estimated, so it would "
		 "be held back; give --allow-estimated as well");
	return -1;
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
