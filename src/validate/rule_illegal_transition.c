/* rule_illegal_transition.c - a state after one that it cannot follow. */

#include "config.h"

#include "validate/rule_illegal_transition.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " cannot follow ");
	say_other(b, c->names, c->other);
}

static const struct rule_parameter parameters[] = {
	{ .name = "allowed",
	    .line =
		"for a state, those that may follow it; of a state that is not "
		"named, all may",
	    .value = RULE_VALUE_TABLE,
	    .at = offsetof(struct settings, transitions) },
	{ .name = "within",
	    .line = "longest time between two that follow each other, 1m if "
		    "not said",
	    .value = RULE_VALUE_LENGTH,
	    .at = offsetof(struct settings, limits.within) },
	{ 0 },
};

const struct rule rule_illegal_transition = {
	.code = "illegal-transition",
	.severity = SEVERITY_WARNING,
	.line = "a state after one that it cannot follow",
	.reason = "Where a machine must be idle before it works, work right "
		  "after rest means that a period was lost or a state "
		  "mapped to the wrong word.",
	.remedy = "Look at the vendor's rows between the two, and at the "
		  "mapping of states.",
	.example = "EX-1 08:00-09:00 Off, EX-1 09:00-10:00 Working",
	.options = "--rules samples/rules.json",
	.parameters = parameters,
	.tell = tell,
};
