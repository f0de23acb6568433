/* deliver_refuse.c - batches that the server would not have. */

#include "config.h"

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "record/problem.h"
#include "upload/deliver_lane.h"

/* Free the periods of the batch in hand in the ledger: they may come again. */
static int
take_back(struct deliver *d, const struct deliver_lane *lane,
    const struct envelope *e)
{
	struct buf company = { 0 }, machine = { 0 };
	int bad = 0;

	for (size_t i = 0; i < e->n && !bad; i++) {
		const struct record *r = &e->records[i].r;
		int64_t number;

		buf_clear(&company);
		buf_clear(&machine);
		names_put_part(
		    d->with.names, r->owner, NAMES_COMPANY, &company);
		names_put_part(
		    d->with.names, r->owner, NAMES_MACHINE, &machine);
		number = ledger_machine(
		    d->with.ledger, buf_text(&company), buf_text(&machine));
		bad = number < 0 || ledger_period_drop(d->with.ledger, number,
					r->start, lane->batch.batch) != 0;
	}
	buf_free(&company);
	buf_free(&machine);
	return bad ? -1 : 0;
}

/* Write the periods down, once the ledger says REFUSED: a run that dies
 * between the two has the words in the ledger, and the other way round a
 * period would be called refused that is sent again. */
static void
write_down(struct deliver *d, const struct deliver_lane *lane,
    const struct envelope *e, const char *words)
{
	struct problem p = { 0 };
	struct buf file = { 0 };

	for (size_t i = 0; i < e->n; i++) {
		const struct record *r = &e->records[i].r;

		buf_clear(&file);
		if (r->file != NAMES_NONE)
			names_put_file(d->with.names, r->file, &file);
		problem_set(&p, "refused-by-server", SEVERITY_ERROR,
		    r->file != NAMES_NONE ? buf_text(&file) : NULL, r->line, 0);
		p.price = r->end - r->start;
		buf_puts(&p.text, words);
		rejects_put(
		    d->with.rejects, &p, lane->batch.id, &e->records[i]);
	}
	buf_free(&file);
	problem_free(&p);
}

static void
tell(struct deliver *d, struct deliver_lane *lane, const char *words)
{
	const struct ledger_batch *b = &lane->batch;
	char from[INSTANT_TEXT], to[INSTANT_TEXT], hours[DURATION_TEXT];

	msg_warn("batch %.12s was refused: company %s, project %s, %s to %s, "
		 "%lld records, %s h: %s",
	    b->id, DELIVER_PROJECT(lane), instant_text(from, b->first_start),
	    instant_text(to, b->last_end), (long long)b->records,
	    duration_hours(hours, b->seconds), words);
	tally_add(&d->with.tally->refused, 1, b->records, b->seconds);
	d->row += b->records;
	deliver_lane_next(lane);
	if (breaker_trips(&d->with.breaker, d->row,
		d->with.tally->refused.records, d->records)) {
		msg_warn("%lld records refused, %lld of them in a row: a "
			 "setting is wrong, perhaps; stopped (--max-rejects)",
		    (long long)d->with.tally->refused.records,
		    (long long)d->row);
		d->stop = 1;
	}
}

void
deliver_refuse(struct deliver *d, struct deliver_lane *lane, const char *words)
{
	struct envelope e = { 0 };
	struct problem p = { 0 };
	struct buf said = { 0 };
	size_t len;

	buf_puts(&said, words); /* may be the batch's own, which move sets */
	if (deliver_body(d, &lane->batch, &len) == NULL ||
	    envelope_read(
		&e, d->with.names, buf_text(&d->line), d->line.len, &p) != 0 ||
	    ledger_begin(d->with.ledger) != 0) {
		deliver_lane_trouble(d, lane);
		goto done;
	}
	if (!deliver_lane_move(d, lane, LEDGER_REFUSED, buf_text(&said)))
		goto done;
	if (take_back(d, lane, &e) != 0 || ledger_commit(d->with.ledger) != 0) {
		ledger_rollback(d->with.ledger);
		deliver_lane_trouble(d, lane);
		goto done;
	}
	write_down(d, lane, &e, buf_text(&said));
	tell(d, lane, buf_text(&said));
done:
	envelope_free(&e);
	problem_free(&p);
	buf_free(&said);
}
