#!/bin/sh
# valgrind.t - unit tests, samples and the chain under valgrind: no bad access,
# no leak.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"

vg="valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
    --suppressions=$SRCDIR/tests/long/valgrind.supp"
cd "$SRCDIR/samples" || exit 1

sample() {
	# shellcheck disable=SC2046,SC2086 # lists of options
	$vg ditio-parse --plain --rejects "$tmp/rejects" $(cat "${1%.*}.args") \
	    "$1" >/dev/null 2>"$tmp/err"
	got=$?
	[ $got -lt 99 ] || { echo "status $got"; cat "$tmp/err"; return 1; }
}

t 'the unit tests' env DITIO_BRIEF=1 $vg "$BUILDDIR/tests/unit/unit"
for f in *.csv *.xml; do
	[ ! -f "${f%.*}.args" ] || t "$f" sample "$f"
done

# What one filter says, the next one reads.
vendor_profile "$tmp/profile.json"
vendor_rows 500 4 >"$tmp/dump.csv"
t 'parse' status 0 $vg ditio-parse --profile "$tmp/profile.json" --company c1 \
    --project p1 "$tmp/dump.csv"
mv "$tmp/out" "$tmp/stream"
t 'validate --sorted' status 0 $vg ditio-validate --sorted "$tmp/stream"
t 'validate' status 0 $vg ditio-validate --max-gap 1h "$tmp/stream"
mv "$tmp/out" "$tmp/clean"
t 'split --output' status 0 $vg ditio-split --max-records 100 \
    --output "$tmp/batches" "$tmp/clean"
t 'split' status 0 $vg ditio-split --max-records 100 "$tmp/clean"
mv "$tmp/out" "$tmp/envelopes"
t 'upload to sandbox' status 0 $vg ditio-sandbox --store "$tmp/store" -- \
    $vg ditio-upload --ledger "$tmp/ledger" "$tmp/envelopes"
t 'upload again, from the manifest' status 0 $vg ditio-sandbox \
    --store "$tmp/store" -- \
    $vg ditio-upload --ledger "$tmp/ledger" "$tmp/batches/manifest.json"
t 'the ledger'"'"'s status' status 0 $vg ditio-upload --ledger "$tmp/ledger" --status
t 'the report' status 0 $vg ditio-sandbox --report "$tmp/store" --json
done_testing
