/* fix.h - what the user wants repaired, and how. */

#ifndef VALIDATE_FIX_H
#define VALIDATE_FIX_H

#include <stdint.h>

#include "record/names.h"
#include "validate/rule.h"
#include "validate/select.h"

enum fix_policy {
	FIX_NONE,	/* it stays a finding */
	FIX_DROP,	/* the record that is too many; or both */
	FIX_TRIM,	/* the later record's start */
	FIX_KEEP_FIRST, /* the later record goes */
	FIX_KEEP_LAST,	/* the earlier one goes */
	FIX_SPLIT,	/* the outer one, around the inner */
	FIX_PRIORITY,	/* the state that was named first keeps its time */
};

/* = {0} repairs nothing. */
struct fix {
	enum fix_policy policy[RULE_LINES];
	struct select_list priority[RULE_PAIRS]; /* states, best first */
	int any;
	char **text; /* what the states are part of */
	size_t texts;
};

/*
 * Take "RULE=POLICY,..." or "safe", after those that were taken before.  0,
 * or -1 after a message that says what there is.
 */
int fix_read(struct fix *f, const char *value);

/* All was taken: each state that has a priority must be one of ${states}.  0,
 * or -1 after a message. */
int fix_finish(const struct fix *f, const struct select_list *states);

/* A policy's word: "trim". */
const char *fix_word(enum fix_policy policy);

/* How far back ${state} stands in the priority of a rule; 0 is first, those
 * that were not named share the last place. */
size_t fix_rank(const struct fix *f, enum rule_id rule, const struct names *n,
    uint32_t state);

/* NULL is welcome. */
void fix_free(struct fix *f);

#endif
