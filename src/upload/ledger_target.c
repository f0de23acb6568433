/* ledger_target.c - the far end that a ledger is about. */

#include "config.h"

#include <string.h>

#include "upload/ledger_inside.h"
#include "upload/target.h"

int
ledger_target_moved(
    struct ledger *l, const char *name, const char *url, struct buf *was)
{
	const size_t i = LEDGER_SQL_TARGET_GET;
	int got = db_get(l->db, i, "s", name);

	buf_clear(was);
	if (got <= 0)
		return got;
	buf_puts(was, db_text(l->db, i, 2));
	db_done(l->db, i);
	/* A sandbox is at another port each time. */
	return was->len > 0 && *url != '\0' && strcmp(was->data, url) != 0 &&
	       !(target_is_loopback(was->data) && target_is_loopback(url));
}

int
ledger_target(struct ledger *l, const char *name, const char *url)
{
	const size_t i = LEDGER_SQL_TARGET_GET;
	const char *mark;

	if (db_run(l->db, LEDGER_SQL_TARGET_PUT, "ss", name, url) != 0 ||
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
