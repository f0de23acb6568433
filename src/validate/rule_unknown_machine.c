/* rule_unknown_machine.c - a machine that is not in the register. */

#include "config.h"

#include "validate/rule_unknown_machine.h"
#include "validate/say.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	*price = rule_whole(c);
	return !c->known_machine && c->like == NULL;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_puts(b, " is not among --machines; is it new, or another's?");
}

const struct rule rule_unknown_machine = {
	.code = "unknown-machine",
	.severity = SEVERITY_ERROR,
	.line = "a machine that is not among --machines",
	.reason = "Hours of a machine that the site does not have are lost, or "
		  "count for somebody else's.",
	.remedy = "Add the machine to the register, or map the vendor's id to "
		  "one of it where the file is parsed (--machines of "
		  "ditio-parse).",
	.example = "EX-9 08:00-09:00 Idle",
	.options = "--machines samples/machines.csv",
	.needs_registry = 1,
	.breaks = breaks,
	.tell = tell,
};
