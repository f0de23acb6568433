#!/bin/sh
# walk.t - every way a delivery may go: no period twice, none forgotten.
# WALK_FAULTS=3 takes some minutes.
. "$SRCDIR/tests/lib.sh"

echo '{ "rows": "s", "unit": "s" }' >"$tmp/map.json"
# ways FAULTS LEAST: all go well, and there are so many.
ways() {
	"$BUILDDIR/tests/walk/walk" "$1" "$tmp/map.json" >"$tmp/walked" ||
	    { cat "$tmp/walked"; return 1; }
	awk -v least="$2" '{ exit !($1 >= least && $3 > 0 && $5 > 0) }' \
	    "$tmp/walked"
}
t 'all paths with one fault' ways 1 1000
# A sanitizer takes its time, and has seen all the code by now.
[ -n "${SANITIZED-}" ] ||
	t "all paths with ${WALK_FAULTS-2} faults" ways "${WALK_FAULTS-2}" 100000
done_testing
