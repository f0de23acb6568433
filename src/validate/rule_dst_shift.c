/* rule_dst_shift.c - a change of the clock that was not heeded. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_dst_shift.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	buf_printf(b, "clocks went %s between ",
	    cause->shift > 0 ? "forward" : "back");
	say_instant(b, cause->from);
	buf_puts(b, " and ");
	say_instant(b, cause->to);
	buf_printf(b,
	    ", and %" PRIu64 " machines have an hour %s there; were "
	    "local times read without daylight saving time?",
	    cause->machines, cause->shift > 0 ? "too many" : "twice");
}

const struct rule rule_dst_shift = {
	.code = "dst-shift",
	.severity = SEVERITY_WARNING,
	.line = "local times were read as if clocks had not been changed",
	.reason = "Where a reader does not know of the change, an hour stays "
		  "empty in spring, and in autumn one is there twice and "
		  "another never; or all that follows lies an hour beside. "
		  "The hours are the step of the clock, for each machine "
		  "about the change.",
	.remedy = "Parse with the zone's name (Europe/Oslo), not a fixed "
		  "offset, and with --dst earlier or later in autumn; ask "
		  "the vendor for UTC. It takes --zone, and three machines "
		  "at work all through the change.",
	.example = "a fleet that works around the clock, and nothing that "
		   "begins between 01:00 and 02:00 UTC on 30 March",
	.options = "--zone Europe/Oslo",
	.needs_zone = 1,
	.tell = tell,
};
