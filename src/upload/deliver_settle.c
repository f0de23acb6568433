/* deliver_settle.c - batches of unknown fate, settled by evidence. */

#include "config.h"

#include <string.h>

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
begin(struct deliver *d, struct deliver_lane *lane, int has_figures)
{
	const struct ledger_batch *b = &lane->batch;
	int64_t wait = retry_jitter(d->with.settle, random_below);
	char text[DURATION_TEXT];

	if (b->lane == LEDGER_LANE_LATE && !has_figures) {
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

/* Two readings said the same: ${fate}, because of ${why}. */
static void
decide(struct deliver *d, struct deliver_lane *lane, enum mark_fate fate,
    const char *why)
{
	const struct ledger_batch *b = &lane->batch;
	struct buf words = { 0 };

	d->with.api->wait = RETRY_NONE;
	switch (fate) {
	case MARK_APPLIED:
		if (was_refused(b))
			buf_puts(&words, "refused, and yet it is there: ");
		buf_puts(&words, why);
		if (was_refused(b))
			deliver_lane_hold(d, lane, buf_text(&words));
		else
			deliver_lane_accept(d, lane, buf_text(&words));
		break;
	case MARK_NOT_APPLIED:
		if (was_refused(b)) {
			buf_puts(&words, buf_text(&b->words));
			deliver_split_refused(d, lane, buf_text(&words));
			break;
		}
		buf_printf(&words, "not applied: %s", why);
		deliver_lane_again(d, lane, buf_text(&words));
		break;
	case MARK_UNDECIDED:
		buf_printf(&words, "%s: another program, or a part of it", why);
		deliver_lane_hold(d, lane, buf_text(&words));
		break;
	}
	buf_free(&words);
}

/* The first reading of two, or another first one when they differ. */
static void
read_again(struct deliver *d, struct deliver_lane *lane, const char *what)
{
	int64_t soon = d->with.settle / 10;
	struct buf why = { 0 };

	if (++lane->readings >= READINGS) {
		buf_printf(&why,
		    "it may be applied, and %s does not come to rest", what);
		deliver_lane_hold(d, lane, buf_text(&why));
		buf_free(&why);
		return;
	}
	lane->phase = DELIVER_CONFIRM;
	lane->ready =
	    clock_now() +
	    retry_jitter(soon > CONFIRM_MIN ? soon : CONFIRM_MIN, random_below);
}

/* A forward batch: the watermark tells. */
static void
settle_by_mark(struct deliver *d, struct deliver_lane *lane)
{
	const struct ledger_batch *b = &lane->batch;
	char was[MARK_TEXT], is[MARK_TEXT];
	struct mark mark = { 0 };
	struct buf why = { 0 };
	enum token_got got;

	got = api_mark(
	    d->with.api, &lane->project.company, &lane->project.name, &mark);
	if (got != TOKEN_OK) {
		deliver_lane_failed(d, lane, got);
	} else if (!mark.known) {
		deliver_lane_hold(d, lane,
		    "it may be applied, and the latest timestamp is not "
		    "understood");
	} else if (lane->phase != DELIVER_CONFIRM ||
		   !mark_same(&mark, &lane->first)) {
		lane->first = mark;
		read_again(d, lane, "the latest timestamp");
	} else {
		buf_printf(&why, "the latest timestamp is %s, before it was %s",
		    mark_text(is, mark.ms), mark_text(was, b->before_ms));
		decide(d, lane,
		    mark_fate(&mark, ledger_mark(d->with.ledger), b),
		    buf_text(&why));
	}
	buf_free(&why);
}

/* A late one: the aggregate tells, if it was read before. */
static void
settle_by_figures(
    struct deliver *d, struct deliver_lane *lane, const char *before)
{
	struct buf now = { 0 }, why = { 0 };
	enum token_got got = deliver_figures(d, lane, &now);
	enum mark_fate fate;

	if (got != TOKEN_OK) {
		deliver_lane_failed(d, lane, got);
	} else if (now.len == 0) {
		deliver_lane_hold(d, lane,
		    "it may be applied, and the aggregate is not understood");
	} else if (lane->phase != DELIVER_CONFIRM ||
		   strcmp(buf_text(&lane->figures), now.data) != 0) {
		buf_clear(&lane->figures);
		buf_puts(&lane->figures, now.data);
		read_again(d, lane, "the aggregate");
	} else {
		fate = deliver_figures_fate(d, lane, before, now.data, &why);
		decide(d, lane, fate, buf_text(&why));
	}
	buf_free(&now);
	buf_free(&why);
}

void
deliver_settle(struct deliver *d, struct deliver_lane *lane)
{
	const struct ledger_batch *b = &lane->batch;
	struct buf before = { 0 };

	if (b->lane == LEDGER_LANE_LATE && d->with.map != NULL &&
	    ledger_intent_figures(d->with.ledger, b->batch, &before) != 0)
		deliver_lane_trouble(d, lane);
	else if (lane->phase == DELIVER_NEXT)
		begin(d, lane, before.len > 0);
	else if (b->lane == LEDGER_LANE_LATE)
		settle_by_figures(d, lane, buf_text(&before));
	else
		settle_by_mark(d, lane);
	buf_free(&before);
}
