/* ledger_open.c - a ledger opened, made where it is missing, brought up to date
 * where it is old. */

#include "config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/clock.h"
#include "upload/ledger_inside.h"
#include "upload/ledger_schema.h"

static const char in_memory[] = ":memory:";

/* The number that statement ${i} gives, or -1 after a message. */
static int64_t
ask(struct db *db, size_t i)
{
	int64_t n;

	if (db_get(db, i, "") != 1)
		return -1;
	n = db_int(db, i, 0);
	db_done(db, i);
	return n;
}

/* Bring it from ${version} to ours, in one transaction. */
static int
bring_up(struct db *db, int64_t version)
{
	struct buf set = { 0 };
	int bad = db_exec(db, "PRAGMA foreign_keys = OFF") != 0 ||
		  db_run(db, LEDGER_SQL_BEGIN, "") != 0;

	for (; version < LEDGER_SCHEMA_VERSION && !bad; version++)
		bad = db_exec(db, ledger_schema[version]);
	buf_printf(&set, "PRAGMA user_version = %d", LEDGER_SCHEMA_VERSION);
	if (!bad)
		bad = db_exec(db, buf_text(&set)) != 0 ||
		      db_run(db, LEDGER_SQL_COMMIT, "") != 0 ||
		      db_exec(db, "PRAGMA foreign_keys = ON") != 0;
	buf_free(&set);
	return bad ? -1 : 0;
}

static int
open_db(struct ledger *l, const char *path)
{
	enum db_use use =
	    l->use == LEDGER_READ && path != in_memory ? DB_READ : DB_WRITE;

	l->db = db_open(
	    path, use, LEDGER_SCHEMA_APPLICATION, ledger_sql, LEDGER_SQL_COUNT);
	return l->db != NULL ? 0 : -1;
}

/* Who only looks at an older ledger does so in a copy: it is not changed. */
static int
look_at_copy(struct ledger *l)
{
	struct db *old = l->db;
	int bad = open_db(l, in_memory) != 0 || db_copy(l->db, old) != 0;

	db_close(old);
	return bad ? -1 : 0;
}

/* Have the tables of our version, or say 1 when there is no ledger. */
static int
open_at(struct ledger *l, const char *path)
{
	int64_t tables, version;

	db_close(l->db);
	if (open_db(l, path) != 0)
		return -1;
	tables = ask(l->db, LEDGER_SQL_TABLES);
	version = ask(l->db, LEDGER_SQL_VERSION_GET);
	if (tables < 0 || version < 0)
		return -1;
	if (tables == 0 && l->use != LEDGER_WRITE && path != in_memory)
		return 1;
	if (version > LEDGER_SCHEMA_VERSION || (tables > 0 && version == 0)) {
		msg_warn("%s: a ledger of version %lld; this program knows "
			 "version %d: use a newer one",
		    path, (long long)version, LEDGER_SCHEMA_VERSION);
		return -1;
	}
	if (version == LEDGER_SCHEMA_VERSION)
		return 0;
	if (l->use != LEDGER_WRITE && tables > 0 && look_at_copy(l) != 0)
		return -1;
	if (l->use == LEDGER_WRITE && tables > 0)
		msg_info("%s: brought from version %lld to %d; older programs "
			 "cannot use it any more",
		    path, (long long)version, LEDGER_SCHEMA_VERSION);
	return bring_up(l->db, version);
}

/* Start the run, and doubt what a dead one left in flight. */
static int
start(struct ledger *l)
{
	if (ledger_begin(l) != 0)
		return -1;
	if (db_run(l->db, LEDGER_SQL_RUN_START, "is", clock_wall(),
		"ditio-upload " PACKAGE_VERSION) != 0)
		goto bad;
	l->run = db_last(l->db);
	if (db_run(l->db, LEDGER_SQL_BATCH_RECOVER, "ii", l->run,
		clock_wall()) != 0)
		goto bad;
	return l->use == LEDGER_DRY ? 0 : ledger_commit(l);
bad:
	ledger_rollback(l);
	return -1;
}

/* SQLite would make it readable by all. */
static int
make_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0 && close(fd) == 0)
		return 0;
	msg_warn_errno("%s", path);
	return -1;
}

struct ledger *
ledger_open(const char *path, enum ledger_use use)
{
	struct ledger *l = xcalloc(1, sizeof *l);
	struct stat st;
	int made = 1;

	l->use = use;
	if (use == LEDGER_WRITE) {
		made = make_private(path) != 0 ? -1 : open_at(l, path);
	} else {
		if (stat(path, &st) == 0 && st.st_size > 0)
			made = open_at(l, path);
		if (made > 0) /* nothing is there */
			made = open_at(l, in_memory);
	}
	if (made == 0 && (use == LEDGER_READ || start(l) == 0))
		return l;
	db_close(l->db);
	free(l);
	return NULL;
}
