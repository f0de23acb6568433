/* rule_adjacent.c - two periods that are one. */

#include "config.h"

#include "validate/rule_adjacent.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " goes on with ");
	say_other(b, c->names, c->other);
	buf_puts(b, "; they could be one");
}

const struct rule rule_adjacent = {
	.code = "adjacent",
	.severity = SEVERITY_NOTE,
	.optional = 1,
	.line = "a period that goes on with the state of the one before",
	.reason = "Nothing is wrong with it, but one period would say the "
		  "same in fewer records.",
	.remedy = "Ask for it where records are many: a vendor that cuts at "
		  "each report, or at midnight.",
	.example = "EX-1 08:00-09:00 Idle, EX-1 09:00-10:00 Idle",
	.options = "--rule adjacent=note",
	.tell = tell,
};
