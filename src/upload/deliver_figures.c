/* deliver_figures.c - late batches, decided by the server's own figures. */

#include "config.h"

#include "base/msg.h"
#include "upload/clock.h"
#include "upload/deliver_lane.h"

#define DAY 86400

/* How long after a look the next one comes, at least. */
#define LOOK_MIN 20

/* The machine time of the batch in hand, by state.  -1 after a message. */
static int
of_batch(struct deliver *d, const struct deliver_lane *lane, struct figures *f)
{
	struct envelope e = { 0 };
	struct problem p = { 0 };
	struct buf state = { 0 };
	size_t len;
	int bad = deliver_body(d, &lane->batch, &len) == NULL ||
		  envelope_read(&e, d->with.names, buf_text(&d->line),
		      d->line.len, &p) != 0;

	for (size_t i = 0; i < e.n && !bad; i++) {
		const struct record *r = &e.records[i].r;

		buf_clear(&state);
		names_put_state(d->with.names, r->state, &state);
		figures_add(f, buf_text(&state), (r->end - r->start) * 1000, 0);
	}
	buf_free(&state);
	problem_free(&p);
	envelope_free(&e);
	return bad ? -1 : 0;
}

enum token_got
deliver_figures(struct deliver *d, struct deliver_lane *lane, struct buf *to)
{
	const struct ledger_batch *b = &lane->batch;
	struct figures f = { 0 };
	enum token_got got;

	buf_clear(to);
	/* In which zone its days begin nobody says: a day more on each side
	 * holds the batch in any. */
	got = api_aggregate(d->with.api, &lane->project.company,
	    &lane->project.name, b->first_start - DAY, b->last_end + DAY);
	if (got != TOKEN_OK)
		return got;
	if (figures_read(d->with.map, buf_text(&d->with.api->answer.body),
		d->with.api->answer.body.len, &f) == 0)
		figures_put(&f, to);
	else
		msg_note("company %s, project %s: the aggregate is not what "
			 "the map says: no evidence",
		    DELIVER_PROJECT(lane));
	figures_free(&f);
	return TOKEN_OK;
}

/* The batch in hand was accepted: does it show, by ${figures}? */
static void
show(struct deliver *d, struct deliver_lane *lane, const char *figures)
{
	int64_t look = d->with.settle / 10, now = clock_now();
	struct buf why = { 0 };
	enum mark_fate fate = deliver_figures_fate(
	    d, lane, buf_text(&lane->before), figures, &why);

	if (fate == MARK_APPLIED) {
		lane->unseen_until = now;
		deliver_lane_next(lane);
	} else if (now < lane->unseen_until) {
		lane->ready = now + (look < LOOK_MIN ? LOOK_MIN : look);
	} else {
		/* Of the next one, too, it would say that it was not applied.
		 */
		lane->blind = fate == MARK_NOT_APPLIED;
		if (lane->blind)
			msg_note("company %s, project %s: the aggregate does "
				 "not show what was accepted: no evidence in "
				 "this run (--settle)",
			    DELIVER_PROJECT(lane));
		deliver_lane_next(lane);
	}
	buf_free(&why);
}

void
deliver_figures_show(struct deliver *d, struct deliver_lane *lane)
{
	struct buf figures = { 0 };
	enum token_got got = deliver_figures(d, lane, &figures);

	if (got != TOKEN_OK)
		deliver_lane_failed(d, lane, got);
	else
		show(d, lane, buf_text(&figures));
	buf_free(&figures);
}

/* In hours with two digits, as Ditio may show them. */
static void
put_hours(struct buf *to, int64_t ms)
{
	buf_printf(to, "%lld.%02lld h", (long long)(ms / 3600000),
	    (long long)(ms % 3600000 * 100 / 3600000));
}

enum mark_fate
deliver_figures_fate(struct deliver *d, struct deliver_lane *lane,
    const char *before, const char *after, struct buf *why)
{
	struct figures was = { 0 }, is = { 0 }, mine = { 0 };
	enum mark_fate fate = MARK_UNDECIDED;

	if (figures_take(&was, before) == 0 && figures_take(&is, after) == 0 &&
	    of_batch(d, lane, &mine) == 0)
		switch (figures_fate(&was, &is, &mine)) {
		case FIGURES_APPLIED:
			fate = MARK_APPLIED;
			break;
		case FIGURES_NOT_APPLIED:
			fate = MARK_NOT_APPLIED;
			break;
		case FIGURES_UNDECIDED:
			break;
		}
	buf_puts(why, "the aggregate was ");
	put_hours(why, figures_sum(&was));
	buf_puts(why, ", is ");
	put_hours(why, figures_sum(&is));
	buf_puts(why, " and should have grown by ");
	put_hours(why, figures_sum(&mine));
	buf_puts(why, ", state by state");
	figures_free(&was);
	figures_free(&is);
	figures_free(&mine);
	return fate;
}
