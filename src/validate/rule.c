/* rule.c - the catalogue: what a stream of periods is held to. */

#include "config.h"

#include <string.h>

#include "validate/rule.h"
#include "validate/rule_conflict.h"
#include "validate/rule_contained.h"
#include "validate/rule_duplicate.h"
#include "validate/rule_estimated.h"
#include "validate/rule_future.h"
#include "validate/rule_gap.h"
#include "validate/rule_line.h"
#include "validate/rule_negative.h"
#include "validate/rule_overlap.h"
#include "validate/rule_too_long.h"
#include "validate/rule_too_old.h"
#include "validate/rule_unknown_state.h"
#include "validate/rule_zero_length.h"

static const struct rule *const rules[RULE_LINES] = {
	[RULE_DUPLICATE] = &rule_duplicate,
	[RULE_CONFLICT] = &rule_conflict,
	[RULE_CONTAINED] = &rule_contained,
	[RULE_OVERLAP] = &rule_overlap,
	[RULE_GAP] = &rule_gap,
	[RULE_ZERO_LENGTH] = &rule_zero_length,
	[RULE_NEGATIVE] = &rule_negative,
	[RULE_TOO_LONG] = &rule_too_long,
	[RULE_FUTURE] = &rule_future,
	[RULE_TOO_OLD] = &rule_too_old,
	[RULE_UNKNOWN_STATE] = &rule_unknown_state,
	[RULE_ESTIMATED] = &rule_estimated,
};

const struct rule *
rule_at(unsigned id)
{
	return id < RULE_LINES ? rules[id] : &rule_line[id - RULE_LINES];
}

unsigned
rule_find(const char *code)
{
	unsigned id = 0;

	while (id < RULE_COUNT && strcmp(rule_at(id)->code, code) != 0)
		id++;
	return id;
}

static void
put(struct out *out, const char *s)
{
	out_put(out, s, strlen(s));
}

void
rule_list(struct out *out)
{
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		const struct rule *rule = rule_at(id);

		put(out, rule->code);
		put(out, "\t");
		put(out, problem_word(rule->severity));
		put(out, "\t");
		put(out, rule->line);
		put(out, "\n");
	}
}

void
rule_explain(struct out *out, unsigned id)
{
	const struct rule *rule = rule_at(id);

	put(out, rule->code);
	put(out, " (");
	put(out, problem_word(rule->severity));
	put(out, "): ");
	put(out, rule->line);
	put(out, "\n\nWhy: ");
	put(out, rule->reason);
	put(out, "\nWhat to do: ");
	put(out, rule->remedy);
	put(out, "\n");
}
