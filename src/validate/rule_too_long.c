/* rule_too_long.c - a period too long to be true. */

#include "config.h"

#include "validate/rule_too_long.h"
#include "validate/say.h"
#include "validate/settings.h"

static int
breaks(const struct rule_case *c, int64_t *price)
{
	int64_t length = c->record->end - c->record->start;

	*price = length - c->limits->max_length;
	return length > c->limits->max_length;
}

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " is longer than ");
	say_length(b, c->limits->max_length);
	buf_puts(b, "; was its end lost?");
}

static const struct rule_parameter parameters[] = {
	{ .name = "maxLength",
	    .option = "--max-length",
	    .line = "longest period that is believed, 24h if not said",
	    .value = RULE_VALUE_LENGTH,
	    .at = offsetof(struct settings, limits.max_length) },
	{ 0 },
};

const struct rule rule_too_long = {
	.code = "too-long",
	.severity = SEVERITY_ERROR,
	.line = "a period longer than --max-length",
	.reason = "A machine does not work for days without rest: an end was "
		  "lost, or a silence was taken for work.",
	.remedy = "Find the missing end. Where such periods are right, give a "
		  "longer --max-length, or --fix too-long=cut-midnight.",
	.example = "EX-1 00:00-23:00 Working",
	.options = "--max-length 12h",
	.parameters = parameters,
	.breaks = breaks,
	.tell = tell,
};
