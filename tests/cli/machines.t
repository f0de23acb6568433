#!/bin/sh
# machines.t - the machine table: assigned, cut at borders, never guessed.
. "$SRCDIR/tests/lib.sh"

feed=$SRCDIR/samples/good-aemp-counters.xml
parse() { ditio-parse --plain --format aemp --rejects "$tmp/rejects" "$@" "$feed"; }
table() { printf "$1" >"$tmp/table"; }
head='sourceId,machineId,companyId,projectId,from,to\n'
ids() { jq -r '[.companyId, .projectId, .machineId, .startTime] | join(" ")' "$tmp/out"; }
is_out() { printf "$1" | diff - "$tmp/ids"; }

table "${head}7001,EX-1,c9,p9,,\n"
t 'a table names the machine' status 0 parse --machines "$tmp/table"
ids >"$tmp/ids"
t 'and its company and project' is_out 'c9 p9 EX-1 2025-05-06T08:00:00Z\nc9 p9 EX-1 2025-05-06T08:09:00Z\nc9 p9 EX-1 2025-05-06T08:15:00Z\n'

t 'Excel saves it with semicolons' status 0 parse --machines "$SRCDIR/samples/machines.csv"
ids >"$tmp/ids"
t 'a period across a border is cut there' is_out 'c1 p1 EX-701 2025-05-06T08:00:00Z\nc1 p2 EX-701 2025-05-06T08:05:00Z\nc1 p2 EX-701 2025-05-06T08:09:00Z\nc1 p2 EX-701 2025-05-06T08:15:00Z\n'
t 'and says so' grep -q '(1 cut' "$tmp/err"

table "${head}7001,-,,,,\n"
t 'a machine that is not wanted is skipped' status 0 parse --machines "$tmp/table"
t 'without a record' test ! -s "$tmp/out"

table "${head}7002,EX-2,c1,p1,,\n"
t 'a machine the table lacks is a finding' status 1 parse --machines "$tmp/table"
t 'counted per machine' grep -q "unassigned machine '7001': [0-9]* periods, 0[.][0-9]* h" "$tmp/err"
t 'by name' grep -q '"code":"unassigned".*7001' "$tmp/rejects"

table "${head}7001,EX-1,c1,p1,2025-05-06T08:10:00Z,\n"
t 'what the table does not cover is a finding' status 1 parse --machines "$tmp/table"
t 'with its hours' sh -c "jq -e 'select(.code == \"unassigned\") | .hours' '$tmp/rejects' >/dev/null"

bad() { table "$1"; status 2 parse --machines "$tmp/table" && grep -q "$2" "$tmp/err"; }
t 'overlapping rows are refused' bad "${head}A,X,c,p,,2025-01-02T00:00:00Z\nA,Y,c,p,2025-01-01T00:00:00Z,\n" 'table:3:.*overlaps'
t 'two ids of one machine need the same rows' bad "${head}A,X,c,p,,\nB,X,c,p,2025-01-01T00:00:00Z,\n" "table:3:.*'B' is 'X' at a time when 'A' of line 2"
t 'an unknown column is refused' bad 'sourceId,machine\nA,X\n' "no such column: 'machine'"
t 'a bad date is refused' bad "${head}A,X,c,p,soon,\n" 'table:2:'
t 'a local date needs a zone' bad "${head}A,X,c,p,2025-01-01 00:00,\n" 'with --zone'
t 'from must be before to' bad "${head}A,X,c,p,2025-01-02T00:00:00Z,2025-01-01T00:00:00Z\n" 'not before'
t 'an empty company is refused' bad "${head}A,X,,p,,\n" 'must not be empty'
t 'an empty table is refused' bad '' 'empty'
# An operating counter under one id, the idle counter under another.
{
	echo '<Fleet>'
	for h in 08:00:00Z/100.0 08:15:00Z/100.2; do
		echo "<Equipment><EquipmentHeader><EquipmentID>A</EquipmentID></EquipmentHeader><CumulativeOperatingHours datetime=\"2025-05-06T${h%/*}\"><Hour>${h#*/}</Hour></CumulativeOperatingHours></Equipment>"
	done
	for h in 08:00:00Z/40.0 08:15:00Z/40.1; do
		echo "<Equipment><EquipmentHeader><EquipmentID>B</EquipmentID></EquipmentHeader><CumulativeIdleHours datetime=\"2025-05-06T${h%/*}\"><Hour>${h#*/}</Hour></CumulativeIdleHours></Equipment>"
	done
	echo '</Fleet>'
} >"$tmp/two.xml"
table "${head}A,EX-1,c,p,,\nB,EX-1,c,p,,\n"
two() { feed=$tmp/two.xml parse --machines "$tmp/table"; }
t 'two ids of one machine with the same rows' status 0 two
jq -r '[.machineId, .state, .startTime, .endTime] | join(" ")' "$tmp/out" >"$tmp/ids"
t 'are one machine' is_out 'EX-1 Working 2025-05-06T08:00:00Z 2025-05-06T08:06:00Z\nEX-1 Idle 2025-05-06T08:06:00Z 2025-05-06T08:12:00Z\n'

table "${head}7001,EX-1,c1,p1,2025-05-06 10:05,\n"
t 'local dates in a zone' status 1 parse --machines "$tmp/table" --zone Europe/Oslo
ids >"$tmp/ids"
t 'are turned into UTC' grep -q 'EX-1 2025-05-06T08:05:00Z' "$tmp/ids"
done_testing
