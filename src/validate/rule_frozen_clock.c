/* rule_frozen_clock.c - a clock that stands still. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_frozen_clock.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	say_machine(b, c->names, &cause->at);
	buf_printf(b, " has %" PRIu64 " records that start ", cause->times);
	if (cause->from == cause->to) {
		buf_puts(b, "at ");
		say_instant(b, cause->from);
	} else {
		buf_puts(b, "at the same few instants from ");
		say_instant(b, cause->from);
		buf_puts(b, " to ");
		say_instant(b, cause->to);
	}
	buf_puts(b, "; does its clock stand still?");
}

const struct rule rule_frozen_clock = {
	.code = "frozen-clock",
	.severity = SEVERITY_WARNING,
	.line = "a machine has many records of one instant",
	.reason = "A tracker whose clock stands still, or starts anew in 1970 "
		  "or 2000, sends hour after hour with one time; when they "
		  "were is lost. The hours are those that are counted more "
		  "than once.",
	.remedy = "Look at the tracker, and leave its rows of that time out. "
		  "It takes ten records of one start, and five times as many "
		  "as the machine has at others on top.",
	.example = "forty periods of a machine that all start at 08:00",
	.options = "",
	.tell = tell,
};
