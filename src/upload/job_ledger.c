/* job_ledger.c - where the ledger of a run is. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/aside.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/job.h"
#include "upload/target.h"

/*
 * The one name of the ledger ${path}: its lock, log and spool stand beside it,
 * so that a second name would be a second lock.  Takes ${path}; the caller
 * frees; NULL after a message.
 */
static char *
one_name(char *path)
{
	char *real = realpath(path, NULL);
	struct stat st;

	if (real == NULL && errno == ENOENT && lstat(path, &st) != 0)
		return path; /* to be made */
	if (real == NULL || stat(real, &st) != 0) {
		msg_warn_errno("%s", path);
	} else if (!S_ISREG(st.st_mode)) {
		msg_warn(
		    "%s: no file, so no ledger; name one in it, perhaps", path);
	} else if (st.st_nlink > 1) {
		msg_warn("%s: a hard link to it would be a second ledger "
			 "without a lock; remove one of its names",
		    path);
	} else {
		free(path);
		return real;
	}
	free(real);
	free(path);
	return NULL;
}

char *
job_ledger(const struct job *job, int make)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	struct buf path = { 0 };

	if (job->ledger != NULL)
		return one_name(xstrdup(job->ledger));
	if (state != NULL && *state == '/') {
		buf_puts(&path, state);
	} else if (home != NULL && *home == '/') {
		buf_printf(&path, "%s/.local/state", home);
	} else {
		msg_warn("no HOME: say where the ledger is with --ledger");
		return NULL;
	}
	/* What a sandbox took is not delivered. */
	buf_printf(&path, "/ditio/%s.sqlite",
	    job->base != NULL && target_is_loopback(job->base) ? "sandbox"
							       : "ledger");
	for (char *s = path.data + 1; make && *s != '\0'; s++) {
		if (*s != '/')
			continue;
		*s = '\0';
		if (aside_make_dir(path.data, 0700) != 0) {
			buf_free(&path);
			return NULL;
		}
		*s = '/';
	}
	return one_name(path.data);
}
