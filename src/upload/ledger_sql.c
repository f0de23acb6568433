/* ledger_sql.c - all SQL of the ledger, one text for each number. */

#include "config.h"

#include "upload/ledger_sql.h"

/* A number as a part of a text. */
#define TEXT(n) TEXT_(n)
#define TEXT_(n) #n

/* clang-format off */
const char ledger_sql_schema[] =
"BEGIN IMMEDIATE;"
"PRAGMA application_id = " TEXT(LEDGER_SQL_APPLICATION) ";"
"PRAGMA user_version = " TEXT(LEDGER_SQL_VERSION) ";"
"CREATE TABLE run ("
" run INTEGER PRIMARY KEY AUTOINCREMENT,"
" started INTEGER NOT NULL,"
" ended INTEGER,"
" status INTEGER,"
" tool TEXT NOT NULL);"
"CREATE TABLE target ("
" target INTEGER PRIMARY KEY,"
" name TEXT NOT NULL UNIQUE,"
" url TEXT NOT NULL,"
" mark_is TEXT CHECK (mark_is IN ('start', 'end')));"
"CREATE TABLE project ("
" project INTEGER PRIMARY KEY,"
" target INTEGER NOT NULL REFERENCES target,"
" company TEXT NOT NULL,"
" name TEXT NOT NULL,"
" seen INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),"
" mark_ms INTEGER,"
" newest_start INTEGER,"
" newest_end INTEGER,"
" UNIQUE (target, company, name));"
"CREATE TABLE machine ("
" machine INTEGER PRIMARY KEY,"
" target INTEGER NOT NULL REFERENCES target,"
" company TEXT NOT NULL,"
" name TEXT NOT NULL,"
" UNIQUE (target, company, name));"
"CREATE TABLE state ("
" state INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
"CREATE TABLE file ("
" file INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
"CREATE TABLE batch ("
" batch INTEGER PRIMARY KEY AUTOINCREMENT,"
" id TEXT NOT NULL CHECK (length(id) = 64),"
" project INTEGER NOT NULL REFERENCES project,"
" parent INTEGER REFERENCES batch,"
" run INTEGER NOT NULL REFERENCES run,"
" state TEXT NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING',"
"  'INFLIGHT', 'UNKNOWN', 'ACCEPTED', 'REFUSED', 'HELD', 'SPLIT')),"
" lane TEXT CHECK (lane IN ('forward', 'late')),"
" before_ms INTEGER,"
" records INTEGER NOT NULL CHECK (records > 0),"
" seconds INTEGER NOT NULL CHECK (seconds > 0),"
" tied INTEGER NOT NULL CHECK (tied IN (0, 1)),"
" first_start INTEGER NOT NULL,"
" last_start INTEGER NOT NULL,"
" first_end INTEGER NOT NULL,"
" last_end INTEGER NOT NULL,"
" spool TEXT NOT NULL,"
" at INTEGER NOT NULL,"
" length INTEGER NOT NULL,"
" body INTEGER NOT NULL,"
" attempts INTEGER NOT NULL DEFAULT 0,"
" answer INTEGER,"
" words TEXT,"
" changed INTEGER NOT NULL);"
"CREATE UNIQUE INDEX batch_once ON batch (project, id)"
" WHERE state <> 'REFUSED';"
"CREATE UNIQUE INDEX batch_in_doubt ON batch (project)"
" WHERE state IN ('INFLIGHT', 'UNKNOWN');"
"CREATE INDEX batch_held ON batch (project, batch) WHERE state = 'HELD';"
"CREATE INDEX batch_pending ON batch (project, batch)"
" WHERE state = 'PENDING';"
"CREATE INDEX batch_open ON batch (project, batch)"
" WHERE state IN ('PENDING', 'INFLIGHT', 'UNKNOWN', 'HELD');"
"CREATE TABLE event ("
" event INTEGER PRIMARY KEY,"
" batch INTEGER NOT NULL REFERENCES batch,"
" run INTEGER NOT NULL REFERENCES run,"
" at INTEGER NOT NULL,"
" was TEXT,"
" state TEXT NOT NULL,"
" answer INTEGER,"
" words TEXT);"
"CREATE INDEX event_batch ON event (batch);"
"CREATE TABLE period ("
" machine INTEGER NOT NULL REFERENCES machine,"
" start_time INTEGER NOT NULL,"
" end_time INTEGER NOT NULL CHECK (end_time > start_time),"
" project INTEGER NOT NULL REFERENCES project,"
" state INTEGER NOT NULL REFERENCES state,"
" file INTEGER REFERENCES file,"
" line INTEGER,"
/* No REFERENCES batch: periods come before their batch, whose id is known
 * when it is known which of them stay, and a deferred one makes SQLite search
 * all periods for each batch.  LEDGER_SQL_CHECK looks instead. */
" batch INTEGER NOT NULL,"
" PRIMARY KEY (machine, start_time)) WITHOUT ROWID;"
"CREATE TRIGGER batch_starts BEFORE INSERT ON batch"
" WHEN NEW.state <> 'PENDING'"
" BEGIN SELECT RAISE(ABORT, 'a batch starts PENDING'); END;"
"CREATE TRIGGER batch_born AFTER INSERT ON batch BEGIN"
" INSERT INTO event (batch, run, at, state)"
" VALUES (NEW.batch, NEW.run, NEW.changed, NEW.state); END;"
"CREATE TRIGGER batch_legal BEFORE UPDATE OF state ON batch"
" WHEN OLD.state || ' ' || NEW.state NOT IN ("
"  'PENDING INFLIGHT',"
"  'INFLIGHT ACCEPTED', 'INFLIGHT REFUSED', 'INFLIGHT UNKNOWN',"
"  'INFLIGHT PENDING', 'INFLIGHT SPLIT',"
"  'UNKNOWN ACCEPTED', 'UNKNOWN REFUSED', 'UNKNOWN PENDING',"
"  'UNKNOWN HELD', 'UNKNOWN SPLIT',"
"  'HELD ACCEPTED', 'HELD PENDING')"
" BEGIN SELECT RAISE(ABORT, 'illegal transition of a batch'); END;"
"CREATE TRIGGER batch_moved AFTER UPDATE OF state ON batch BEGIN"
" INSERT INTO event (batch, run, at, was, state, answer, words)"
" VALUES (NEW.batch, NEW.run, NEW.changed, OLD.state, NEW.state,"
"  NEW.answer, NEW.words); END;"
"CREATE TRIGGER batch_fixed BEFORE UPDATE OF id, project, records, seconds,"
" first_start, last_start, first_end, last_end, spool, at, length, body"
" ON batch BEGIN SELECT RAISE(ABORT, 'a batch never changes'); END;"
"CREATE TRIGGER batch_stays BEFORE DELETE ON batch"
" BEGIN SELECT RAISE(ABORT, 'a batch is never forgotten'); END;"
"CREATE TRIGGER event_fixed BEFORE UPDATE ON event"
" BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;"
"CREATE TRIGGER period_fixed BEFORE UPDATE ON period"
" BEGIN SELECT RAISE(ABORT, 'a period never changes'); END;"
"CREATE TRIGGER period_stays BEFORE DELETE ON period"
" WHEN (SELECT state FROM batch WHERE batch = OLD.batch) <> 'REFUSED'"
" BEGIN SELECT RAISE(ABORT, 'a period of a live batch stays'); END;"
"CREATE VIEW delivered AS SELECT t.name AS target, p.company AS company,"
" p.name AS project, m.name AS machine,"
" strftime('%Y-%m-%dT%H:%M:%SZ', d.start_time, 'unixepoch') AS start,"
" strftime('%Y-%m-%dT%H:%M:%SZ', d.end_time, 'unixepoch') AS end,"
" s.name AS state, f.name AS file, d.line AS line, b.id AS batch,"
" b.state AS fate"
" FROM period d JOIN batch b ON b.batch = d.batch"
" JOIN project p ON p.project = d.project"
" JOIN target t ON t.target = p.target"
" JOIN machine m ON m.machine = d.machine"
" JOIN state s ON s.state = d.state"
" LEFT JOIN file f ON f.file = d.file;"
"COMMIT;";

/* The columns ledger.c reads into a struct ledger_batch. */
#define BATCH \
	"SELECT b.batch, b.id, b.project, b.state, b.lane, b.before_ms," \
	" b.records, b.seconds, b.tied, b.first_start, b.last_start," \
	" b.first_end, b.last_end, b.spool, b.at, b.length, b.body," \
	" b.attempts, b.answer, b.words FROM batch b "

#define OPEN "('PENDING', 'INFLIGHT', 'UNKNOWN', 'HELD')"

const char *const ledger_sql[LEDGER_SQL_COUNT] = {
[LEDGER_SQL_TABLES] = "SELECT count(*) FROM sqlite_schema",
[LEDGER_SQL_VERSION_GET] = "PRAGMA user_version",
[LEDGER_SQL_BEGIN] = "BEGIN IMMEDIATE",
[LEDGER_SQL_COMMIT] = "COMMIT",
[LEDGER_SQL_ROLLBACK] = "ROLLBACK",
[LEDGER_SQL_RUN_START] = "INSERT INTO run (started, tool) VALUES (?, ?)",
[LEDGER_SQL_RUN_END] = "UPDATE run SET ended = ?2, status = ?3 WHERE run = ?1",
[LEDGER_SQL_TARGET_PUT] =
    "INSERT INTO target (name, url) VALUES (?1, ?2)"
    " ON CONFLICT (name) DO UPDATE SET url = excluded.url"
    " WHERE url <> excluded.url AND excluded.url <> ''",
[LEDGER_SQL_TARGET_GET] =
    "SELECT target, mark_is, url FROM target WHERE name = ?",
[LEDGER_SQL_TARGET_MARK_IS] =
    "UPDATE target SET mark_is = ?2 WHERE target = ?1",
[LEDGER_SQL_PROJECT_PUT] =
    "INSERT INTO project (target, company, name) VALUES (?, ?, ?)",
[LEDGER_SQL_PROJECT_GET] =
    "SELECT project FROM project"
    " WHERE target = ? AND company = ? AND name = ?",
[LEDGER_SQL_PROJECT_ROW] =
    "SELECT company, name, seen, mark_ms, newest_start, newest_end"
    " FROM project WHERE project = ?",
[LEDGER_SQL_PROJECT_MARK] =
    "UPDATE project SET seen = 1, mark_ms = ?2, newest_start = NULL,"
    " newest_end = NULL WHERE project = ?1",
[LEDGER_SQL_PROJECT_NEWEST] =
    "UPDATE project SET"
    " newest_start = max(coalesce(newest_start, ?2), ?2),"
    " newest_end = max(coalesce(newest_end, ?3), ?3) WHERE project = ?1",
[LEDGER_SQL_PROJECTS_OPEN] =
    "SELECT project FROM project p WHERE target = ? AND EXISTS (SELECT 1"
    " FROM batch b WHERE b.project = p.project AND b.state IN " OPEN ")"
    " ORDER BY project",
[LEDGER_SQL_PROJECT_ADOPT] =
    "UPDATE project SET seen = 0 WHERE target = ?",
[LEDGER_SQL_MACHINE_PUT] =
    "INSERT INTO machine (target, company, name) VALUES (?, ?, ?)",
[LEDGER_SQL_MACHINE_GET] =
    "SELECT machine FROM machine"
    " WHERE target = ? AND company = ? AND name = ?",
[LEDGER_SQL_STATE_PUT] = "INSERT INTO state (name) VALUES (?)",
[LEDGER_SQL_STATE_GET] = "SELECT state FROM state WHERE name = ?",
[LEDGER_SQL_FILE_PUT] = "INSERT INTO file (name) VALUES (?)",
[LEDGER_SQL_FILE_GET] = "SELECT file FROM file WHERE name = ?",
[LEDGER_SQL_BATCH_PUT] =
    "INSERT INTO batch (id, project, run, records, seconds, tied,"
    " first_start, last_start, first_end, last_end, spool, at, length, body,"
    " changed, batch)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
[LEDGER_SQL_BATCH_NUMBER] =
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'batch'),"
    " 0) + 1",
[LEDGER_SQL_BATCH_FIND] =
    "SELECT state, records, seconds FROM batch WHERE project = ? AND id = ?"
    " ORDER BY state = 'REFUSED' LIMIT 1",
[LEDGER_SQL_BATCH_IN_DOUBT] =
    BATCH "WHERE b.project = ? AND b.state IN ('INFLIGHT', 'UNKNOWN')",
/* A date that a HELD batch touches is looked at by a person as it is now. */
[LEDGER_SQL_BATCH_NEXT] =
    BATCH "WHERE b.project = ?1 AND b.state = 'PENDING' AND NOT EXISTS"
    " (SELECT 1 FROM batch h WHERE h.project = ?1 AND h.state = 'HELD'"
    " AND h.first_start / 86400 <= b.last_end / 86400"
    " AND h.last_end / 86400 >= b.first_start / 86400)"
    " ORDER BY b.batch LIMIT 1",
[LEDGER_SQL_BATCH_HELD] =
    BATCH "WHERE b.project = ? AND b.state = 'HELD' ORDER BY b.batch LIMIT 1",
[LEDGER_SQL_BATCH_INTENT] =
    "UPDATE batch SET state = 'INFLIGHT', run = ?2, changed = ?3,"
    " lane = ?4, before_ms = ?5, attempts = attempts + 1, answer = NULL,"
    " words = NULL WHERE batch = ?1",
[LEDGER_SQL_BATCH_STATE] =
    "UPDATE batch SET state = ?2, run = ?3, changed = ?4, answer = ?5,"
    " words = ?6 WHERE batch = ?1",
[LEDGER_SQL_BATCH_RECOVER] =
    "UPDATE batch SET state = 'UNKNOWN', run = ?1, changed = ?2,"
    " words = 'the run ended before the answer was recorded'"
    " WHERE state = 'INFLIGHT'",
[LEDGER_SQL_BATCH_BY_ID] =
    BATCH "JOIN project p ON p.project = b.project WHERE p.target = ?1"
    " AND b.state IN " OPEN
    " AND substr(b.id, 1, length(?2)) = ?2 ORDER BY b.batch",
[LEDGER_SQL_BATCHES_SPOOLED] =
    "SELECT 1 FROM batch WHERE spool = ? AND state IN " OPEN " LIMIT 1",
[LEDGER_SQL_BATCHES_HELD] =
    "SELECT t.name, p.company, p.name, b.id, b.state, b.records, b.seconds,"
    " b.first_start, b.last_end, b.words FROM batch b"
    " JOIN project p ON p.project = b.project"
    " JOIN target t ON t.target = p.target"
    " WHERE b.state IN ('UNKNOWN', 'HELD') ORDER BY b.batch",
[LEDGER_SQL_COUNTS] =
    "SELECT t.name, b.state, count(*), sum(b.records), sum(b.seconds)"
    " FROM batch b JOIN project p ON p.project = b.project"
    " JOIN target t ON t.target = p.target"
    " GROUP BY t.name, b.state ORDER BY t.name, b.state",
[LEDGER_SQL_PERIOD_PUT] =
    "INSERT INTO period (machine, start_time, end_time, project, state,"
    " file, line, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
[LEDGER_SQL_PERIOD_BEFORE] =
    "SELECT start_time, end_time, project, state, batch, coalesce((SELECT"
    " b.state = 'ACCEPTED' FROM batch b WHERE b.batch = d.batch), 0)"
    " FROM period d WHERE machine = ? AND start_time < ?"
    " ORDER BY start_time DESC LIMIT 1",
[LEDGER_SQL_PERIOD_ROW] =
    "SELECT p.company, p.name, s.name, f.name, d.line, b.state, b.id"
    " FROM period d LEFT JOIN batch b ON b.batch = d.batch"
    " JOIN project p ON p.project = d.project"
    " JOIN state s ON s.state = d.state"
    " LEFT JOIN file f ON f.file = d.file"
    " WHERE d.machine = ? AND d.start_time = ?",
[LEDGER_SQL_PERIOD_DROP] =
    "DELETE FROM period WHERE machine = ? AND start_time = ? AND batch = ?",
/* What must never be: each row is a broken promise. */
[LEDGER_SQL_CHECK] =
    "WITH have AS (SELECT batch, count(*) AS n FROM period GROUP BY batch)"
    " SELECT 'batch ' || b.id || ' has ' || b.records || ' records and '"
    " || coalesce(h.n, 0) || ' periods' FROM batch b"
    " LEFT JOIN have h ON h.batch = b.batch"
    " WHERE b.state NOT IN ('REFUSED', 'SPLIT')"
    " AND b.records <> coalesce(h.n, 0)"
    " UNION ALL SELECT 'periods of batch number ' || h.batch || ', which is '"
    " || coalesce(b.state, 'not there') FROM have h"
    " LEFT JOIN batch b ON b.batch = h.batch"
    " WHERE b.batch IS NULL OR b.state IN ('REFUSED', 'SPLIT')"
    " UNION ALL SELECT 'two periods of ' || m.name || ' overlap' FROM"
    " (SELECT machine, start_time, lag(end_time) OVER (PARTITION BY machine"
    "  ORDER BY start_time) AS until FROM period) d"
    " JOIN machine m USING (machine) WHERE d.until > d.start_time"
    " UNION ALL SELECT 'batch ' || b.id || ' is ' || b.state ||"
    " ', its last event says ' || e.state FROM batch b JOIN event e"
    " ON e.event = (SELECT max(event) FROM event WHERE batch = b.batch)"
    " WHERE b.state <> e.state",
};
/* clang-format on */
