/* db.h - prepared statements by number: the door to SQLite. */

#ifndef UPLOAD_DB_H
#define UPLOAD_DB_H

#include <stddef.h>
#include <stdint.h>

struct db;

/* An integer that is NULL. */
#define DB_NULL INT64_MIN

/*
 * Open the database ${path}, created if it is missing, with WAL,
 * synchronous=FULL and foreign keys, each set and read back; ":memory:" has
 * no journal.  ${application} is the application_id of what is ours: a
 * database that has another, or tables and none, is refused as it is.
 * ${sql} is a table of ${n} statements, borrowed; each is prepared when first
 * run.  NULL after a message.
 */
struct db *db_open(
    const char *path, int64_t application, const char *const sql[], size_t n);

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

/* The number given to the row that was last put in. */
int64_t db_last(struct db *db);

/* True if a transaction is open. */
int db_in_transaction(const struct db *db);

/* NULL is welcome. */
void db_close(struct db *db);

#endif
