/* job_conflicts.c - a person's word on conflicts with what was delivered. */

#include "config.h"

#include <string.h>

#include "base/msg.h"
#include "base/number.h"
#include "upload/job.h"
#include "upload/ledger.h"

/* The number of a conflict; "all" is 0 where ${all} allows it. */
static int
read_number(const char *option, const char *s, int all, int64_t *number)
{
	uint64_t n;

	*number = 0;
	if (all && strcmp(s, "all") == 0)
		return 0;
	if (number_whole(s, strlen(s), INT64_MAX, &n) == 0 && n > 0) {
		*number = (int64_t)n;
		return 0;
	}
	msg_warn("%s: a conflict's number%s, as the messages and --conflicts "
		 "have it, not %s",
	    option, all ? " or all" : "", s);
	return -1;
}

static enum status
acknowledge(struct ledger *l, const struct job *job)
{
	int64_t number, n;

	if (read_number("--ack", job->ack, 1, &number) != 0)
		return STATUS_TROUBLE;
	n = ledger_conflict_ack(l, number);
	if (n == 0 && number > 0) {
		msg_warn("no open conflict %lld of this target; see "
			 "--conflicts",
		    (long long)number);
		return STATUS_TROUBLE;
	}
	if (n >= 0)
		msg_info("acknowledged: %lld; they stay unsent and are no "
			 "finding any more",
		    (long long)n);
	return n >= 0 ? STATUS_OK : STATUS_TROUBLE;
}

static enum status
withdraw(struct ledger *l, const struct job *job)
{
	int64_t number, n;

	if (read_number("--mark-withdrawn", job->withdrawn, 0, &number) != 0)
		return STATUS_TROUBLE;
	n = ledger_conflict_withdraw(l, number, job->reason);
	if (n == 0)
		msg_warn("no conflict %lld of this target, or nothing that it "
			 "overlaps; see --conflicts",
		    (long long)number);
	else if (n > 0)
		msg_info("conflict %lld: what it overlaps is withdrawn "
			 "(periods: %lld); the new period is sent when it "
			 "comes again",
		    (long long)number, (long long)n);
	return n > 0 ? STATUS_OK : STATUS_TROUBLE;
}

static enum status
tell_apart(struct ledger *l, const struct job *job)
{
	int64_t number, n;

	if (read_number("--two-machines", job->two_machines, 0, &number) != 0)
		return STATUS_TROUBLE;
	n = ledger_alias_apart(l, number, job->reason);
	if (n == 0)
		msg_warn("no conflict %lld of this target that is about two "
			 "machines; see --conflicts",
		    (long long)number);
	else if (n > 0)
		msg_info("conflict %lld: its machines are told apart; the new "
			 "period is sent when it comes again",
		    (long long)number);
	return n > 0 ? STATUS_OK : STATUS_TROUBLE;
}

enum status
job_conflicts_ack(const struct job *job)
{
	return job_settle(job, "--ack", acknowledge);
}

enum status
job_conflicts_withdraw(const struct job *job)
{
	if (job->reason != NULL && *job->reason != '\0')
		return job_settle(job, "--mark-withdrawn", withdraw);
	msg_warn("--mark-withdrawn: why, and who took it back in Ditio? say "
		 "it with --reason");
	return STATUS_TROUBLE;
}

enum status
job_conflicts_apart(const struct job *job)
{
	if (job->reason != NULL && *job->reason != '\0')
		return job_settle(job, "--two-machines", tell_apart);
	msg_warn("--two-machines: how do you know? say it with --reason");
	return STATUS_TROUBLE;
}
