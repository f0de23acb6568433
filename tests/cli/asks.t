#!/bin/sh
# asks.t - what ditio-upload asks the server, and what it makes of the answers.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

{ rec M 08:00 08:30; rec N 08:00 09:00 p1 Idle; rec M 09:00 10:00 p2; } >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/batches"
echo '{ "rows": "s", "unit": "s" }' >"$tmp/map"
# ask WANT OPTION...: of the script, about the ledger that is there.
ask() {
	want=$1; shift
	status "$want" timeout 60 "$scripted" "$tmp/requests" 201 \
	    ditio-upload --ledger "$tmp/led" --timeout 2s "$@"
}
# row CELL...: there is a line of them, in the output.
row() {
	awk -v want="$*" '{ $1 = $1 } $0 == want { n++ } END { exit !n }' \
	    "$tmp/out" || { cat "$tmp/out" "$tmp/err"; return 1; }
}
delivered() { up 0 201 "$tmp/batches" && fates 'ACCEPTED 2 3'; }
t 'something is delivered' delivered

# --latest
latest() {
	SCRIPTED_MARK=2025-01-15T09:00:00Z,none ask 0 --latest &&
	    row company project latest delivered &&
	    row c1 p1 2025-01-15T09:00:00Z 2025-01-15T09:00:00Z &&
	    row c1 p2 - 2025-01-15T10:00:00Z
}
t '--latest has a row for each project' latest
latest_json() {
	SCRIPTED_MARK=none ask 0 --latest --format json && jq -e \
	    'length == 2 and .[0].project == "p1" and .[0].latest == null' "$tmp/out"
}
t '... as JSON' latest_json
latest_csv() {
	SCRIPTED_MARK=none ask 0 --latest --format csv && tr -d '\r' <"$tmp/out" |
	    grep -qx 'c1,p1,,2025-01-15T09:00:00Z'
}
t '... as CSV' latest_csv
latest_one() {
	SCRIPTED_MARK=none ask 0 --latest --company c7 --project 'p 7' &&
	    row c7 p 7 - - && test "$(wc -l <"$tmp/out")" -eq 2
}
t '... of the project that is named' latest_one
half_named() { ask 2 --latest --project p1 && says 'both or none'; }
t '--project without --company is refused' half_named
unclear() { SCRIPTED_MARK=html ask 0 --latest && says 'is not understood: <html>'; }
t 'what is not understood is shown' unclear
for s in '403 4' '500 75' '302 2'; do
	t "--latest answered ${s% *}" with SCRIPTED_MARK="${s% *}" ask "${s#* }" --latest
done
unknown() { ask 2 --latest --target nobody && says 'knows no project'; }
t 'a target without projects' unknown

# --aggregate
aggregate() {
	with SCRIPTED_AGGREGATE='{"s":{"Idle":3600,"Working":1800}}|{"s":{}}' \
	    ask 0 --aggregate 2025-01-14..2025-01-15 --aggregate-map "$tmp/map" &&
	    row c1 p1 Idle 1.00 && row c1 p1 Working 0.50 &&
	    grep -q '"fromDate":"2025-01-14","toDate":"2025-01-15"' "$tmp/requests"
}
t '--aggregate has hours by state' aggregate
raw() {
	with SCRIPTED_AGGREGATE='{"what":"ever"}' ask 0 --aggregate 2025-01-15 &&
	    row 'company c1, project p2: {"what":"ever"}'
}
t '... or the answer as it is' raw
misread() {
	with SCRIPTED_AGGREGATE='[]' ask 2 --aggregate 2025-01-15 \
	    --aggregate-map "$tmp/map" && says 'not what the map says'
}
t 'an answer of another shape is said' misread
for d in 2025-1-1 2025-01-15..2025-01-14 yesterday ''; do
	t "no days: '$d'" ask 2 --aggregate "$d"
done

# --reconcile
reconcile() {
	with SCRIPTED_AGGREGATE='{"s":{"Idle":3600,"Moving":60}}|{"s":{"Working":3600}}' \
	    ask 0 --reconcile 2025-01-15 --aggregate-map "$tmp/map" &&
	    row company project state ledger ditio difference &&
	    row c1 p1 Idle 1.00 1.00 0.00 && row c1 p1 Moving 0.00 0.02 0.02 &&
	    row c1 p1 Working 0.50 0.00 -0.50 && row c1 p2 Working 1.00 1.00 0.00
}
t '--reconcile shows both sides and what is between them' reconcile
days() {
	with SCRIPTED_AGGREGATE='{"s":{}}' ask 0 --reconcile 2025-01-14 \
	    --aggregate-map "$tmp/map" && test "$(wc -l <"$tmp/out")" -eq 1 &&
	    with SCRIPTED_AGGREGATE='{"s":{}}' ask 0 --reconcile 2025-01-14 \
		--zone Pacific/Honolulu --aggregate-map "$tmp/map" &&
	    row c1 p2 Working 1.00 0.00 -1.00
}
t '... of days in a zone' days
raw_sides() {
	with SCRIPTED_AGGREGATE='{"what":"ever"}' ask 0 --reconcile 2025-01-15 &&
	    says 'project p1: the ledger has 1.00 h of Idle' &&
	    row 'company c1, project p1: {"what":"ever"}'
}
t '... raw without a map' raw_sides

# --check
check() {
	SCRIPTED_MARK=none,2025-01-16T00:00:00Z ask 0 --check &&
	    row ok ledger "$tmp/led" && row ok lock no other run has the ledger &&
	    row ok client someone && row ok clock the server does not tell its time &&
	    grep -q '^ok .*project p1: nothing there yet: the best time' "$tmp/out" &&
	    grep -q '^ok .*project p2: has periods up to 2025-01-16.*cannot decide' "$tmp/out" &&
	    ! grep -q FAIL "$tmp/out" && ! grep -q canary "$tmp/out" "$tmp/err"
}
t '--check has a line for each thing' check
failing() {
	want=$1 line=$2; shift 2
	ask "$want" --check "$@" && grep -q "^FAIL *$line" "$tmp/out" ||
	    { cat "$tmp/out"; return 1; }
}
t 'no token: denied' with SCRIPTED_TOKEN=401 failing 4 'token .*401'
t 'no token yet: later' with SCRIPTED_TOKEN=503 failing 75 'token .*503'
t 'no right to a project: denied' with SCRIPTED_MARK=403 failing 4 'project .*scope'
t 'a latest timestamp of no kind' with SCRIPTED_MARK=html failing 2 'project .*not understood'
t 'no client' failing 2 client --client-id ''
t 'no address' failing 2 address --base 'https://'
real() { failing 2 target --base https://masstransport.ditio.app; }
t 'a target that is not confirmed' real
locked() {
	status 75 flock "$tmp/led.lock" "$scripted" "$tmp/requests" 201 \
	    ditio-upload --ledger "$tmp/led" --check && row FAIL lock another run has the ledger
}
command -v flock >/dev/null && t 'a ledger in use' locked
fresh() {
	status 0 ditio-sandbox -q -- ditio-upload --ledger "$tmp/fresh" --check \
	    --company c1 --project p1 && row ok clock "agrees with the server's" &&
	    row ok ledger 'none there yet; the first run makes it' &&
	    test ! -e "$tmp/fresh" && test ! -e "$tmp/fresh.lock"
}
t 'a newcomer, against the sandbox: nothing is made' fresh
if command -v faketime >/dev/null; then
	skewed() {
		status 2 ditio-sandbox -q -- faketime -f +10m ditio-upload \
		    --ledger "$tmp/fresh" --check --company c1 --project p1 &&
		    grep -q '^FAIL *clock .*ahead of' "$tmp/out"
	}
	t 'a clock that goes wrong' skewed
fi
one() { ask 2 --check --latest && says 'one thing at a time'; }
t 'one question at a time' one
files() { ask 2 --check "$tmp/batches" && says 'reads no batches'; }
t 'questions read no batches' files
done_testing
