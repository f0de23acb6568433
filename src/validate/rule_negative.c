/* rule_negative.c - a period that ends before it starts. */

#include "config.h"

#include "validate/rule_negative.h"
#include "validate/say.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	*price = c->record->start - c->record->end;
	return c->record->end < c->record->start;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " ends before it starts; are they swapped?");
}

const struct rule rule_negative = {
	.code = "negative",
	.severity = SEVERITY_ERROR,
	.line = "a period that ends before it starts",
	.reason = "It takes time away from every sum.",
	.remedy = "Start and end may be swapped, or a clock time after "
		  "midnight was read as of the day before (endBeforeStart in "
		  "the profile).",
	.example = "EX-1 09:00-08:00 Idle",
	.options = "",
	.breaks = breaks,
	.tell = tell,
};
