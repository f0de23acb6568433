/* ledger_delivered.c - when and how much was delivered to a project. */

#include "config.h"

#include "upload/ledger_inside.h"

#define DAY INT64_C(86400)

int64_t
ledger_delivered_last(struct ledger *l, int64_t project)
{
	const size_t i = LEDGER_SQL_PROJECT_LAST;
	int64_t n;

	if (db_get(l->db, i, "i", project) != 1)
		return -1;
	n = db_int(l->db, i, 0);
	db_done(l->db, i);
	return n;
}

int64_t
ledger_delivered_on(
    struct ledger *l, int64_t project, const struct ledger_batch *b)
{
	const size_t i = LEDGER_SQL_PROJECT_DELIVERED;
	int64_t n;

	/* The last second of the batch is before its end. */
	if (db_get(l->db, i, "iii", project, b->first_start / DAY * DAY,
		((b->last_end - 1) / DAY + 1) * DAY) != 1)
		return -1;
	n = db_int(l->db, i, 0);
	db_done(l->db, i);
	return n;
}
