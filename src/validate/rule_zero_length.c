/* rule_zero_length.c - an empty period. */

#include "config.h"

#include "validate/rule_zero_length.h"
#include "validate/say.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	*price = 0;
	return c->record->end == c->record->start;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	names_put_state(c->names, c->record->state, b);
	buf_puts(b, " starts and ends at ");
	say_instant(b, c->record->start);
	buf_puts(b, "; drop it");
}

const struct rule rule_zero_length = {
	.code = "zero-length",
	.severity = SEVERITY_ERROR,
	.line = "a period that ends when it starts",
	.reason = "It says nothing of any time and the import may refuse a "
		  "whole batch for it.",
	.remedy = "Drop it; --fix safe does. Many of them mean that times were "
		  "cut to minutes or days.",
	.example = "EX-1 08:00-08:00 Idle",
	.options = "",
	.breaks = breaks,
	.tell = tell,
};
