/* job.h - a run of ditio-upload, from its settings to its exit status. */

#ifndef UPLOAD_JOB_H
#define UPLOAD_JOB_H

#include <stdint.h>

#include "base/rate.h"
#include "base/status.h"
#include "upload/breaker.h"
#include "upload/feed.h"

struct canary;

/* Texts are borrowed, NULL when not given; times in milliseconds. */
struct job {
	const char *ledger;   /* NULL: the user's own */
	const char *target;   /* NULL: the host of base */
	const char *base;     /* of the mass-transport API */
	const char *identity; /* base of the identity server */
	const char *client;   /* client id */
	const char *secret_file;
	int secret_fd;	  /* -1: none */
	int basic;	  /* the client is named in a header, not in the form */
	struct rate rate; /* of requests; none: as they come */
	int64_t max_duration; /* of a delivery; 0: as long as it takes */
	const char *cacert;
	const char *rejects;
	const char *map;	   /* how to read the aggregate */
	const char *resolve;	   /* ID=delivered or ID=not-delivered */
	const char *conflicts;	   /* where to list them, "csv:FILE" */
	const char *ack;	   /* number of a conflict, or "all" */
	const char *withdrawn;	   /* number of a conflict */
	const char *two_machines;  /* likewise */
	const char *reason;	   /* for either */
	const char *receipts;	   /* file of what became of each batch */
	const char *export;	   /* file to write all periods to */
	const char *sent;	   /* days to sum, "2025-03-01..2025-03-31" */
	const char *aggregate;	   /* days to ask the server about */
	const char *reconcile;	   /* days to compare with it */
	const char *canary;	   /* the only machine and day to send */
	const struct canary *only; /* the same, once it was read */
	int single;		   /* each period in a request of its own */
	const char *company, *project; /* the only one to ask about */
	const char *zone;	       /* whose days; NULL: UTC */
	const char *by;		       /* what to sum by */
	const char *format;	       /* of what is printed */
	const char *confirm;	       /* host that is no test system */
	int64_t lookback;	       /* before the checkpoint */
	int64_t hold_back; /* what ended later than this ago waits */
	int64_t settle, retry_for, timeout, wait;
	int64_t max_halves;
	struct breaker breaker;
	int atomic;
	int adopt;
	int retarget; /* the target's address may be another */
	int dry;
	int bodies; /* a dry run shows what would be sent */
	int since;  /* take in only what is beyond the checkpoint */
	int resume; /* read nothing, go on with what waits */
	int again;  /* take in again what was refused */
	struct feed_rules feed;
	char *const *files;
};

/*
 * Fill in what is not said: from what the file of targets ${config} (NULL: the
 * user's own) says of the job's target, which ${e} keeps, else from the
 * environment.  0, or -1 after a message.
 */
struct targets_entry;
int job_named(struct job *job, const char *config, struct targets_entry *e);

/* What a program run may do. */
typedef enum status job_mode(const struct job *job);

/* Take in and deliver. */
enum status job_run(const struct job *job);

/* Likewise, of one machine and day, and print what to compare it with. */
enum status job_canary(const struct job *job);

/* Print what the ledger holds, and check it: broken promises are
 * STATUS_TROUBLE, batches that are UNKNOWN or HELD STATUS_UNKNOWN. */
enum status job_status(const struct job *job);

/* Write every period. */
enum status job_export(const struct job *job);

/* Print what was sent. */
enum status job_sent(const struct job *job);

/*
 * Print each project's latest timestamp; the server's aggregate; the hours of
 * ledger and aggregate side by side; whether a delivery has all it needs.
 */
enum status job_ask_latest(const struct job *job);
enum status job_ask_aggregate(const struct job *job);
enum status job_ask_reconcile(const struct job *job);
enum status job_check(const struct job *job);

/*
 * The project that is named, or all of ${target} in the ledger ${l} (NULL:
 * none); their newest_end is the newest that was delivered.  ${n} of them, the
 * caller gives them to job_ask_forget.  NULL after a message.
 */
struct ledger;
struct ledger_project *job_ask_projects(
    const struct job *job, struct ledger *l, const char *target, size_t *n);
void job_ask_forget(struct ledger_project *list, size_t n);

/* Settle a HELD batch by a person's word. */
enum status job_resolve(const struct job *job);

/* Acknowledge conflicts; or take what one of them overlaps as withdrawn from
 * Ditio. */
enum status job_conflicts_ack(const struct job *job);
enum status job_conflicts_withdraw(const struct job *job);

/* Or say that the machines of one are two, which vendors call the same. */
enum status job_conflicts_apart(const struct job *job);

/*
 * Open the ledger for ${option} and ask ${word} about the job's target; what it
 * says, STATUS_LATER when another run holds it, STATUS_TROUBLE after a message.
 */
enum status job_settle(const struct job *job, const char *option,
    enum status (*word)(struct ledger *l, const struct job *job));

/*
 * Where the ledger is: as given, or $XDG_STATE_HOME/ditio/ledger.sqlite, or
 * ~/.local/state/ditio/ledger.sqlite (sandbox.sqlite where the base is this
 * machine), with ${make} its directories made; without symbolic links, and
 * refused when it has two names or is no file.  The caller frees; NULL after a
 * message.
 */
char *job_ledger(const struct job *job, int make);

/*
 * True (0) where ${base} is a test system, which this machine and hosts in .dev
 * are, or the user confirmed its host; else -1 after a message.
 */
int job_target_confirm(const struct job *job, const char *base);

/* Work for the target ${name} at ${base} ("": as before), unless the ledger
 * knows it at another address.  0, or -1 after a message. */
struct ledger;
int job_target_take(struct ledger *l, const struct job *job, const char *name,
    const char *base);

#endif
