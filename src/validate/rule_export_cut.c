/* rule_export_cut.c - an export in the midst of work. */

#include "config.h"

#include <inttypes.h>

#include "validate/cause.h"
#include "validate/rule_export_cut.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct cause *cause = c->cause;

	buf_printf(b,
	    "the last period of %" PRIu64 " of %" PRIu64 " machines of the "
	    "last day ends at ",
	    cause->machines, cause->of);
	say_instant(b, cause->from);
	buf_puts(
	    b, " sharp, and nothing comes after it; was it exported then?");
}

const struct rule rule_export_cut = {
	.code = "export-cut",
	.severity = SEVERITY_NOTE,
	.line = "everything ends at the instant of an export",
	.reason = "What was under way when the export was made is cut there; "
		  "the same periods are longer in the next export, and a "
		  "period that was delivered cannot be changed.",
	.remedy = "Leave the last hours to the next export: --to, or "
		  "--hold-back when delivering. It takes most of the machines "
		  "of the last day, and five; and that they do not stop so on "
		  "other days.",
	.example = "forty machines at work, all of whose last periods end at "
		   "12:04:17",
	.options = "",
	.tell = tell,
};
