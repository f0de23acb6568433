/* db.h - prepared statements by number: the door to SQLite. */

#ifndef UPLOAD_DB_H
#define UPLOAD_DB_H

#include <stddef.h>
#include <stdint.h>

struct db;

/* An integer that is NULL. */
#define DB_NULL INT64_MIN

/* What a database is opened for. */
enum db_use {
	DB_READ, /* nothing is written, and the disk may be read-only */
	DB_WRITE,
};

/*
 * Open the database ${path}, created if it is missing and to be written, with
 * WAL, synchronous=FULL and foreign keys, each set and read back; ":memory:"
 * has no journal.  ${application} is the application_id of what is ours: a
 * database that has another, or tables and none, is refused as it is.
 * ${sql} is a table of ${n} statements, borrowed; each is prepared when first
 * run.  NULL after a message.
 */
struct db *db_open(const char *path, enum db_use use, int64_t application,
    const char *const sql[], size_t n);

/* Copy all of ${from} into ${to}, which is empty.  0, or -1 after a message. */
int db_copy(struct db *to, struct db *from);

/* Run ${sql}, any number of statements without rows.  0, or -1 after a
 * message. */
int db_exec(struct db *db, const char *sql);

/*
 * Run statement ${i}.  ${types} has a letter for each parameter: "i" an
 * int64_t (DB_NULL is NULL), "s" a string (NULL is NULL).  db_run: to its
 * end, 0 or -1 after a message.  db_get: to its first row, 1 when there is
 * one (db_next goes on), 0 when not, -1 after a message.
 */
int db_run(struct db *db, size_t i, const char *types, ...);
int db_get(struct db *db, size_t i, const char *types, ...);
int db_next(struct db *db, size_t i);

/* Columns of the current row; they live until the next call on it. */
int64_t db_int(struct db *db, size_t i, int column);	  /* NULL: DB_NULL */
const char *db_text(struct db *db, size_t i, int column); /* NULL: NULL */

/* The row is not needed any more. */
void db_done(struct db *db, size_t i);

/* How many rows the last statement changed, those of triggers not counted. */
int64_t db_changes(struct db *db);

/* The number given to the row that was last put in. */
int64_t db_last(struct db *db);

/* True if a transaction is open. */
int db_in_transaction(const struct db *db);

/* NULL is welcome. */
void db_close(struct db *db);

#endif
