#!/bin/sh
# valgrind.t - unit tests and samples under valgrind: no bad access, no leak.
. "$SRCDIR/tests/lib.sh"

command -v valgrind >/dev/null || { echo '1..0 # SKIP no valgrind here'; exit 0; }
vg="valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite"
cd "$SRCDIR/samples" || exit 1

sample() {
	# shellcheck disable=SC2046,SC2086 # lists of options
	$vg ditio-parse --plain --rejects "$tmp/rejects" $(cat "${1%.*}.args") \
	    "$1" >/dev/null 2>"$tmp/err"
	got=$?
	[ $got -lt 99 ] || { echo "status $got"; cat "$tmp/err"; return 1; }
}

t 'the unit tests' env CK_FORK=no $vg "$BUILDDIR/tests/unit/unit"
for f in *.csv *.xml; do
	[ ! -f "${f%.*}.args" ] || t "$f" sample "$f"
done
done_testing
