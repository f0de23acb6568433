/* rule_off_hours.c - work beside the calendar. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_off_hours.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	buf_printf(
	    b, "the work of %" PRIu64 " machines lies ", cause->machines);
	say_length(b, cause->shift > 0 ? cause->shift : -cause->shift);
	buf_printf(b,
	    " %s than the calendar has it; was it read in a wrong zone?",
	    cause->shift > 0 ? "later" : "earlier");
}

const struct rule rule_off_hours = {
	.code = "off-hours",
	.severity = SEVERITY_WARNING,
	.line = "the work of a whole file lies hours beside the calendar",
	.reason = "A file that was read in a wrong zone puts all of its hours "
		  "in a wrong place, which no comparison between its machines "
		  "shows. The hours are those by which each day lies beside.",
	.remedy = "Look at the zone of the profile. Where the site does work "
		  "at those hours, mend the calendar. It takes --calendar, "
		  "five days, and an hour or more, up to six.",
	.example = "a site that works from 07:00 to 15:30, and machines that "
		   "do from 08:00 to 16:30",
	.options = "--calendar samples/calendar.json",
	.needs_calendar = 1,
	.tell = tell,
};
