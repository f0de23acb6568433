/* ledger_intent.c - the intent to send, and what was known before. */

#include "config.h"

#include "upload/clock.h"
#include "upload/ledger_inside.h"

int
ledger_intent(struct ledger *l, struct ledger_batch *b,
    const struct ledger_before *before)
{
	int late = before->lane == LEDGER_LANE_LATE;

	if (ledger_begin(l) != 0)
		return -1;
	if (db_run(l->db, LEDGER_SQL_BATCH_INTENT, "iiisis", b->batch, l->run,
		clock_wall(), late ? "late" : "forward", before->mark_ms,
		before->figures) != 0 ||
	    (before->trusted && db_run(l->db, LEDGER_SQL_PROJECT_MARK, "ii",
				    b->project, before->mark_ms) != 0)) {
		ledger_rollback(l);
		return -1;
	}
	if (ledger_commit(l) != 0)
		return -1;
	b->state = LEDGER_INFLIGHT;
	b->lane = before->lane;
	b->before_ms = before->mark_ms;
	b->attempts++;
	return 0;
}

int
ledger_intent_figures(struct ledger *l, int64_t batch, struct buf *to)
{
	const size_t i = LEDGER_SQL_BATCH_FIGURES;
	const char *text;

	if (db_get(l->db, i, "i", batch) != 1)
		return -1;
	if ((text = db_text(l->db, i, 0)) != NULL)
		buf_puts(to, text);
	db_done(l->db, i);
	return 0;
}
