/* rule_too_old.c - a period from before the beginning. */

#include "config.h"

#include "validate/rule_too_old.h"
#include "validate/say.h"
#include "validate/settings.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	int64_t to = c->record->end < c->limits->earliest ? c->record->end
							  : c->limits->earliest;

	*price = to - c->record->start > 0 ? to - c->record->start : 0;
	return c->record->start < c->limits->earliest;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " starts before ");
	say_instant(b, c->limits->earliest);
	buf_puts(b, "; was a clock not set?");
}

static const struct rule_parameter parameters[] = {
	{ .name = "earliest",
	    .option = "--earliest",
	    .line = "no period starts before this",
	    .value = RULE_VALUE_TIME,
	    .at = offsetof(struct settings, limits.earliest) },
	{ 0 },
};

const struct rule rule_too_old = {
	.code = "too-old",
	.severity = SEVERITY_ERROR,
	.line = "a period that starts before --earliest",
	.reason = "Dates long before the project are most often a clock that "
		  "was never set (1970, 1980, 2000), or day and year swapped.",
	.remedy = "Look at the date format of the profile and at the tracker. "
		  "Where the period is right, give an earlier --earliest.",
	.example = "EX-1 08:00-09:00 Idle",
	.options = "--earliest 2025-02-01T00:00:00Z",
	.parameters = parameters,
	.breaks = breaks,
	.tell = tell,
};
