/* settings_take.c - options of the command line that are settings. */

#include "config.h"

#include <string.h>

#include "base/msg.h"
#include "validate/settings.h"

static int
take_allow_estimated(struct settings *s, const char *value)
{
	(void)value;
	s->allow_estimated = 1;
	return 0;
}

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
take_earliest(struct settings *s, const char *value)
{
	return settings_time("--earliest", value, &s->limits.earliest);
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
take_max_gap(struct settings *s, const char *value)
{
	return settings_duration("--max-gap", value, &s->limits.max_gap);
}

static int
take_max_length(struct settings *s, const char *value)
{
	return settings_duration("--max-length", value, &s->limits.max_length);
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
	{ "allow-estimated", take_allow_estimated },
	{ "calendar", take_calendar },
	{ "earliest", take_earliest },
	{ "fail-level", settings_fail },
	{ "fix", take_fix },
	{ "from", take_from },
	{ "machine", take_machine },
	{ "max-gap", take_max_gap },
	{ "max-gap-total", take_gap_total },
	{ "max-length", take_max_length },
	{ "max-overlap-total", take_overlap_total },
	{ "now", take_now },
	{ "only", settings_only },
	{ "project", take_project },
	{ "report-only", take_report_only },
	{ "rule", settings_rule },
	{ "state", take_state },
	{ "states", settings_states },
	{ "to", take_to },
	{ "zone", settings_zone },
};

int
settings_take(struct settings *s, const char *option, const char *value)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(rows[i].name, option) == 0)
			return rows[i].take(s, value);
	return 0;
}
