/* fingerprint.c - by what a finding is known again in the next file. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/digest.h"
#include "validate/fingerprint.h"

/* With its NUL, so that no two texts run together. */
static void
put(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s) + 1);
}

/* The price of a record alone may depend on the clock or on a limit that the
 * user sets; that of two is the time they share or lack, so a fault that has
 * grown is another one.  A copy grows with the data, and is the same copy. */
static void
put_two(struct buf *b, const struct report_finding *f)
{
	const struct record *other = f->other;
	const char *text;
	size_t len;

	if (f->id <= RULE_GAP || f->id == RULE_TWO_PROJECTS)
		buf_printf(b, " %" PRId64, f->problem->price);
	if (other == NULL)
		return;
	if (f->id == RULE_ILLEGAL_TRANSITION) {
		text = names_state_text(f->names, other->state, &len);
		buf_put(b, text, len);
	} else if (f->id >= RULE_WIDE) {
		text = names_owner_text(f->names, other->owner, &len);
		buf_put(b, text, len);
	}
}

static void
put_record(struct buf *b, const struct report_finding *f)
{
	const struct record *r = f->record;
	const char *text;
	size_t len;

	text = names_owner_text(f->names, r->owner, &len);
	buf_put(b, text, len);
	buf_printf(b, "%" PRId64 " %" PRId64 " ", r->start, r->end);
	text = names_state_text(f->names, r->state, &len);
	buf_put(b, text, len);
	put_two(b, f);
}

/* A cause grows with the data: how much it struck, and when last, does not
 * make another one of it. */
static void
put_cause(struct buf *b, const struct names *names, const struct cause *c)
{
	const char *text;
	size_t len;

	put(b, "cause");
	if (c->is_of_machine) {
		text = names_owner_text(names, c->at.owner, &len);
		buf_put(b, text, len);
	} else if (c->times == 1) {
		buf_printf(b, "%" PRId64, c->from);
	}
}

void
fingerprint_of(const struct report_finding *f, char to[FINGERPRINT_TEXT])
{
	const struct problem *p = f->problem;
	char hex[DIGEST_TEXT];
	struct buf b = { 0 };

	put(&b, p->code);
	if (f->record != NULL) {
		put_record(&b, f);
	} else if (f->fate == REPORT_CAUSE) {
		put_cause(&b, f->names, f->cause);
	} else if (f->raw != NULL) {
		put(&b, "row");
		put(&b, f->raw);
	} else {
		put(&b, p->file != NULL ? p->file : "");
		put(&b, buf_text(&p->text));
	}
	digest_of(b.data, b.len, hex);
	memcpy(to, hex, FINGERPRINT_TEXT - 1);
	to[FINGERPRINT_TEXT - 1] = '\0';
	buf_free(&b);
}
