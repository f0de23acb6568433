/* settings.c - what the user wants held, how strictly, of which records. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/parameter.h"
#include "validate/settings.h"
#include "json/json.h"

#define LENGTH (24 * 3600)

/* Clocks of trackers run a little fast. */
#define AHEAD (5 * 60)

#define SHOW 100

/* No machine changes its state so often in a minute. */
#define CHANGES 6
#define MINUTE 60

/* So many that begin together are no chance. */
#define COPIED 5

static const char *const states[] = { "Working", "Idle", "Moving" };

void
settings_default(struct settings *s)
{
	*s = (struct settings){ 0 };
	s->limits = (struct rule_limits){ .max_gap = INT64_MAX,
		.min_gap = 1,
		.max_length = LENGTH,
		.now = INSTANT_NONE,
		.earliest = INSTANT_MIN,
		.within = MINUTE,
		.changes = CHANGES,
		.window = MINUTE,
		.copied_periods = COPIED };
	for (unsigned id = 0; id < RULE_COUNT; id++)
		if (!rule_at(id)->optional)
			s->severity[id] = rule_at(id)->severity;
	s->fail = SEVERITY_ERROR;
	s->show = s->samples = SHOW;
	select_all(&s->select);
}

void
settings_hold(struct settings *s, char *text)
{
	s->held = xreallocarray(s->held, s->helds + 1, sizeof *s->held);
	s->held[s->helds++] = text;
}

int
settings_severity(struct settings *s, unsigned id, enum severity severity)
{
	if (id >= RULE_LINES && severity == SEVERITY_OFF)
		return -1;
	s->severity[id] = severity;
	s->asked[id] = 1;
	return 0;
}

/* "CODE.PARAMETER=VALUE", whose ${equals} and dot are known. */
static int
set_parameter(
    struct settings *s, const char *value, const char *dot, const char *equals)
{
	char *code = xstrndup(value, (size_t)(dot - value));
	char *name = xstrndup(dot + 1, (size_t)(equals - dot - 1));
	unsigned id = rule_find(code);
	const struct rule_parameter *p =
	    id < RULE_COUNT ? parameter_find(rule_at(id), name) : NULL;
	struct buf must = { 0 };
	int failed = -1;

	if (p == NULL)
		msg_warn("--rule %s: no such parameter; --explain CODE names "
			 "those of a rule",
		    value);
	else if ((failed = parameter_take(p, s, equals + 1)) != 0) {
		parameter_must(p, &must);
		msg_warn("--rule %s: this must be %s", value, buf_text(&must));
	}
	free(code);
	free(name);
	buf_free(&must);
	return failed;
}

int
settings_rule(struct settings *s, const char *value)
{
	const char *equals = strchr(value, '='), *dot = strchr(value, '.');
	enum severity severity;
	unsigned id;
	char *code;

	if (equals != NULL && dot != NULL && dot < equals)
		return set_parameter(s, value, dot, equals);
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
	if (settings_severity(s, id, severity) != 0) {
		msg_warn("--rule %s: a line that is no record cannot go on, so "
			 "it is never off; note is the least",
		    value);
		return -1;
	}
	return 0;
}

int
settings_only(struct settings *s, const char *value)
{
	char *words = xstrdup(value), *rest = words, *code;
	int failed = 0;

	while (!failed && (code = strsep(&rest, ",")) != NULL) {
		unsigned id = rule_find(code);

		if (id == RULE_COUNT) {
			msg_warn("--only %s: no rule '%s'; --list-rules names "
				 "them",
			    value, code);
			failed = -1;
		} else {
			s->only[id] = 1;
			s->has_only = 1;
		}
	}
	free(words);
	return failed;
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
settings_zone(struct settings *s, const char *value)
{
	s->zone = zone_find(value, strlen(value));
	if (s->zone != NULL)
		return 0;
	msg_warn("--zone %s: give the name of a zone such as Europe/Oslo, or "
		 "+01:00",
	    value);
	return -1;
}

int
settings_time(const char *option, const char *value, int64_t *seconds)
{
	if (parameter_time(value, seconds) == 0)
		return 0;
	msg_warn("%s %s: give a time with its zone such as "
		 "2025-01-15T08:00:00Z or 2025-01-15T08:00:00+01:00",
	    option, value);
	return -1;
}

/* A rule that was turned on by name must have something to hold to. */
static int
needs(const struct settings *s, enum rule_id id, int has)
{
	const struct rule_parameter *p = rule_at(id)->parameters;

	if (has || !s->asked[id] || s->severity[id] == SEVERITY_OFF)
		return 0;
	if (p->option != NULL)
		msg_warn("the rule %s needs %s, or %s in the rules file",
		    rule_at(id)->code, p->option, p->name);
	else
		msg_warn("the rule %s needs %s in the rules file",
		    rule_at(id)->code, p->name);
	return -1;
}

/* The option that a rule needs and lacks, or NULL. */
static const char *
lacks(const struct settings *s, const struct rule *rule)
{
	if (rule->needs_zone && s->zone == NULL)
		return "--zone";
	if (rule->needs_calendar && s->calendar == NULL)
		return "--calendar";
	if (rule->needs_registry && s->registry == NULL)
		return "--machines";
	return NULL;
}

/* The same of what no parameter says. */
static int
needs_context(const struct settings *s)
{
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		const char *option = lacks(s, rule_at(id));

		if (!s->asked[id] || s->severity[id] == SEVERITY_OFF ||
		    option == NULL)
			continue;
		msg_warn("the rule %s needs %s", rule_at(id)->code, option);
		return -1;
	}
	return 0;
}

/* What --only did not name is off, whatever else was said of it; what it
 * named is on. */
static void
leave_only(struct settings *s)
{
	for (unsigned id = 0; id < RULE_LINES; id++) {
		s->asked[id] = s->only[id];
		if (!s->only[id])
			s->severity[id] = SEVERITY_OFF;
		else if (s->severity[id] == SEVERITY_OFF)
			s->severity[id] = rule_at(id)->severity;
	}
}

int
settings_sorted(struct settings *s)
{
	s->sorted = 1;
	for (unsigned id = 0; id < RULE_COUNT; id++)
		if (rule_at(id)->needs_whole && s->asked[id] &&
		    s->severity[id] != SEVERITY_OFF) {
			msg_warn("the rule %s needs all of the input: leave "
				 "--sorted out",
			    rule_at(id)->code);
			return -1;
		}
	return 0;
}

int
settings_finish(struct settings *s)
{
	struct rule_limits *l = &s->limits;

	if (s->has_only)
		leave_only(s);
	if (needs_context(s) != 0 ||
	    needs(s, RULE_GAP,
		l->max_gap != INT64_MAX || l->gaps != RULE_GAPS_UNSAID) != 0 ||
	    needs(s, RULE_TOO_OLD, l->earliest != INSTANT_MIN) != 0 ||
	    needs(s, RULE_TOO_SHORT, l->min_length > 0) != 0 ||
	    needs(s, RULE_ILLEGAL_TRANSITION, s->transitions.count > 0) != 0)
		return -1;
	if (s->transitions.count == 0)
		s->severity[RULE_ILLEGAL_TRANSITION] = SEVERITY_OFF;
	if (l->gaps == RULE_GAPS_UNSAID && l->max_gap != INT64_MAX)
		l->gaps = RULE_GAPS_FORBID;
	if (l->max_gap == INT64_MAX && l->gaps == RULE_GAPS_FORBID)
		l->max_gap = 0;
	if (quota_is_set(&s->gap_total) && l->gaps != RULE_GAPS_FORBID) {
		msg_warn("--max-gap-total: needs --max-gap, or no gap is "
			 "looked for");
		return -1;
	}
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
	return fix_finish(&s->fix, &s->states, s->allow_estimated);
}

const struct zone *
settings_local(const struct settings *s)
{
	return s->zone != NULL ? s->zone : zone_find("UTC", 3);
}

void
settings_free(struct settings *s)
{
	if (s == NULL)
		return;
	select_free(&s->select);
	fix_free(&s->fix);
	free(s->states.word);
	s->states = (struct select_list){ 0 };
	free(s->told.word);
	s->told = (struct select_list){ 0 };
	registry_free(s->registry);
	s->registry = NULL;
	calendar_free(s->calendar);
	s->calendar = NULL;
	select_clear(&s->transitions);
	for (size_t i = 0; i < s->helds; i++)
		free(s->held[i]);
	free(s->held);
	s->held = NULL;
	s->helds = 0;
	json_free(s->ruleset);
	s->ruleset = NULL;
}
