/* settings.c - what the user wants held, how strictly, of which records. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/settings.h"

#define LENGTH (24 * 3600)

/* Clocks of trackers run a little fast. */
#define AHEAD (5 * 60)

#define SHOW 100

static const char *const states[] = { "Working", "Idle", "Moving" };

void
settings_default(struct settings *s)
{
	*s = (struct settings){ 0 };
	s->limits = (struct rule_limits){ .max_gap = INT64_MAX,
		.max_length = LENGTH,
		.now = INSTANT_NONE,
		.earliest = INSTANT_MIN };
	for (unsigned id = 0; id < RULE_COUNT; id++)
		s->severity[id] = rule_at(id)->severity;
	s->fail = SEVERITY_ERROR;
	s->show = SHOW;
	select_all(&s->select);
}

int
settings_rule(struct settings *s, const char *value)
{
	const char *equals = strchr(value, '=');
	enum severity severity;
	unsigned id;
	char *code;

	if (equals == NULL || problem_severity(equals + 1, &severity) != 0) {
		msg_warn(
		    "--rule %s: give CODE=off, note, warning or error", value);
		return -1;
	}
	code = xstrndup(value, (size_t)(equals - value));
	id = rule_find(code);
	free(code);
	if (id == RULE_COUNT) {
		msg_warn(
		    "--rule %s: no such rule; --list-rules names them", value);
		return -1;
	}
	if (id >= RULE_LINES && severity == SEVERITY_OFF) {
		msg_warn("--rule %s: a line that is no record cannot go on, so "
			 "it is never off; note is the least",
		    value);
		return -1;
	}
	s->severity[id] = severity;
	s->asked[id] = 1;
	return 0;
}

int
settings_fail(struct settings *s, const char *value)
{
	if (strcmp(value, "never") == 0) {
		s->fail = SEVERITY_ERROR + 1;
		return 0;
	}
	if (problem_severity(value, &s->fail) == 0 && s->fail != SEVERITY_OFF)
		return 0;
	msg_warn("--fail-level %s: give note, warning, error or never", value);
	return -1;
}

int
settings_states(struct settings *s, const char *value)
{
	char *rest, *word;

	free(s->states.word);
	free(s->state_words);
	s->states = (struct select_list){ 0 };
	rest = s->state_words = xstrdup(value);
	while ((word = strsep(&rest, ",")) != NULL) {
		if (*word == '\0') {
			msg_warn(
			    "--states %s: give words between commas", value);
			return -1;
		}
		select_add(&s->states, word);
	}
	return 0;
}

int
settings_duration(const char *option, const char *value, int64_t *seconds)
{
	int64_t ms;

	if (duration_read(value, &ms) != 0 || ms % 1000 != 0) {
		msg_warn("%s %s: give a length of whole seconds such as 90s, "
			 "15m, 2h or 1d",
		    option, value);
		return -1;
	}
	*seconds = ms / 1000;
	return 0;
}

int
settings_time(const char *option, const char *value, int64_t *seconds)
{
	int64_t ms;

	if (instant_read(value, strlen(value), &ms, NULL) != INSTANT_OK) {
		msg_warn("%s %s: give a time with its zone such as "
			 "2025-01-15T08:00:00Z or 2025-01-15T08:00:00+01:00",
		    option, value);
		return -1;
	}
	*seconds = instant_floor(ms);
	return 0;
}

/* A rule that was turned on by name must have something to hold to. */
static int
needs(const struct settings *s, enum rule_id id, int has, const char *option)
{
	if (has || !s->asked[id] || s->severity[id] == SEVERITY_OFF)
		return 0;
	msg_warn("--rule %s=%s: needs %s", rule_at(id)->code,
	    problem_word(s->severity[id]), option);
	return -1;
}

int
settings_finish(struct settings *s)
{
	struct rule_limits *l = &s->limits;

	if (needs(s, RULE_GAP, l->max_gap != INT64_MAX, "--max-gap") != 0 ||
	    needs(s, RULE_TOO_OLD, l->earliest != INSTANT_MIN, "--earliest") !=
		0)
		return -1;
	if (s->select.from >= s->select.to) {
		msg_warn("--from must lie before --to");
		return -1;
	}
	if (l->now == INSTANT_NONE)
		l->now = instant_now();
	l->latest = l->now + AHEAD;
	if (s->states.count == 0)
		for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
			select_add(&s->states, states[i]);
	return 0;
}

void
settings_free(struct settings *s)
{
	if (s == NULL)
		return;
	select_free(&s->select);
	free(s->states.word);
	free(s->state_words);
	s->states = (struct select_list){ 0 };
	s->state_words = NULL;
}
