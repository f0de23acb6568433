/* ledger_split.c - the periods of a batch that is halved. */

#include "config.h"

#include "upload/ledger_inside.h"

int
ledger_split_period(
    struct ledger *l, int64_t machine, int64_t start, int64_t from, int64_t to)
{
	return db_run(
	    l->db, LEDGER_SQL_PERIOD_MOVE, "iiii", machine, start, from, to);
}
