/* rule_flicker.c - states that change faster than a machine can. */

#include "config.h"

#include <inttypes.h>

#include "validate/rule_flicker.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_printf(b, " changed its state more than %" PRId64 " times within ",
	    c->limits->changes);
	say_length(b, c->limits->window);
	buf_puts(b, ", the last time at ");
	say_instant(b, c->record->start);
	buf_puts(b, "; is a sensor loose?");
}

static const struct rule_parameter parameters[] = {
	{ .name = "changes",
	    .line = "as many within the window are none, 6 if not said",
	    .value = RULE_VALUE_COUNT,
	    .at = offsetof(struct settings, limits.changes) },
	{ .name = "window",
	    .line = "how long that is, 1m if not said",
	    .value = RULE_VALUE_LENGTH,
	    .at = offsetof(struct settings, limits.window) },
	{ 0 },
};

const struct rule rule_flicker = {
	.code = "flicker",
	.severity = SEVERITY_WARNING,
	.line = "more than 6 changes of state within a minute",
	.reason = "No machine works in seconds: a sensor stands at its limit, "
		  "or two senders use one id.",
	.remedy = "Look at the sensor and at what else sends under this id. "
		  "Only periods shorter than the window count, each in "
		  "another state than the one before.",
	.example = "EX-1 08:00-08:00:05 Idle, EX-1 08:00:05-08:00:10 Working, "
		   "EX-1 08:00:10-08:00:15 Idle, EX-1 08:00:15-08:00:20 "
		   "Working, EX-1 08:00:20-08:00:25 Idle, EX-1 "
		   "08:00:25-08:00:30 Working, EX-1 08:00:30-08:00:35 Idle, "
		   "EX-1 08:00:35-08:00:40 Working",
	.options = "",
	.parameters = parameters,
	.tell = tell,
};
