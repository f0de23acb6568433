#!/bin/sh
# first.t - a first try: one machine and day, one period a request.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

{ rec M 08:00 08:30; rec M 08:30 09:00 p1 Idle; rec N 08:00 08:45
  rec M 23:30 23:50; } >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/batches"

canary() {
	up 0 201 "$tmp/batches" --canary M@2025-01-15 && sent 1 &&
	    fates 'ACCEPTED 1 3' && says '1 left for later (0.75 h)' &&
	    says 'Compare these hours' &&
	    awk '$3 == "M" && $5 == "Idle" && $7 == "0.50"' "$tmp/out" | grep -q . &&
	    awk '$3 == "M" && $5 == "Working" && $7 == "0.83"' "$tmp/out" | grep -q . &&
	    test "$(wc -l <"$tmp/out")" -eq 3 || { cat "$tmp/out"; return 1; }
}
t '--canary sends one machine of one day, and says what to compare' canary
rest() {
	again 0 201 "$tmp/batches" && sent 1 && says '3 delivered before' &&
	    fates 'ACCEPTED 2 4'
}
t 'without it the rest follows' rest
again_canary() {
	again 0 201 "$tmp/batches" --canary M@2025-01-15 && sent 0 &&
	    test "$(wc -l <"$tmp/out")" -eq 3 && ! grep -q ' N ' "$tmp/out"
}
t 'a canary that is there already is shown again, alone' again_canary
zone() {
	up 0 201 "$tmp/batches" --canary M@2025-01-16 --zone Europe/Oslo &&
	    sent 1 && fates 'ACCEPTED 1 1' && grep -q 2025-01-16 "$tmp/out"
}
t 'the day is one of --zone' zone
dry() { up 0 201 "$tmp/batches" --canary M@2025-01-15 --dry-run && sent 0 && says '1 left for later'; }
t 'a dry run of it' dry
held() {
	SCRIPTED_MARK=2025-01-17T00:00:00Z up 3 drop "$tmp/batches" \
	    --canary M@2025-01-15 && ! says 'Compare these hours'
}
t 'one whose fate is not known is not to be compared' held
for c in M M@ @2025-01-15 M@2025-02-30 M@today; do
	wrong() { up 2 201 "$tmp/batches" --canary "$c" && sent 0 && says 'MACHINE@DAY'; }
	t "no canary: $c" wrong
done

single() {
	up 0 201 "$tmp/batches" --single && sent 4 && fates 'ACCEPTED 4 4 SPLIT 3 8'
}
t '--single sends each period alone' single
stored() {
	rm -rf "$tmp"/led*
	status 0 ditio-sandbox -q --store "$tmp/store" -- ditio-upload \
	    --ledger "$tmp/led" --single "$tmp/batches" &&
	    invariants "$tmp/led" "$tmp/store" &&
	    test "$(sqlite3 "$tmp/store" 'SELECT count(*) FROM record')" -eq 4
}
t '... as the route for single records wants them' stored
one_bad() {
	with SCRIPTED_BAD='"N"' up 1 201 "$tmp/batches" --single &&
	    sent 4 && fates 'ACCEPTED 3 3 REFUSED 1 1 SPLIT 3 8'
}
t '... and finds a bad one at once' one_bad
done_testing
