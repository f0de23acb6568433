/* deliver_split.c - batches cut in two, to find a bad record or to fit. */

#include "config.h"

#include <stdio.h>

#include "base/msg.h"
#include "upload/deliver_lane.h"

/* What was read of the batch in hand, and the two that will stand for it. */
struct split {
	struct envelope e;
	size_t middle;
	struct ledger_batch halves[2];
};

/* Fill in ${b}, the records ${from} to ${to} of ${e}. */
static void
measure(
    struct ledger_batch *b, const struct envelope *e, size_t from, size_t to)
{
	const struct record *first = &e->records[from].r;

	b->first_start = b->last_start = first->start;
	b->first_end = b->last_end = first->end;
	for (size_t i = from; i < to; i++) {
		const struct record *r = &e->records[i].r;

		b->records++;
		b->seconds += r->end - r->start;
		if (r->start < b->first_start)
			b->first_start = r->start;
		if (r->start > b->last_start)
			b->last_start = r->start;
		if (r->end < b->first_end)
			b->first_end = r->end;
		if (r->end > b->last_end)
			b->last_end = r->end;
	}
}

/* Put the half ${i} into the spool. */
static int
spool_half(
    struct deliver *d, struct split *s, const struct ledger_batch *whole, int i)
{
	struct ledger_batch *b = &s->halves[i];
	size_t from = i == 0 ? 0 : s->middle, to = i == 0 ? s->middle : s->e.n;
	struct buf line = { 0 };

	*b = (struct ledger_batch){ .project = whole->project,
		.parent = whole->batch,
		.tied = whole->tied };
	measure(b, &s->e, from, to);
	for (size_t r = 0; r < s->e.n; r++)
		s->e.records[r].drop = r < from || r >= to;
	b->body = (int64_t)envelope_make(&s->e, d->with.names, &line, b->id);
	b->length = (int64_t)line.len;
	b->at = spool_put(d->with.spool, line.data, line.len);
	snprintf(b->spool, sizeof b->spool, "%s", spool_name(d->with.spool));
	buf_free(&line);
	return b->at < 0 ? -1 : 0;
}

/* Give the periods of the half ${i} to it. */
static int
move_periods(struct deliver *d, struct split *s, int i)
{
	const struct ledger_batch *b = &s->halves[i];
	size_t to = i == 0 ? s->middle : s->e.n;
	struct buf company = { 0 }, machine = { 0 };
	int bad = 0;

	for (size_t r = i == 0 ? 0 : s->middle; r < to && !bad; r++) {
		const struct record *record = &s->e.records[r].r;
		int64_t number;

		buf_clear(&company);
		buf_clear(&machine);
		names_put_part(
		    d->with.names, record->owner, NAMES_COMPANY, &company);
		names_put_part(
		    d->with.names, record->owner, NAMES_MACHINE, &machine);
		number = ledger_machine(
		    d->with.ledger, buf_text(&company), buf_text(&machine));
		bad =
		    number < 0 || ledger_split_period(d->with.ledger, number,
				      record->start, b->parent, b->batch) != 0;
	}
	buf_free(&company);
	buf_free(&machine);
	return bad ? -1 : 0;
}

/* Replace the batch in hand by its halves in one transaction. */
static int
commit(struct deliver *d, struct deliver_lane *lane, struct split *s,
    const char *words)
{
	struct ledger *l = d->with.ledger;

	if (ledger_begin(l) != 0)
		return -1;
	if (!deliver_lane_move(d, lane, LEDGER_SPLIT, words))
		return -1;
	/* The second first: of halves the last put in goes first. */
	for (int i = 1; i >= 0; i--) {
		struct ledger_batch *b = &s->halves[i];

		if ((b->batch = ledger_next_batch(l)) < 0 ||
		    ledger_put(l, b) != b->batch || move_periods(d, s, i) != 0)
			goto bad;
	}
	if (ledger_commit(l) == 0)
		return 0;
bad:
	ledger_rollback(l);
	return -1;
}

/* Cut the batch in hand in two.  False when it could not be. */
static int
cut(struct deliver *d, struct deliver_lane *lane, const char *words)
{
	struct split s = { .middle = 0 };
	struct problem p = { 0 };
	struct buf said = { 0 };
	size_t len;
	int done = 0;

	buf_puts(&said, words); /* may be the batch's own, which move sets */
	if (deliver_body(d, &lane->batch, &len) == NULL ||
	    envelope_read(
		&s.e, d->with.names, buf_text(&d->line), d->line.len, &p) != 0)
		goto done;
	s.middle = envelope_middle(&s.e);
	if (spool_half(d, &s, &lane->batch, 1) == 0 &&
	    spool_half(d, &s, &lane->batch, 0) == 0 &&
	    spool_sync(d->with.spool) == 0 &&
	    commit(d, lane, &s, buf_text(&said)) == 0)
		done = 1;
done:
	if (done)
		deliver_lane_next(lane);
	else
		deliver_lane_trouble(d, lane);
	envelope_free(&s.e);
	problem_free(&p);
	buf_free(&said);
	return done;
}

void
deliver_split_refused(
    struct deliver *d, struct deliver_lane *lane, const char *words)
{
	int64_t n = lane->batch.records;

	if (n == 1) {
		deliver_refuse(d, lane, words);
		return;
	}
	if (d->halves + 2 > d->with.max_halves) {
		msg_warn("company %s, project %s: stopped: finding what is "
			 "refused would take more than %lld requests "
			 "(--bisect-max-requests); %lld records are still to "
			 "be looked through: %s",
		    DELIVER_PROJECT(lane), (long long)d->with.max_halves,
		    (long long)n, words);
		d->stop = d->later = 1;
		deliver_lane_move(d, lane, LEDGER_PENDING, words);
		return;
	}
	if (cut(d, lane, words)) {
		d->halves += 2;
		msg_debug("batch %.12s: halved to find what is refused",
		    lane->batch.id);
	}
}

void
deliver_split_large(
    struct deliver *d, struct deliver_lane *lane, const char *words)
{
	int64_t body = lane->batch.length - lane->batch.body - 1;
	int64_t most = ledger_limit(d->with.ledger);

	if (lane->batch.records == 1) {
		deliver_refuse(d, lane, words);
		return;
	}
	/* It was sent, and came back: half of it, perhaps. */
	if (lane->batch.state == LEDGER_INFLIGHT &&
	    (most <= 0 || body / 2 < most)) {
		if (ledger_limit_set(d->with.ledger, body / 2) != 0) {
			deliver_lane_trouble(d, lane);
			return;
		}
		msg_note("%s: from now on no request has more than %lld bytes",
		    words, (long long)(body / 2));
	}
	cut(d, lane, words);
}
