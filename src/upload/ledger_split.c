/* ledger_split.c - batches that are halved, and what a request may hold. */

#include "config.h"

#include "upload/ledger_inside.h"

int
ledger_period_move(
    struct ledger *l, int64_t machine, int64_t start, int64_t from, int64_t to)
{
	return db_run(
	    l->db, LEDGER_SQL_PERIOD_MOVE, "iiii", machine, start, from, to);
}

/* The number that statement ${i} gives for the target. */
static int64_t
of_target(struct ledger *l, size_t i)
{
	int64_t n;

	if (db_get(l->db, i, "i", l->target) != 1)
		return -1;
	n = db_int(l->db, i, 0);
	db_done(l->db, i);
	return n;
}

int64_t
ledger_limit(struct ledger *l)
{
	return of_target(l, LEDGER_SQL_TARGET_LIMIT);
}

int
ledger_limit_set(struct ledger *l, int64_t bytes)
{
	return db_run(
	    l->db, LEDGER_SQL_TARGET_LIMIT_SET, "ii", l->target, bytes);
}

int64_t
ledger_open_records(struct ledger *l)
{
	return of_target(l, LEDGER_SQL_OPEN_RECORDS);
}

int
ledger_has_refused(struct ledger *l)
{
	return of_target(l, LEDGER_SQL_HAS_REFUSED) != 0;
}
