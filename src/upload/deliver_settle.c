/* deliver_settle.c - batches of unknown fate, settled by evidence. */

#include "config.h"

#include "base/duration.h"
#include "base/msg.h"
#include "base/random.h"
#include "upload/clock.h"
#include "upload/deliver_lane.h"
#include "upload/retry.h"

/* The second reading comes this much after the first. */
#define CONFIRM_MIN 20

/* Readings that differ again and again are no evidence. */
#define READINGS 6

/* The server refused it, but import may not be all or nothing. */
static int
was_refused(const struct ledger_batch *b)
{
	return b->answer == 400 || b->answer == 422;
}

/* Start to settle, or hold what nothing here can decide. */
static void
begin(struct deliver *d, struct deliver_lane *lane)
{
	const struct ledger_batch *b = &lane->batch;
	int64_t wait = retry_jitter(d->with.settle, random_below);
	char text[DURATION_TEXT];

	if (b->lane == LEDGER_LANE_LATE) {
		deliver_lane_hold(d, lane,
		    was_refused(b)
			? "refused, but a part of it may be applied, and the "
			  "latest timestamp cannot tell, because it is not "
			  "beyond it (where imports are all or nothing, "
			  "--assume-atomic goes on)"
			: "it may be applied, and the latest timestamp cannot "
			  "tell, because it is not beyond it");
		return;
	}
	if (d->with.api->wait > wait)
		wait = d->with.api->wait;
	lane->phase = DELIVER_SETTLE;
	lane->ready = clock_now() + wait;
	msg_note("batch %.12s: %s; looking what became of it in %s", b->id,
	    buf_text(&b->words), duration_text(text, (wait + 999) / 1000));
}

/* Two readings said the same. */
static void
decide(struct deliver *d, struct deliver_lane *lane, const struct mark *mark)
{
	struct ledger_batch *b = &lane->batch;
	struct buf words = { 0 };
	char was[MARK_TEXT], is[MARK_TEXT];

	d->with.api->wait = RETRY_NONE;
	switch (mark_fate(mark, ledger_mark(d->with.ledger), b)) {
	case MARK_APPLIED:
		if (was_refused(b)) {
			deliver_lane_hold(d, lane,
			    "refused, and yet the latest timestamp moved to "
			    "its newest");
			break;
		}
		deliver_lane_accept(
		    d, lane, "the latest timestamp is the batch's newest");
		break;
	case MARK_NOT_APPLIED:
		if (was_refused(b)) {
			buf_puts(&words, buf_text(&b->words));
			deliver_halve(d, lane, buf_text(&words));
			break;
		}
		deliver_lane_again(
		    d, lane, "not applied: the latest timestamp did not move");
		break;
	case MARK_UNDECIDED:
		buf_printf(&words,
		    "the latest timestamp is %s, before it was %s: another "
		    "program, or a part of it",
		    mark_text(is, mark->ms), mark_text(was, b->before_ms));
		deliver_lane_hold(d, lane, buf_text(&words));
		break;
	}
	buf_free(&words);
}

void
deliver_settle(struct deliver *d, struct deliver_lane *lane)
{
	int64_t soon = d->with.settle / 10;
	struct mark mark = { 0 };
	enum token_got got;

	if (lane->phase == DELIVER_NEXT) {
		begin(d, lane);
		return;
	}
	got = api_mark(
	    d->with.api, &lane->project.company, &lane->project.name, &mark);
	if (got != TOKEN_OK) {
		deliver_lane_failed(d, lane, got);
		return;
	}
	if (!mark.known) {
		deliver_lane_hold(d, lane,
		    "it may be applied, and the latest timestamp is not "
		    "understood");
		return;
	}
	if (lane->phase == DELIVER_CONFIRM && mark_same(&mark, &lane->first)) {
		decide(d, lane, &mark);
		return;
	}
	if (++lane->readings >= READINGS) {
		deliver_lane_hold(d, lane,
		    "it may be applied, and the latest timestamp does not "
		    "come to rest");
		return;
	}
	lane->first = mark;
	lane->phase = DELIVER_CONFIRM;
	lane->ready =
	    clock_now() +
	    retry_jitter(soon > CONFIRM_MIN ? soon : CONFIRM_MIN, random_below);
}
