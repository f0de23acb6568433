#!/bin/sh
# receipts.t - what the ledger tells programs: status, receipts, all periods.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

for f in "$SRCDIR"/schemas/*.json; do
	jq --arg name "${f##*/}" '{ ($name): . }' "$f" || exit 1
done | jq -s add >"$tmp/schemas"
# fits SCHEMA FILE: it holds some, and nothing is wrong with them.
fits() {
	test -s "$2" && jq -r --slurpfile schemas "$tmp/schemas" --arg name \
	    "$1.schema.json" -f "$SRCDIR/tests/cli/schema.jq" "$2" >"$tmp/faults" &&
	    ! grep . "$tmp/faults"
}
ask() {
	want=$1; shift
	status "$want" ditio-upload --ledger "$tmp/led" "$@"
}

# Two batches in p1, of which the second is refused; one in p2, which is held.
{ rec M 08:00 08:30; rec M 08:30 09:00; } >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/two"
rec N 10:00 11:00 p2 >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/p2"

receipts() {
	up 1 "201 400" "$tmp/two" --receipts "$tmp/receipts" &&
	    fits receipt "$tmp/receipts" && jq -se 'map([.state, .records, .hours,
		.attempts, .httpStatus, .firstStart, .companyId, .run]) == [
		["ACCEPTED", 1, 0.5, 1, 201, "2025-01-15T08:00:00Z", "c1", 1],
		["REFUSED", 1, 0.5, 1, 400, "2025-01-15T08:30:00Z", "c1", 1]]' \
		"$tmp/receipts"
}
t 'a receipt for each batch of the run' receipts
none() { again 1 201 "$tmp/two" --receipts "$tmp/none" && test ! -s "$tmp/none"; }
t 'none for what was settled before' none
held() {
	SCRIPTED_MARK=2025-01-16T00:00:00Z again 3 drop "$tmp/p2" \
	    --receipts "$tmp/receipts" && fits receipt "$tmp/receipts" &&
	    jq -e '.state == "HELD" and .httpStatus == null and .projectId == "p2"
		and (.words | test("cannot tell"))' "$tmp/receipts"
}
t 'one that is held has its reason' held
killed() {
	rm -rf "$tmp"/led*
	status 137 timeout 60 "$scripted" "$tmp/requests" "201 hang" sh -c \
	    'ditio-upload --ledger "$1" --timeout 20s "$2" & 
	    until grep -c ^import "$3" | grep -q 2; do sleep 0.05; done
	    kill -KILL $!; wait $!' sh "$tmp/led" "$tmp/two" "$tmp/requests"
	SCRIPTED_MARK=2025-01-15T08:30:00Z again 0 201 /dev/null --resume \
	    --receipts "$tmp/receipts" &&
	    jq -se 'map(.state + (.run | tostring)) == ["ACCEPTED1", "ACCEPTED2"]' \
		"$tmp/receipts"
}
t 'those of a run that was killed come with the next' killed

told() {
	held && rec M 08:10 08:20 >"$tmp/r" && framed "$tmp/r" | batches 1 >"$tmp/c" &&
	    SCRIPTED_MARK=2025-01-16T00:00:00Z again 3 201 "$tmp/c" &&
	    ask 3 --status --format json && fits status "$tmp/out" &&
	    jq -e '(.states | map("\(.state) \(.batches) \(.hours)")) ==
		["ACCEPTED 2 1", "HELD 1 1"] and .settle[0].projectId == "p2" and
		.broken == [] and .conflicts == { open: 1, acknowledged: 0 }' "$tmp/out"
}
t '--status as JSON' told
people() { ask 3 --status && grep -q '1 open, 0 acknowledged' "$tmp/out"; }
t 'the same for people' people
broken() {
	sqlite3 "$tmp/led" "DROP TRIGGER period_stays; DELETE FROM period" &&
	    ask 2 --status --format json && fits status "$tmp/out" &&
	    jq -e '.broken | length == 3' "$tmp/out"
}
t 'and of broken promises' broken
empty() {
	rm -rf "$tmp"/led*
	ask 0 --status --format json && fits status "$tmp/out" &&
	    jq -e '.states == [] and .settle == []' "$tmp/out"
}
t 'and of no ledger at all' empty
t '--status as nothing else' ask 2 --status --format csv

export_all() {
	up 0 201 "$tmp/two" && rec M 08:30 09:00 p9 >"$tmp/r" &&
	    framed "$tmp/r" | batches 1 >"$tmp/c" && again 1 201 "$tmp/c" &&
	    ask 0 --target 127.0.0.1 --mark-withdrawn 1 --reason 'a "mail"' &&
	    again 0 201 "$tmp/c" && ask 0 --export "$tmp/all" && says 'periods: 3' &&
	    jq -se 'map([.machineId, .projectId, .startTime[11:16], .source, .fate,
		.reason, .target]) | sort == [
		["M", "p1", "08:00", "d.csv:1", "ACCEPTED", null, "127.0.0.1"],
		["M", "p1", "08:30", "d.csv:2", "WITHDRAWN", "a \"mail\"", "127.0.0.1"],
		["M", "p9", "08:30", "d.csv:'$line'", "ACCEPTED", null, "127.0.0.1"]]' \
		"$tmp/all"
}
t '--export has every period, with its fate' export_all
t '... on standard output, too' ask 0 --export -
t '... as records of three' test "$(jq -c 'keys_unsorted[:6]' "$tmp/out" |
	sort -u)" = '["companyId","projectId","machineId","startTime","endTime","state"]'
t '--export where nothing can be written' ask 2 --export "$tmp/no/such"
done_testing
