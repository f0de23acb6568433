/* rule_overlap.c - two periods that share time. */

#include "config.h"

#include "validate/rule_overlap.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " begins before ");
	say_other(b, c->names, c->other);
	buf_puts(b, " has ended; one of them must give way");
}

const struct rule rule_overlap = {
	.code = "overlap",
	.severity = SEVERITY_ERROR,
	.line = "a period that begins before an earlier one has ended",
	.reason = "A machine is in one state at a time; the shared time would "
		  "count twice.",
	.remedy = "End the earlier period where the later begins, or the other "
		  "way round: --fix overlap=trim, or another policy. An "
		  "overlap of exactly an hour in spring or "
		  "autumn points to a zone without daylight saving.",
	.example = "EX-1 08:00-09:00 Idle, EX-1 08:45-09:30 Working",
	.options = "",
	.tell = tell,
};
