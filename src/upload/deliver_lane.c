/* deliver_lane.c - one project's way through a delivery. */

#include "config.h"

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/random.h"
#include "upload/clock.h"
#include "upload/deliver_lane.h"
#include "upload/retry.h"

/* How often a lagging watermark is looked at, within these. */
#define LOOK_MIN 20
#define LOOK_MAX 5000

void
deliver_lane_trouble(struct deliver *d, struct deliver_lane *lane)
{
	lane->over = 1;
	d->trouble = d->stop = 1;
}

int
deliver_lane_move(struct deliver *d, struct deliver_lane *lane,
    enum ledger_state state, const char *words)
{
	int status = d->with.api->answer.status;
	enum ledger_state was = lane->batch.state;
	int64_t answer = was != LEDGER_INFLIGHT ? lane->batch.answer
			 : status > 0		? status
						: LEDGER_NONE;

	if (ledger_move(d->with.ledger, &lane->batch, state, answer, words) ==
	    0) {
		msg_debug("batch %.12s: %s to %s: %s", lane->batch.id,
		    ledger_word(was), ledger_word(state), words);
		return 1;
	}
	if (state == LEDGER_ACCEPTED)
		msg_warn("batch %.12s was delivered, not recorded: it is "
			 "settled by the next run",
		    lane->batch.id);
	deliver_lane_trouble(d, lane);
	return 0;
}

void
deliver_lane_next(struct deliver_lane *lane)
{
	lane->phase = DELIVER_NEXT;
	lane->ready = clock_now();
	lane->failing = -1;
	lane->failures = 0;
	lane->renewed = 0;
	lane->readings = 0;
}

void
deliver_lane_accept(
    struct deliver *d, struct deliver_lane *lane, const char *how)
{
	const struct ledger_batch *b = &lane->batch;

	if (!deliver_lane_move(d, lane, LEDGER_ACCEPTED, how))
		return;
	tally_add(&d->with.tally->sent, 1, b->records, b->seconds);
	d->row = 0;
	lane->unseen_until = clock_now() + d->with.settle;
	deliver_lane_next(lane);
	if (b->lane == LEDGER_LANE_LATE && lane->before.len > 0)
		lane->phase = DELIVER_SHOW;
}

void
deliver_lane_hold(struct deliver *d, struct deliver_lane *lane, const char *why)
{
	const struct ledger_batch *b = &lane->batch;

	lane->held = 1;
	d->unknown = 1;
	if (b->state != LEDGER_HELD) {
		/* What made it undecidable may make the next one so, too,
		 * unless the aggregate decides that. */
		lane->over = d->with.map == NULL;
		if (!deliver_lane_move(d, lane, LEDGER_HELD, why))
			return;
		deliver_lane_next(lane);
		/* It may be applied, and not show in the aggregate yet. */
		lane->unseen_until = clock_now() + d->with.settle;
	}
	deliver_held(d, lane, why);
}

/* Put the lane off; ${why} is said. */
static void
put_off(struct deliver *d, struct deliver_lane *lane, const char *why)
{
	int64_t now = clock_now(), asked = d->with.api->wait;
	int64_t wait = retry_backoff(lane->failures++, random_below);
	char text[DURATION_TEXT];

	if (asked > wait)
		wait = retry_jitter(asked, random_below);
	if (lane->failing < 0)
		lane->failing = now;
	lane->ready = now + wait;
	if (lane->ready - lane->failing > d->with.retry_for) {
		msg_warn("company %s, project %s: put off for good in this "
			 "run (--retry-for): %s",
		    DELIVER_PROJECT(lane), why);
		lane->over = 1;
		d->later = 1;
		return;
	}
	msg_note("company %s, project %s: %s; again in %s",
	    DELIVER_PROJECT(lane), why,
	    duration_text(text, (wait + 999) / 1000));
}

void
deliver_lane_failed(
    struct deliver *d, struct deliver_lane *lane, enum token_got got)
{
	const char *why = buf_text(&d->with.api->why);

	if (got == TOKEN_LATER) {
		put_off(d, lane, why);
		return;
	}
	msg_warn(
	    "stopped: company %s, project %s: %s", DELIVER_PROJECT(lane), why);
	d->stop = 1;
	if (got == TOKEN_DENIED)
		d->denied = 1;
	else
		d->trouble = 1;
}

void
deliver_lane_again(
    struct deliver *d, struct deliver_lane *lane, const char *words)
{
	if (!deliver_lane_move(d, lane, LEDGER_PENDING, words))
		return;
	lane->phase = DELIVER_NEXT;
	lane->readings = 0;
	lane->renewed = 0;
	put_off(d, lane, words);
}

/* What the answer to the batch in hand leads to. */
static void
act(struct deliver *d, struct deliver_lane *lane, const struct verdict_row *row)
{
	struct api *api = d->with.api;
	const char *words = buf_text(&api->why);

	switch (row->verdict) {
	case VERDICT_ACCEPTED:
		deliver_lane_accept(d, lane, words);
		return;
	case VERDICT_LATER:
		deliver_lane_again(d, lane, words);
		return;
	case VERDICT_TOO_LARGE:
		deliver_split_large(d, lane, words);
		return;
	case VERDICT_REFUSED:
		/* Of several, a part may be applied. */
		if (lane->batch.records == 1 || d->with.atomic) {
			deliver_split_refused(d, lane, words);
			return;
		}
		break;
	case VERDICT_DOUBT:
		break;
	case VERDICT_TOKEN:
		if (!deliver_lane_move(d, lane, LEDGER_PENDING, words))
			return;
		token_drop(api->token);
		lane->ready = clock_now();
		if (lane->renewed++ > 0)
			deliver_lane_failed(d, lane, TOKEN_DENIED);
		return;
	case VERDICT_DENIED:
	case VERDICT_BROKEN:
		if (deliver_lane_move(d, lane, LEDGER_PENDING, words))
			deliver_lane_failed(d, lane,
			    row->verdict == VERDICT_DENIED ? TOKEN_DENIED
							   : TOKEN_BROKEN);
		return;
	}
	if (deliver_lane_move(d, lane, LEDGER_UNKNOWN, words))
		deliver_settle(d, lane);
}

/* Is the reading fit to decide by?  1, 0, or -1 when the lane waits or ends. */
static int
weigh(struct deliver *d, struct deliver_lane *lane, const struct mark *mark)
{
	int64_t look = d->with.settle / 10, now = clock_now();
	enum mark_news news =
	    mark_news(mark, &lane->project, ledger_mark(d->with.ledger));
	char is[MARK_TEXT], was[MARK_TEXT];

	/* Whether it shows a batch that is HELD nobody knows. */
	if (lane->held)
		return 0;
	switch (news) {
	case MARK_STEADY:
		return 1;
	case MARK_LEARNED_START:
		msg_note("the latest timestamp is the newest start here: "
			 "ditio-split --order start makes batches it can "
			 "decide");
		return ledger_learn(d->with.ledger, LEDGER_MARK_START) == 0;
	case MARK_LEARNED_END:
		return ledger_learn(d->with.ledger, LEDGER_MARK_END) == 0;
	case MARK_LAGS:
		if (lane->lag_until == 0)
			lane->lag_until = now + d->with.settle;
		if (lane->lag_until > 0 && now >= lane->lag_until) {
			msg_note("company %s, project %s: the latest "
				 "timestamp does not show what was accepted: "
				 "no evidence in this run until it does",
			    DELIVER_PROJECT(lane));
			lane->lag_until = -1;
		}
		if (lane->lag_until < 0)
			return 0;
		look = look < LOOK_MIN ? LOOK_MIN : look;
		lane->ready = now + (look > LOOK_MAX ? LOOK_MAX : look);
		return -1;
	case MARK_MOVED:
		msg_warn("company %s, project %s: the latest timestamp moved "
			 "without us, from %s to %s: does another program send "
			 "here?  The project waits; --adopt goes on from there",
		    DELIVER_PROJECT(lane),
		    mark_text(was, lane->project.mark_ms),
		    mark_text(is, mark->ms));
		lane->over = 1;
		d->unknown = 1;
		return -1;
	case MARK_UNCLEAR:
		break;
	}
	msg_debug("company %s, project %s: the latest timestamp is no "
		  "evidence here",
	    DELIVER_PROJECT(lane));
	return 0;
}

/* Is there data, and this ledger sent none of it? */
static int
is_strange(const struct deliver_lane *lane, const struct mark *mark)
{
	const struct ledger_project *p = &lane->project;

	return !p->seen && p->mark_ms == LEDGER_NONE &&
	       p->newest_end == LEDGER_NONE && mark->ms != LEDGER_NONE;
}

/* A second ledger for the same project would send everything twice; one that
 * sent nothing yet may be the second. */
static int
stops(struct deliver *d, struct deliver_lane *lane, const struct mark *mark)
{
	char is[MARK_TEXT];
	int first;

	if (d->with.adopt || !is_strange(lane, mark))
		return 0;
	first = ledger_is_first(d->with.ledger, lane->number);
	if (first < 0)
		deliver_lane_trouble(d, lane);
	if (first <= 0)
		return first < 0;
	msg_warn(
	    "company %s, project %s: this ledger was empty, and the server "
	    "has periods up to %s: what another ledger sent would be sent "
	    "again.  The project waits; if nobody sent what is here, "
	    "--adopt goes on",
	    DELIVER_PROJECT(lane), mark_text(is, mark->ms));
	lane->over = 1;
	d->unknown = 1;
	return 1;
}

static void
greet(const struct deliver_lane *lane, const struct mark *mark)
{
	char is[MARK_TEXT];

	if (!is_strange(lane, mark))
		return;
	msg_warn("company %s, project %s: new to this ledger, and the server "
		 "has periods up to %s already: if another ledger sent them, "
		 "stop and use that one",
	    DELIVER_PROJECT(lane), mark_text(is, mark->ms));
}

/* True if the target is known not to take ${len} bytes. */
static int
is_too_large(struct deliver *d, int64_t len)
{
	int64_t most = ledger_limit(d->with.ledger);

	return most > 0 && len > most;
}

/* The chance to decide by the latest timestamp is gone: say so once. */
static void
warn_of_late(struct deliver_lane *lane, const struct mark *mark)
{
	char is[MARK_TEXT];

	if (lane->warned++ > 0 || !mark->known || mark->ms == LEDGER_NONE)
		return;
	msg_note("company %s, project %s: some of what is sent is not beyond "
		 "the latest timestamp, %s: should an answer be lost, it "
		 "cannot decide, only a person or --aggregate-map.  A "
		 "backfill is best run before live data flows, oldest first",
	    DELIVER_PROJECT(lane), mark_text(is, mark->ms));
}

/* Look what is there before the batch in hand is sent.  False when the lane
 * waits or ends. */
static int
look(struct deliver *d, struct deliver_lane *lane, struct ledger_before *before,
    struct buf *figures)
{
	struct ledger *l = d->with.ledger;
	struct mark mark = { 0 };
	enum token_got got;
	int trusted;

	got = api_mark(
	    d->with.api, &lane->project.company, &lane->project.name, &mark);
	if (got != TOKEN_OK) {
		deliver_lane_failed(d, lane, got);
		return 0;
	}
	if (ledger_project(l, lane->number, &lane->project) != 0) {
		deliver_lane_trouble(d, lane);
		return 0;
	}
	if (stops(d, lane, &mark) || (trusted = weigh(d, lane, &mark)) < 0)
		return 0;
	before->mark_ms = mark.ms;
	before->trusted = trusted;
	if (trusted)
		lane->lag_until = 0;
	if (trusted && mark_is_forward(&mark, ledger_mark(l), &lane->batch)) {
		before->lane = LEDGER_LANE_FORWARD;
		return 1;
	}
	greet(lane, &mark);
	if (d->with.map == NULL) {
		warn_of_late(lane, &mark);
		return 1;
	}
	/* Where the one does not show what was accepted, no more may the
	 * other. */
	if (lane->blind || lane->lag_until < 0)
		return 1;
	if (clock_now() < lane->unseen_until) {
		lane->ready = lane->unseen_until;
		return 0;
	}
	got = deliver_figures(d, lane, figures);
	if (got != TOKEN_OK)
		deliver_lane_failed(d, lane, got);
	else if (figures->len > 0)
		before->figures = figures->data;
	return got == TOKEN_OK;
}

/* Send the batch in hand, which is PENDING. */
static void
attempt(struct deliver *d, struct deliver_lane *lane)
{
	struct ledger_before before = { .lane = LEDGER_LANE_LATE };
	struct buf figures = { 0 };
	enum token_got got;
	const char *body;
	size_t len;

	if (!look(d, lane, &before, &figures))
		goto done;
	got = api_ready(d->with.api);
	if (got != TOKEN_OK) {
		deliver_lane_failed(d, lane, got);
		goto done;
	}
	body = deliver_body(d, &lane->batch, &len);
	if (body != NULL && lane->batch.records > 1 &&
	    (d->with.single || is_too_large(d, (int64_t)len))) {
		deliver_split_large(d, lane,
		    d->with.single ? "one period a request"
				   : "larger than the target takes");
		goto done;
	}
	if (body == NULL ||
	    ledger_intent(d->with.ledger, &lane->batch, &before) != 0) {
		deliver_lane_trouble(d, lane);
		goto done;
	}
	buf_clear(&lane->before);
	buf_puts(&lane->before, buf_text(&figures));
	act(d, lane,
	    d->with.single ? api_import_single(d->with.api, body, len)
			   : api_import(d->with.api, body, len));
done:
	buf_free(&figures);
}

void
deliver_lane_step(struct deliver *d, struct deliver_lane *lane)
{
	int got;

	if (lane->phase == DELIVER_SHOW) {
		deliver_figures_show(d, lane);
		return;
	}
	got = ledger_next(d->with.ledger, lane->number, &lane->batch);
	if (got < 0)
		deliver_lane_trouble(d, lane);
	else if (got == 0)
		lane->over = 1;
	else if (lane->batch.state == LEDGER_UNKNOWN)
		deliver_settle(d, lane);
	else
		attempt(d, lane);
}
