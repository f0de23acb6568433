/* deliver_progress.c - how far a delivery is, for who looks. */

#include "config.h"

#include <unistd.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/progress.h"
#include "upload/clock.h"
#include "upload/deliver_lane.h"

/* How often a line is written where no terminal shows it all the time. */
#define EVERY 60000

/* Put what was sent, how fast, and how long the rest will take. */
static void
put_line(const struct deliver *d, int64_t now, struct buf *to)
{
	const struct tally *t = d->with.tally;
	int64_t spent = now - d->began > 0 ? now - d->began : 1;
	int64_t done = t->sent.records + t->refused.records;
	int64_t left = d->records - done;
	char text[DURATION_TEXT];

	buf_puts(to, "sent ");
	tally_put(to, &t->sent);
	buf_printf(to, " of %lld records; %lld a minute", (long long)d->records,
	    (long long)(done * 60000 / spent));
	if (t->refused.records > 0)
		buf_printf(to, "; %lld refused", (long long)t->refused.records);
	if (left > 0 && done > 0)
		buf_printf(to, "; %s left",
		    duration_text(text, left * spent / done / 1000));
}

void
deliver_progress(struct deliver *d)
{
	int64_t now = clock_now();
	int asked = clock_asked();
	struct buf line = { 0 };

	put_line(d, now, &line);
	if (asked || (now - d->told >= EVERY && !isatty(STDERR_FILENO))) {
		d->told = now;
		progress_clear();
		msg_info("%s", buf_text(&line));
	} else {
		progress_text(buf_text(&line));
	}
	buf_free(&line);
}
