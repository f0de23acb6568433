# shellcheck shell=sh
# invariants.sh - what a ledger promises after every run, asked of the tables
# themselves.  Source it.

# invariants LEDGER [STORE]: prints each broken promise; succeeds if there is
# none.  With the store of a ditio-sandbox, what arrived there is held against
# the ledger.
invariants() {
	broken=$(
		ledger_promises | sqlite3 -batch "$1" 2>&1
		test -z "${2-}" || store_promises "$2" | sqlite3 -batch "$1" 2>&1
	)
	test -z "$broken" || { echo "$broken"; return 1; }
}

ledger_promises() {
	cat <<'EOF'
SELECT integrity_check FROM pragma_integrity_check
 WHERE integrity_check <> 'ok';
SELECT 'a reference to nothing in ' || "table" FROM pragma_foreign_key_check;
-- Every record of a batch that is not refused is a period of it, and of no
-- other batch, unless Ditio took it back.
CREATE TEMP VIEW every AS SELECT batch, machine, start_time, end_time, project
 FROM period UNION ALL
 SELECT batch, machine, start_time, end_time, project FROM withdrawn;
SELECT 'batch ' || b.batch || ' of ' || b.records || ' records and '
 || count(d.batch) || ' periods, ' || b.seconds || ' and '
 || total(d.end_time - d.start_time) || ' s'
 FROM batch b LEFT JOIN every d USING (batch)
 WHERE b.state NOT IN ('REFUSED', 'SPLIT') GROUP BY b.batch
 HAVING b.records <> count(d.batch)
 OR b.seconds <> total(d.end_time - d.start_time);
SELECT 'a period of no living batch: ' || batch FROM every
 WHERE batch NOT IN
 (SELECT batch FROM batch WHERE state NOT IN ('REFUSED', 'SPLIT'));
SELECT 'batch ' || b.batch || ' was split into ' || count(h.batch)
 || ' with ' || total(h.records) || ' of ' || b.records || ' records'
 FROM batch b LEFT JOIN batch h ON h.parent = b.batch WHERE b.state = 'SPLIT'
 GROUP BY b.batch HAVING count(h.batch) <> 2
 OR total(h.records) <> b.records OR total(h.seconds) <> b.seconds;
SELECT 'a half of a batch that is ' || b.state
 FROM batch h JOIN batch b ON b.batch = h.parent WHERE b.state <> 'SPLIT';
SELECT 'a period in another project than its batch'
 FROM every d JOIN batch b USING (batch) WHERE d.project <> b.project;
SELECT 'withdrawn, and not accepted: ' || batch FROM withdrawn
 WHERE batch NOT IN (SELECT batch FROM batch WHERE state = 'ACCEPTED');
SELECT 'delivered and withdrawn: machine ' || machine || ' ' || start_time
 FROM period JOIN withdrawn USING (machine, start_time, batch);
SELECT 'two periods of machine ' || machine || ' overlap at ' || start_time
 FROM (SELECT machine, start_time, max(end_time) OVER (PARTITION BY machine
 ORDER BY start_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
 FROM period) WHERE before > start_time;
SELECT 'project ' || project || ' has ' || count(*) || ' batches in doubt'
 FROM batch WHERE state IN ('INFLIGHT', 'UNKNOWN')
 GROUP BY project HAVING count(*) > 1;
-- Events are the history of the states, without a gap.
SELECT 'event ' || event || ' of batch ' || batch || ' leaves '
 || coalesce(was, 'nothing') || ', not ' || coalesce(before, 'nothing')
 FROM (SELECT event, batch, was, lag(state) OVER (PARTITION BY batch
 ORDER BY event) AS before FROM event) WHERE was IS NOT before;
SELECT 'batch ' || batch || ' is ' || state || ', its history ends '
 || coalesce(last, 'nowhere') FROM (SELECT batch, state, (SELECT state FROM
 event e WHERE e.batch = b.batch ORDER BY event DESC LIMIT 1) AS last
 FROM batch b) WHERE last IS NOT state;
SELECT 'batch ' || batch || ' was sent by no intent' FROM batch b
 WHERE state = 'ACCEPTED' AND NOT EXISTS (SELECT 1 FROM event e
 WHERE e.batch = b.batch AND e.state = 'INFLIGHT');
EOF
}

# What arrived is in the ledger, once, in a batch that may be applied; what the
# ledger calls delivered arrived.
store_promises() {
	printf "ATTACH '%s' AS far;\n" "$1"
	cat <<'EOF'
CREATE TEMP VIEW near AS SELECT p.company, p.name AS project,
 m.name AS machine, s.name AS state, d.start_time AS start,
 d.end_time AS until, b.state AS fate FROM period d JOIN batch b USING (batch)
 JOIN project p ON p.project = d.project JOIN machine m USING (machine)
 JOIN state s ON s.state = d.state;
SELECT 'arrived ' || count(*) || ' times: ' || machine || ' ' || start
 FROM far.record GROUP BY company, project, machine, state, start, "end"
 HAVING count(*) > 1;
SELECT 'arrived, and not in the ledger: ' || machine || ' ' || start FROM
 (SELECT company, project, machine, state, start, "end" FROM far.record
 EXCEPT SELECT company, project, machine, state, start, until FROM near
 WHERE fate <> 'PENDING');
SELECT 'delivered, and not arrived: ' || machine || ' ' || start FROM
 (SELECT company, project, machine, state, start, until FROM near
 WHERE fate = 'ACCEPTED' EXCEPT
 SELECT company, project, machine, state, start, "end" FROM far.record);
EOF
}
