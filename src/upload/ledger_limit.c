/* ledger_limit.c - what a request to the target may hold. */

#include "config.h"

#include "upload/ledger_inside.h"

int64_t
ledger_limit(struct ledger *l)
{
	const size_t i = LEDGER_SQL_TARGET_LIMIT;
	int64_t n;

	if (db_get(l->db, i, "i", l->target) != 1)
		return -1;
	n = db_int(l->db, i, 0);
	db_done(l->db, i);
	return n;
}

int
ledger_limit_set(struct ledger *l, int64_t bytes)
{
	return db_run(
	    l->db, LEDGER_SQL_TARGET_LIMIT_SET, "ii", l->target, bytes);
}
