/* job_target.c - the far end a run is about, as the ledger knows it. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "base/msg.h"
#include "upload/job.h"
#include "upload/ledger.h"
#include "upload/target.h"

/* Are all addresses under this name test systems? */
static int
is_for_tests(const char *base, const char *host)
{
	size_t len = strlen(host);

	return target_is_loopback(base) ||
	       (len > 4 && strcasecmp(host + len - 4, ".dev") == 0);
}

int
job_target_confirm(const struct job *job, const char *base)
{
	struct buf host = { 0 };
	int sure;

	target_host(&host, base);
	sure = is_for_tests(base, buf_text(&host)) ||
	       (job->confirm != NULL &&
		   strcasecmp(job->confirm, buf_text(&host)) == 0);
	if (!sure && job->confirm != NULL)
		msg_warn("--confirm-target says %s, but this goes to %s",
		    job->confirm, buf_text(&host));
	else if (!sure)
		msg_warn("%s is no test system, and nothing can be taken back "
			 "there; if you mean it: --confirm-target %s",
		    buf_text(&host), buf_text(&host));
	buf_free(&host);
	return sure ? 0 : -1;
}

int
job_target_take(
    struct ledger *l, const struct job *job, const char *name, const char *base)
{
	struct buf was = { 0 };
	int moved = ledger_target_moved(l, name, base, &was);

	if (moved > 0 && !job->retarget)
		msg_warn("target %s is now at %s, was at %s: what was "
			 "delivered there would not be sent again.  If it is "
			 "the same system, say --retarget; if not, give it "
			 "another --target",
		    name, base, buf_text(&was));
	else if (moved > 0)
		msg_info("target %s is at %s now, was at %s", name, base,
		    buf_text(&was));
	buf_free(&was);
	if (moved < 0 || (moved > 0 && !job->retarget))
		return -1;
	return ledger_target(l, name, base);
}
