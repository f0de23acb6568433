/* settings_take.c - options of the command line that are settings. */

#include "config.h"

#include <string.h>

#include "base/msg.h"
#include "validate/parameter.h"
#include "validate/settings.h"

static int
take_calendar(struct settings *s, const char *value)
{
	if (s->calendar != NULL) {
		msg_warn("--calendar %s: give one file", value);
		return -1;
	}
	s->calendar = calendar_read(value);
	return s->calendar != NULL ? 0 : -1;
}

static int
take_fix(struct settings *s, const char *value)
{
	return fix_read(&s->fix, value);
}

static int
take_from(struct settings *s, const char *value)
{
	return settings_time("--from", value, &s->select.from);
}

static int
take_machine(struct settings *s, const char *value)
{
	select_add(&s->select.machines, value);
	return 0;
}

static int
take_machines(struct settings *s, const char *value)
{
	if (s->registry != NULL) {
		msg_warn("--machines %s: give one file", value);
		return -1;
	}
	s->registry = registry_read(value);
	return s->registry != NULL ? 0 : -1;
}

static int
take_gap_total(struct settings *s, const char *value)
{
	return quota_take(&s->gap_total, "--max-gap-total", "gaps", value);
}

static int
take_overlap_total(struct settings *s, const char *value)
{
	return quota_take(
	    &s->overlap_total, "--max-overlap-total", "overlaps", value);
}

static int
take_now(struct settings *s, const char *value)
{
	return settings_time("--now", value, &s->limits.now);
}

static int
take_project(struct settings *s, const char *value)
{
	select_add(&s->select.projects, value);
	return 0;
}

static int
take_report_only(struct settings *s, const char *value)
{
	select_add(&s->told, value);
	return 0;
}

static int
take_state(struct settings *s, const char *value)
{
	select_add(&s->select.states, value);
	return 0;
}

static int
take_to(struct settings *s, const char *value)
{
	return settings_time("--to", value, &s->select.to);
}

static const struct {
	const char *name;
	int (*take)(struct settings *, const char *value);
} rows[] = {
	{ "calendar", take_calendar },
	{ "fail-level", settings_fail },
	{ "fix", take_fix },
	{ "from", take_from },
	{ "machine", take_machine },
	{ "machines", take_machines },
	{ "max-gap-total", take_gap_total },
	{ "max-overlap-total", take_overlap_total },
	{ "now", take_now },
	{ "only", settings_only },
	{ "project", take_project },
	{ "report-only", take_report_only },
	{ "rule", settings_rule },
	{ "state", take_state },
	{ "to", take_to },
	{ "zone", settings_zone },
};

/* The parameter of a rule that has this option, or NULL. */
static const struct rule_parameter *
parameter_of(const char *option)
{
	for (unsigned id = 0; id < RULE_LINES; id++) {
		const struct rule_parameter *p = rule_at(id)->parameters;

		for (; p != NULL && p->name != NULL; p++)
			if (p->option != NULL &&
			    strcmp(p->option + strlen("--"), option) == 0)
				return p;
	}
	return NULL;
}

/* An option without a value is true. */
static int
take_parameter(
    const struct rule_parameter *p, struct settings *s, const char *value)
{
	struct buf must = { 0 };

	if (parameter_take(p, s, value != NULL ? value : "true") == 0)
		return 0;
	parameter_must(p, &must);
	msg_warn("%s %s: give %s", p->option, value, buf_text(&must));
	buf_free(&must);
	return -1;
}

int
settings_take(struct settings *s, const char *option, const char *value)
{
	const struct rule_parameter *p = parameter_of(option);

	if (p != NULL)
		return take_parameter(p, s, value);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(rows[i].name, option) == 0)
			return rows[i].take(s, value);
	return 0;
}
