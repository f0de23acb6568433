/* ledger.c - what was sent, what became of it, and what still waits. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "upload/clock.h"
#include "upload/db.h"
#include "upload/ledger.h"
#include "upload/ledger_inside.h"
#include "upload/ledger_sql.h"

static const char *const words[] = {
	[LEDGER_PENDING] = "PENDING",
	[LEDGER_INFLIGHT] = "INFLIGHT",
	[LEDGER_UNKNOWN] = "UNKNOWN",
	[LEDGER_ACCEPTED] = "ACCEPTED",
	[LEDGER_REFUSED] = "REFUSED",
	[LEDGER_HELD] = "HELD",
	[LEDGER_SPLIT] = "SPLIT",
};

const char *
ledger_word(enum ledger_state state)
{
	return words[state];
}

enum ledger_state
ledger_state_of(const char *word)
{
	size_t i = 0;

	while (i < LEDGER_SPLIT && strcmp(words[i], word) != 0)
		i++;
	return (enum ledger_state)i;
}

/* The number that statement ${i} asks for, after db_get said ${got}. */
static int64_t
number(struct ledger *l, size_t i, int got)
{
	int64_t n;

	if (got <= 0)
		return got < 0 ? -1 : 0;
	n = db_int(l->db, i, 0);
	db_done(l->db, i);
	return n;
}

static int64_t
ask(struct ledger *l, size_t i)
{
	return number(l, i, db_get(l->db, i, ""));
}

int64_t
ledger_run(const struct ledger *l)
{
	return l->run;
}

/* A dry run is one transaction from beginning to end, undone. */
int
ledger_begin(struct ledger *l)
{
	if (l->use == LEDGER_DRY && l->open)
		return 0;
	if (db_run(l->db, LEDGER_SQL_BEGIN, "") != 0)
		return -1;
	l->open = 1;
	return 0;
}

int
ledger_commit(struct ledger *l)
{
	if (db_run(l->db, LEDGER_SQL_COMMIT, "") != 0) {
		ledger_rollback(l);
		return -1;
	}
	l->open = 0;
	return 0;
}

void
ledger_rollback(struct ledger *l)
{
	/* After some failures SQLite has rolled back by itself. */
	if (db_in_transaction(l->db))
		db_run(l->db, LEDGER_SQL_ROLLBACK, "");
	l->open = 0;
}

enum ledger_mark
ledger_mark(const struct ledger *l)
{
	return l->mark;
}

int
ledger_learn(struct ledger *l, enum ledger_mark mark)
{
	if (db_run(l->db, LEDGER_SQL_TARGET_MARK_IS, "is", l->target,
		mark == LEDGER_MARK_START ? "start" : "end") != 0)
		return -1;
	l->mark = mark;
	return 0;
}

/* Two statements: look, and put in what is not there. */
static int64_t
owned(struct ledger *l, size_t get, size_t put, const char *company,
    const char *name)
{
	int64_t n =
	    number(l, get, db_get(l->db, get, "iss", l->target, company, name));

	if (n != 0)
		return n;
	if (db_run(l->db, put, "iss", l->target, company, name) != 0)
		return -1;
	return db_last(l->db);
}

static int64_t
named(struct ledger *l, size_t get, size_t put, const char *name)
{
	int64_t n = number(l, get, db_get(l->db, get, "s", name));

	if (n != 0)
		return n;
	if (db_run(l->db, put, "s", name) != 0)
		return -1;
	return db_last(l->db);
}

int64_t
ledger_project_of(struct ledger *l, const char *company, const char *name)
{
	return owned(
	    l, LEDGER_SQL_PROJECT_GET, LEDGER_SQL_PROJECT_PUT, company, name);
}

int64_t
ledger_machine(struct ledger *l, const char *company, const char *name)
{
	return owned(
	    l, LEDGER_SQL_MACHINE_GET, LEDGER_SQL_MACHINE_PUT, company, name);
}

int64_t
ledger_state_name(struct ledger *l, const char *name)
{
	return named(l, LEDGER_SQL_STATE_GET, LEDGER_SQL_STATE_PUT, name);
}

int64_t
ledger_file(
    struct ledger *l, const char *name, int64_t bytes, const char *sha256)
{
	const size_t i = LEDGER_SQL_FILE_GET;
	int64_t n = number(l, i, db_get(l->db, i, "ss", name, sha256));

	if (n != 0)
		return n;
	if (db_run(l->db, LEDGER_SQL_FILE_PUT, "sis", name, bytes, sha256) != 0)
		return -1;
	return db_last(l->db);
}

int
ledger_find(
    struct ledger *l, int64_t project, const char *id, enum ledger_state *state)
{
	int got = db_get(l->db, LEDGER_SQL_BATCH_FIND, "is", project, id);

	if (got <= 0)
		return got;
	*state = ledger_state_of(db_text(l->db, LEDGER_SQL_BATCH_FIND, 0));
	db_done(l->db, LEDGER_SQL_BATCH_FIND);
	return 1;
}

int64_t
ledger_next_batch(struct ledger *l)
{
	return ask(l, LEDGER_SQL_BATCH_NUMBER);
}

int64_t
ledger_put(struct ledger *l, const struct ledger_batch *b)
{
	if (db_run(l->db, LEDGER_SQL_BATCH_PUT, "siiiiiiiiisiiiiii", b->id,
		b->project, l->run, b->records, b->seconds, (int64_t)b->tied,
		b->first_start, b->last_start, b->first_end, b->last_end,
		b->spool, b->at, b->length, b->body, clock_wall(), b->batch,
		b->parent > 0 ? b->parent : DB_NULL) != 0)
		return -1;
	return db_last(l->db);
}

int64_t
ledger_open_records(struct ledger *l)
{
	const size_t i = LEDGER_SQL_OPEN_RECORDS;

	return number(l, i, db_get(l->db, i, "i", l->target));
}

int
ledger_open_dates(
    struct ledger *l, int64_t project, int64_t *first, int64_t *last)
{
	const size_t i = LEDGER_SQL_OPEN_DATES;

	if (db_get(l->db, i, "i", project) != 1)
		return -1;
	*first = db_int(l->db, i, 0);
	*last = db_int(l->db, i, 1);
	db_done(l->db, i);
	return *first == DB_NULL ? -1 : 0;
}

int
ledger_sums_of_run(struct ledger *l, int64_t project, struct ledger_sums *sums)
{
	const size_t i = LEDGER_SQL_SUMS_OF_RUN;

	if (db_get(l->db, i, "ii", project, l->run) != 1)
		return -1;
	sums->sent = db_int(l->db, i, 0);
	sums->doubt = db_int(l->db, i, 1);
	db_done(l->db, i);
	return 0;
}

int
ledger_has_refused(struct ledger *l)
{
	const size_t i = LEDGER_SQL_HAS_REFUSED;

	return number(l, i, db_get(l->db, i, "i", l->target)) != 0;
}

int64_t *
ledger_open_projects(struct ledger *l, size_t *n)
{
	const size_t i = LEDGER_SQL_PROJECTS_OPEN;
	int64_t *list = xcalloc(1, sizeof *list);
	int got = db_get(l->db, i, "i", l->target);

	for (*n = 0; got > 0; got = db_next(l->db, i)) {
		list = xreallocarray(list, *n + 1, sizeof *list);
		list[(*n)++] = db_int(l->db, i, 0);
	}
	if (got == 0)
		return list;
	free(list);
	return NULL;
}

int
ledger_project(struct ledger *l, int64_t n, struct ledger_project *p)
{
	const size_t i = LEDGER_SQL_PROJECT_ROW;

	if (db_get(l->db, i, "i", n) != 1)
		return -1;
	buf_clear(&p->company);
	buf_clear(&p->name);
	buf_puts(&p->company, db_text(l->db, i, 0));
	buf_puts(&p->name, db_text(l->db, i, 1));
	p->seen = (int)db_int(l->db, i, 2);
	p->mark_ms = db_int(l->db, i, 3);
	p->newest_start = db_int(l->db, i, 4);
	p->newest_end = db_int(l->db, i, 5);
	db_done(l->db, i);
	return 0;
}

struct ledger_project *
ledger_projects(struct ledger *l, const char *name, size_t *n)
{
	const size_t i = LEDGER_SQL_PROJECTS;
	struct ledger_project *list = xcalloc(1, sizeof *list);
	int got = db_get(l->db, i, "s", name);

	for (*n = 0; got > 0; got = db_next(l->db, i)) {
		struct ledger_project *p;

		list = xreallocarray(list, *n + 1, sizeof *list);
		p = &list[(*n)++];
		*p = (struct ledger_project){ .mark_ms = LEDGER_NONE,
			.newest_start = LEDGER_NONE,
			.newest_end = db_int(l->db, i, 2) };
		buf_puts(&p->company, db_text(l->db, i, 0));
		buf_puts(&p->name, db_text(l->db, i, 1));
	}
	if (got == 0)
		return list;
	free(list);
	return NULL;
}

int
ledger_is_first(struct ledger *l, int64_t project)
{
	const size_t i = LEDGER_SQL_PROJECT_FIRST;

	return (int)number(l, i, db_get(l->db, i, "i", project));
}

int
ledger_adopt(struct ledger *l)
{
	return db_run(l->db, LEDGER_SQL_PROJECT_ADOPT, "i", l->target);
}

/* Fill ${b} from the current row of statement ${i}, and be done with it. */
static void
fill(struct ledger *l, size_t i, struct ledger_batch *b)
{
	const char *lane = db_text(l->db, i, 4);
	const char *text = db_text(l->db, i, 19);

	b->batch = db_int(l->db, i, 0);
	snprintf(b->id, sizeof b->id, "%s", db_text(l->db, i, 1));
	b->project = db_int(l->db, i, 2);
	b->state = ledger_state_of(db_text(l->db, i, 3));
	b->lane = lane != NULL && strcmp(lane, "forward") == 0
		      ? LEDGER_LANE_FORWARD
		      : LEDGER_LANE_LATE;
	b->before_ms = db_int(l->db, i, 5);
	b->records = db_int(l->db, i, 6);
	b->seconds = db_int(l->db, i, 7);
	b->tied = (int)db_int(l->db, i, 8);
	b->first_start = db_int(l->db, i, 9);
	b->last_start = db_int(l->db, i, 10);
	b->first_end = db_int(l->db, i, 11);
	b->last_end = db_int(l->db, i, 12);
	snprintf(b->spool, sizeof b->spool, "%s", db_text(l->db, i, 13));
	b->at = db_int(l->db, i, 14);
	b->length = db_int(l->db, i, 15);
	b->body = db_int(l->db, i, 16);
	b->attempts = db_int(l->db, i, 17);
	b->answer = db_int(l->db, i, 18);
	b->parent = db_int(l->db, i, 20) == DB_NULL ? 0 : db_int(l->db, i, 20);
	buf_clear(&b->words);
	buf_puts(&b->words, text != NULL ? text : "");
	db_done(l->db, i);
}

/* The batch of ${project} that statement ${i} gives. */
static int
batch_of(struct ledger *l, size_t i, int64_t project, struct ledger_batch *b)
{
	int got = db_get(l->db, i, "i", project);

	if (got > 0)
		fill(l, i, b);
	return got;
}

int
ledger_next(struct ledger *l, int64_t project, struct ledger_batch *b)
{
	int got = batch_of(l, LEDGER_SQL_BATCH_IN_DOUBT, project, b);

	if (got == 0)
		got = batch_of(l, LEDGER_SQL_BATCH_NEXT_HALF, project, b);
	return got != 0 ? got : batch_of(l, LEDGER_SQL_BATCH_NEXT, project, b);
}

int
ledger_held(struct ledger *l, int64_t project, struct ledger_batch *b)
{
	return batch_of(l, LEDGER_SQL_BATCH_HELD, project, b);
}

int
ledger_move(struct ledger *l, struct ledger_batch *b, enum ledger_state state,
    int64_t answer, const char *text)
{
	int alone = !l->open;

	if (alone && ledger_begin(l) != 0)
		return -1;
	if (db_run(l->db, LEDGER_SQL_BATCH_STATE, "isiiis", b->batch,
		words[state], l->run, clock_wall(), answer, text) != 0 ||
	    (state == LEDGER_ACCEPTED &&
		db_run(l->db, LEDGER_SQL_PROJECT_NEWEST, "iii", b->project,
		    b->last_start, b->last_end) != 0)) {
		ledger_rollback(l);
		return -1;
	}
	if (alone && ledger_commit(l) != 0)
		return -1;
	b->state = state;
	b->answer = answer;
	if (text != buf_text(&b->words)) {
		buf_clear(&b->words);
		buf_puts(&b->words, text != NULL ? text : "");
	}
	return 0;
}

int
ledger_by_id(struct ledger *l, const char *id, struct ledger_batch *b)
{
	const size_t i = LEDGER_SQL_BATCH_BY_ID;
	int got = db_get(l->db, i, "is", l->target, id);

	if (got <= 0)
		return got;
	got = db_next(l->db, i);
	db_done(l->db, i);
	if (got != 0)
		return got < 0 ? -1 : 2;
	if (db_get(l->db, i, "is", l->target, id) != 1)
		return -1;
	fill(l, i, b);
	return 1;
}

int
ledger_spooled(struct ledger *l, const char *name)
{
	int got = db_get(l->db, LEDGER_SQL_BATCHES_SPOOLED, "s", name);

	if (got > 0)
		db_done(l->db, LEDGER_SQL_BATCHES_SPOOLED);
	return got != 0;
}

void
ledger_close(struct ledger *l, int status)
{
	if (l == NULL)
		return;
	if (l->open)
		ledger_rollback(l);
	else if (l->use == LEDGER_WRITE)
		db_run(l->db, LEDGER_SQL_RUN_END, "iii", l->run, clock_wall(),
		    (int64_t)status);
	db_close(l->db);
	free(l);
}
