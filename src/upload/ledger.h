/* ledger.h - what was sent, what became of it, and what still waits. */

#ifndef UPLOAD_LEDGER_H
#define UPLOAD_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"

struct ledger;

/* An integer or watermark that is not there. */
#define LEDGER_NONE INT64_MIN

enum ledger_state {
	LEDGER_PENDING,	 /* known, provably not applied */
	LEDGER_INFLIGHT, /* may have been sent */
	LEDGER_UNKNOWN,	 /* may be applied */
	LEDGER_ACCEPTED, /* delivered; final */
	LEDGER_REFUSED,	 /* the server would not have it; final */
	LEDGER_HELD,	 /* undecidable: a person decides */
	LEDGER_SPLIT,	 /* replaced by two others; final */
};

/* What the newest watermark of a project means on a target. */
enum ledger_mark {
	LEDGER_MARK_UNKNOWN, /* not learned yet */
	LEDGER_MARK_START,   /* the newest start */
	LEDGER_MARK_END,     /* the newest end */
};

enum ledger_lane {
	LEDGER_LANE_FORWARD, /* beyond the watermark, which decides it */
	LEDGER_LANE_LATE,    /* nothing here decides it */
};

/* A batch.  Times are seconds since 1970, the watermark milliseconds. */
struct ledger_batch {
	int64_t batch; /* its number: the order of delivery */
	char id[DIGEST_TEXT];
	int64_t project;
	enum ledger_state state;
	enum ledger_lane lane; /* of the last attempt */
	int64_t before_ms;     /* watermark before it; LEDGER_NONE: none */
	int64_t records, seconds;
	int tied;
	int64_t first_start, last_start, first_end, last_end;
	char spool[32];	    /* file in the spool */
	int64_t at, length; /* the envelope's line in it */
	int64_t body;	    /* where in the line the body starts */
	int64_t attempts;
	int64_t answer;	  /* HTTP status of the last answer, or LEDGER_NONE */
	struct buf words; /* what was last said about it */
	int64_t parent;	  /* number of what it is a half of; 0: of none */
};

/* A project on a target. */
struct ledger_project {
	struct buf company, name;
	int seen;	      /* its watermark was read before */
	int64_t mark_ms;      /* as read then; LEDGER_NONE: none */
	int64_t newest_start; /* of what was accepted since, or NONE */
	int64_t newest_end;
};

/* A delivered or waiting period met by a new one. */
struct ledger_period {
	int64_t start, end;
	int64_t project, state, batch;
	int accepted;	/* its batch is; set by ledger_period_before */
	int64_t vendor; /* what the vendor calls the machine, a number as
			   ledger_machine gives; 0: as we do */
};

/* What a ledger is opened for. */
enum ledger_use {
	LEDGER_READ, /* to look at it; nothing is written */
	LEDGER_DRY,  /* one transaction, which is undone */
	LEDGER_WRITE,
};

/*
 * Open the ledger ${path}, made when missing (in memory only, unless it is
 * to be written) and brought to our version when older (likewise: in a copy),
 * and start a run in it: batches that a dead run left INFLIGHT become UNKNOWN.
 * LEDGER_READ starts none.  NULL after a message.
 */
struct ledger *ledger_open(const char *path, enum ledger_use use);

/* The number of this run. */
int64_t ledger_run(const struct ledger *l);

/* Start, commit or undo a transaction.  0, or -1 after a message. */
int ledger_begin(struct ledger *l);
int ledger_commit(struct ledger *l);
void ledger_rollback(struct ledger *l);

/* Is the target ${name} known at another address than ${url}, which is put into
 * ${was}?  Two on this machine are alike.  1, 0, or -1 after a message. */
int ledger_target_moved(
    struct ledger *l, const char *name, const char *url, struct buf *was);

/* Work for the target ${name} at ${url} ("": as before).  0, or -1 after a
 * message.  Then what its watermark means. */
int ledger_target(struct ledger *l, const char *name, const char *url);
enum ledger_mark ledger_mark(const struct ledger *l);
int ledger_learn(struct ledger *l, enum ledger_mark mark);

/* Numbers of texts, put into the ledger when new; machines, which vendors' ids
 * are too, and projects are those of the current target.  -1 after a message.
 */
int64_t ledger_project_of(
    struct ledger *l, const char *company, const char *name);
int64_t ledger_machine(struct ledger *l, const char *company, const char *name);
int64_t ledger_state_name(struct ledger *l, const char *name);
int64_t ledger_file(struct ledger *l, const char *name, int64_t bytes,
    const char *sha256); /* NULL and LEDGER_NONE: not known */

/* Look for a batch by its id.  1 with its state (one that is not REFUSED goes
 * before), 0 when there is none, -1 after a message. */
int ledger_find(struct ledger *l, int64_t project, const char *id,
    enum ledger_state *state);

/* True if the target refused single periods; true in doubt. */
int ledger_has_refused(struct ledger *l);

/* The number the next batch will have, or -1 after a message. */
int64_t ledger_next_batch(struct ledger *l);

/* Put in a PENDING batch under its number, which is returned; -1 after a
 * message. */
int64_t ledger_put(struct ledger *l, const struct ledger_batch *b);

/* The period of ${machine} that starts last before ${end}.  1, 0, or -1. */
int ledger_period_before(struct ledger *l, int64_t machine, int64_t end,
    struct ledger_period *period);

/* Put in a period of a batch.  ${file} and ${line} may be LEDGER_NONE. */
int ledger_period_put(struct ledger *l, int64_t machine,
    const struct ledger_period *period, int64_t file, int64_t line);

/* Say in words where the period of ${machine} at ${start} came from; ${named}:
 * and which machine that is. */
int ledger_period_describe(struct ledger *l, int64_t machine, int named,
    int64_t start, struct buf *to);

/*
 * ${mine} of ${machine} is in conflict with what the ledger has: write it
 * down.  ${number} is the conflict's.  1 if a person has acknowledged it, 0 if
 * not, -1 after a message.
 */
int ledger_conflict_put(struct ledger *l, int64_t machine,
    const struct ledger_period *mine, int64_t file, int64_t line,
    int64_t *number);

/*
 * Other machines of the vendor's id ${vendor} than ${machine}, and whether a
 * person said that they are others.  From now on ${machine} is one of them.
 * Call ${each} for each.  0, or -1 after a message.
 */
int ledger_alias(struct ledger *l, int64_t vendor, int64_t machine,
    void (*each)(void *context, int64_t machine, int is_apart), void *context);

/* The first period of ${machine}, which the vendor calls ${vendor}, that
 * overlaps ${mine}.  1, 0, or -1. */
int ledger_alias_meets(struct ledger *l, int64_t vendor, int64_t machine,
    const struct ledger_period *mine, struct ledger_period *met);

/*
 * The machines that conflict ${number} of the target is about are not one,
 * though the vendors call them the same, because of ${reason}: their periods
 * are no more held against each other under that id.  How many there are
 * besides its own; 0 when there is no such conflict, or it is about one
 * machine; -1 after a message.
 */
int64_t ledger_alias_apart(
    struct ledger *l, int64_t number, const char *reason);

/* A period in words; times are seconds since 1970, line may be LEDGER_NONE
 * and file NULL.  Texts live for the call they come with. */
struct ledger_words {
	const char *company, *project, *machine, *state, *file;
	const char *sha256; /* of the file; NULL: not known */
	const char *vendor; /* the vendor's id; in an export NULL where that is
			       the machine's */
	int64_t start, end, line;
};

/* A conflict that is not withdrawn, with one of the periods it overlaps. */
struct ledger_conflict {
	int64_t number;
	int acknowledged;
	int64_t first_seen, last_seen; /* starts of runs, since 1970 */
	struct ledger_words mine, theirs;
	const char *batch, *fate; /* of theirs */
	const char *target;
};

/* Call ${row} for each pair, in order of the conflicts, of the target or, where
 * none is set, of all.  0, or -1 after a message. */
int ledger_conflict_each(struct ledger *l,
    void (*row)(void *context, const struct ledger_conflict *c), void *context);

/*
 * For looking: take the target ${name}, or when that is NULL the only one; its
 * name is put into ${found}.  1, 0 when the ledger has none, -1 after a
 * message.
 */
int ledger_sent_target(struct ledger *l, const char *name, struct buf *found);

/* Call ${row} for each ACCEPTED period of the target that overlaps the time
 * from ${from} to before ${until}.  0, or -1 after a message. */
int ledger_sent_each(struct ledger *l, int64_t from, int64_t until,
    void (*row)(void *context, const struct ledger_words *w, const char *batch),
    void *context);

/* The batches of it that may be applied, and nobody knows: how many, and their
 * machine-seconds.  0, or -1 after a message. */
int ledger_sent_doubt(struct ledger *l, int64_t from, int64_t until,
    int64_t *batches, int64_t *seconds);

/* How many conflicts that ledger_conflict_each tells are open, and how many
 * acknowledged.  0, or -1 after a message. */
int ledger_conflict_count(
    struct ledger *l, int64_t *open, int64_t *acknowledged);

/* A batch, for those who keep receipts; texts live for the call. */
struct ledger_receipt {
	const char *target, *company, *project, *batch, *state, *words;
	int64_t records, seconds, first_start, last_end;
	int64_t attempts, answer, run, changed;
};

/* Call ${row} for each batch of the target that this run, or one before it that
 * was killed, put in or changed.  0, or -1 after a message. */
int ledger_receipts(struct ledger *l,
    void (*row)(void *context, const struct ledger_receipt *r), void *context);

/* A period and its fate: its batch's state, or WITHDRAWN and the reason. */
struct ledger_export {
	struct ledger_words words;
	const char *target, *batch, *fate, *reason;
};

/* Call ${row} for each period of all targets, then for each that was withdrawn.
 * 0, or -1 after a message. */
int ledger_receipts_periods(struct ledger *l,
    void (*row)(void *context, const struct ledger_export *e), void *context);

/*
 * Acknowledge conflict ${number} of the target, or all of them where it is 0:
 * they stay unsent and are no finding any more.  How many, -1 after a message.
 */
int64_t ledger_conflict_ack(struct ledger *l, int64_t number);

/*
 * Ditio took back what conflict ${number} of the target overlaps: those periods
 * become withdrawn, because of ${reason}, and the new one is free to be sent.
 * How many, 0 when there is no such conflict or nothing it overlaps, -1 after a
 * message (a batch that is not ACCEPTED must be settled first).
 */
int64_t ledger_conflict_withdraw(
    struct ledger *l, int64_t number, const char *reason);

/* Was ${mine} withdrawn, just as it is?  1, 0, or -1 after a message. */
int ledger_conflict_withdrawn(
    struct ledger *l, int64_t machine, const struct ledger_period *mine);

/* Take back a period of a batch that was refused. */
int ledger_period_drop(
    struct ledger *l, int64_t machine, int64_t start, int64_t batch);

/* Move a period of a batch that is SPLIT to the half ${to}. */
int ledger_split_period(
    struct ledger *l, int64_t machine, int64_t start, int64_t from, int64_t to);

/* What one request to the target may hold, in bytes; LEDGER_NONE: not known.
 * -1 after a message. */
int64_t ledger_limit(struct ledger *l);
int ledger_limit_set(struct ledger *l, int64_t bytes);

/* How many records the open batches of the target have.  -1 after a message. */
int64_t ledger_open_records(struct ledger *l);

/* The projects of the target with open batches: ${n} numbers that the caller
 * frees.  NULL after a message. */
int64_t *ledger_open_projects(struct ledger *l, size_t *n);

/* The earliest start and the latest end of the open batches of ${project}.  0,
 * or -1 when there is none or after a message. */
int ledger_open_dates(
    struct ledger *l, int64_t project, int64_t *first, int64_t *last);

/* Machine-seconds of what this run sent. */
struct ledger_sums {
	int64_t sent;  /* accepted */
	int64_t doubt; /* of unknown fate */
};
int ledger_sums_of_run(
    struct ledger *l, int64_t project, struct ledger_sums *sums);

/*
 * All projects of the target ${name}, as ledger_project; but newest_end is the
 * newest that was ever delivered.  ${n} of them, the caller frees them and
 * their texts.  NULL after a message.
 */
struct ledger_project *ledger_projects(
    struct ledger *l, const char *name, size_t *n);

/* Fill in ${project}.  0, or -1 after a message. */
int ledger_project(
    struct ledger *l, int64_t number, struct ledger_project *project);

/* True if nothing of ${project} was ever sent, and it came into the ledger when
 * nothing of its target had been.  -1 after a message. */
int ledger_is_first(struct ledger *l, int64_t project);

/* Forget what the target's watermarks were: the next reading is taken as it
 * is. */
int ledger_adopt(struct ledger *l);

/*
 * The batch of ${project} whose turn it is: the one in doubt, else of the
 * PENDING ones that share no date with one that is HELD a half, the last put
 * in, else the first.  1, 0 when there is none, -1 after a message.
 */
int ledger_next(struct ledger *l, int64_t project, struct ledger_batch *b);

/* The first batch of ${project} that is HELD.  Likewise. */
int ledger_held(struct ledger *l, int64_t project, struct ledger_batch *b);

/* What was known when a batch was sent. */
struct ledger_before {
	enum ledger_lane lane;
	int64_t mark_ms;     /* the watermark */
	int trusted;	     /* it becomes the project's */
	const char *figures; /* the aggregate of its dates, or NULL */
};

/*
 * Commit the intent to send ${b}: INFLIGHT, with what was known before.  0, or
 * -1 after a message: then nothing may be sent.
 */
int ledger_intent(struct ledger *l, struct ledger_batch *b,
    const struct ledger_before *before);

/* Put the aggregate that was known when batch number ${batch} was sent, if
 * any.  0, or -1 after a message. */
int ledger_intent_figures(struct ledger *l, int64_t batch, struct buf *to);

/* When (seconds since 1970) a batch of ${project} was last recorded as
 * ACCEPTED or HELD, so that it may not show everywhere yet; 0 for never, -1
 * after a message. */
int64_t ledger_delivered_last(struct ledger *l, int64_t project);

/*
 * Seconds delivered to ${project} on the dates (UTC) that ${b} touches, or -1
 * after a message.
 */
int64_t ledger_delivered_on(
    struct ledger *l, int64_t project, const struct ledger_batch *b);

/*
 * Move ${b} to another state, in a transaction of its own unless one is open.
 * ACCEPTED moves the project's newest times.  0, or -1 after a message.
 */
int ledger_move(struct ledger *l, struct ledger_batch *b,
    enum ledger_state state, int64_t answer, const char *words);

/* The open batches of the target whose id starts with ${id}: how many, the
 * first in ${b}.  -1 after a message. */
int ledger_by_id(struct ledger *l, const char *id, struct ledger_batch *b);

/* True if an open batch lies in the spool file ${name}; true in doubt. */
int ledger_spooled(struct ledger *l, const char *name);

/* Call ${each} for each final batch in it: where its bytes are.  0, or -1 after
 * a message. */
int ledger_spool_final(struct ledger *l, const char *name,
    void (*each)(void *context, int64_t at, int64_t len), void *context);

/*
 * Call ${row} for each target and state with its counts, and ${held} for each
 * batch that is UNKNOWN or HELD, with the seconds delivered to its project on
 * its dates.  Texts live for the call.  ${broken} gets
 * each broken promise of the ledger, in words.  0, or -1 after a message.
 */
struct ledger_report {
	void (*row)(void *context, const char *target, const char *state,
	    int64_t batches, int64_t records, int64_t seconds);
	void (*held)(void *context, const char *target, const char *company,
	    const char *project, const struct ledger_batch *b, int64_t there);
	void (*broken)(void *context, const char *words);
	void *context;
};
int ledger_status(struct ledger *l, const struct ledger_report *report);

/* Only the rows of it. */
int ledger_status_counts(struct ledger *l, const struct ledger_report *report);

/* "PENDING" and so on, and back. */
const char *ledger_word(enum ledger_state state);
enum ledger_state ledger_state_of(const char *word);

/* End the run with its exit status and close.  NULL is welcome. */
void ledger_close(struct ledger *l, int status);

#endif
