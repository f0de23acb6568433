/* store.c - what the sandbox has received; the door to SQLite. */

#include "config.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "sandbox/monotone.h"
#include "sandbox/store.h"

enum query {
	BEGIN,
	COMMIT,
	ROLLBACK,
	ADD,
	LATEST_END,
	LATEST_START,
	AGGREGATE,
	NEWEST,
	COUNT,
	DUPLICATES,
	OVERLAPS,
	REPORT,
	TWICE,
	OVERLAPPING,
	ALL,
	QUERIES,
};

static const char *const sql[QUERIES] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[ADD] = "INSERT INTO record (company, project, machine, state, start,"
		" \"end\") VALUES (?, ?, ?, ?, ?, ?)",
	[LATEST_END] = "SELECT \"end\" FROM record WHERE company = ?1"
		       " AND project = ?2 AND id <= ?3"
		       " ORDER BY \"end\" DESC LIMIT 1",
	[LATEST_START] = "SELECT start FROM record WHERE company = ?1"
			 " AND project = ?2 AND id <= ?3"
			 " ORDER BY start DESC LIMIT 1",
	[AGGREGATE] = "SELECT machine, state,"
		      " sum(min(\"end\", ?4) - max(start, ?3)) FROM record"
		      " WHERE company = ?1 AND project = ?2 AND \"end\" > ?3"
		      " AND start < ?4 AND id <= ?5 GROUP BY machine, state "
		      "ORDER BY machine, state",
	[NEWEST] = "SELECT coalesce(max(id), 0) FROM record",
	[COUNT] = "SELECT count(*) FROM record",
	[DUPLICATES] =
	    "SELECT (SELECT count(*) FROM record) - (SELECT count(*) FROM"
	    " (SELECT DISTINCT company, project, machine, state, start,"
	    " \"end\" FROM record))",
	[OVERLAPS] =
	    "SELECT count(*) FROM (SELECT start, max(\"end\") OVER"
	    " (PARTITION BY company, project, machine ORDER BY start, \"end\""
	    " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
	    " FROM (SELECT DISTINCT company, project, machine, state, start,"
	    " \"end\" FROM record)) WHERE before > start",
	[REPORT] = "SELECT company, project, machine, state, count(*),"
		   " sum(\"end\" - start), min(start), max(\"end\") FROM record"
		   " GROUP BY company, project, machine, state"
		   " ORDER BY company, project, machine, state",
	[TWICE] = "SELECT company, project, machine, state, start, \"end\","
		  " count(*), 0 FROM record GROUP BY 1, 2, 3, 4, 5, 6"
		  " HAVING count(*) > 1 ORDER BY 1, 2, 3, 5 LIMIT ?",
	[OVERLAPPING] =
	    "SELECT company, project, machine, state, start, \"end\", 1, before"
	    " FROM (SELECT *, max(\"end\") OVER"
	    " (PARTITION BY company, project, machine ORDER BY start, \"end\""
	    " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before"
	    " FROM (SELECT DISTINCT company, project, machine, state, start,"
	    " \"end\" FROM record)) WHERE before > start"
	    " ORDER BY 1, 2, 3, 5 LIMIT ?",
	[ALL] = "SELECT company, project, machine, state, start, \"end\""
		" FROM record ORDER BY id",
};

/* "DitS", in the file's header: what has another is not ours. */
#define APPLICATION 1147761747

static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = NORMAL;";

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "PRAGMA application_id = 1147761747;"
    "CREATE TABLE IF NOT EXISTS record ("
    " id INTEGER PRIMARY KEY,"
    " company TEXT NOT NULL, project TEXT NOT NULL, machine TEXT NOT NULL,"
    " state TEXT NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL"
    ");"
    "CREATE INDEX IF NOT EXISTS record_end"
    " ON record (company, project, \"end\");"
    "CREATE INDEX IF NOT EXISTS record_start"
    " ON record (company, project, start);"
    "COMMIT;";

/* What was stored lately, up to which id. */
struct arrival {
	int64_t at; /* of the monotonic clock, ms */
	int64_t id;
};

struct store {
	char *path;
	sqlite3 *db;
	sqlite3_stmt *query[QUERIES];
	int64_t lag;  /* ms; 0: what follows is not kept */
	int64_t seen; /* the newest id that can be seen */
	struct arrival *arrival;
	size_t arrivals, room;
};

static int
complain(const struct store *s)
{
	msg_warn("%s: %s", s->path, sqlite3_errmsg(s->db));
	return -1;
}

/* The one number that ${query} gives.  0, or -1 after a message. */
static int
ask(const struct store *s, const char *query, int64_t *number)
{
	sqlite3_stmt *st = NULL;
	int failed = 0;

	if (sqlite3_prepare_v2(s->db, query, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		failed = complain(s);
	else
		*number = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return failed;
}

static int
execute(const struct store *s, const char *text)
{
	if (sqlite3_exec(s->db, text, NULL, NULL, NULL) != SQLITE_OK)
		return complain(s);
	return 0;
}

/* Take what is a store, make one of nothing, refuse all else untouched. */
static int
claim(struct store *s, enum store_use use)
{
	int64_t application, tables;

	if (ask(s, "PRAGMA application_id", &application) != 0 ||
	    ask(s, "SELECT count(*) FROM sqlite_master", &tables) != 0)
		return -1;
	if (application == APPLICATION)
		return use == STORE_READ ? 0 : execute(s, settings);
	if (application != 0 || tables > 0 || use == STORE_READ) {
		msg_warn("%s: not a store of ditio-sandbox", s->path);
		return -1;
	}
	return execute(s, settings) != 0 ? -1 : execute(s, schema);
}

/* Prepare all that will be asked.  0, or -1 after a message. */
static int
prepare(struct store *s)
{
	for (int q = 0; q < QUERIES; q++)
		if (sqlite3_prepare_v3(s->db, sql[q], -1,
			SQLITE_PREPARE_PERSISTENT, &s->query[q],
			NULL) != SQLITE_OK)
			return complain(s);
	return 0;
}

struct store *
store_open(const char *path, enum store_use use)
{
	struct store *s = xcalloc(1, sizeof *s);
	int flags = SQLITE_OPEN_READWRITE |
		    (use == STORE_WRITE ? SQLITE_OPEN_CREATE : 0);

	s->path = xstrdup(path);
	/* A reader, too, may have to put the log of a killed writer back. */
	if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK) {
		complain(s);
	} else {
		sqlite3_busy_timeout(s->db, 10000);
		if (claim(s, use) == 0 && prepare(s) == 0)
			return s;
	}
	store_close(s);
	return NULL;
}

/* Run a query that gives no row.  0, or -1 after a message. */
static int
run(struct store *s, enum query q)
{
	int failed = sqlite3_step(s->query[q]) != SQLITE_DONE;

	if (failed)
		complain(s);
	sqlite3_reset(s->query[q]);
	return failed ? -1 : 0;
}

static void
bind(sqlite3_stmt *st, int i, const char *text)
{
	sqlite3_bind_text(st, i, text, -1, SQLITE_STATIC);
}

static int
add_one(struct store *s, const struct store_record *r)
{
	sqlite3_stmt *st = s->query[ADD];

	bind(st, 1, r->company);
	bind(st, 2, r->project);
	bind(st, 3, r->machine);
	bind(st, 4, r->state);
	sqlite3_bind_int64(st, 5, r->start);
	sqlite3_bind_int64(st, 6, r->end);
	return run(s, ADD);
}

/* A full disk may have ended the transaction already. */
static int
undo(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		(void)run(s, ROLLBACK);
	return -1;
}

static int
number(struct store *s, enum query q, uint64_t *n)
{
	sqlite3_stmt *st = s->query[q];
	int failed = 0;

	if (sqlite3_step(st) == SQLITE_ROW)
		*n = (uint64_t)sqlite3_column_int64(st, 0);
	else
		failed = complain(s);
	sqlite3_reset(st);
	return failed;
}

void
store_lag(struct store *s, int64_t ms)
{
	uint64_t newest = 0;

	s->lag = ms;
	if (ms > 0 && number(s, NEWEST, &newest) == 0)
		s->seen = (int64_t)newest;
}

static void
arrive(struct store *s)
{
	if (s->arrivals == s->room) {
		s->room = s->room * 2 + 8;
		s->arrival =
		    xreallocarray(s->arrival, s->room, sizeof *s->arrival);
	}
	s->arrival[s->arrivals++] =
	    (struct arrival){ monotone(), sqlite3_last_insert_rowid(s->db) };
}

/* The newest id that can be seen by now. */
static int64_t
visible(struct store *s)
{
	size_t n = 0;
	int64_t at;

	if (s->lag == 0)
		return INT64_MAX;
	for (at = monotone();
	     n < s->arrivals && s->arrival[n].at + s->lag <= at; n++)
		s->seen = s->arrival[n].id;
	s->arrivals -= n;
	for (size_t i = 0; i < s->arrivals; i++)
		s->arrival[i] = s->arrival[n + i];
	return s->seen;
}

int
store_add(struct store *s, const struct store_record *records, size_t n)
{
	if (run(s, BEGIN) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (add_one(s, &records[i]) != 0)
			return undo(s);
	if (run(s, COMMIT) != 0)
		return undo(s);
	if (s->lag > 0 && n > 0)
		arrive(s);
	return 0;
}

int
store_latest(struct store *s, const char *company, const char *project,
    int by_start, int64_t *seconds)
{
	sqlite3_stmt *st = s->query[by_start ? LATEST_START : LATEST_END];
	int got;

	bind(st, 1, company);
	bind(st, 2, project);
	sqlite3_bind_int64(st, 3, visible(s));
	got = sqlite3_step(st);
	*seconds =
	    got == SQLITE_ROW ? sqlite3_column_int64(st, 0) : INSTANT_NONE;
	if (got != SQLITE_ROW && got != SQLITE_DONE)
		complain(s);
	sqlite3_reset(st);
	return got == SQLITE_ROW || got == SQLITE_DONE ? 0 : -1;
}

static const char *
text(sqlite3_stmt *st, int i)
{
	return (const char *)sqlite3_column_text(st, i);
}

int
store_aggregate(struct store *s, const char *company, const char *project,
    int64_t from, int64_t to, store_sum *sum, void *context)
{
	sqlite3_stmt *st = s->query[AGGREGATE];
	int got;

	bind(st, 1, company);
	bind(st, 2, project);
	sqlite3_bind_int64(st, 3, from);
	sqlite3_bind_int64(st, 4, to);
	sqlite3_bind_int64(st, 5, visible(s));
	while ((got = sqlite3_step(st)) == SQLITE_ROW)
		sum(context, text(st, 0), text(st, 1),
		    sqlite3_column_int64(st, 2));
	if (got != SQLITE_DONE)
		complain(s);
	sqlite3_reset(st);
	return got == SQLITE_DONE ? 0 : -1;
}

int
store_total(struct store *s, struct store_totals *t)
{
	return number(s, COUNT, &t->records) != 0 ||
		       number(s, DUPLICATES, &t->duplicates) != 0 ||
		       number(s, OVERLAPS, &t->overlaps) != 0
		   ? -1
		   : 0;
}

int
store_report(struct store *s,
    void (*row)(void *context, const struct store_row *), void *context)
{
	sqlite3_stmt *st = s->query[REPORT];
	int got;

	while ((got = sqlite3_step(st)) == SQLITE_ROW) {
		struct store_row r = { text(st, 0), text(st, 1), text(st, 2),
			text(st, 3), (uint64_t)sqlite3_column_int64(st, 4),
			sqlite3_column_int64(st, 5),
			sqlite3_column_int64(st, 6),
			sqlite3_column_int64(st, 7) };

		row(context, &r);
	}
	if (got != SQLITE_DONE)
		complain(s);
	sqlite3_reset(st);
	return got == SQLITE_DONE ? 0 : -1;
}

static struct store_record
record_of(sqlite3_stmt *st)
{
	return (struct store_record){ text(st, 0), text(st, 1), text(st, 2),
		text(st, 3), sqlite3_column_int64(st, 4),
		sqlite3_column_int64(st, 5) };
}

/* The end of a walk through rows: 0, or -1 after a message. */
static int
finish(struct store *s, sqlite3_stmt *st, int got)
{
	if (got != SQLITE_DONE)
		complain(s);
	sqlite3_reset(st);
	return got == SQLITE_DONE ? 0 : -1;
}

static int
faults(struct store *s, enum query q, int most, store_fault_each *each,
    void *context)
{
	sqlite3_stmt *st = s->query[q];
	int got;

	sqlite3_bind_int(st, 1, most);
	while ((got = sqlite3_step(st)) == SQLITE_ROW) {
		struct store_fault f = { record_of(st),
			(uint64_t)sqlite3_column_int64(st, 6),
			sqlite3_column_int64(st, 7) };

		each(context, &f);
	}
	return finish(s, st, got);
}

int
store_twice(struct store *s, int most, store_fault_each *each, void *context)
{
	return faults(s, TWICE, most, each, context);
}

int
store_overlapping(
    struct store *s, int most, store_fault_each *each, void *context)
{
	return faults(s, OVERLAPPING, most, each, context);
}

int
store_all(struct store *s, store_each *each, void *context)
{
	sqlite3_stmt *st = s->query[ALL];
	int got;

	while ((got = sqlite3_step(st)) == SQLITE_ROW) {
		struct store_record r = record_of(st);

		each(context, &r);
	}
	return finish(s, st, got);
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	for (int q = 0; q < QUERIES; q++)
		sqlite3_finalize(s->query[q]);
	sqlite3_close(s->db);
	free(s->arrival);
	free(s->path);
	free(s);
}
