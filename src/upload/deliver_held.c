/* deliver_held.c - what a person is asked about a batch. */

#include "config.h"

#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "upload/deliver_lane.h"

/* An instant's date. */
#define DATE 10

/* Put the dates that ${b} touches. */
static void
put_dates(struct buf *to, const struct ledger_batch *b)
{
	char first[INSTANT_TEXT], last[INSTANT_TEXT];

	instant_text(first, b->first_start);
	instant_text(last, b->last_end - 1);
	buf_printf(to, "%.*s", DATE, first);
	if (strncmp(first, last, DATE) != 0)
		buf_printf(to, " to %.*s", DATE, last);
	buf_puts(to, " (UTC)");
}

void
deliver_held(
    struct deliver *d, const struct deliver_lane *lane, const char *why)
{
	const struct ledger_batch *b = &lane->batch;
	int64_t there = ledger_delivered_on(d->with.ledger, lane->number, b);
	char with[DURATION_TEXT], without[DURATION_TEXT], own[DURATION_TEXT];
	struct buf dates = { 0 };

	put_dates(&dates, b);
	there = there < 0 ? 0 : there;
	msg_warn("batch %.12s is HELD: %s.  It has %lld records, %s h.  Look "
		 "in Ditio at company %s, project %s, %s: with this batch it "
		 "shows %s h, without it %s h, if nobody else sends there.  "
		 "Then say --resolve %.12s=delivered or =not-delivered; "
		 "batches that touch these dates wait until then",
	    b->id, why, (long long)b->records, duration_hours(own, b->seconds),
	    DELIVER_PROJECT(lane), buf_text(&dates),
	    duration_hours(with, there + b->seconds),
	    duration_hours(without, there), b->id);
	buf_free(&dates);
}
