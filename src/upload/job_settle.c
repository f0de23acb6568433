/* job_settle.c - the ledger of one target, opened for a person's word. */

#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/msg.h"
#include "upload/job.h"
#include "upload/ledger.h"
#include "upload/lock.h"
#include "upload/target.h"

enum status
job_settle(const struct job *job, const char *option,
    enum status (*word)(struct ledger *l, const struct job *job))
{
	struct buf base = { 0 }, target = { 0 };
	struct ledger *l = NULL;
	char *path = NULL;
	enum status status = STATUS_TROUBLE;
	int lock;

	if (job->target == NULL && job->base == NULL) {
		msg_warn("%s: which target? use --target or --base", option);
		goto done;
	}
	if (job->base != NULL && target_base(&base, job->base, "--base") != 0)
		goto done;
	if (job->target != NULL)
		buf_puts(&target, job->target);
	else
		target_host(&target, buf_text(&base));
	if ((path = job_ledger(job, 0)) == NULL)
		goto done;
	if ((lock = lock_take(path, job->wait)) < 0) {
		status = lock == LOCK_HELD ? STATUS_LATER : STATUS_TROUBLE;
		goto done;
	}
	l = ledger_open(path, LEDGER_WRITE);
	if (l != NULL &&
	    job_target_take(l, job, buf_text(&target), buf_text(&base)) == 0)
		status = word(l, job);
done:
	ledger_close(l, status);
	free(path);
	buf_free(&base);
	buf_free(&target);
	return status;
}
