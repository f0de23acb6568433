/* ledger_status.c - what the ledger holds, and whether it is sound. */

#include "config.h"

#include <stdio.h>

#include "upload/ledger_inside.h"

static int
report_held(struct ledger *l, const struct ledger_report *r)
{
	const size_t i = LEDGER_SQL_BATCHES_HELD;
	struct ledger_batch b = { 0 };
	int got = db_get(l->db, i, "");

	for (; got > 0; got = db_next(l->db, i)) {
		const char *text = db_text(l->db, i, 9);

		snprintf(b.id, sizeof b.id, "%s", db_text(l->db, i, 3));
		b.state = ledger_state_of(db_text(l->db, i, 4));
		b.records = db_int(l->db, i, 5);
		b.seconds = db_int(l->db, i, 6);
		b.first_start = db_int(l->db, i, 7);
		b.last_end = db_int(l->db, i, 8);
		buf_clear(&b.words);
		buf_puts(&b.words, text != NULL ? text : "");
		r->held(r->context, db_text(l->db, i, 0), db_text(l->db, i, 1),
		    db_text(l->db, i, 2), &b,
		    ledger_delivered_on(l, db_int(l->db, i, 10), &b));
	}
	buf_free(&b.words);
	return got;
}

int
ledger_status_counts(struct ledger *l, const struct ledger_report *r)
{
	const size_t i = LEDGER_SQL_COUNTS;
	int got = db_get(l->db, i, "");

	for (; got > 0; got = db_next(l->db, i))
		r->row(r->context, db_text(l->db, i, 0), db_text(l->db, i, 1),
		    db_int(l->db, i, 2), db_int(l->db, i, 3),
		    db_int(l->db, i, 4));
	return got;
}

int
ledger_status(struct ledger *l, const struct ledger_report *r)
{
	const size_t i = LEDGER_SQL_CHECK;
	int got;

	if (ledger_status_counts(l, r) < 0 || report_held(l, r) < 0)
		return -1;
	for (got = db_get(l->db, i, ""); got > 0; got = db_next(l->db, i))
		r->broken(r->context, db_text(l->db, i, 0));
	return got;
}
