/* ledger_conflict.c - new periods that overlap what was delivered, until a
 * person settles them. */

#include "config.h"

#include <string.h>

#include "upload/clock.h"
#include "upload/ledger_inside.h"

int
ledger_conflict_put(struct ledger *l, int64_t machine,
    const struct ledger_period *mine, int64_t file, int64_t line,
    int64_t *number)
{
	const size_t i = LEDGER_SQL_CONFLICT_PUT;
	int known;

	if (db_get(l->db, i, "iiiiiiiii", machine, mine->start, mine->end,
		mine->project, mine->state, file, line, l->run,
		mine->vendor > 0 ? mine->vendor : DB_NULL) != 1)
		return -1;
	*number = db_int(l->db, i, 0);
	known = db_text(l->db, i, 1) != NULL;
	db_done(l->db, i);
	return known;
}

/* A period in words from seven columns, the first of them ${c}. */
static struct ledger_words
words_from(struct ledger *l, size_t i, int c)
{
	return (struct ledger_words){
		.project = db_text(l->db, i, c),
		.start = db_int(l->db, i, c + 1),
		.end = db_int(l->db, i, c + 2),
		.state = db_text(l->db, i, c + 3),
		.file = db_text(l->db, i, c + 4),
		.line = db_int(l->db, i, c + 5),
	};
}

int
ledger_conflict_each(struct ledger *l,
    void (*row)(void *context, const struct ledger_conflict *c), void *context)
{
	const size_t i = LEDGER_SQL_CONFLICTS;
	int got = db_get(l->db, i, "i", l->target);

	for (; got > 0; got = db_next(l->db, i)) {
		struct ledger_conflict c = {
			.number = db_int(l->db, i, 0),
			.acknowledged = db_text(l->db, i, 1) != NULL,
			.first_seen = db_int(l->db, i, 2),
			.last_seen = db_int(l->db, i, 3),
			.mine = words_from(l, i, 6),
			.theirs = words_from(l, i, 12),
			.batch = db_text(l->db, i, 18),
			.fate = db_text(l->db, i, 19),
			.target = db_text(l->db, i, 20),
		};

		c.mine.company = c.theirs.company = db_text(l->db, i, 4);
		c.mine.machine = db_text(l->db, i, 5);
		c.mine.vendor = db_text(l->db, i, 21);
		c.theirs.machine = db_text(l->db, i, 22);
		c.theirs.vendor = db_text(l->db, i, 23);
		row(context, &c);
	}
	return got;
}

/* What has been counted, and of which conflict last. */
struct count {
	int64_t last, open, acknowledged;
};

static void
count_one(void *context, const struct ledger_conflict *c)
{
	struct count *n = context;

	if (c->number == n->last)
		return;
	n->last = c->number;
	n->open += !c->acknowledged;
	n->acknowledged += c->acknowledged;
}

int
ledger_conflict_count(struct ledger *l, int64_t *open, int64_t *acknowledged)
{
	struct count n = { 0 };

	if (ledger_conflict_each(l, count_one, &n) != 0)
		return -1;
	*open = n.open;
	*acknowledged = n.acknowledged;
	return 0;
}

int64_t
ledger_conflict_ack(struct ledger *l, int64_t number)
{
	if (db_run(l->db, LEDGER_SQL_CONFLICT_ACK, "iii", l->target, number,
		clock_wall()) != 0)
		return -1;
	return db_changes(l->db);
}

int64_t
ledger_conflict_withdraw(struct ledger *l, int64_t number, const char *reason)
{
	int64_t n = 0;

	if (ledger_begin(l) != 0)
		return -1;
	if (db_run(l->db, LEDGER_SQL_WITHDRAW, "iiis", l->target, number,
		clock_wall(), reason) != 0)
		goto bad;
	n = db_changes(l->db);
	if (n > 0 &&
	    (db_run(l->db, LEDGER_SQL_WITHDRAW_DROP, "i", number) != 0 ||
		db_run(l->db, LEDGER_SQL_CONFLICT_WITHDRAWN, "ii", number,
		    clock_wall()) != 0))
		goto bad;
	return ledger_commit(l) == 0 ? n : -1;
bad:
	ledger_rollback(l);
	return -1;
}

int
ledger_conflict_withdrawn(
    struct ledger *l, int64_t machine, const struct ledger_period *mine)
{
	const size_t i = LEDGER_SQL_WITHDRAWN_FIND;
	int got = db_get(l->db, i, "iiiii", machine, mine->start, mine->end,
	    mine->project, mine->state);

	if (got > 0)
		db_done(l->db, i);
	return got;
}
