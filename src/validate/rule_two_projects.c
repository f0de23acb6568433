/* rule_two_projects.c - a machine in two projects at once. */

#include "config.h"

#include "record/write.h"
#include "validate/rule_two_projects.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " in project ");
	names_put_part(c->names, c->record->owner, NAMES_PROJECT, b);
	buf_puts(b, " is at the same time in project ");
	names_put_part(c->names, c->other->owner, NAMES_PROJECT, b);
	if (c->other->file != NAMES_NONE) {
		buf_puts(b, ", see ");
		write_source(b, c->names, c->other);
	}
}

const struct rule rule_two_projects = {
	.code = "two-projects",
	.severity = SEVERITY_ERROR,
	.needs_whole = 1,
	.line = "a machine that is in two projects at once",
	.reason = "A machine is in one place at a time; its hours would count "
		  "in both projects.",
	.remedy = "Say in the machine table from when to when it is in which "
		  "project. The one that comes later in record order is "
		  "withheld.",
	.example = "p1/EX-1 08:00-09:00 Idle, p2/EX-1 08:30-09:30 Idle",
	.options = "",
	.tell = tell,
};
