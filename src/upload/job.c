/* job.c - a run of ditio-upload, from its settings to its exit status. */

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "upload/audit.h"
#include "upload/clock.h"
#include "upload/conflicts.h"
#include "upload/deliver.h"
#include "upload/far.h"
#include "upload/job.h"
#include "upload/lock.h"
#include "upload/receipts.h"
#include "upload/since.h"

/* What a run opens. */
struct opened {
	char *path;	       /* of the ledger */
	const char *conflicts; /* file to list them in, or NULL */
	struct far far;
	int lock;
	struct ledger *ledger;
	struct spool *spool;
	struct names *names;
	struct rejects *rejects;
	struct tally tally;
};

/* Check addresses, names and secrets, before anything is opened. */
static int
check(const struct job *job, struct opened *o)
{
	if (job->since && job->dry) {
		msg_warn("--since-checkpoint asks the server, --dry-run asks "
			 "nobody: one of them");
		return -1;
	}
	if (job->conflicts != NULL &&
	    (o->conflicts = conflicts_file(job->conflicts)) == NULL)
		return -1;
	if (far_base(&o->far, job, job->dry) != 0)
		return -1;
	if (job->dry)
		return 0;
	if (job_target_confirm(job, buf_text(&o->far.base)) != 0)
		return -1;
	return far_who(&o->far, job);
}

/* Open ledger, spool and all; STATUS_OK, or why not, after a message. */
static enum status
open_all(const struct job *job, struct opened *o)
{
	enum ledger_use use = job->dry ? LEDGER_DRY : LEDGER_WRITE;
	int there;

	if ((o->path = job_ledger(job, !job->dry)) == NULL)
		return STATUS_TROUBLE;
	there = access(o->path, F_OK) == 0;
	if (job->resume && !there) {
		msg_warn("%s: no ledger there, nothing to resume", o->path);
		return STATUS_TROUBLE;
	}
	if (!job->dry || there)
		o->lock = lock_take(o->path, job->wait);
	if (o->lock == LOCK_HELD)
		return STATUS_LATER;
	if (o->lock == -1 || (o->ledger = ledger_open(o->path, use)) == NULL ||
	    (!job->dry && (o->spool = spool_open(
			       o->path, ledger_run(o->ledger))) == NULL) ||
	    (o->rejects = rejects_open(job->rejects)) == NULL ||
	    job_target_take(o->ledger, job, buf_text(&o->far.target),
		buf_text(&o->far.base)) != 0 ||
	    ((job->adopt || job->since) && ledger_adopt(o->ledger) != 0))
		return STATUS_TROUBLE;
	o->names = names_new();
	return STATUS_OK;
}

/* Read the input, compare, and commit what is new: all of it or nothing. */
static enum status
take_in(const struct job *job, struct opened *o)
{
	struct intake_with with = { .ledger = o->ledger,
		.spool = o->spool,
		.names = o->names,
		.rejects = o->rejects,
		.tally = &o->tally,
		.again = job->again,
		.only = job->only,
		.hold_back = job->hold_back / 1000,
		.bodies = job->dry && job->bodies ? out_std() : NULL };
	struct since since = { .ledger = o->ledger,
		.lookback = job->lookback / 1000 };
	struct intake *in;
	enum status status = STATUS_TROUBLE;

	if (ledger_begin(o->ledger) != 0)
		return STATUS_TROUBLE;
	if (job->since) {
		far_open(&o->far, job);
		since.api = &o->far.api;
		with.since = since_ask;
		with.since_context = &since;
	}
	in = intake_new(&with);
	status = feed_read(job->files, &job->feed, o->names, in);
	if (status == STATUS_TROUBLE && since.status != STATUS_OK)
		status = since.status;
	if (status == STATUS_OK && job->dry)
		intake_report(in);
	intake_free(in);
	if (job->dry)
		return status;
	if (status == STATUS_OK &&
	    (spool_sync(o->spool) != 0 || ledger_commit(o->ledger) != 0))
		status = STATUS_TROUBLE;
	if (status != STATUS_OK) {
		ledger_rollback(o->ledger);
		spool_abandon(o->spool);
		msg_warn("nothing was sent");
	}
	return status;
}

static enum status
deliver(const struct job *job, struct opened *o)
{
	struct deliver_with with = { .api = &o->far.api,
		.map = o->far.map,
		.ledger = o->ledger,
		.spool = o->spool,
		.names = o->names,
		.rejects = o->rejects,
		.tally = &o->tally,
		.settle = job->settle,
		.retry_for = job->retry_for,
		.breaker = job->breaker,
		.single = job->single,
		.max_duration = job->max_duration,
		.max_halves = job->max_halves,
		.adopt = job->adopt || job->since,
		.atomic = job->atomic };
	struct audit *audit = NULL;
	enum status status;

	far_open(&o->far, job);
	clock_catch(); /* until now, an end left no trace */
	if (o->far.map != NULL)
		audit = audit_new(&o->far, o->ledger);
	status = deliver_run(&with);
	if (audit != NULL)
		audit_tell(audit, job->settle);
	audit_free(audit);
	spool_sweep(o->spool, o->ledger);
	return status;
}

static void
summarise(const struct job *job, const struct opened *o)
{
	struct buf line = { 0 };

	tally_tell(&line, &o->tally, !job->dry);
	msg_info("%s", buf_text(&line));
	buf_free(&line);
}

/* What is left waiting, from the ledger itself. */
static void
row_left(void *context, const char *target, const char *state, int64_t batches,
    int64_t records, int64_t seconds)
{
	const struct opened *o = context;
	struct tally_sum sum = { batches, records, seconds };
	struct buf text = { 0 };

	if (strcmp(target, buf_text(&o->far.target)) != 0 ||
	    strcmp(state, "ACCEPTED") == 0 || strcmp(state, "REFUSED") == 0 ||
	    strcmp(state, "SPLIT") == 0)
		return;
	tally_put(&text, &sum);
	msg_info("%s: %s", state, buf_text(&text));
	buf_free(&text);
}

/* Records that came in and are not delivered, for good. */
static int64_t
not_sent(const struct tally *t)
{
	return t->conflicts.records + t->unfit.records + t->stale.records;
}

static int
close_all(struct opened *o, enum status status)
{
	int bad = rejects_close(o->rejects);

	spool_close(o->spool);
	ledger_close(o->ledger, bad ? STATUS_TROUBLE : (int)status);
	names_free(o->names);
	far_free(&o->far);
	free(o->path);
	return bad;
}

enum status
job_run(const struct job *job)
{
	struct opened o = { .lock = 0 };
	struct ledger_report left = { .row = row_left, .context = &o };
	enum status status = STATUS_TROUBLE;

	signal(SIGPIPE, SIG_IGN);
	clock_listen();
	if (check(job, &o) != 0 || (status = open_all(job, &o)) != STATUS_OK)
		goto done;
	if (!job->resume)
		status = take_in(job, &o);
	if (status == STATUS_OK && !job->dry)
		status = deliver(job, &o);
	if (o.tally.read.batches > 0 || status != STATUS_TROUBLE) {
		summarise(job, &o);
		if (!job->dry && ledger_status_counts(o.ledger, &left) != 0)
			status = STATUS_TROUBLE;
		if (job->receipts != NULL && !job->dry &&
		    receipts_write(o.ledger, job->receipts) != 0)
			status = STATUS_TROUBLE;
		if (o.conflicts != NULL &&
		    conflicts_write(o.ledger, o.conflicts) != 0)
			status = STATUS_TROUBLE;
	}
	if (status == STATUS_OK && not_sent(&o.tally) > 0)
		status = STATUS_FINDINGS;
done:
	if (close_all(&o, status) != 0)
		status = STATUS_TROUBLE;
	return status;
}
