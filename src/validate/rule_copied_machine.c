/* rule_copied_machine.c - one machine's days under another's name. */

#include "config.h"

#include <inttypes.h>

#include "record/write.h"
#include "validate/rule_copied_machine.h"
#include "validate/say.h"
#include "validate/settings.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_printf(b, " has on %" PRId64 " day%s from ", c->days,
	    c->days == 1 ? "" : "s");
	say_instant(b, c->record->start);
	buf_puts(b, " on the very periods of ");
	say_machine(b, c->names, c->other);
	if (c->other->file != NAMES_NONE) {
		buf_puts(b, " (");
		write_source(b, c->names, c->other);
		buf_putc(b, ')');
	}
	buf_puts(b, "; is one of them a copy?");
}

static const struct rule_parameter parameters[] = {
	{ .name = "periods",
	    .line = "as many in a day are no chance, 5 if not said; those that "
		    "begin on a full quarter of an hour, or go on with the "
		    "state before, do not count",
	    .value = RULE_VALUE_COUNT,
	    .at = offsetof(struct settings, limits.copied_periods) },
	{ 0 },
};

const struct rule rule_copied_machine = {
	.code = "copied-machine",
	.severity = SEVERITY_WARNING,
	.needs_whole = 1,
	.line = "days (UTC) of a machine that are another machine's, to the "
		"second",
	.reason = "Two machines do not start and stop together all day: a "
		  "file was given for two of them, or two ids stand for one.",
	.remedy = "Look which of the two worked, and take the other's periods "
		  "out; nothing is withheld for it. Two ids of one machine are "
		  "made one where the file is parsed (--machines of "
		  "ditio-parse).",
	.example = "EX-1 08:02-08:20 Idle, EX-1 08:20-08:41 Working, "
		   "EX-1 08:41-08:50 Idle, EX-1 08:50-09:31 Working, "
		   "EX-1 09:31-09:33 Idle, EX-2 08:02-08:20 Idle, "
		   "EX-2 08:20-08:41 Working, EX-2 08:41-08:50 Idle, "
		   "EX-2 08:50-09:31 Working, EX-2 09:31-09:33 Idle",
	.options = "",
	.parameters = parameters,
	.tell = tell,
};
