/* ledger_spool.c - where the bytes of batches are. */

#include "config.h"

#include "upload/ledger_inside.h"

int
ledger_spool_final(struct ledger *l, const char *name,
    void (*each)(void *context, int64_t at, int64_t len), void *context)
{
	const size_t i = LEDGER_SQL_BATCHES_FINAL;
	int got = db_get(l->db, i, "s", name);

	for (; got > 0; got = db_next(l->db, i))
		each(context, db_int(l->db, i, 0), db_int(l->db, i, 1));
	return got;
}
