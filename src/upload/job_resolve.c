/* job_resolve.c - a person's word on a batch that nothing else decides. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "upload/job.h"
#include "upload/ledger.h"
#include "upload/lock.h"
#include "upload/target.h"

/* Settle the batch whose id starts with ${id}. */
static enum status
settle(struct ledger *l, const char *id, const char *word)
{
	struct ledger_batch b = { 0 };
	enum ledger_state state =
	    strcmp(word, "delivered") == 0 ? LEDGER_ACCEPTED : LEDGER_PENDING;
	enum status status = STATUS_TROUBLE;
	int n = ledger_by_id(l, id, &b);

	if (n == 0)
		msg_warn("no open batch of this target starts with %s; see "
			 "--status",
		    id);
	else if (n > 1)
		msg_warn("more than one open batch starts with %s; give more "
			 "of it",
		    id);
	else if (n == 1 && b.state != LEDGER_HELD)
		msg_warn("batch %.12s is %s, not HELD: nothing to settle", b.id,
		    ledger_word(b.state));
	else if (n == 1 && ledger_move(l, &b, state, b.answer,
			       state == LEDGER_ACCEPTED
				   ? "a person said: delivered"
				   : "a person said: not delivered") == 0) {
		msg_info("batch %.12s is now %s; --resume goes on", b.id,
		    ledger_word(state));
		status = STATUS_OK;
	}
	buf_free(&b.words);
	return status;
}

enum status
job_resolve(const struct job *job)
{
	const char *equals = strchr(job->resolve, '=');
	const char *word = equals != NULL ? equals + 1 : "";
	struct buf id = { 0 }, base = { 0 }, target = { 0 };
	struct ledger *l = NULL;
	char *path = NULL;
	enum status status = STATUS_TROUBLE;
	int lock;

	if (equals == NULL || equals - job->resolve < 6 ||
	    (strcmp(word, "delivered") != 0 &&
		strcmp(word, "not-delivered") != 0)) {
		msg_warn("--resolve: ID=delivered or ID=not-delivered, with "
			 "at least six digits of the batch's id");
		goto done;
	}
	buf_put(&id, job->resolve, (size_t)(equals - job->resolve));
	if (job->target == NULL && job->base == NULL) {
		msg_warn("--resolve: which target? use --target or --base");
		goto done;
	}
	if (job->base != NULL && target_base(&base, job->base, "--base") != 0)
		goto done;
	if (job->target != NULL)
		buf_puts(&target, job->target);
	else
		target_host(&target, buf_text(&base));
	if ((path = job_ledger(job->ledger, 0)) == NULL)
		goto done;
	if ((lock = lock_take(path, job->wait)) < 0) {
		status = lock == LOCK_HELD ? STATUS_LATER : STATUS_TROUBLE;
		goto done;
	}
	l = ledger_open(path, LEDGER_WRITE);
	if (l != NULL &&
	    ledger_target(l, buf_text(&target), buf_text(&base)) == 0)
		status = settle(l, buf_text(&id), word);
done:
	ledger_close(l, status);
	free(path);
	buf_free(&id);
	buf_free(&base);
	buf_free(&target);
	return status;
}
