/* edit.c - what a repair makes of one record: before, after, why. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "record/write.h"
#include "validate/edit.h"
#include "validate/say.h"

/* Pieces that are said one by one. */
#define SAID 3

struct edit *
edit_new(const struct record *before, enum rule_id rule, enum fix_policy policy,
    const struct record *other)
{
	struct edit *e = xcalloc(1, sizeof *e);

	e->before = *before;
	e->rule = rule;
	e->policy = policy;
	e->has_other = other != NULL;
	if (other != NULL)
		e->other = *other;
	e->pending = 1;
	return e;
}

int
edit_settle(struct edit *e, const struct record *r)
{
	if (r != NULL) {
		if (e->afters == e->room) {
			e->room = e->room > 0 ? e->room * 2 : 2;
			e->after =
			    xreallocarray(e->after, e->room, sizeof *e->after);
		}
		e->after[e->afters++] = *r;
	}
	return --e->pending == 0;
}

int64_t
edit_removed(const struct edit *e)
{
	int64_t seconds = e->before.end - e->before.start;

	for (size_t i = 0; i < e->afters; i++)
		seconds -= e->after[i].end - e->after[i].start;
	return seconds;
}

/* "dropped", or "cut to A to B, C to D and 7 more" */
static void
tell_after(const struct edit *e, struct buf *b)
{
	buf_puts(b, e->afters == 0 ? "dropped" : "cut to ");
	for (size_t i = 0; i < e->afters && i < SAID; i++) {
		if (i > 0)
			buf_puts(b, ", ");
		say_instant(b, e->after[i].start);
		buf_puts(b, " to ");
		say_instant(b, e->after[i].end);
	}
	if (e->afters > SAID)
		buf_printf(b, " and %zu more", e->afters - SAID);
}

void
edit_tell(const struct edit *e, const struct names *n, struct buf *b)
{
	say_machine(b, n, &e->before);
	buf_putc(b, ' ');
	say_period(b, n, &e->before);
	if (!e->has_other) {
		buf_puts(b, " is empty");
	} else if (e->rule == RULE_DUPLICATE) {
		buf_puts(b, " is there already");
		if (e->other.file != NAMES_NONE) {
			buf_puts(b, ", at ");
			write_source(b, n, &e->other);
		}
	} else {
		buf_puts(b, e->rule == RULE_CONFLICT ? " is the same time as "
						     : " shares time with ");
		say_other(b, n, &e->other);
	}
	buf_puts(b, " (");
	tell_after(e, b);
	buf_printf(
	    b, " by --fix %s=%s)", rule_at(e->rule)->code, fix_word(e->policy));
}

void
edit_free(struct edit *e)
{
	if (e == NULL)
		return;
	free(e->after);
	free(e);
}
