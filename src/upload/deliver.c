/* deliver.c - each batch sent, its fate settled: the state machine. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/progress.h"
#include "base/xalloc.h"
#include "upload/clock.h"
#include "upload/deliver_lane.h"

const char *
deliver_body(struct deliver *d, const struct ledger_batch *b, size_t *len)
{
	char id[DIGEST_TEXT];

	if (spool_get(d->with.spool, b->spool, b->at, b->length, &d->line) != 0)
		return NULL;
	*len = b->length > b->body ? (size_t)(b->length - b->body) - 1 : 0;
	digest_of(buf_text(&d->line) + b->body, *len, id);
	if (strcmp(id, b->id) == 0)
		return d->line.data + b->body;
	msg_warn("batch %.12s is damaged in the spool (%s); nothing of it is "
		 "sent; restore the ledger and its spool from a backup",
	    b->id, b->spool);
	return NULL;
}

/* Fill in the lane, and say what a person must settle in it. */
static int
open_lane(struct deliver *d, struct deliver_lane *lane, int64_t number)
{
	int held = ledger_held(d->with.ledger, number, &lane->batch);

	lane->number = number;
	lane->failing = -1;
	if (held < 0 ||
	    ledger_project(d->with.ledger, number, &lane->project) != 0)
		return -1;
	/* What the run before delivered may not show yet. */
	if (d->with.map != NULL) {
		int64_t ago = ledger_delivered_last(d->with.ledger, number);

		if (ago < 0)
			return -1;
		lane->unseen_until =
		    clock_now() + d->with.settle - (clock_wall() - ago) * 1000;
	}
	if (held > 0)
		deliver_lane_hold(d, lane, buf_text(&lane->batch.words));
	return 0;
}

/* A lane for each project with open batches. */
static int
open_lanes(struct deliver *d)
{
	int64_t *list = ledger_open_projects(d->with.ledger, &d->n);
	int bad = list == NULL;

	d->lanes = xcalloc(d->n, sizeof *d->lanes);
	for (size_t i = 0; i < d->n && !bad; i++)
		bad = open_lane(d, &d->lanes[i], list[i]) != 0;
	free(list);
	return bad ? -1 : 0;
}

/* The lane whose time comes first, or NULL when none goes on. */
static struct deliver_lane *
soonest(struct deliver *d)
{
	struct deliver_lane *best = NULL;

	for (size_t i = 0; i < d->n; i++)
		if (!d->lanes[i].over &&
		    (best == NULL || d->lanes[i].ready < best->ready))
			best = &d->lanes[i];
	return best;
}

/* What is left open: nothing is forgotten at the end. */
static void
look_back(struct deliver *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct deliver_lane *lane = &d->lanes[i];
		int got =
		    ledger_next(d->with.ledger, lane->number, &lane->batch);

		if (got < 0)
			d->trouble = 1;
		else if (got > 0 && lane->batch.state != LEDGER_PENDING)
			d->unknown = 1;
	}
}

static enum status
status_of(const struct deliver *d)
{
	if (d->trouble)
		return STATUS_TROUBLE;
	if (d->unknown)
		return STATUS_UNKNOWN;
	if (d->denied)
		return STATUS_DENIED;
	if (d->later || clock_stopped())
		return STATUS_LATER;
	return d->with.tally->refused.batches > 0 ? STATUS_FINDINGS : STATUS_OK;
}

static void
close_lanes(struct deliver *d)
{
	for (size_t i = 0; i < d->n; i++) {
		buf_free(&d->lanes[i].project.company);
		buf_free(&d->lanes[i].project.name);
		buf_free(&d->lanes[i].batch.words);
		buf_free(&d->lanes[i].figures);
		buf_free(&d->lanes[i].before);
	}
	free(d->lanes);
	buf_free(&d->line);
}

/* ${then}, or the end of the run where that is sooner. */
static int64_t
until(const struct deliver *d, int64_t then)
{
	int64_t end = d->began + d->with.max_duration;

	return d->with.max_duration > 0 && end < then ? end : then;
}

/* True when the run has had its time. */
static int
is_over(struct deliver *d)
{
	if (d->with.max_duration == 0 ||
	    clock_now() - d->began < d->with.max_duration)
		return 0;
	msg_warn("the time is over (--max-duration); run again with the same "
		 "input or with --resume, and it goes on");
	d->later = 1;
	return 1;
}

enum status
deliver_run(const struct deliver_with *with)
{
	struct deliver d = { .with = *with, .began = clock_now() };
	struct deliver_lane *lane;

	d.told = d.began;
	d.records = ledger_open_records(with->ledger);
	if (d.records < 0 || open_lanes(&d) != 0)
		d.trouble = d.stop = 1;
	while (!d.stop && (lane = soonest(&d)) != NULL) {
		clock_wait(until(&d, lane->ready));
		if (clock_stopped() || is_over(&d))
			break;
		if (clock_now() >= lane->ready)
			deliver_lane_step(&d, lane);
		deliver_progress(&d);
	}
	progress_clear();
	look_back(&d);
	if (clock_stopped())
		msg_warn("stopped as asked; run again with the same input or "
			 "with --resume, and it goes on");
	close_lanes(&d);
	return status_of(&d);
}
