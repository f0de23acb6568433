/* say.c - periods in words. */

#include "config.h"

#include "base/duration.h"
#include "base/instant.h"
#include "record/write.h"
#include "validate/say.h"

void
say_machine(struct buf *b, const struct names *n, const struct record *r)
{
	names_put_part(n, r->owner, NAMES_MACHINE, b);
}

void
say_instant(struct buf *b, int64_t instant)
{
	char text[INSTANT_TEXT];

	buf_puts(b, instant_text(text, instant));
}

void
say_length(struct buf *b, int64_t seconds)
{
	char text[DURATION_TEXT];

	buf_puts(b, duration_text(text, seconds));
}

void
say_period(struct buf *b, const struct names *n, const struct record *r)
{
	names_put_state(n, r->state, b);
	buf_putc(b, ' ');
	say_instant(b, r->start);
	buf_puts(b, " to ");
	say_instant(b, r->end);
}

void
say_other(struct buf *b, const struct names *n, const struct record *r)
{
	say_period(b, n, r);
	if (r->file == NAMES_NONE)
		return;
	buf_puts(b, " (");
	write_source(b, n, r);
	buf_putc(b, ')');
}
