/* rule_gap.c - time without a period. */

#include "config.h"

#include "validate/rule_gap.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	if (c->limits->gaps == RULE_GAPS_REQUIRE) {
		buf_putc(b, ' ');
		say_period(b, c->names, c->record);
		buf_puts(b, " begins less than ");
		say_length(b, c->limits->min_gap);
		buf_puts(b, " after the end of ");
		say_other(b, c->names, c->other);
		return;
	}
	buf_puts(b, " has no period for ");
	say_length(b, c->price);
	if (c->price != c->record->start - c->other->end)
		buf_puts(b, " of working time");
	buf_puts(b, ", from ");
	say_instant(b, c->other->end);
	buf_puts(b, " to ");
	say_instant(b, c->record->start);
	buf_puts(b, "; is a file or a day missing?");
}

static const char *const gaps[] = { "allow", "forbid", "require", NULL };

static const struct rule_parameter parameters[] = {
	{ .name = "maxGap",
	    .option = "--max-gap",
	    .line = "longest time without a period that is no gap; 0s if "
		    "--gaps forbid says no more",
	    .value = RULE_VALUE_LENGTH,
	    .at = offsetof(struct settings, limits.max_gap) },
	{ .name = "policy",
	    .option = "--gaps",
	    .line = "what gaps are: allow, forbid, or require them between "
		    "all periods",
	    .value = RULE_VALUE_WORD,
	    .at = offsetof(struct settings, limits.gaps),
	    .words = gaps },
	{ .name = "minGap",
	    .option = "--min-gap",
	    .line = "shortest gap where they are required, 1s if not said",
	    .value = RULE_VALUE_LENGTH,
	    .at = offsetof(struct settings, limits.min_gap) },
	{ 0 },
};

const struct rule rule_gap = {
	.code = "gap",
	.severity = SEVERITY_WARNING,
	.line = "no period for longer than --max-gap, or as --gaps has it",
	.reason = "Time that no period covers is missing from every sum: a "
		  "tracker was silent, a file is missing, or its rows were "
		  "refused.",
	.remedy = "Look for a missing file or day. Gaps that are right "
		  "(nights, weekends) want a --calendar, or a longer "
		  "--max-gap; what is surely one state, --fix gap=fill.",
	.example = "EX-1 08:00-09:00 Idle, EX-1 10:00-11:00 Idle",
	.options = "--max-gap 15m",
	.parameters = parameters,
	.tell = tell,
};
