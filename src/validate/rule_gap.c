/* rule_gap.c - time without a period. */

#include "config.h"

#include "validate/rule_gap.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
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

static const struct rule_parameter parameters[] = {
	{ "maxGap", "--max-gap", "longest time without a period that is no gap",
	    RULE_VALUE_LENGTH, offsetof(struct settings, limits.max_gap) },
	{ 0 },
};

const struct rule rule_gap = {
	.code = "gap",
	.severity = SEVERITY_WARNING,
	.line = "no period for longer than --max-gap",
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
