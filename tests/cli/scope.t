#!/bin/sh
# scope.t - --report-only: all is judged, some files are told; and selection.
. "$SRCDIR/tests/lib.sh"

v='ditio-validate --now 2025-06-01T00:00:00Z'
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
no() { ! grep -F -- "$1" "$2"; }
# rec MACHINE START END STATE SOURCE [PROJECT]: a line; times of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"%s","machineId":"%s",' "${6-p1}" "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$2" "$3"
	printf '"state":"%s","source":"%s"}\n' "$4" "$5"
}

# old.csv has faults of its own, new.csv one against it; and one of old.csv
# meets a record of new.csv.
{
	rec a 08:00 09:00 Working old.csv:1
	rec a 08:30 09:30 Working old.csv:2
	rec b 08:00 09:00 Working old.csv:3
	rec b 08:30 09:30 Idle new.csv:1
	rec d 08:00 09:00 Working new.csv:2
	rec d 08:45 09:30 Idle old.csv:4
	rec e 08:00 09:00 Dancing sub/x.csv:1
	rec f 08:00 08:00 Idle dump.zip/x.csv:1
} >"$tmp/in"
cat >"$tmp/rejects" <<'END'
{"tool":"ditio-parse","file":"old.csv","line":9,"code":"bad-time","message":"m"}
{"tool":"ditio-parse","file":"new.csv","line":9,"code":"bad-time","message":"m"}
END
status 1 $v "$tmp/in"
cp "$tmp/out" "$tmp/all"
t 'all files' has 'overlap 3 (1.25 h)' "$tmp/err"
t 'one of them' status 1 $v --rejects "$tmp/rejects" --report-only new.csv \
	--report "ndjson:$tmp/report" --report "json:$tmp/json" \
	--report "text:$tmp/text" "$tmp/in"
t 'the same records go on' sh -c "
	grep -v ditioEnd '$tmp/out' >'$tmp/a'; grep -v ditioEnd '$tmp/all' | cmp - '$tmp/a'"
t 'its own finding is told' has 'new.csv:1: error:' "$tmp/err"
t 'and that of a record that meets one of it' has 'old.csv:4: error:' "$tmp/err"
t 'and its reject' has 'new.csv:9: error: m' "$tmp/err"
t 'no other' no old.csv:2: "$tmp/err"
t 'no other reject' no old.csv:9: "$tmp/err"
t 'others are counted' has '4 findings of other files; findings: overlap 2 (0.75 h), bad-time 1 (0.00 h);' "$tmp/err"
reported() {
	jq -es 'length == 4 and (.[-1].ditioSummary | .otherFiles == 4 and
	    (.codes | map(.count) | add) == 3)' "$tmp/report" &&
	    jq -e '.otherFiles == 4 and (.rules | length) == 2' "$tmp/json"
}
t 'so they are in reports' reported
t 'of people as well' has '4 findings of other files' "$tmp/text"
t 'a file without faults of its own or against it' \
	status 0 $v --report-only none.csv "$tmp/in"
t 'passes, and is said to be none' \
	has '--report-only none.csv: nothing came from such a file' "$tmp/err"
t 'its verdict is ok' has '"verdict":"ok"' "$tmp/out"
t 'a folder' status 1 $v --report-only sub "$tmp/in"
t 'has its files' has 'findings: unknown-state 1 (1.00 h);' "$tmp/err"
t 'an archive' status 1 $v --report-only dump.zip --report-only sub/ "$tmp/in"
t 'has its members, and several are told' \
	has 'findings: zero-length 1 (0.00 h), unknown-state 1 (1.00 h);' "$tmp/err"
t 'a beginning of a name is none' status 0 $v --report-only su "$tmp/in"
t 'sorted' sh -c "LC_ALL=C sort '$tmp/in' |
	$v --sorted --report-only new.csv 2>&1 >/dev/null |
	grep -q 'findings: overlap 2 (0.75 h);'"
{ echo rubbish; cat "$tmp/in"; } >"$tmp/lines"
t 'a line that is no record' status 1 $v --report-only none.csv "$tmp/lines"
t 'is always told' has "$tmp/lines:1:1: error:" "$tmp/err"

# A baseline knows what is not told.
status 1 $v --write-baseline "$tmp/base" "$tmp/in"
t 'a baseline' status 0 $v --baseline "$tmp/base" --report-only new.csv "$tmp/in"
t 'of other files is not gone' no gone "$tmp/err"

# A cause is told for its symptoms.
"$BUILDDIR/tests/fleet" days 3 frozen >"$tmp/fleet"
t 'a cause of the file' status 1 $v --report-only fleet.csv "$tmp/fleet"
t 'is told' has '[frozen-clock]' "$tmp/err"
t 'of another' status 0 $v --report-only other.csv "$tmp/fleet"
t 'is not' no '[' "$tmp/err"

# Selection: what is not selected is as if it were not there.
# goes OPTION...: the sources that go on, and how many were not selected.
{
	rec a 08:00 09:00 Working s:1
	rec a 09:00 10:00 Idle s:2
	rec a 10:00 11:00 Working s:3 p2
	rec b 08:00 09:00 Idle s:4
	rec c 11:00 12:00 Moving s:5
} >"$tmp/in"
goes() {
	ids=$1; shift
	status 0 $v "$@" "$tmp/in" || return 1
	got=$(jq -r '.source // empty' "$tmp/out" | cut -d : -f 2 |
		sort | tr -d '\n')
	test "$got" = "$ids" || { echo "$got"; return 1; }
	test ${#ids} -eq 5 || has "$((5 - ${#ids})) not selected" "$tmp/err"
}
t 'all' goes 12345
t '--machine' goes 123 --machine a
t 'two of them' goes 1235 --machine a --machine c
t '--project' goes 3 --project p2
t '--state' goes 13 --state Working
t 'two of them' goes 135 --state Working --state Moving
t '--from' goes 235 --from 2025-01-15T09:00:00Z
t '--to' goes 124 --to 2025-01-15T10:00:00Z
t 'all of them together' goes 1 --machine a --project p1 --state Working \
	--from 2025-01-15T08:00:00Z --to 2025-01-15T09:00:00Z
t 'a local time with its offset' goes 235 --from 2025-01-15T10:00:00+01:00
rec a 08:30 09:30 Idle s:6 >>"$tmp/in"
goes6() { status "$1" $v "$2" "$3" "$tmp/in"; }
t 'what meets what is not selected' goes6 0 --state Working
t 'meets nobody' no '[' "$tmp/err"
t 'and what is selected' goes6 1 --machine a
t 'does' has '[overlap]' "$tmp/err"
t 'no time between' status 2 $v --from 2025-01-15T08:00:00Z \
	--to 2025-01-15T08:00:00Z "$tmp/in"

# Estimated periods.
sed 's/}$/,"basis":"estimated"}/' "$tmp/in" >"$tmp/estimated"
t 'estimated ones' status 0 $v --withheld "$tmp/held" "$tmp/estimated"
t 'are held back, and counted' \
	has '6 estimated and held back (6.00 h); findings: estimated 6 (6.00 h)' "$tmp/err"
t 'none goes on' no machineId "$tmp/out"
t 'but to --withheld' sh -c "test \$(grep -c estimated '$tmp/held') -eq 6"
t 'unless they are allowed' status 1 $v --allow-estimated "$tmp/estimated"
t 'then they go on' sh -c "test \$(grep -c estimated '$tmp/out') -eq 5"
done_testing
