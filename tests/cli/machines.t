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

t 'the id that the vendor has goes with it' sh -c 'grep -c "\"vendorId\":\"7001\"}\$" "$1" | grep -qx 3' - "$tmp/out"

table "${head}7001,7001,c9,p9,,\n"
t 'one that it keeps' status 0 parse --machines "$tmp/table"
t 'goes without saying' sh -c '! grep vendorId "$1"' - "$tmp/out"
t 'a machine for all rows' status 0 parse --machine M --company c --project p
t 'is the vendor'"'"'s' sh -c '! grep vendorId "$1"' - "$tmp/out"
table "${head}M,EX-9,c,p,,\n"
t 'which the table may name' status 0 parse --machine M --machines "$tmp/table"
t 'otherwise' sh -c 'grep -c "\"machineId\":\"EX-9\".*\"vendorId\":\"M\"}\$" "$1" | grep -qx 3' - "$tmp/out"
table "${head}7001,EX-1,c9,p9,,\n"
parse --machines "$tmp/table" >"$tmp/records" 2>/dev/null
table "${head}EX-1,EX-2,c,p,,\n"
t 'records that are assigned again' status 0 ditio-parse --plain --format records --machines "$tmp/table" "$tmp/records"
t 'keep it' sh -c 'grep -c "\"machineId\":\"EX-2\".*\"vendorId\":\"7001\"}\$" "$1" | grep -qx 3' - "$tmp/out"

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
t 'under the first id of the table' sh -c 'grep -c "\"vendorId\":\"A\"}\$" "$1" | grep -qx 2' - "$tmp/out"
t 'are one machine' is_out 'EX-1 Working 2025-05-06T08:00:00Z 2025-05-06T08:06:00Z\nEX-1 Idle 2025-05-06T08:06:00Z 2025-05-06T08:12:00Z\n'

table "${head}7001,EX-1,c1,p1,2025-05-06 10:05,\n"
t 'local dates in a zone' status 1 parse --machines "$tmp/table" --zone Europe/Oslo
ids >"$tmp/ids"
t 'are turned into UTC' grep -q 'EX-1 2025-05-06T08:05:00Z' "$tmp/ids"

# Near misses: what is easily lost on the way is named, never taken for it.
table "${head}0-7001,EX-1,c1,p1,,\n"
t 'an id that is one but for signs and zeros' status 1 parse --machines "$tmp/table"
t 'is named as what may be meant' grep -q "machine '7001': .* h; is '0-7001' of the table meant?" "$tmp/err"
table "${head}7001,EX-1,c1,p1,2025-05-06T08:10:00Z,\n07001,EX-2,c1,p1,,\n"
t 'one that is in the table' status 1 parse --machines "$tmp/table"
t 'is meant itself' sh -c "! grep 'meant' '$tmp/err'"

# The project table.
csv() {
	cat >"$tmp/profile.json" <<-'EOF'
	{ "format": "csv", "rows": "period", "time": { "formats": ["rfc3339"], "zone": "Europe/Oslo" },
	  "fields": { "machineId": { "column": "id" }, "projectId": { "column": "job" }, "state": { "const": "w" },
	    "startTime": { "column": "from" }, "endTime": { "column": "to" } }, "states": { "Working": ["w"] } }
	EOF
	printf 'id,job,from,to\n' >"$tmp/in.csv"
	for job in $jobs; do
		echo "A,$job,2025-05-06T08:00:00Z,2025-05-06T10:00:00Z"
	done | sed 's/none//' >>"$tmp/in.csv"
	: >"$tmp/rejects"
	status "$1" ditio-parse --plain --profile "$tmp/profile.json" \
	    --projects "$tmp/projects" --rejects "$tmp/rejects" $2 "$tmp/in.csv" || return 1
	jq -r '[.companyId, .projectId, .machineId, .startTime[11:16], .endTime[11:16]] | join(" ")' "$tmp/out" >"$tmp/ids"
}
projects() { printf "sourceProject,companyId,projectId,from,to\n$1" >"$tmp/projects"; }
projects '4711,c1,p1,,2025-05-06 11:00\n4711,c2,p2,2025-05-06 11:00,\n'
jobs=4711
t 'a row goes by the project table' csv 0
t 'and is cut at its borders' is_out 'c1 p1 A 08:00 09:00\nc2 p2 A 09:00 10:00\n'
table "${head}A,EX-1,c8,p8,,2025-05-06T09:30:00Z\nA,EX-2,c9,p9,2025-05-06T09:30:00Z,\n"
jobs='none 4711'
t 'before the machine table' csv 0 "--machines $tmp/table --company c --project p"
t 'which has rows without one' is_out 'c8 p8 EX-1 08:00 09:30
c9 p9 EX-2 09:30 10:00
c1 p1 EX-1 08:00 09:00
c2 p2 EX-1 09:00 09:30
c2 p2 EX-2 09:30 10:00\n'
t 'and says how often' grep -q '(3 cut' "$tmp/err"
t 'before the command line' csv 0 '--company c --project p'
t 'too' is_out 'c p A 08:00 10:00\nc1 p1 A 08:00 09:00\nc2 p2 A 09:00 10:00\n'
jobs='0471-1 4712'
t 'a project it lacks' csv 1 '--company c --project p'
t 'goes nowhere' is_out ''
t 'is rejected' grep -q '"line":2,.*"code":"unassigned-project".*no row for .0471-1' "$tmp/rejects"
t 'counted, with the one that may be meant' grep -q "unassigned project '0471-1': 1 periods, 2.00 h; is '4711' of" "$tmp/err"
projects '4711,c1,p1,,2025-05-06T09:00:00Z\n'
jobs=4711
t 'a time it lacks' csv 1
t 'is set aside' is_out 'c1 p1 A 08:00 09:00\n'
t 'with its hours' grep -q '"code":"unassigned-project".*"hours":1' "$tmp/rejects"
table "${head}A,-,,,,\n"
projects '4712,c1,p1,,\n'
t 'of a machine that is not wanted' csv 0 "--machines $tmp/table"
t 'no project is asked for' is_out ''
wrong() { projects "$1"; csv 2 && grep -q "$2" "$tmp/err"; }
t 'a project without a company is refused' wrong '4711,,p1,,\n' 'projects:2:.*must not be empty'
t 'so is one that stands for two at a time' wrong '4711,c,p,,\n4711,c,q,,\n' 'projects:3:.*overlaps'
t 'and one without a name' wrong ',c,p,,\n' 'sourceProject must not be empty'
cp "$tmp/table" "$tmp/projects"
t 'another table is none' csv 2
t 'which names the columns' grep -q "no such column: 'sourceId'; there are sourceProject, companyId" "$tmp/err"
printf 'sourceProject,projectId\n1,p\n' >"$tmp/projects"
t 'nor is half a one' csv 2
t 'either' grep -q 'columns sourceProject, companyId and projectId are needed' "$tmp/err"
t 'rejects over the table are refused' status 2 ditio-parse --format csv --projects "$tmp/projects" --rejects "$tmp/projects" "$tmp/in.csv"

# A table to fill in.
draft() { status "$1" ditio-parse --format aemp --company c1 --draft-machines $2 "$feed" "$SRCDIR/samples/good-aemp-one-snapshot.xml"; }
drafted() { printf "sourceId,machineId,companyId,projectId\n$1" | diff - "$tmp/out"; }
t 'a draft of a machine table' draft 0 '--project p1'
t 'has every machine of a feed, with what is known' drafted \
'# 8 rows, 2025-05-06T08:00:00Z to 2025-05-06T08:45:00Z; make Takumi; serial S1
7001,,c1,p1
# 0 rows; make Takumi; serial S3
7003,,c1,p1
# 2 rows, 2025-05-06T08:03:24Z to 2025-05-06T08:07:40Z; make Takumi
7004,,c1,p1
# 0 rows; make Takumi; serial S5
7005,,c1,p1
# 0 rows; make Takumi; serial S6
7006,,c1,p1
'
cp "$tmp/out" "$tmp/table"
t 'it is none before it is filled in' status 2 parse --machines "$tmp/table"
t 'which is said' grep -q 'table:3: .*machineId must not be empty' "$tmp/err"
sed -i '/^7/s/,,/,EX,/; 4,$d' "$tmp/table"
t 'and one then' status 0 parse --machines "$tmp/table"
ids >"$tmp/ids"
t 'whose ids come out' grep -q 'c1 p1 EX 2025' "$tmp/ids"
echo '70 05,EX-5,c1,p1' >>"$tmp/table"
t 'what the table has' draft 0 "--machines $tmp/table"
t 'is not drafted again' sh -c "! grep -q '^7001' '$tmp/out'"
t 'what it nearly has is said' grep -q 'serial S5; looks like 70 05$' "$tmp/out"
cat >"$tmp/in.csv" <<'EOF'
id,job,from,to
"x, ""y""",1,2025-05-06T08:00:00Z,2025-05-06T10:00:00Z
ex-1,1,2025-05-07T08:00:00Z,soon
EX 01,1,,
EX 01,1,2025-05-06T08:00:00
ex-1,1,2025-05-06T08:00:00Z,2025-05-06T10:00:00Z
 ,1,2025-05-06T08:00:00Z,2025-05-06T10:00:00Z
#7,1,,
EOF
sed -i 's/"states".*/"states": {} }/' "$tmp/profile.json"
rows() { status "$1" ditio-parse --profile "$tmp/profile.json" --rejects "$tmp/rejects" --draft-machines "$tmp/in.csv"; }
t 'rows that give no period' rows 1
t 'tell of machines as well' drafted \
'# 1 row, of which no time can be read
\\#7,,,
# 1 row, of which no time can be read
EX 01,,,
# 2 rows, 2025-05-06T08:00:00Z to 2025-05-07T08:00:00Z; looks like EX 01
ex-1,,,
# 1 row, 2025-05-06T08:00:00Z to 2025-05-06T10:00:00Z
"x, ""y""",,,
'
t 'what is no row is said' sh -c "grep -q '\"line\":5,.*ragged-row' '$tmp/rejects' && grep -q '\"line\":7,.*no-machine' '$tmp/rejects'"

# Ids that would be comments.
printf '%s\n' 'sourceId,machineId,companyId,projectId' '# "#7" is the big one' \
    '\#7,EX-7,c1,p1' '\\8,EX-8,c1,p1' >"$tmp/table"
printf '%s\n' 'companyId,projectId,machineId,startTime,endTime,state' \
    ',,#7,2025-05-06T08:00:00Z,2025-05-06T09:00:00Z,Idle' \
    ',,\8,2025-05-06T08:00:00Z,2025-05-06T09:00:00Z,Idle' >"$tmp/in.csv"
t 'ids that begin with # have a backslash in a table' status 0 \
    ditio-parse --format csv --machines "$tmp/table" "$tmp/in.csv"
t 'and are found' test "$(jq -r '.machineId // empty' "$tmp/out" | xargs)" = 'EX-7 EX-8'
done_testing
