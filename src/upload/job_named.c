/* job_named.c - what the user did not say, from the file of targets and the
 * environment. */

#include "config.h"

#include <stdlib.h>

#include "base/msg.h"
#include "upload/job.h"
#include "upload/targets.h"

static const char *
first_of(const char *a, const char *b, const char *c)
{
	return a != NULL ? a : b != NULL ? b : c;
}

int
job_named(struct job *job, const char *config, struct targets_entry *e)
{
	if (config != NULL && job->target == NULL) {
		msg_warn("--config: which target of it? use --target");
		return -1;
	}
	if (job->target != NULL &&
	    targets_find(config, job->target, job->base != NULL, e) < 0)
		return -1;
	if (job->secret_fd >= 0 && job->secret_file != NULL) {
		msg_warn("--client-secret-file and --client-secret-fd: one of "
			 "the two");
		return -1;
	}
	job->base =
	    first_of(job->base, e->base, getenv("DITIO_MASSTRANSPORT_BASE"));
	job->identity =
	    first_of(job->identity, e->identity, getenv("DITIO_IDENTITY_BASE"));
	job->client =
	    first_of(job->client, e->client, getenv("DITIO_CLIENT_ID"));
	if (job->secret_fd < 0)
		job->secret_file =
		    first_of(job->secret_file, e->secret_file, NULL);
	job->cacert = first_of(job->cacert, e->cacert, NULL);
	job->ledger = first_of(job->ledger, e->ledger, NULL);
	if (job->rate.requests == 0 && e->rate != NULL)
		rate_read(&job->rate, e->rate);
	return 0;
}
