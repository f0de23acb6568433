/* rule_too_short.c - a period too short to mean anything. */

#include "config.h"

#include "validate/rule_too_short.h"
#include "validate/say.h"
#include "validate/settings.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	int64_t length = c->record->end - c->record->start;

	*price = length;
	return length > 0 && length < c->limits->min_length;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " is shorter than ");
	say_length(b, c->limits->min_length);
}

static const struct rule_parameter parameters[] = {
	{ .name = "minLength",
	    .option = "--min-length",
	    .line = "shortest period that is believed",
	    .value = RULE_VALUE_LENGTH,
	    .at = offsetof(struct settings, limits.min_length) },
	{ 0 },
};

const struct rule rule_too_short = {
	.code = "too-short",
	.severity = SEVERITY_WARNING,
	.line = "a period shorter than --min-length",
	.reason = "Seconds of a state are most often a sensor at its limit, "
		  "and each is a record to deliver.",
	.remedy = "Merge it with its neighbours, or take it as it is.",
	.example = "EX-1 08:00-08:00:20 Idle",
	.options = "--min-length 1m",
	.parameters = parameters,
	.breaks = breaks,
	.tell = tell,
};
