/* rule_contained.c - one period inside another. */

#include "config.h"

#include "validate/rule_contained.h"
#include "validate/say.h"

static void
tell(const struct rule_case *c, struct buf *b)
{
	const struct record *r = c->record, *k = c->other;

	say_machine(b, c->names, r);
	buf_putc(b, ' ');
	say_period(b, c->names, r);
	buf_puts(b, r->end > k->end ? " has within it " : " lies within ");
	say_other(b, c->names, k);
	buf_puts(b, "; take one out, or cut the outer one");
}

const struct rule rule_contained = {
	.code = "contained",
	.severity = SEVERITY_ERROR,
	.line = "a period that lies within another one",
	.reason = "The time within would count twice.",
	.remedy = "Most often a report of details stands beside its own "
		  "summary: take one kind of row. Else cut the outer period "
		  "where the inner one lies: --fix contained=split.",
	.example = "EX-1 08:00-09:00 Idle, EX-1 08:15-08:45 Working",
	.options = "",
	.tell = tell,
};
