#!/bin/sh
# figures.t - batches that are not beyond the latest timestamp, decided by the
# server's aggregate.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# 600 s of Working; two batches of 600 s each.
rec M 09:00 09:10 >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/one"
{ rec M 08:00 08:10; rec M 08:10 08:20; } >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/two"
framed "$tmp/r" | batches 2 >"$tmp/pair"
echo '{ "rows": "s", "unit": "s" } // by state' >"$tmp/map"

echo '{ "rows": "rows", "state": "n", "value": "h", "unit": "h" }' >"$tmp/hours"

w() { printf '{"s":{"Idle":7,"Working":%s}}' "$1"; }
late=SCRIPTED_MARK=2025-01-16T00:00:00Z
# told WANT SCRIPT INPUT FATES BODIES [OPTION...]: it comes so far, when the
# aggregate is one of BODIES after the other.  The first one is also what was
# there when the run began.
told() {
	want=$1 script=$2 input=$3 end=$4 bodies=${5%%|*}\|$5; shift 5
	with "$late" SCRIPTED_AGGREGATE="$bodies" up "$want" "$script" \
	    "$input" --aggregate-map "$tmp/map" "$@" && fates "$end"
}
t 'it grew by the batch: delivered' told 0 apply-drop "$tmp/one" \
    'ACCEPTED 1 1' "$(w 100)|$(w 700)"
t 'it was asked around the dates of the batch' grep -q \
    '"fromDate":"2025-01-14","toDate":"2025-01-16"' "$tmp/requests"
t 'it stands still: sent again' told 0 'drop 201' "$tmp/one" \
    'ACCEPTED 1 1' "$(w 100)|$(w 100)|$(w 100)|$(w 100)|$(w 700)"
t 'twice' sent 2
t 'it grew by something else: held' told 3 drop "$tmp/one" 'HELD 1 1' \
    "$(w 100)|$(w 400)"
t 'in figures' says 'aggregate was 0.02 h, is 0.11 h and should have grown by 0.16 h'
state() { printf '{"s":{"Moving":%s}}' "$1"; }
t 'it grew in another state: held' told 3 drop "$tmp/one" 'HELD 1 1' \
    "$(state 0)|$(state 600)"
t 'it does not come to rest: held' told 3 drop "$tmp/one" 'HELD 1 1' \
    "$(w 1)|$(w 2)|$(w 3)|$(w 4)|$(w 5)|$(w 6)|$(w 7)|$(w 8)|$(w 9)"
t 'it is not understood before: held' told 3 drop "$tmp/one" 'HELD 1 1' \
    '<html>'
t 'it is not understood after: held' told 3 drop "$tmp/one" 'HELD 1 1' \
    "$(w 100)|[]"
t 'too little to be seen is held' told 3 drop "$tmp/one" 'HELD 1 1' \
    '{"rows":[{"n":"Working","h":1}]}' --aggregate-map "$tmp/hours"
no_map() {
	with "$late" up 3 drop "$tmp/one" && fates 'HELD 1 1' &&
	    ! grep -q ^aggregate "$tmp/requests"
}
t 'without a map nothing is asked' no_map

# What was accepted must show before the next one is measured.
t 'two late batches' told 0 201 "$tmp/two" 'ACCEPTED 2 2' \
    "$(w 0)|$(w 0)|$(w 0)|$(w 600)|$(w 600)|$(w 1200)"
shown() {
	test "$(awk '/^aggregate|^import/ { printf "%s ", $1 }' "$tmp/requests")" = \
	    'aggregate aggregate import aggregate aggregate aggregate aggregate import aggregate aggregate '
}
t 'the second waits until the first one shows' shown
blind() {
	told 0 201 "$tmp/two" 'ACCEPTED 2 2' "$(w 0)" --settle 300ms
}
t 'or a settle time, if it never does' blind
t 'and then it is no evidence: held' told 3 '201 apply-drop' "$tmp/two" \
    'ACCEPTED 1 1 HELD 1 1' "$(w 0)" --settle 300ms
t 'as said' says 'does not show what was accepted'

bad() { with SCRIPTED_BAD='"startTime":"2025-01-15T08:10' halved; }
halved() {
	told 1 201 "$tmp/pair" 'ACCEPTED 1 1 REFUSED 1 1 SPLIT 1 2' \
	    "$(w 0)|$(w 0)|$(w 0)|$(w 0)|$(w 600)"
}
t 'a late batch that is refused is halved, when nothing of it shows' bad

# At the end, too: what was sent must be what it grew by.
audited() {
	told 0 201 "$tmp/two" 'ACCEPTED 2 2' "$1" --settle 50ms --verbose
}
fits() { audited "$(w 0)|$(w 0)|$(w 600)|$(w 600)|$(w 1200)" && says 'grew by 0.33 h, and 0.33 h were sent'; }
t 'the aggregate grew by what was sent' fits
too_much() { audited "$(w 0)|$(w 0)|$(w 600)|$(w 600)|$(w 1800)" && says 'grew by 0.50 h in this run, but 0.33 h were sent'; }
t 'by more: it is told' too_much
too_little() { audited "$(w 0)|$(w 0)|$(w 600)|$(w 600)|$(w 600)" && says 'grew by 0.17 h in this run, but 0.33 h'; }
t 'by less: it is told, when it had its time' too_little
forward() {
	with SCRIPTED_AGGREGATE="$(w 5)|$(w 605)" up 0 201 "$tmp/one" \
	    --aggregate-map "$tmp/map" --verbose && says 'grew by 0.17 h, and 0.17 h were sent'
}
t 'of batches that the latest timestamp decides, too' forward
doubtful() {
	told 3 drop "$tmp/one" 'HELD 1 1' "$(w 0)|$(w 400)" && ! says 'were sent: does'
}
t 'what is held may be there or not' doubtful

# Others of the project go on at once.
{ printf '{"companyId":"c1","projectId":"p1","machineId":"M","startTime":"2025-01-13T08:00:00Z","endTime":"2025-01-13T08:10:00Z","state":"Working"}\n'
  rec M 08:00 08:10; } >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/days"
goes_on() {
	told 3 'drop 201' "$tmp/days" 'ACCEPTED 1 1 HELD 1 1' "$(w 0)|$(w 400)" &&
	    sent 2
}
t 'other dates of a held project go on' goes_on
same_date() {
	told 3 'drop 201' "$tmp/two" 'HELD 1 1 PENDING 1 1' "$(w 0)|$(w 400)" &&
	    sent 1
}
t 'the same date waits' same_date

# Other shapes.
hours() { printf '{"rows":[{"n":"Working","h":%s},{"n":"Idle","h":1}]}' "$1"; }
t 'rows of hours, rounded' told 0 apply-drop "$tmp/one" 'ACCEPTED 1 1' \
    "$(hours 1.33)|$(hours 1.5)" --aggregate-map "$tmp/hours"
nested() { printf '{"a":{"b":[{"k":{"n":"Working"},"v":"%s"}]}}' "$1"; }
echo '{ "rows": "a.b", "state": "k.n", "value": "v", "unit": "min" }' >"$tmp/deep"
t 'minutes further in' told 0 apply-drop "$tmp/one" 'ACCEPTED 1 1' \
    "$(nested 10)|$(nested 20)" --aggregate-map "$tmp/deep"
top() { printf '[{"n":"Working","h":%s}]' "$1"; }
echo '{ "rows": "", "state": "n", "value": "h", "unit": "ms" }' >"$tmp/top"
t 'a list at the top' told 0 apply-drop "$tmp/one" 'ACCEPTED 1 1' \
    "$(top 0)|$(top 600000)" --aggregate-map "$tmp/top"
t 'an exponent is not understood' told 3 apply-drop "$tmp/one" 'HELD 1 1' \
    "$(w 1e2)|$(w 7e2)"

# Maps that are none.
wrong() {
	echo "$1" >"$tmp/wrong"
	up 2 201 "$tmp/one" --aggregate-map "$tmp/wrong" && sent 0 && says wrong
}
for m in '' '[]' '{}' '{"rows":"s"}' '{"rows":"s","unit":"d"}' '{"rows":1}' \
    '{"rows":"s","unit":"h","state":"n"}' '{"rows":"s","unit":"h","x":"y"}'; do
	t "the map <$m> is refused" wrong "$m"
done
missing() { up 2 201 "$tmp/one" --aggregate-map "$tmp/nothing"; }
t 'a map that is not there, too' missing

# What a person is asked.
asked() {
	rec K 06:00 08:00 >"$tmp/r"; framed "$tmp/r" | batches 2 >"$tmp/first"
	with "$late" up 0 201 "$tmp/first" && with "$late" again 3 drop "$tmp/one" &&
	    says 'company c1, project p1, 2025-01-15 (UTC): with this batch it shows 2.17 h, without it 2.00 h' &&
	    status 3 ditio-upload --ledger "$tmp/led" --status &&
	    grep -q 'with this batch 2.17 h, without it 2.00 h' "$tmp/out"
}
t 'a person is asked in figures' asked
done_testing
