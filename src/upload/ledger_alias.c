/* ledger_alias.c - machines that vendors call the same. */

#include "config.h"

#include "upload/clock.h"
#include "upload/ledger_inside.h"

int
ledger_alias(struct ledger *l, int64_t vendor, int64_t machine,
    void (*each)(void *context, int64_t machine, int is_apart), void *context)
{
	const size_t i = LEDGER_SQL_ALIASES;
	int got;

	if (db_run(l->db, LEDGER_SQL_ALIAS_PUT, "ii", vendor, machine) != 0)
		return -1;
	got = db_get(l->db, i, "ii", vendor, machine);
	for (; got > 0; got = db_next(l->db, i))
		each(context, db_int(l->db, i, 0), (int)db_int(l->db, i, 1));
	return got;
}

int
ledger_alias_meets(struct ledger *l, int64_t vendor, int64_t machine,
    const struct ledger_period *mine, struct ledger_period *met)
{
	const size_t i = LEDGER_SQL_ALIAS_MEETS;
	int got =
	    db_get(l->db, i, "iiii", vendor, machine, mine->start, mine->end);

	if (got <= 0)
		return got;
	*met = (struct ledger_period){ .start = db_int(l->db, i, 0),
		.end = db_int(l->db, i, 1),
		.project = db_int(l->db, i, 2),
		.state = db_int(l->db, i, 3),
		.batch = db_int(l->db, i, 4),
		.vendor = vendor };
	db_done(l->db, i);
	return 1;
}

int64_t
ledger_alias_apart(struct ledger *l, int64_t number, const char *reason)
{
	if (db_run(l->db, LEDGER_SQL_ALIAS_APART, "iiis", l->target, number,
		clock_wall(), reason) != 0)
		return -1;
	return db_changes(l->db) / 2;
}
