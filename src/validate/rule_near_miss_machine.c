/* rule_near_miss_machine.c - a machine that looks like one of the register. */

#include "config.h"

#include "validate/rule_near_miss_machine.h"
#include "validate/say.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	*price = rule_whole(c);
	return !c->known_machine && c->like != NULL;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_puts(b, " is not among --machines; is ");
	buf_puts(b, c->like);
	buf_puts(b, " meant?");
}

const struct rule rule_near_miss_machine = {
	.code = "near-miss-machine",
	.severity = SEVERITY_ERROR,
	.line = "a machine that is not among --machines, but looks like one",
	.reason = "An id that lost a sign, a zero or its case on the way is "
		  "another machine to every program after this one.",
	.remedy = "Map the vendor's id where the file is parsed (--machines "
		  "of ditio-parse), or correct the register.",
	.example = "ex0701 08:00-09:00 Idle",
	.options = "--machines samples/machines.csv",
	.needs_registry = 1,
	.breaks = breaks,
	.tell = tell,
};
