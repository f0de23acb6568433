/* ledger_receipts.c - batches of a run, and all periods, told one by one. */

#include "config.h"

#include "upload/ledger_inside.h"

int
ledger_receipts(struct ledger *l,
    void (*row)(void *context, const struct ledger_receipt *r), void *context)
{
	const size_t i = LEDGER_SQL_RECEIPTS;
	int got = db_get(l->db, i, "ii", l->target, l->run);

	for (; got > 0; got = db_next(l->db, i)) {
		struct ledger_receipt r = {
			.target = db_text(l->db, i, 0),
			.company = db_text(l->db, i, 1),
			.project = db_text(l->db, i, 2),
			.batch = db_text(l->db, i, 3),
			.state = db_text(l->db, i, 4),
			.records = db_int(l->db, i, 5),
			.seconds = db_int(l->db, i, 6),
			.first_start = db_int(l->db, i, 7),
			.last_end = db_int(l->db, i, 8),
			.attempts = db_int(l->db, i, 9),
			.answer = db_int(l->db, i, 10),
			.words = db_text(l->db, i, 11),
			.run = db_int(l->db, i, 12),
			.changed = db_int(l->db, i, 13),
		};

		row(context, &r);
	}
	return got;
}

int
ledger_receipts_periods(struct ledger *l,
    void (*row)(void *context, const struct ledger_export *e), void *context)
{
	const size_t i = LEDGER_SQL_EXPORT;
	int got = db_get(l->db, i, "");

	for (; got > 0; got = db_next(l->db, i)) {
		struct ledger_export e = {
			.target = db_text(l->db, i, 0),
			.words = { .company = db_text(l->db, i, 1),
			    .project = db_text(l->db, i, 2),
			    .machine = db_text(l->db, i, 3),
			    .start = db_int(l->db, i, 4),
			    .end = db_int(l->db, i, 5),
			    .state = db_text(l->db, i, 6),
			    .file = db_text(l->db, i, 7),
			    .line = db_int(l->db, i, 8),
			    .vendor = db_text(l->db, i, 12),
			    .sha256 = db_text(l->db, i, 13) },
			.batch = db_text(l->db, i, 9),
			.fate = db_text(l->db, i, 10),
			.reason = db_text(l->db, i, 11),
		};

		row(context, &e);
	}
	return got;
}
