/* rule.h - the catalogue: what a stream of periods is held to. */

#ifndef VALIDATE_RULE_H
#define VALIDATE_RULE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/out.h"
#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"

/*
 * The four of a pair come first, in the order in which the first that fits
 * names it.  A rule's number is its row in the table; its code is what users
 * and other programs may rely on.
 */
enum rule_id {
	RULE_DUPLICATE,
	RULE_CONFLICT,
	RULE_CONTAINED,
	RULE_OVERLAP,
	RULE_GAP, /* from here on: of what follows what; withholds nothing */
	RULE_ADJACENT,
	RULE_ILLEGAL_TRANSITION,
	RULE_FLICKER,
	RULE_ZERO_LENGTH, /* from here on: of one record alone */
	RULE_NEGATIVE,
	RULE_TOO_SHORT,
	RULE_TOO_LONG,
	RULE_FUTURE,
	RULE_TOO_OLD,
	RULE_UNKNOWN_STATE,
	RULE_UNKNOWN_MACHINE,
	RULE_NEAR_MISS_MACHINE,
	RULE_TWO_PROJECTS, /* from here on: of other machines and times, too */
	RULE_COPIED_MACHINE,
	RULE_ESTIMATED,	      /* one that is held back */
	RULE_PROVIDER_OUTAGE, /* from here on: causes (cause.h) */
	RULE_MIDNIGHT_CUT,
	RULE_DST_SHIFT,
	RULE_ZONE_SHIFT,
	RULE_FROZEN_CLOCK,
	RULE_EXPORT_CUT,
	RULE_OFF_HOURS,
	RULE_LINES, /* the first of those of lines that are no records */
	RULE_COUNT = RULE_LINES + 12,
};

#define RULE_PAIRS RULE_GAP
#define RULE_ALONE RULE_ZERO_LENGTH
#define RULE_WIDE RULE_TWO_PROJECTS
#define RULE_CAUSES RULE_PROVIDER_OUTAGE

struct cause;

/* What time without a period is. */
enum rule_gaps {
	RULE_GAPS_UNSAID, /* forbidden where there is a limit */
	RULE_GAPS_ALLOW,
	RULE_GAPS_FORBID,
	RULE_GAPS_REQUIRE, /* periods must not come close */
};

/* What rules are held against; seconds. */
struct rule_limits {
	int gaps;	    /* enum rule_gaps */
	int64_t max_gap;    /* INT64_MAX: no limit */
	int64_t min_gap;    /* where gaps are required */
	int64_t min_length; /* of one period; 0: no limit */
	int64_t max_length; /* of one period */
	int64_t now;	    /* the clock */
	int64_t latest;	    /* the last end that is not in the future */
	int64_t earliest;   /* INSTANT_MIN: no limit */
	int64_t within;	    /* between two states that follow each other */
	int64_t changes;    /* so many within ${window} are no flicker */
	int64_t window;
	int64_t copied_periods; /* so many in a day are no chance */
};

/* What a rule looks at. */
struct rule_case {
	const struct rule_limits *limits;
	const struct names *names;
	const struct record *record;
	const struct record *other; /* the kept one it meets or follows */
	const struct cause *cause;  /* rules of causes: has all there is */
	int64_t price; /* seconds that it costs; set where it is told */
	int64_t days;  /* on which a machine is a copy */
	int known_state;
	int known_machine; /* true where there is no register */
	const char *like;  /* what it looks like in the register, or NULL */
};

/* The price of a record that is wrong as a whole: its length, in seconds. */
static inline int64_t
rule_whole(const struct rule_case *c)
{
	int64_t length = c->record->end - c->record->start;

	return length > 0 ? length : 0;
}

/* What a parameter is in a rules file, and in struct settings. */
enum rule_value {
	RULE_VALUE_LENGTH, /* "15m"; int64_t, seconds */
	RULE_VALUE_TIME,   /* "2025-01-15T08:00:00Z"; int64_t, seconds */
	RULE_VALUE_COUNT,  /* 6; int64_t, 1 to 1000 */
	RULE_VALUE_TRUTH,  /* true; int */
	RULE_VALUE_WORD,   /* "forbid"; int, its place from 1 in ${words} */
	RULE_VALUE_WORDS,  /* ["Working", "Idle"]; struct select_list */
	RULE_VALUE_TABLE,  /* { "Off": ["Idle"] }; struct select_table */
};

/* What a rule is held to, as the user may say it. */
struct rule_parameter {
	const char *name;   /* in a rules file; NULL ends a list of them */
	const char *option; /* on the command line; NULL: --rule has it */
	const char *line;   /* what it is, in one line */
	enum rule_value value;
	size_t at;		  /* where it is in struct settings */
	const char *const *words; /* to choose from; NULL ends them */
};

struct rule {
	const char *code;
	enum severity severity; /* unless the user says otherwise */
	int optional;		/* off unless the user asks for it */
	const char *line;	/* what it says, in one line */
	const char *reason;	/* why it matters */
	const char *remedy;	/* what to do about it */

	/*
	 * What breaks it: periods of 2025-01-15 between commas, "EX-1
	 * 08:00-09:00 Idle", or a line of a stream, or what a fleet did, in
	 * words; and the options that it takes, "" if none.  Tests see each
	 * ring.
	 */
	const char *example;
	const char *options;

	const struct rule_parameter *parameters; /* NULL: none */
	int needs_zone;	    /* it is about a local clock: --zone */
	int needs_calendar; /* it is about working time: --calendar */
	int needs_whole;    /* of the input, in record order: not --sorted */
	int needs_registry; /* it is about known machines: --machines */

	/*
	 * Rules of one record alone: true if the record breaks this one;
	 * ${price} gets the seconds it costs.  NULL where it takes more than
	 * one record to see it.
	 */
	int (*breaks)(const struct rule_case *, int64_t *price);

	/* Put what is wrong with this record, or what the cause is.  NULL for
	 * lines that are no records, whose reader says it. */
	void (*tell)(const struct rule_case *, struct buf *);
};

/* The rule of row ${id}. */
const struct rule *rule_at(unsigned id);

/* The row of ${code}, or RULE_COUNT. */
unsigned rule_find(const char *code);

/* True if it takes two records to break it, of which the other is told. */
int rule_is_of_two(unsigned id);

/* True if it is not looked for with --sorted. */
int rule_needs_whole(unsigned id);

/* "CODE<tab>severity<tab>line", a line a rule. */
void rule_list(struct out *out);

/* All rules as a JSON list, an object a line. */
void rule_list_json(struct out *out);

/* All that is to say about one. */
void rule_explain(struct out *out, unsigned id);

#endif
