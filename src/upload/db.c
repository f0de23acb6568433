/* db.c - prepared statements by number: the door to SQLite. */

#include "config.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/db.h"

/* Readers of the same ledger hold it for moments only. */
#define BUSY_MS 10000

struct db {
	sqlite3 *handle;
	char *path;
	const char *const *sql;
	sqlite3_stmt **prepared;
	size_t n;
};

static int
complain(struct db *db)
{
	msg_warn("%s: %s", db->path, sqlite3_errmsg(db->handle));
	return -1;
}

int
db_exec(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return complain(db);
	return 0;
}

/* Set a pragma, then ask for it: SQLite does not say when it did not. */
static int
insist(struct db *db, const char *set, const char *ask, const char *want)
{
	sqlite3_stmt *s = NULL;
	const char *got = NULL;
	int bad = 1;

	if (db_exec(db, set) != 0)
		return -1;
	if (sqlite3_prepare_v2(db->handle, ask, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		got = (const char *)sqlite3_column_text(s, 0);
	if (got != NULL && strcmp(got, want) == 0)
		bad = 0;
	else
		msg_warn("%s: cannot be made safe: %s gives %s; is it on a "
			 "network disk?",
		    db->path, set, got != NULL ? got : "nothing");
	sqlite3_finalize(s);
	return bad ? -1 : 0;
}

/* The one number that ${query} gives.  0, or -1 after a message. */
static int
ask_number(struct db *db, const char *query, int64_t *number)
{
	sqlite3_stmt *s = NULL;
	int bad = 0;

	if (sqlite3_prepare_v2(db->handle, query, -1, &s, NULL) != SQLITE_OK ||
	    sqlite3_step(s) != SQLITE_ROW)
		bad = complain(db);
	else
		*number = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return bad;
}

/* Some other program's database is not for us to change. */
static int
is_ours(struct db *db, int64_t application)
{
	int64_t has, tables;

	if (ask_number(db, "PRAGMA application_id", &has) != 0 ||
	    ask_number(db, "SELECT count(*) FROM sqlite_master", &tables) != 0)
		return 0;
	if (has == application || (has == 0 && tables == 0))
		return 1;
	msg_warn("%s: a database of something else, no ledger; give another "
		 "--ledger",
	    db->path);
	return 0;
}

/* Open it for reading where nothing, not even a lock, can be written.  What
 * the last run left in its log could not be read. */
static int
open_frozen(struct db *db)
{
	struct buf name = { 0 };
	struct stat st;
	int bad = -1;

	buf_printf(&name, "%s-wal", db->path);
	if (stat(name.data, &st) == 0 && st.st_size > 0) {
		msg_warn("%s: the last run left a log beside it, and neither "
			 "can be written here; copy both elsewhere to look",
		    db->path);
		goto done;
	}
	buf_clear(&name);
	buf_puts(&name, "file:");
	for (const char *s = db->path; *s != '\0'; s++)
		buf_printf(&name, strchr("?#%", *s) ? "%%%02x" : "%c", *s);
	buf_puts(&name, "?immutable=1");
	if (sqlite3_open_v2(name.data, &db->handle,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
		NULL) == SQLITE_OK)
		bad = 0;
	else
		complain(db);
done:
	buf_free(&name);
	return bad;
}

/* Can a file be made beside it? */
static int
is_frozen(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash == NULL ? xstrdup(".")
				  : xstrndup(path, (size_t)(slash - path) + 1);
	int frozen = access(dir, W_OK) != 0;

	free(dir);
	return frozen;
}

static int
open_handle(struct db *db, enum db_use use)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE |
		    (use == DB_WRITE ? SQLITE_OPEN_CREATE : 0);

	if (use == DB_READ && is_frozen(db->path))
		return open_frozen(db);
	if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) == SQLITE_OK)
		return 0;
	return complain(db);
}

struct db *
db_open(const char *path, enum db_use use, int64_t application,
    const char *const sql[], size_t n)
{
	struct db *db = xcalloc(1, sizeof *db);
	int memory = strcmp(path, ":memory:") == 0;

	db->path = xstrdup(path);
	db->sql = sql;
	db->n = n;
	db->prepared = xcalloc(n, sizeof *db->prepared);
	if (open_handle(db, use) != 0)
		goto bad;
	sqlite3_busy_timeout(db->handle, BUSY_MS);
	sqlite3_extended_result_codes(db->handle, 1);
	if (!is_ours(db, application))
		goto bad;
	if (use == DB_READ)
		return db;
	if (insist(db, "PRAGMA journal_mode=WAL", "PRAGMA journal_mode",
		memory ? "memory" : "wal") != 0 ||
	    insist(db, "PRAGMA synchronous=FULL", "PRAGMA synchronous", "2") !=
		0 ||
	    insist(db, "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1") !=
		0)
		goto bad;
	return db;
bad:
	db_close(db);
	return NULL;
}

int
db_copy(struct db *to, struct db *from)
{
	sqlite3_backup *b =
	    sqlite3_backup_init(to->handle, "main", from->handle, "main");

	if (b == NULL)
		return complain(to);
	sqlite3_backup_step(b, -1);
	return sqlite3_backup_finish(b) == SQLITE_OK ? 0 : complain(to);
}

/* Statement ${i}, prepared and with its parameters. */
static sqlite3_stmt *
bound(struct db *db, size_t i, const char *types, va_list ap)
{
	sqlite3_stmt *s = db->prepared[i];

	if (s == NULL) {
		if (sqlite3_prepare_v3(db->handle, db->sql[i], -1,
			SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
			complain(db);
			return NULL;
		}
		db->prepared[i] = s;
	}
	for (int p = 1; *types != '\0'; types++, p++) {
		if (*types == 'i') {
			int64_t value = va_arg(ap, int64_t);

			if (value == DB_NULL)
				sqlite3_bind_null(s, p);
			else
				sqlite3_bind_int64(s, p, value);
		} else {
			sqlite3_bind_text(s, p, va_arg(ap, const char *), -1,
			    SQLITE_TRANSIENT);
		}
	}
	return s;
}

int
db_next(struct db *db, size_t i)
{
	switch (sqlite3_step(db->prepared[i])) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		db_done(db, i);
		return 0;
	default:
		complain(db);
		db_done(db, i);
		return -1;
	}
}

int
db_run(struct db *db, size_t i, const char *types, ...)
{
	sqlite3_stmt *s;
	va_list ap;
	int got;

	va_start(ap, types);
	s = bound(db, i, types, ap);
	va_end(ap);
	if (s == NULL)
		return -1;
	if ((got = db_next(db, i)) > 0)
		db_done(db, i);
	return got < 0 ? -1 : 0;
}

int
db_get(struct db *db, size_t i, const char *types, ...)
{
	sqlite3_stmt *s;
	va_list ap;

	va_start(ap, types);
	s = bound(db, i, types, ap);
	va_end(ap);
	return s == NULL ? -1 : db_next(db, i);
}

int64_t
db_int(struct db *db, size_t i, int column)
{
	sqlite3_stmt *s = db->prepared[i];

	if (sqlite3_column_type(s, column) == SQLITE_NULL)
		return DB_NULL;
	return sqlite3_column_int64(s, column);
}

const char *
db_text(struct db *db, size_t i, int column)
{
	return (const char *)sqlite3_column_text(db->prepared[i], column);
}

void
db_done(struct db *db, size_t i)
{
	if (db->prepared[i] != NULL)
		sqlite3_reset(db->prepared[i]);
}

int64_t
db_changes(struct db *db)
{
	return sqlite3_changes(db->handle);
}

int64_t
db_last(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int
db_in_transaction(const struct db *db)
{
	return !sqlite3_get_autocommit(db->handle);
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < db->n; i++)
		sqlite3_finalize(db->prepared[i]);
	sqlite3_close(db->handle);
	free(db->prepared);
	free(db->path);
	free(db);
}
