/* rule_future.c - a period that has not been yet. */

#include "config.h"

#include "validate/rule_future.h"
#include "validate/say.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	int64_t from = c->record->start > c->limits->now ? c->record->start
							 : c->limits->now;

	*price = c->record->end - from > 0 ? c->record->end - from : 0;
	return c->record->end > c->limits->latest;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " ends in the future (now is ");
	say_instant(b, c->limits->now);
	buf_puts(b, "); look at zone and date format");
}

const struct rule rule_future = {
	.code = "future",
	.severity = SEVERITY_ERROR,
	.line = "a period that ends later than now and five minutes",
	.reason =
	    "One end in the future moves the latest timestamp of the "
	    "project there for good, and all that comes later looks late.",
	.remedy = "Look at the zone and the date format of the profile; day "
		  "and month may be swapped. A test of old data pins the clock "
		  "with --now.",
	.example = "EX-1 08:00-09:00 Idle",
	.options = "--now 2025-01-15T08:30:00Z",
	.breaks = breaks,
	.tell = tell,
};
