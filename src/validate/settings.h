/* settings.h - what the user wants held, how strictly, of which records. */

#ifndef VALIDATE_SETTINGS_H
#define VALIDATE_SETTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"
#include "record/problem.h"
#include "validate/calendar.h"
#include "validate/fix.h"
#include "validate/quota.h"
#include "validate/registry.h"
#include "validate/rule.h"
#include "validate/select.h"

struct json;

struct settings {
	struct rule_limits limits;
	enum severity severity[RULE_COUNT]; /* by rule */
	int asked[RULE_COUNT];		    /* by name */
	int only[RULE_COUNT];		    /* named by --only */
	int has_only;
	enum severity fail; /* findings from here on fail; one above error is
			       never */
	struct select select;
	struct select_list states;	 /* those that are known */
	struct select_table transitions; /* a state, and what may follow it */
	const struct zone *zone;	 /* of local clocks; NULL: not said */
	struct registry *registry;	 /* of machines; NULL: none */
	struct calendar *calendar;	 /* of working time; NULL: all of it */
	struct select_list told; /* files that are reported; none: all */
	int allow_estimated;
	int sorted; /* by the user: the whole input is never there */
	struct fix fix;
	int careful;   /* hold every record to every rule, one by one: for the
			  tests that hold both roads to one answer */
	uint64_t show; /* findings printed of each code */
	struct json *ruleset; /* the rules file, whose texts lists hold */
	struct quota overlap_total, gap_total;
	size_t samples; /* findings that reports have of each code */
	char **held;	/* other texts that lists hold */
	size_t helds;
};

/* The rules as they are unless the user says otherwise. */
void settings_default(struct settings *s);

/* Rule ${id} was given a severity by name.  0, or -1 where it cannot be off:
 * a line that is no record cannot go on. */
int settings_severity(struct settings *s, unsigned id, enum severity severity);

/* Keep ${text}, which lists are made of, until settings_free; takes it. */
void settings_hold(struct settings *s, char *text);

/*
 * Take "CODE=SEVERITY" or "CODE.PARAMETER=VALUE", codes between commas for
 * --only, a severity for --fail-level, the zone of local clocks, a time with
 * its zone.  0, or -1 after a message that starts with ${option}.
 */
int settings_rule(struct settings *s, const char *value);
int settings_only(struct settings *s, const char *value);
int settings_fail(struct settings *s, const char *value);
int settings_zone(struct settings *s, const char *value);
int settings_time(const char *option, const char *value, int64_t *seconds);

/*
 * Take ${option} ("max-gap") of the command line with its ${value}, which
 * must live as long as ${s}; NULL where it takes none.  What is no setting is
 * passed over.  0, or -1 after a message.
 */
int settings_take(struct settings *s, const char *option, const char *value);

/* The input will not be whole before records go on (--sorted).  0, or -1 after
 * a message where a rule that needs it was asked for. */
int settings_sorted(struct settings *s);

/* All is said: what hangs together is put together.  0, or -1 after a
 * message about what cannot be meant. */
int settings_finish(struct settings *s);

/* The zone of local days: UTC where none was said. */
const struct zone *settings_local(const struct settings *s);

/* Give the lists back.  NULL is welcome. */
void settings_free(struct settings *s);

#endif
