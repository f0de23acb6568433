/* rule_duplicate.c - the same period and state twice. */

#include "config.h"

#include "record/write.h"
#include "validate/rule_duplicate.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	say_machine(b, c->names, c->record);
	buf_putc(b, ' ');
	say_period(b, c->names, c->record);
	buf_puts(b, " is there already");
	if (c->other->file != NAMES_NONE) {
		buf_puts(b, ", at ");
		write_source(b, c->names, c->other);
	}
	buf_puts(b, "; keep one of them");
}

const struct rule rule_duplicate = {
	.code = "duplicate",
	.severity = SEVERITY_ERROR,
	.line = "the same period in the same state, twice",
	.reason = "The import has no key to know a period by: sent twice, it "
		  "counts twice.",
	.remedy = "Drop one of them; --fix safe does. Whole files of "
		  "duplicates mean that one export was given twice.",
	.example = "EX-1 08:00-09:00 Idle, EX-1 08:00-09:00 Idle",
	.options = "",
	.tell = tell,
};
