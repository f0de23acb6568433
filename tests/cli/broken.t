#!/bin/bash
# broken.t - each thing that ditio-upload takes for granted of a server, broken
# on purpose: the batch ends HELD or waits; nothing is sent twice.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

{ rec M 08:00 08:10; rec N 08:00 08:20; rec M 08:10 08:30; rec N 08:20 08:40
  rec M 08:30 08:50; rec N 08:40 08:59; } >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/six"

# to WANT FAULTS [SANDBOX-OPTION ...]: deliver to such a server; it ends WANT.
to() {
	local want=$1 faults=$2; shift 2
	rm -rf "$tmp"/led* "$tmp"/store*
	status "$want" timeout 60 ditio-sandbox -q --store "$tmp/store" \
	    --fault "$faults" "$@" -- ditio-upload --ledger "$tmp/led" \
	    --settle 100ms --retry-for 2s --timeout 5s "$tmp/six"
}
arrived() {
	[ "$(ditio-sandbox --report "$tmp/store" --json | jq -c '[.records, .duplicates]')" = "[$1,0]" ] ||
		{ ditio-sandbox --report "$tmp/store"; cat "$tmp/err"; return 1; }
}
# states WORDS: "STATE BATCHES RECORDS", which must be sound.
states() {
	got=$(ditio-upload --ledger "$tmp/led" --status 2>/dev/null |
	    awk '/^127/ { printf "%s %s %s ", $2, $3, $4 }')
	[ "$got" = "$1 " ] || { echo "states: $got"; cat "$tmp/err"; return 1; }
	invariants "$tmp/led"
}

well() { to 0 import/delay=1ms:@1 && arrived 6 && states 'ACCEPTED 3 6'; }
t 'nothing broken: delivered' well
part() { to 3 import/part=@2 && says 'HELD' && arrived 3 && states 'ACCEPTED 1 2 HELD 1 2 PENDING 1 2'; }
t 'an import that is half applied, the answer lost: held' part
refused() { to 3 "refuse-part=N" && says HELD && arrived 1 && states 'HELD 1 2 PENDING 2 4'; }
t 'an import that is refused and half applied: held' refused
received() { to 3 import/drop-after=@1 --watermark received && arrived 2 && says HELD && states 'HELD 1 2 PENDING 2 4'; }
t 'a watermark of another meaning, the answer lost: held' received
in_vain() { to 3 import/drop-before=@2 --watermark received && arrived 2 && says 'moved without us' && states 'ACCEPTED 1 2 PENDING 2 4'; }
t 'the same, seen before anything was lost: the project waits' in_vain
intruder() { to 3 import/intruder=@1 && says 'moved without us' && arrived 3 && states 'ACCEPTED 1 2 PENDING 2 4'; }
t 'another sender: the project waits' intruder
both() { to 3 import/intruder=@2,import/drop-after=@2 && says HELD && arrived 5 && states 'ACCEPTED 1 2 HELD 1 2 PENDING 1 2'; }
t 'another sender, the answer lost: held' both
lag() { to 3 lag=1h,import/drop-after=@2 && says HELD && arrived 4 && states 'ACCEPTED 1 2 HELD 1 2 PENDING 1 2'; }
t 'a server that does not show what it took, the answer lost: held' lag
start() { to 0 import/drop-after=@3 --watermark start && says 'newest start' && arrived 6 && states 'ACCEPTED 3 6'; }
t 'a watermark of starts is learned' start
elsewhere() { to 2 import/status=307:@1 && arrived 0 && states 'PENDING 3 6'; }
t 'a redirect is not followed' elsewhere

# The same where the aggregate decides: a period of later is there already.
head -n 1 "$tmp/r" | sed 's/2025-01-15/2025-06-01/g' >"$tmp/r1"
framed "$tmp/r1" | batches 2 >"$tmp/later"
echo '{ "rows": "", "state": "state", "value": "totalSeconds", "unit": "s" }' >"$tmp/map"
late() {
	local want=$1 faults=$2
	rm -rf "$tmp"/led* "$tmp"/store*
	status "$want" timeout 60 ditio-sandbox -q --store "$tmp/store" \
	    --fault "aggregate=list,$faults" -- sh -c '
		a=$1 b=$2; shift 2
		ditio-upload "$@" "$a" && ditio-upload "$@" "$b"' sh \
	    "$tmp/later" "$tmp/six" --ledger "$tmp/led" --settle 200ms \
	    --retry-for 2s --timeout 5s --aggregate-map "$tmp/map"
}
applied() { late 0 import/drop-after=@3 && arrived 7 && states 'ACCEPTED 4 7'; }
t 'late, applied, the answer lost: decided by the aggregate' applied
vain() { late 0 import/drop-before=@3 && arrived 7 && states 'ACCEPTED 4 7'; }
t 'late, not applied: decided, and sent again' vain
half() { late 3 import/part=@3 && arrived 4 && says HELD && states 'ACCEPTED 2 3 HELD 1 2 PENDING 1 2'; }
t 'late, and half applied: held' half
other() { late 3 import/intruder=@3,import/drop-after=@3 && arrived 6 && says HELD && states 'ACCEPTED 2 3 HELD 1 2 PENDING 1 2'; }
t 'late, and another sender: held' other
blind() { late 3 aggregate=nothing,import/drop-after=@3 && arrived 5 && says HELD && states 'ACCEPTED 2 3 HELD 1 2 PENDING 1 2'; }
t 'late, and an aggregate of another shape: held' blind
slow() { late 3 "lag=1h,import/drop-after=@$1" && says HELD && arrived "$2" && states "$3"; }
t 'late, and a server that does not show what it took: held' slow 2 3 \
    'ACCEPTED 1 1 HELD 1 2 PENDING 2 4'
t 'nor what came after that' slow 3 5 'ACCEPTED 2 3 HELD 1 2 PENDING 1 2'
done_testing
