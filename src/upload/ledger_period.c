/* ledger_period.c - the periods that were sent or wait. */

#include "config.h"

#include "upload/ledger_inside.h"

int
ledger_period_before(struct ledger *l, int64_t machine, int64_t end,
    struct ledger_period *period)
{
	const size_t i = LEDGER_SQL_PERIOD_BEFORE;
	int got = db_get(l->db, i, "ii", machine, end);

	if (got <= 0)
		return got;
	period->start = db_int(l->db, i, 0);
	period->end = db_int(l->db, i, 1);
	period->project = db_int(l->db, i, 2);
	period->state = db_int(l->db, i, 3);
	period->batch = db_int(l->db, i, 4);
	period->accepted = (int)db_int(l->db, i, 5);
	db_done(l->db, i);
	return 1;
}

int
ledger_period_put(struct ledger *l, int64_t machine,
    const struct ledger_period *p, int64_t file, int64_t line)
{
	return db_run(l->db, LEDGER_SQL_PERIOD_PUT, "iiiiiiiii", machine,
	    p->start, p->end, p->project, p->state, file, line, p->batch,
	    p->vendor > 0 ? p->vendor : DB_NULL);
}

int
ledger_period_describe(
    struct ledger *l, int64_t machine, int named, int64_t start, struct buf *to)
{
	const size_t i = LEDGER_SQL_PERIOD_ROW;
	const char *file;

	if (db_get(l->db, i, "ii", machine, start) != 1)
		return -1;
	if (named)
		buf_printf(to, "%s, which is, too: ", db_text(l->db, i, 7));
	buf_printf(
	    to, "%s, project %s", db_text(l->db, i, 2), db_text(l->db, i, 1));
	if ((file = db_text(l->db, i, 3)) != NULL)
		buf_printf(to, ", from %s", file);
	if (file != NULL && db_int(l->db, i, 4) != DB_NULL)
		buf_printf(to, ":%lld", (long long)db_int(l->db, i, 4));
	if (db_text(l->db, i, 6) != NULL)
		buf_printf(to, ", batch %.12s, %s", db_text(l->db, i, 6),
		    db_text(l->db, i, 5));
	else /* the batch is being taken in */
		buf_puts(to, ", in the same batch");
	db_done(l->db, i);
	return 0;
}

int
ledger_period_drop(
    struct ledger *l, int64_t machine, int64_t start, int64_t batch)
{
	return db_run(
	    l->db, LEDGER_SQL_PERIOD_DROP, "iii", machine, start, batch);
}
