/* ledger_sql.c - all SQL of the ledger, one text for each number. */

#include "config.h"

#include "upload/ledger_sql.h"

/* clang-format off */
/* The columns ledger.c reads into a struct ledger_batch. */
#define BATCH \
	"SELECT b.batch, b.id, b.project, b.state, b.lane, b.before_ms," \
	" b.records, b.seconds, b.tied, b.first_start, b.last_start," \
	" b.first_end, b.last_end, b.spool, b.at, b.length, b.body," \
	" b.attempts, b.answer, b.words, b.parent FROM batch b "

/* Waiting in project ?1, and sharing no date with one that is HELD. */
#define PENDING_FREE \
	"WHERE b.project = ?1 AND b.state = 'PENDING' AND NOT EXISTS" \
	" (SELECT 1 FROM batch h WHERE h.project = ?1 AND h.state = 'HELD'" \
	" AND h.first_start / 86400 <= b.last_end / 86400" \
	" AND h.last_end / 86400 >= b.first_start / 86400)"

/* The first period of a machine that may reach beyond a time: the last that
 * starts no later. */
#define FIRST_AT(machine, time) \
	"coalesce((SELECT max(x.start_time) FROM period x WHERE x.machine = " \
	machine " AND x.start_time <= " time "), " time ")"

/* Period d is of the machine of k and overlaps the time from ${from} to
 * ${until}. */
#define SHARES(k, from, until) \
	"d.machine = " k ".machine AND d.start_time < " until \
	" AND d.end_time > " from " AND d.start_time >= " \
	FIRST_AT(k ".machine", from)

/* Conflict c overlaps period d of its machine, or of another that the vendor
 * calls the same.  One that was sent after all is there itself and no
 * conflict. */
#define MEETS \
	" JOIN alias k ON k.vendor = coalesce(c.vendor, c.machine)" \
	" JOIN period d ON " SHARES("k", "c.start_time", "c.end_time") \
	" AND (d.machine = c.machine OR (coalesce(d.vendor, d.machine) = k.vendor" \
	"  AND NOT EXISTS (SELECT 1 FROM apart a WHERE a.vendor = k.vendor" \
	"   AND a.machine = c.machine AND a.other = d.machine)))" \
	" AND (d.machine, d.start_time, d.end_time, d.project, d.state) <>" \
	" (c.machine, c.start_time, c.end_time, c.project, c.state)"

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
/* The run that first sent something to the target, and the one that first took
 * in something of the project: events tell, they never change. */
[LEDGER_SQL_PROJECT_FIRST] =
    "SELECT NOT EXISTS (SELECT 1 FROM batch WHERE project = ?1"
    "  AND attempts > 0) AND (SELECT e.run FROM batch b JOIN event e"
    "  ON e.batch = b.batch WHERE b.project = ?1 ORDER BY b.batch, e.event"
    "  LIMIT 1) <= coalesce((SELECT e.run FROM event e JOIN batch b"
    "  ON b.batch = e.batch JOIN project p ON p.project = b.project"
    "  WHERE e.state = 'INFLIGHT' AND p.target = (SELECT target FROM project"
    "   WHERE project = ?1) ORDER BY e.event LIMIT 1), 9e9)",
[LEDGER_SQL_PROJECT_ADOPT] =
    "UPDATE project SET seen = 0 WHERE target = ?",
[LEDGER_SQL_MACHINE_PUT] =
    "INSERT INTO machine (target, company, name) VALUES (?, ?, ?)",
[LEDGER_SQL_MACHINE_GET] =
    "SELECT machine FROM machine"
    " WHERE target = ? AND company = ? AND name = ?",
[LEDGER_SQL_STATE_PUT] = "INSERT INTO state (name) VALUES (?)",
[LEDGER_SQL_STATE_GET] = "SELECT state FROM state WHERE name = ?",
[LEDGER_SQL_FILE_PUT] =
    "INSERT INTO file (name, bytes, sha256) VALUES (?, ?, ?)",
[LEDGER_SQL_FILE_GET] =
    "SELECT file FROM file WHERE name = ?1"
    " AND coalesce(sha256, '') = coalesce(?2, '')",
[LEDGER_SQL_BATCH_PUT] =
    "INSERT INTO batch (id, project, run, records, seconds, tied,"
    " first_start, last_start, first_end, last_end, spool, at, length, body,"
    " changed, batch, parent)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
[LEDGER_SQL_BATCH_NUMBER] =
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'batch'),"
    " 0) + 1",
[LEDGER_SQL_BATCH_FIND] =
    "SELECT state, records, seconds FROM batch WHERE project = ? AND id = ?"
    " AND state <> 'SPLIT' ORDER BY state = 'REFUSED' LIMIT 1",
[LEDGER_SQL_BATCH_IN_DOUBT] =
    BATCH "WHERE b.project = ? AND b.state IN ('INFLIGHT', 'UNKNOWN')",
/* A date that a HELD batch touches is looked at by a person as it is now. */
[LEDGER_SQL_BATCH_NEXT_HALF] =
    BATCH PENDING_FREE " AND b.parent IS NOT NULL ORDER BY b.batch DESC"
    " LIMIT 1",
[LEDGER_SQL_BATCH_NEXT] = BATCH PENDING_FREE " ORDER BY b.batch LIMIT 1",
[LEDGER_SQL_BATCH_HELD] =
    BATCH "WHERE b.project = ? AND b.state = 'HELD' ORDER BY b.batch LIMIT 1",
[LEDGER_SQL_BATCH_INTENT] =
    "UPDATE batch SET state = 'INFLIGHT', run = ?2, changed = ?3,"
    " lane = ?4, before_ms = ?5, before_figures = ?6,"
    " attempts = attempts + 1, answer = NULL, words = NULL WHERE batch = ?1",
[LEDGER_SQL_BATCH_FIGURES] =
    "SELECT before_figures FROM batch WHERE batch = ?",
[LEDGER_SQL_PROJECT_LAST] =
    "SELECT coalesce(max(changed), 0) FROM batch"
    " WHERE project = ? AND state IN ('ACCEPTED', 'HELD')",
[LEDGER_SQL_PROJECT_DELIVERED] =
    "SELECT coalesce(sum(min(d.end_time, ?3) - max(d.start_time, ?2)), 0)"
    " FROM period d JOIN batch b ON b.batch = d.batch"
    " WHERE d.project = ?1 AND b.state = 'ACCEPTED'"
    " AND d.start_time < ?3 AND d.end_time > ?2",
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
[LEDGER_SQL_BATCHES_FINAL] =
    "SELECT at, length FROM batch WHERE spool = ? AND state NOT IN " OPEN,
[LEDGER_SQL_BATCHES_SPOOLED] =
    "SELECT 1 FROM batch WHERE spool = ? AND state IN " OPEN " LIMIT 1",
[LEDGER_SQL_BATCHES_HELD] =
    "SELECT t.name, p.company, p.name, b.id, b.state, b.records, b.seconds,"
    " b.first_start, b.last_end, b.words, b.project FROM batch b"
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
    " file, line, batch, vendor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
[LEDGER_SQL_PERIOD_BEFORE] =
    "SELECT start_time, end_time, project, state, batch, coalesce((SELECT"
    " b.state = 'ACCEPTED' FROM batch b WHERE b.batch = d.batch), 0)"
    " FROM period d WHERE machine = ? AND start_time < ?"
    " ORDER BY start_time DESC LIMIT 1",
[LEDGER_SQL_PERIOD_ROW] =
    "SELECT p.company, p.name, s.name, f.name, d.line, b.state, b.id, m.name"
    " FROM period d LEFT JOIN batch b ON b.batch = d.batch"
    " JOIN machine m ON m.machine = d.machine"
    " JOIN project p ON p.project = d.project"
    " JOIN state s ON s.state = d.state"
    " LEFT JOIN file f ON f.file = d.file"
    " WHERE d.machine = ? AND d.start_time = ?",
[LEDGER_SQL_PERIOD_DROP] =
    "DELETE FROM period WHERE machine = ? AND start_time = ? AND batch = ?",
/* One that is met again after a withdrawal is open again. */
[LEDGER_SQL_CONFLICT_PUT] =
    "INSERT INTO conflict (machine, start_time, end_time, project, state,"
    " file, line, first_run, last_run, vendor)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9) ON CONFLICT (machine,"
    " start_time, end_time, project, state) DO UPDATE SET"
    " file = excluded.file, line = excluded.line, vendor = excluded.vendor,"
    " last_run = excluded.last_run,"
    " settled_at = CASE settled WHEN 'acknowledged' THEN settled_at END,"
    " settled = CASE settled WHEN 'acknowledged' THEN settled END"
    " RETURNING conflict, settled",
[LEDGER_SQL_CONFLICTS] =
    "SELECT c.conflict, c.settled, fr.started, lr.started, m.company, m.name,"
    " cp.name, c.start_time, c.end_time, cs.name, cf.name, c.line,"
    " dp.name, d.start_time, d.end_time, ds.name, df.name, d.line, b.id,"
    " b.state, t.name, coalesce(cv.name, m.name), dm.name,"
    " coalesce(dv.name, dm.name)"
    " FROM machine m JOIN conflict c ON c.machine = m.machine"
    " JOIN target t ON t.target = m.target" MEETS
    " JOIN batch b ON b.batch = d.batch"
    " JOIN run fr ON fr.run = c.first_run JOIN run lr ON lr.run = c.last_run"
    " JOIN project cp ON cp.project = c.project"
    " JOIN project dp ON dp.project = d.project"
    " JOIN state cs ON cs.state = c.state JOIN state ds ON ds.state = d.state"
    " JOIN machine dm ON dm.machine = d.machine"
    " LEFT JOIN machine cv ON cv.machine = c.vendor"
    " LEFT JOIN machine dv ON dv.machine = d.vendor"
    " LEFT JOIN file cf ON cf.file = c.file"
    " LEFT JOIN file df ON df.file = d.file"
    " WHERE (?1 = 0 OR m.target = ?1) AND c.settled IS NOT 'withdrawn'"
    " ORDER BY c.conflict, d.start_time, d.machine",
[LEDGER_SQL_CONFLICT_ACK] =
    "UPDATE conflict SET settled = 'acknowledged', settled_at = ?3"
    " WHERE settled IS NULL AND conflict IN (SELECT c.conflict"
    " FROM machine m JOIN conflict c ON c.machine = m.machine" MEETS
    " WHERE m.target = ?1 AND (?2 = 0 OR c.conflict = ?2))",
/* The other machines that the vendor calls ?1, and whether a person told them
 * apart from ?2. */
[LEDGER_SQL_ALIASES] =
    "SELECT k.machine, EXISTS (SELECT 1 FROM apart a WHERE a.vendor = ?1"
    " AND a.machine = ?2 AND a.other = k.machine)"
    " FROM alias k WHERE k.vendor = ?1 AND k.machine <> ?2",
[LEDGER_SQL_ALIAS_PUT] =
    "INSERT OR IGNORE INTO alias (vendor, machine) VALUES (?, ?)",
[LEDGER_SQL_ALIAS_MEETS] =
    "SELECT d.start_time, d.end_time, d.project, d.state, d.batch"
    " FROM (SELECT ?1 AS vendor, ?2 AS machine) k JOIN period d ON "
    SHARES("k", "?3", "?4") " AND coalesce(d.vendor, d.machine) = k.vendor"
    " ORDER BY d.start_time LIMIT 1",
[LEDGER_SQL_ALIAS_APART] =
    "WITH pair AS (SELECT DISTINCT k.vendor, c.machine AS one,"
    " d.machine AS other FROM conflict c"
    " JOIN machine m ON m.machine = c.machine" MEETS
    " WHERE m.target = ?1 AND c.conflict = ?2 AND d.machine <> c.machine)"
    " INSERT INTO apart (vendor, machine, other, at, reason)"
    " SELECT vendor, one, other, ?3, ?4 FROM pair"
    " UNION ALL SELECT vendor, other, one, ?3, ?4 FROM pair",
[LEDGER_SQL_CONFLICT_WITHDRAWN] =
    "UPDATE conflict SET settled = 'withdrawn', settled_at = ?2"
    " WHERE conflict = ?1",
[LEDGER_SQL_WITHDRAW] =
    "INSERT INTO withdrawn (machine, start_time, end_time, project, state,"
    " file, line, batch, conflict, at, reason, vendor)"
    " SELECT d.machine, d.start_time, d.end_time, d.project, d.state, d.file,"
    " d.line, d.batch, c.conflict, ?3, ?4, d.vendor"
    " FROM conflict c JOIN machine m ON m.machine = c.machine" MEETS
    " WHERE m.target = ?1 AND c.conflict = ?2",
[LEDGER_SQL_WITHDRAW_DROP] =
    "DELETE FROM period WHERE (machine, start_time, batch) IN"
    " (SELECT machine, start_time, batch FROM withdrawn WHERE conflict = ?)",
[LEDGER_SQL_WITHDRAWN_FIND] =
    "SELECT 1 FROM withdrawn WHERE machine = ? AND start_time = ?"
    " AND end_time = ? AND project = ? AND state = ? LIMIT 1",
[LEDGER_SQL_TARGETS] =
    "SELECT target, name FROM target WHERE ?1 IS NULL OR name = ?1"
    " ORDER BY name",
[LEDGER_SQL_SENT] =
    "SELECT m.company, m.name, p.name, d.start_time, d.end_time, s.name,"
    " f.name, d.line, b.id, coalesce(v.name, m.name), f.sha256"
    " FROM machine m JOIN period d"
    " ON d.machine = m.machine AND d.start_time < ?3 AND d.end_time > ?2"
    " AND d.start_time >= coalesce((SELECT max(x.start_time) FROM period x"
    "  WHERE x.machine = m.machine AND x.start_time <= ?2), ?2)"
    " JOIN batch b ON b.batch = d.batch JOIN project p USING (project)"
    " JOIN state s ON s.state = d.state LEFT JOIN file f ON f.file = d.file"
    " LEFT JOIN machine v ON v.machine = d.vendor"
    " WHERE m.target = ?1 AND b.state = 'ACCEPTED'",
[LEDGER_SQL_SENT_DOUBT] =
    "SELECT count(*), coalesce(sum(b.seconds), 0) FROM batch b"
    " JOIN project p USING (project) WHERE p.target = ?1"
    " AND b.state IN ('INFLIGHT', 'UNKNOWN', 'HELD')"
    " AND b.first_start < ?3 AND b.last_end > ?2",
[LEDGER_SQL_RECEIPTS] =
    "SELECT t.name, p.company, p.name, b.id, b.state, b.records, b.seconds,"
    " b.first_start, b.last_end, b.attempts, b.answer, b.words, b.run,"
    " b.changed FROM batch b JOIN project p ON p.project = b.project"
    " JOIN target t ON t.target = p.target WHERE p.target = ?1 AND b.run >"
    " coalesce((SELECT max(run) FROM run WHERE run < ?2 AND ended IS NOT NULL),"
    " 0) ORDER BY b.batch",
#define EXPORT(fate, reason, from) \
	"SELECT t.name, p.company, p.name, m.name, d.start_time, d.end_time," \
	" s.name, f.name, d.line, b.id, " fate ", " reason ", v.name, f.sha256" \
	" FROM " from " d" \
	" JOIN batch b ON b.batch = d.batch" \
	" JOIN project p ON p.project = d.project" \
	" JOIN target t ON t.target = p.target" \
	" JOIN machine m ON m.machine = d.machine" \
	" LEFT JOIN machine v ON v.machine = d.vendor" \
	" JOIN state s ON s.state = d.state LEFT JOIN file f ON f.file = d.file"
[LEDGER_SQL_EXPORT] =
    EXPORT("b.state", "NULL", "period") " UNION ALL "
    EXPORT("'WITHDRAWN'", "d.reason", "withdrawn"),
[LEDGER_SQL_PERIOD_MOVE] =
    "UPDATE period SET batch = ?4"
    " WHERE machine = ?1 AND start_time = ?2 AND batch = ?3",
[LEDGER_SQL_TARGET_LIMIT] = "SELECT max_bytes FROM target WHERE target = ?",
[LEDGER_SQL_TARGET_LIMIT_SET] =
    "UPDATE target SET max_bytes = ?2 WHERE target = ?1",
[LEDGER_SQL_OPEN_RECORDS] =
    "SELECT coalesce(sum(b.records), 0) FROM batch b"
    " JOIN project p ON p.project = b.project"
    " WHERE p.target = ? AND b.state IN " OPEN,
[LEDGER_SQL_OPEN_DATES] =
    "SELECT min(first_start), max(last_end) FROM batch"
    " WHERE project = ? AND state IN " OPEN,
/* One that an earlier run sent was there when this one began. */
[LEDGER_SQL_SUMS_OF_RUN] =
    "SELECT coalesce(sum(CASE b.state WHEN 'ACCEPTED' THEN b.seconds END), 0),"
    " coalesce(sum(CASE WHEN b.state IN ('INFLIGHT', 'UNKNOWN', 'HELD')"
    " THEN b.seconds END), 0) FROM batch b WHERE b.project = ?1"
    " AND b.run = ?2 AND EXISTS (SELECT 1 FROM event e"
    " WHERE e.batch = b.batch AND e.run = ?2 AND e.state = 'INFLIGHT')",
[LEDGER_SQL_PROJECTS] =
    "SELECT p.company, p.name, (SELECT max(b.last_end) FROM batch b"
    " WHERE b.project = p.project AND b.state = 'ACCEPTED')"
    " FROM project p JOIN target t ON t.target = p.target"
    " WHERE t.name = ? ORDER BY p.company, p.name",
[LEDGER_SQL_HAS_REFUSED] =
    "SELECT EXISTS (SELECT 1 FROM batch b"
    " JOIN project p ON p.project = b.project"
    " WHERE p.target = ? AND b.state = 'REFUSED' AND b.records = 1)",
/* What must never be: each row is a broken promise. */
[LEDGER_SQL_CHECK] =
    "WITH have AS (SELECT batch, count(*) AS n FROM (SELECT batch FROM period"
    "  UNION ALL SELECT batch FROM withdrawn) GROUP BY batch)"
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
