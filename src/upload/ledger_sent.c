/* ledger_sent.c - what was delivered in a while. */

#include "config.h"

#include "base/msg.h"
#include "upload/ledger_inside.h"

int
ledger_sent_target(struct ledger *l, const char *name, struct buf *found)
{
	const size_t i = LEDGER_SQL_TARGETS;
	int n = 0, got = db_get(l->db, i, "s", name);

	buf_clear(found);
	for (; got > 0; got = db_next(l->db, i)) {
		l->target = db_int(l->db, i, 0);
		if (n++ > 0)
			buf_puts(found, ", ");
		buf_puts(found, db_text(l->db, i, 1));
	}
	if (got < 0)
		return -1;
	if (n == 0 && name != NULL)
		msg_warn("no target %s in this ledger; see --status", name);
	if (n > 1) {
		msg_warn("which target? use --target with one of %s",
		    buf_text(found));
		return -1;
	}
	return n == 0 && name != NULL ? -1 : n;
}

int
ledger_sent_each(struct ledger *l, int64_t from, int64_t until,
    void (*row)(void *context, const struct ledger_words *w, const char *batch),
    void *context)
{
	const size_t i = LEDGER_SQL_SENT;
	int got = db_get(l->db, i, "iii", l->target, from, until);

	for (; got > 0; got = db_next(l->db, i)) {
		struct ledger_words w = {
			.company = db_text(l->db, i, 0),
			.machine = db_text(l->db, i, 1),
			.project = db_text(l->db, i, 2),
			.start = db_int(l->db, i, 3),
			.end = db_int(l->db, i, 4),
			.state = db_text(l->db, i, 5),
			.file = db_text(l->db, i, 6),
			.line = db_int(l->db, i, 7),
			.vendor = db_text(l->db, i, 9),
			.sha256 = db_text(l->db, i, 10),
		};

		row(context, &w, db_text(l->db, i, 8));
	}
	return got;
}

int
ledger_sent_doubt(struct ledger *l, int64_t from, int64_t until,
    int64_t *batches, int64_t *seconds)
{
	const size_t i = LEDGER_SQL_SENT_DOUBT;

	if (db_get(l->db, i, "iii", l->target, from, until) != 1)
		return -1;
	*batches = db_int(l->db, i, 0);
	*seconds = db_int(l->db, i, 1);
	db_done(l->db, i);
	return 0;
}
