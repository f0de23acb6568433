/* job_canary.c - a first delivery that is looked at before the others. */

#include "config.h"

#include "base/msg.h"
#include "upload/canary.h"
#include "upload/job.h"

enum status
job_canary(const struct job *job)
{
	struct canary canary = { 0 };
	struct job run = *job, shown = *job;
	enum status status = STATUS_TROUBLE, told;

	if (canary_read(&canary, job->canary, job->zone) != 0)
		goto done;
	run.only = &canary;
	status = job_run(&run);
	if (job->dry || (status != STATUS_OK && status != STATUS_FINDINGS))
		goto done;
	shown.sent = canary.day;
	shown.by = "company,project,machine,day,state";
	shown.only = &canary;
	told = job_sent(&shown);
	if (told != STATUS_OK)
		status = told;
	else
		msg_info("Compare these hours with what Ditio shows of %s on "
			 "%s.  If they agree, run again without --canary; if "
			 "not, nothing else was sent",
		    buf_text(&canary.machine), canary.day);
done:
	canary_free(&canary);
	return status;
}
