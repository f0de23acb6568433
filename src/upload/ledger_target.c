/* ledger_target.c - the far end that a ledger is about. */

#include "config.h"

#include <string.h>

#include "base/msg.h"
#include "upload/ledger_inside.h"
#include "upload/target.h"

/* What was delivered to the one counts as delivered to the other. */
static void
compare_url(const char *name, const char *was, const char *url)
{
	if (*was == '\0' || *url == '\0' || strcmp(was, url) == 0 ||
	    target_is_loopback(url))
		return;
	msg_warn("target %s is now at %s, was at %s: what was delivered there "
		 "is not sent again; if this is another system, give it "
		 "another --target",
	    name, url, was);
}

int
ledger_target(struct ledger *l, const char *name, const char *url)
{
	const size_t i = LEDGER_SQL_TARGET_GET;
	const char *mark;
	int got = db_get(l->db, i, "s", name);

	if (got > 0) {
		compare_url(name, db_text(l->db, i, 2), url);
		db_done(l->db, i);
	}
	if (got < 0 ||
	    db_run(l->db, LEDGER_SQL_TARGET_PUT, "ss", name, url) != 0 ||
	    db_get(l->db, i, "s", name) != 1)
		return -1;
	l->target = db_int(l->db, i, 0);
	mark = db_text(l->db, i, 1);
	l->mark = mark == NULL		       ? LEDGER_MARK_UNKNOWN
		  : strcmp(mark, "start") == 0 ? LEDGER_MARK_START
					       : LEDGER_MARK_END;
	db_done(l->db, i);
	return 0;
}
