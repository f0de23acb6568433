/* rule_zone_shift.c - a machine or file in the wrong zone. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_zone_shift.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	if (cause->is_of_machine) {
		say_machine(b, c->names, &cause->at);
		buf_puts(b, " begins, pauses and ends its days ");
	} else {
		buf_printf(b,
		    "all %" PRIu64 " machines of this file begin, pause and "
		    "end their days ",
		    cause->machines);
	}
	say_length(b, cause->shift > 0 ? cause->shift : -cause->shift);
	buf_printf(b, " %s than the others; was it read in a wrong zone?",
	    cause->shift > 0 ? "later" : "earlier");
}

const struct rule rule_zone_shift = {
	.code = "zone-shift",
	.severity = SEVERITY_WARNING,
	.line = "a machine or file lies whole or half hours beside the others",
	.reason = "A tracker or a file with a wrong zone puts every hour in a "
		  "wrong place, and at midnight on a wrong day. The hours are "
		  "those by which each day lies beside.",
	.remedy = "Look at the zone of the profile for this file, and of the "
		  "tracker; a crew of another shift looks the same. It takes "
		  "six machines with steady days and a pause in common, and "
		  "an hour or more, up to six.",
	.example = "twenty machines that work from 07:00 to 15:30 and pause "
		   "at 11:00, and one from 08:00 to 16:30 that pauses at "
		   "12:00",
	.options = "",
	.tell = tell,
};
