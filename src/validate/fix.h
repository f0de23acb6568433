/* fix.h - what the user wants repaired, and how. */

#ifndef VALIDATE_FIX_H
#define VALIDATE_FIX_H

#include <stdint.h>

#include "base/zone.h"
#include "record/names.h"
#include "validate/rule.h"
#include "validate/select.h"

enum fix_policy {
	FIX_NONE,	  /* it stays a finding */
	FIX_DROP,	  /* the record that is too many; or both */
	FIX_TRIM,	  /* the later record's start */
	FIX_KEEP_FIRST,	  /* the later record goes */
	FIX_KEEP_LAST,	  /* the earlier one goes */
	FIX_SPLIT,	  /* the outer one, around the inner */
	FIX_PRIORITY,	  /* the state that was named first keeps its time */
	FIX_MERGE,	  /* with its neighbour */
	FIX_FILL,	  /* with a state, as estimated */
	FIX_CUT_MIDNIGHT, /* at local midnights */
};

/* What is repaired and is no rule: rows behind those of the rules. */
enum fix_code {
	FIX_ADJACENT = RULE_COUNT,
	FIX_TOO_SHORT,
	FIX_CODES,
};

/* = {0} repairs nothing. */
struct fix {
	enum fix_policy policy[FIX_CODES];	 /* by rule, or fix_code */
	struct select_list priority[RULE_PAIRS]; /* states, best first */
	int64_t shortest;			 /* what is shorter is merged */
	int64_t most_filled;	 /* the longest gap that is filled */
	const char *filling;	 /* the state for it */
	const struct zone *zone; /* whose midnights cut */
	int any;
	char **text; /* what the states are part of */
	size_t texts;
};

/*
 * Take "RULE=POLICY,..." or "safe", after those that were taken before.  0,
 * or -1 after a message that says what there is.
 */
int fix_read(struct fix *f, const char *value);

/* All was taken: each state that was named must be one of ${states}, and what
 * is filled is estimated, so that must be ${allowed}.  0, or -1 after a
 * message. */
int fix_finish(
    const struct fix *f, const struct select_list *states, int allowed);

/* The code of a rule or a fix_code; and the number of a code, or FIX_CODES. */
const char *fix_code(unsigned id);
unsigned fix_code_find(const char *code);

/* A policy's word: "trim"; and the policy of a word, or FIX_NONE. */
const char *fix_word(enum fix_policy policy);
enum fix_policy fix_find(const char *word);

/* How far back ${state} stands in the priority of a rule; 0 is first, those
 * that were not named share the last place. */
size_t fix_rank(const struct fix *f, enum rule_id rule, const struct names *n,
    uint32_t state);

/* NULL is welcome. */
void fix_free(struct fix *f);

#endif
