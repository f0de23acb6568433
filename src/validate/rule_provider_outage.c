/* rule_provider_outage.c - the provider was down. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_provider_outage.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	buf_printf(b,
	    "%" PRIu64 " of %" PRIu64 " machines at work have no "
	    "period from ",
	    cause->machines, cause->of);
	say_instant(b, cause->from);
	buf_puts(b, " to ");
	say_instant(b, cause->to);
	buf_puts(b, " or so; was the provider down?");
}

const struct rule rule_provider_outage = {
	.code = "provider-outage",
	.severity = SEVERITY_WARNING,
	.line = "most of the fleet fell silent and came back together",
	.reason = "Machines do not all stop and start within a quarter of an "
		  "hour at a time of day when they never do: what they did "
		  "meanwhile was not recorded, or not delivered. The hours are "
		  "those of the silence, of all machines that share it.",
	.remedy = "Ask the provider for the missing hours, which often come "
		  "later; a fire drill looks the same. It takes five machines "
		  "or more, seen on some eight days of work, silent for 45 "
		  "minutes or longer.",
	.example = "forty machines at work, none of which has a period from "
		   "09:40 to 11:30",
	.options = "",
	.tell = tell,
};
