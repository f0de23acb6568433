/* rule_midnight_cut.c - an export that cuts at midnight. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_midnight_cut.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	buf_printf(b,
	    "periods end or start at local midnight and are cut "
	    "there: %" PRIu64 " gaps of %" PRIu64 " machines, from ",
	    cause->times, cause->machines);
	say_instant(b, cause->from);
	buf_puts(b, " to ");
	say_instant(b, cause->to);
	buf_puts(b, "; is each day exported by itself?");
}

const struct rule rule_midnight_cut = {
	.code = "midnight-cut",
	.severity = SEVERITY_WARNING,
	.line = "an export loses what runs across local midnight",
	.reason = "Exports of single days often lose the rest of a period "
		  "that crosses their border, or let it end a second or a "
		  "minute early.",
	.remedy = "Export longer stretches that overlap, or ask the vendor "
		  "for periods that run across midnight. It takes --zone, and "
		  "five such gaps of at most four hours.",
	.example = "periods that end at 00:00:00 while the machine works on; "
		   "its next one starts at 00:10",
	.options = "--zone Europe/Oslo",
	.needs_zone = 1,
	.tell = tell,
};
