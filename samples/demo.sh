#!/bin/sh
# demo.sh - the whole chain over the samples, into a sandbox; "make demo" runs it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1-}" != --inside ]; then
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT INT TERM
	ditio-sandbox -q --store "$tmp/store" -- sh "$here/demo.sh" --inside "$tmp"
	exit
fi
tmp=$2
cd "$here"

if [ -t 1 ]; then bold='\033[1m' plain='\033[0m'; else bold='' plain=''; fi
say() { printf "\n$bold%s$plain\n" "$*"; }

say '1. ditio-parse: a timesheet (CSV, Windows-1252, Europe/Oslo), a log of events, AEMP feeds'
ditio-parse --profile profiles/norwegian-timesheet.json --company c1 --project p1 \
    good-csv-oslo.csv >"$tmp/1"
ditio-parse --profile profiles/engine-events.json --company c1 --project p1 \
    good-csv-events.csv >"$tmp/2"
ditio-parse --format aemp --running Working --company c1 --project p1 \
    good-aemp-engine-series.xml good-aemp-counters.xml >"$tmp/3"

say '2. ditio-validate: three streams become one, in order, held to the rules'
cat "$tmp/1" "$tmp/2" "$tmp/3" | ditio-validate --max-gap 12h >"$tmp/clean"

say '3. ditio-split: batches, each a request'
ditio-split --max-records 5 --output "$tmp/batches" "$tmp/clean"

say '4. ditio-upload: to the sandbox that stands in for Ditio'
ditio-upload --ledger "$tmp/ledger" "$tmp/batches/manifest.json"

say '5. ditio-upload again: everything was delivered before'
ditio-upload --ledger "$tmp/ledger" "$tmp/batches/manifest.json"

# Seconds by machine and state, as the sandbox counts what arrived.
sent() {
	jq -r 'select(.machineId) | [.machineId, .state,
	    ((.endTime | fromdate) - (.startTime | fromdate))] | @tsv' "$tmp/clean" |
	    awk -F'\t' '{ s[$1 "\t" $2] += $3 } END { for (k in s) print k "\t" s[k] }'
}
arrived() {
	ditio-sandbox --report "$tmp/store" --json |
	    jq -r '.machines[] | [.machineId, .state, .seconds] | @tsv'
}
sent | LC_ALL=C sort >"$tmp/sent"
arrived | LC_ALL=C sort >"$tmp/arrived"

say 'What was sent, and what arrived:'
printf '%-12s %-10s %10s %10s\n' machine state 'sent, h' 'arrived, h'
LC_ALL=C awk -F'\t' 'NR == FNR { got[$1 "\t" $2] = $3; next }
	{ printf "%-12s %-10s %10.2f %10.2f\n", $1, $2, $3 / 3600, got[$1 "\t" $2] / 3600 }' \
    "$tmp/arrived" "$tmp/sent"
if ! cmp -s "$tmp/sent" "$tmp/arrived"; then
	say 'They differ.'
	exit 1
fi
say 'Equal, to the second. Nothing is left behind: the ledger and the store were temporary.'
