#!/bin/sh
# conflicts.t - what overlaps a delivered period, until a person settles it.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# Delivered: M 09:00 to 09:20 and 09:20 to 09:40 in p1.  In conflict with both:
# M 09:10 to 09:30; N is new.
{ rec M 09:00 09:20; rec M 09:20 09:40 p1 Idle; } >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/first"
{ rec M 09:10 09:30; rec N 09:00 09:10; } >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/second"
rec M 09:20 09:40 p9 Idle >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/elsewhere"
base() {
	up 0 201 "$tmp/first" &&
	    again 1 201 "$tmp/second" --conflicts "csv:$tmp/list" && sent 1
}
word() {
	want=$1; shift
	status "$want" ditio-upload --ledger "$tmp/led" --target 127.0.0.1 "$@"
}
# csv N: line N of the list but for the times of runs.
csv() { sed -n "$1s/\r//p" "$tmp/list" | cut -d , -f 1-23; }

listed() {
	base && says 'conflict 1 \[\?' && test "$(wc -l <"$tmp/list")" -eq 3 &&
	    test "$(csv 2)" = "1,open,127.0.0.1,c1,M,M,p1,2025-01-15T09:10:00Z,\
2025-01-15T09:30:00Z,Working,0.33,d.csv,3,M,M,p1,2025-01-15T09:00:00Z,\
2025-01-15T09:20:00Z,Working,0.33,d.csv,1,$(jq -r 'select(.id).id' \
	    "$tmp/first")" &&
	    sed -n 3p "$tmp/list" | grep -q ',Idle,0.33,d.csv,2,.*,ACCEPTED,'
}
t 'a conflict is listed with all that it overlaps' listed
nightly() { again 1 201 "$tmp/second" && sent 0 && says '1 in conflict (0.33 h)'; }
t 'an open conflict is a finding every night' nightly
looked() {
	rm "$tmp/list" && status 0 ditio-upload --ledger "$tmp/led" --status \
	    --conflicts "csv:$tmp/list" && test "$(wc -l <"$tmp/list")" -eq 3
}
t '--status lists them, too' looked
dry() {
	again 1 201 "$tmp/elsewhere" --dry-run --conflicts "csv:$tmp/list" &&
	    sent 0 && test "$(wc -l <"$tmp/list")" -eq 4 &&
	    test "$(sqlite3 "$tmp/led" 'SELECT count(*) FROM conflict')" = 1
}
t 'a dry run lists them and keeps none' dry
quoted() {
	rec 'A, "B"' 09:00 09:20 | sed 's/A, "B"/A, \\"B\\"/' >"$tmp/r" &&
	    framed "$tmp/r" | batches 9 >"$tmp/odd" &&
	    sed 's/Working/Idle/' "$tmp/r" >"$tmp/r2" &&
	    framed "$tmp/r2" | batches 9 >"$tmp/odd2" &&
	    up 0 201 "$tmp/odd" && again 1 201 "$tmp/odd2" \
	    --conflicts "csv:$tmp/list" && grep -q ',"A, ""B""","A, ""B""",p1,' "$tmp/list"
}
t 'cells with commas and quotes are quoted' quoted
t 'only CSV is written' word 2 --status --conflicts "xml:$tmp/list"

acked() {
	base && word 0 --ack 1 && says 'acknowledged: 1' &&
	    again 0 201 "$tmp/second" --rejects "$tmp/rejects" \
		--conflicts "csv:$tmp/list" &&
	    sent 0 && says '1 in acknowledged conflict' && ! says 'd.csv:' &&
	    grep -q '"severity":"note"' "$tmp/rejects" && csv 2 | grep -q 1,ack
}
t 'an acknowledged one is no finding the next night' acked
another() {
	again 1 201 "$tmp/elsewhere" && says '1 in conflict' && says 'conflict 2'
}
t 'another one still is' another
all() { word 0 --ack all && again 0 201 "$tmp/elsewhere"; }
t '--ack all settles all' all
t '--ack of what is not there is refused' word 2 --ack 77
t '--ack of no number is refused' word 2 --ack one
t '--ack of another target is refused' status 2 ditio-upload \
    --ledger "$tmp/led" --target other --ack 1

withdrawn() {
	base && word 0 --mark-withdrawn 1 --reason 'mail of 3 March' &&
	    says 'periods: 2' && invariants "$tmp/led" &&
	    status 0 ditio-upload --ledger "$tmp/led" --status &&
	    again 0 201 "$tmp/second" && sent 1 && fates 'ACCEPTED 3 4' &&
	    test "$(sqlite3 "$tmp/led" "SELECT group_concat(substr(start, 12, 5)
		|| machine, ' ') FROM delivered")" = '09:10M 09:00N'
}
t 'what Ditio took back makes room for the new period' withdrawn
t 'and is not forgotten' test "$(sqlite3 "$tmp/led" \
    'SELECT count(*), max(reason) FROM withdrawn')" = '2|mail of 3 March'
back() { again 0 201 "$tmp/first" && sent 0 && fates 'ACCEPTED 3 4'; }
t 'what was taken back is not sent again in its batch' back
again_alone() {
	base && word 0 --mark-withdrawn 1 --reason x &&
	    rec M 09:00 09:20 >"$tmp/r" && framed "$tmp/r" | batches 9 >"$tmp/one" &&
	    again 0 201 "$tmp/one" --rejects "$tmp/rejects" && sent 0 &&
	    says '1 withdrawn before' && grep -q withdrawn-before "$tmp/rejects"
}
t 'nor alone' again_alone
moved() {
	up 0 201 "$tmp/first" && again 1 201 "$tmp/elsewhere" &&
	    word 0 --mark-withdrawn 1 --reason 'wrong project' &&
	    again 0 201 "$tmp/elsewhere" && sent 1 && fates 'ACCEPTED 2 3'
}
t 'hours of a wrong project are sent to the right one' moved
unsettled() {
	SCRIPTED_MARK=2025-01-16T00:00:00Z up 3 drop "$tmp/first" &&
	    SCRIPTED_MARK=2025-01-16T00:00:00Z again 3 201 "$tmp/second" &&
	    word 2 --mark-withdrawn 1 --reason x && says 'only what was delivered'
}
t 'a period of a HELD batch cannot be withdrawn' unsettled
t '--mark-withdrawn wants a reason' word 2 --mark-withdrawn 1
t '--mark-withdrawn of what is not there' word 2 --mark-withdrawn 9 --reason x
schema_keeps() {
	base && word 0 --mark-withdrawn 1 --reason x || return 1
	for s in "DELETE FROM withdrawn" "UPDATE withdrawn SET reason = 'y'" \
	    "DELETE FROM period" "INSERT INTO withdrawn SELECT machine,
		start_time, end_time, project, state, file, line, 99, 1, 0, 'x'
		FROM period"; do
		! sqlite3 "$tmp/led" "$s" 2>"$tmp/err" || { echo "$s"; return 1; }
	done
}
t 'the schema keeps what was withdrawn' schema_keeps
done_testing
