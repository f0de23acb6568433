/* deliver_lane.h - one project's way through a delivery. */

#ifndef UPLOAD_DELIVER_LANE_H
#define UPLOAD_DELIVER_LANE_H

#include "upload/deliver.h"

/* Where a project stands. */
enum deliver_phase {
	DELIVER_NEXT,	 /* its next batch's turn */
	DELIVER_SETTLE,	 /* waits for the first settled reading */
	DELIVER_CONFIRM, /* waits for another that says the same */
	DELIVER_SHOW,	 /* accepted; waits until the aggregate shows it */
};

struct deliver_lane {
	int64_t number; /* of the project */
	struct ledger_project project;
	struct ledger_batch batch; /* whose turn it is */
	enum deliver_phase phase;
	int64_t ready;	    /* clock_now when to go on */
	int64_t failing;    /* clock_now of the first failure in a row, or -1 */
	unsigned failures;  /* in a row */
	int64_t lag_until;  /* how long to wait for a lagging mark; 0: it does
			     * not lag, -1: waited in vain */
	int held;	    /* a batch of it is HELD */
	int renewed;	    /* the token, for this batch */
	int warned;	    /* of batches that are late */
	struct mark first;  /* the first settled reading */
	struct buf figures; /* likewise, of a late batch */
	struct buf before;  /* the aggregate before it was sent, or empty */
	int64_t unseen_until; /* clock_now until when what was accepted may be
			       * missing in the aggregate */
	int blind; /* the aggregate did not show what was accepted: it is no
		    * evidence in this run */
	int readings;
	int over; /* nothing more in this run */
};

struct deliver {
	struct deliver_with with;
	struct deliver_lane *lanes;
	size_t n;
	struct buf line;     /* the envelope of the batch in hand */
	int64_t records;     /* open when the run began */
	int64_t row;	     /* records refused in a row */
	int64_t halves;	     /* requests for halves of what was refused */
	int64_t began, told; /* clock_now of the beginning, of the last line */
	int stop;	     /* the run ends */
	int trouble, denied, later, unknown; /* why, or what is left */
};

/* Company and project, for "%s" twice. */
#define DELIVER_PROJECT(lane)                                                  \
	buf_text(&(lane)->project.company), buf_text(&(lane)->project.name)

/* Show how far the delivery is, now and then, or when asked. */
void deliver_progress(struct deliver *d);

/* Do the next step of a lane whose time has come. */
void deliver_lane_step(struct deliver *d, struct deliver_lane *lane);

/* The batch in hand cannot be settled: hold it, for a person, and end the
 * lane, unless the aggregate decides others; or, when it was HELD before, say
 * so again. */
void deliver_lane_hold(
    struct deliver *d, struct deliver_lane *lane, const char *why);

/* Ask a person about the batch in hand, which is HELD, in figures. */
void deliver_held(
    struct deliver *d, const struct deliver_lane *lane, const char *why);

/* The batch in hand was accepted: record it.  ${how} is said under
 * --verbose. */
void deliver_lane_accept(
    struct deliver *d, struct deliver_lane *lane, const char *how);

/* It was proved unapplied: back to PENDING, and again after a while. */
void deliver_lane_again(
    struct deliver *d, struct deliver_lane *lane, const char *words);

/* A call failed: wait and try again, or end lane or run. */
void deliver_lane_failed(
    struct deliver *d, struct deliver_lane *lane, enum token_got got);

/* Move the batch in hand to ${state}.  False after a message when the ledger
 * could not be written. */
int deliver_lane_move(struct deliver *d, struct deliver_lane *lane,
    enum ledger_state state, const char *words);

/* The batch in hand is done with. */
void deliver_lane_next(struct deliver_lane *lane);

/* The ledger could not be written. */
void deliver_lane_trouble(struct deliver *d, struct deliver_lane *lane);

/* The batch in hand was refused for good, with these words: record it, free
 * its periods, write the rejects. */
void deliver_refuse(
    struct deliver *d, struct deliver_lane *lane, const char *words);

/* The batch in hand, of several records, was refused and took no part: halve
 * it to find the bad one, or refuse it when it is the one. */
void deliver_split_refused(
    struct deliver *d, struct deliver_lane *lane, const char *words);

/* The batch in hand is larger than the server takes. */
void deliver_split_large(
    struct deliver *d, struct deliver_lane *lane, const char *words);

/*
 * Read what the server's aggregate says about the dates of the batch in hand
 * into ${to}, as text for the ledger; nothing when it is not what the map
 * says.
 */
enum token_got deliver_figures(
    struct deliver *d, struct deliver_lane *lane, struct buf *to);

/* The batch in hand was accepted: wait until the aggregate shows it, so that
 * the next one is held against what is there. */
void deliver_figures_show(struct deliver *d, struct deliver_lane *lane);

/* What two such texts say of the batch in hand; ${why} gets it in words. */
enum mark_fate deliver_figures_fate(struct deliver *d,
    struct deliver_lane *lane, const char *before, const char *after,
    struct buf *why);

/* Reconcile the lane's batch, which is UNKNOWN. */
void deliver_settle(struct deliver *d, struct deliver_lane *lane);

/* Bring the envelope of the batch in hand into ${d}'s line, and check it.
 * The body and its length; NULL after a message. */
const char *deliver_body(
    struct deliver *d, const struct ledger_batch *b, size_t *len);

#endif
