/* job_resolve.c - a person's word on a batch that nothing else decides. */

#include "config.h"

#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "upload/job.h"
#include "upload/ledger.h"

/* Settle the batch that job->resolve names. */
static enum status
settle(struct ledger *l, const struct job *job)
{
	const char *equals = strchr(job->resolve, '=');
	enum ledger_state state = strcmp(equals + 1, "delivered") == 0
				      ? LEDGER_ACCEPTED
				      : LEDGER_PENDING;
	struct buf start = { 0 };
	struct ledger_batch b = { 0 };
	enum status status = STATUS_TROUBLE;
	const char *id;
	int n;

	buf_put(&start, job->resolve, (size_t)(equals - job->resolve));
	id = buf_text(&start);
	n = ledger_by_id(l, id, &b);
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
	buf_free(&start);
	return status;
}

enum status
job_resolve(const struct job *job)
{
	const char *equals = strchr(job->resolve, '=');
	const char *word = equals != NULL ? equals + 1 : "";

	if (equals != NULL && equals - job->resolve >= 6 &&
	    (strcmp(word, "delivered") == 0 ||
		strcmp(word, "not-delivered") == 0))
		return job_settle(job, "--resolve", settle);
	msg_warn("--resolve: ID=delivered or ID=not-delivered, with at least "
		 "six digits of the batch's id");
	return STATUS_TROUBLE;
}
