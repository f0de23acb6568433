/* tally.h - what a run met and did. */

#ifndef UPLOAD_TALLY_H
#define UPLOAD_TALLY_H

#include <stdint.h>

#include "base/buf.h"

/* Batches, records and their machine-seconds. */
struct tally_sum {
	int64_t batches, records, seconds;
};

/*
 * Every record that comes in is counted once in records, and once in one of
 * those that follow it.
 */
struct tally {
	struct tally_sum read;
	struct tally_sum fresh;	    /* new: put into the ledger */
	struct tally_sum delivered; /* skipped: delivered before */
	struct tally_sum waiting;   /* skipped: in the ledger, not final */
	struct tally_sum conflicts; /* overlap what was or will be delivered */
	struct tally_sum known;	    /* of these, a person acknowledged */
	struct tally_sum withdrawn; /* Ditio took it back at a person's word */
	struct tally_sum young;	    /* --hold-back: not taken in yet */
	struct tally_sum others;    /* --canary: left for later */
	struct tally_sum before;    /* --since-checkpoint: not after it */
	struct tally_sum unfit;	    /* refused here: future, no length */
	struct tally_sum stale;	    /* refused by the server before */

	/* Of the fresh ones: only their tails are new; the seconds are what
	 * was delivered or waits of them. */
	struct tally_sum longer;

	struct tally_sum sent;	  /* accepted in this run */
	struct tally_sum refused; /* by the server in this run */
};

/* Add ${batches}, ${records} and ${seconds} to ${sum}. */
static inline void
tally_add(
    struct tally_sum *sum, int64_t batches, int64_t records, int64_t seconds)
{
	sum->batches += batches;
	sum->records += records;
	sum->seconds += seconds;
}

/* Put "1 batch, 2 records, 1.50 h". */
void tally_put(struct buf *to, const struct tally_sum *sum);

/* Put all of ${t}: what was read, what of it is new (or, with ${sent}, was
 * sent), and why the rest is not. */
void tally_tell(struct buf *to, const struct tally *t, int sent);

/* Add to ${to} what came to ${after} since it was ${before}. */
void tally_growth(
    struct tally *to, const struct tally *before, const struct tally *after);

#endif
