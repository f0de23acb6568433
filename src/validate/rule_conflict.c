/* rule_conflict.c - one period in two states. */

#include "config.h"

#include "validate/rule_conflict.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " is there already as ");
	say_other(b, c->names, c->other);
	buf_puts(b, "; only one can be true");
}

const struct rule rule_conflict = {
	.code = "conflict",
	.severity = SEVERITY_ERROR,
	.line = "the same period in another state",
	.reason =
	    "A machine is in one state at a time; both hours would count.",
	.remedy = "Find out which state is true and take the other period out; "
		  "often two words of the vendor mean one state. Where one "
		  "of two is always right, --fix conflict=priority says so.",
	.example = "EX-1 08:00-09:00 Idle, EX-1 08:00-09:00 Working",
	.options = "",
	.tell = tell,
};
