/* rule_estimated.c - an amount whose place is not known. */

#include "config.h"

#include "validate/rule_estimated.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " is estimated and held back; --allow-estimated lets it "
		    "pass");
}

static const struct rule_parameter parameters[] = {
	{ .name = "allow",
	    .option = "--allow-estimated",
	    .line = "let them pass",
	    .value = RULE_VALUE_TRUTH,
	    .at = offsetof(struct settings, allow_estimated) },
	{ 0 },
};

const struct rule rule_estimated = {
	.code = "estimated",
	.severity = SEVERITY_WARNING,
	.line = "an estimated period, held back unless --allow-estimated",
	.reason = "Its amount is known, its place in time is not: a daily "
		  "total laid out in the order it was written. Delivered, it "
		  "cannot be taken back when better data comes.",
	.remedy = "Poll the counters more often, or take it as it is with "
		  "--allow-estimated.",
	.example = "EX-1 08:00-09:00 Idle estimated",
	.options = "",
	.parameters = parameters,
	.tell = tell,
};
