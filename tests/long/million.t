#!/bin/sh
# million.t - a million vendor rows through the whole chain, each exactly once.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"

rows=${MILLION_ROWS:-1000000}
vendor_profile "$tmp/profile.json"
vendor_rows "$rows" 40 >"$tmp/dump.csv"

# Hours per state, one "state seconds" line each, of the vendor's file.
awk -F, 'NR > 1 { s[$2] += 900 }
END { print "Idle", s["idle"]; print "Moving", s["move"]; print "Working", s["work"] }' \
    "$tmp/dump.csv" >"$tmp/want"

cat >"$tmp/chain" <<'EOF'
set -e
ditio-parse --profile "$1/profile.json" --company c1 --project p1 "$1/dump.csv" |
    ditio-validate | ditio-split |
    ditio-upload --ledger "$1/ledger" --settle 1s
EOF

run() {
	ditio-sandbox --store "$tmp/store" -- sh -c "
		sh '$tmp/chain' '$tmp' 2>'$tmp/err1' || exit 1
		sh '$tmp/chain' '$tmp' 2>'$tmp/err2' || exit 2"
}
states() {
	ditio-sandbox --report "$tmp/store" --json |
	    jq -r '.machines[] | "\(.state) \(.seconds)"' |
	    awk '{ s[$1] += $2 } END { for (k in s) print k, s[k] }' | sort
}
t 'the chain delivers, twice over' run
t "all $rows records arrived" sh -c "test \$(ditio-sandbox --report '$tmp/store' --json | jq .records) -eq $rows"
t 'none arrived twice' sh -c "test \$(ditio-sandbox --report '$tmp/store' --json | jq .duplicates) -eq 0"
states >"$tmp/got"
t 'hours per state equal the input' diff "$tmp/want" "$tmp/got"
t 'the second run sends nothing' grep -q 'sent: 0 batches, 0 records' "$tmp/err2"
done_testing
