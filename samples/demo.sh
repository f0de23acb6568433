#!/bin/sh
# demo.sh - the whole chain over the samples, into a sandbox; "make demo" runs it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1-}" != --inside ]; then
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT
	ditio-sandbox -q --store "$tmp/store" -- sh "$here/demo.sh" --inside "$tmp" &
	sandbox=$!
	# It hands the signal on to what runs inside, and serves it to its end.
	trap 'kill "$sandbox" 2>/dev/null; wait "$sandbox"; exit 1' HUP INT TERM
	wait "$sandbox"
	exit
fi
tmp=$2
cd "$here"
# A trap waits for the command that runs, so that none is left behind.
trap 'exit 1' HUP INT TERM
exec 3>&1

bold='' plain=''
if [ -t 1 ] && [ "${TERM-dumb}" != dumb ] && [ -z "${NO_COLOR-}" ]; then
	bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# run COMMAND...: show it, run it, show what it says on stderr.
run() {
	echo "$*" | sed "s,$tmp/,,g" | fold -s -w 72 |
	    sed '1s/^/  $ /; 1!s/^/      /; $!s/$/\\/' >&3
	"$@" 2>"$tmp/words" || { cat "$tmp/words" >&2; return 1; }
	fold -s -w 74 "$tmp/words" | sed 's/^/    /' >&3
}

say '1. ditio-parse: what vendors send becomes one stream of periods'
run ditio-parse --profile profiles/norwegian-timesheet.json \
    --company c1 --project p1 good-csv-oslo.csv good-csv-bom.csv >"$tmp/1"
run ditio-parse --profile profiles/engine-events.json \
    --company c1 --project p1 good-csv-events.csv >"$tmp/2"
run ditio-parse --format aemp --running Working --company c1 --project p1 \
    good-aemp-engine-series.xml good-aemp-counters.xml >"$tmp/3"

say '2. ditio-validate: the timesheet was there twice; each line is named'
run ditio-validate --max-gap 12h --fix safe "$tmp/1" "$tmp/2" "$tmp/3" \
    >"$tmp/clean"

say '3. ditio-split: batches, each a request'
run ditio-split --max-records 5 --output "$tmp/batches" "$tmp/clean"

say '4. ditio-upload: to the sandbox that stands in for Ditio'
run ditio-upload --ledger "$tmp/ledger" "$tmp/batches/manifest.json"

say '5. ditio-upload again: the ledger knows what was delivered'
run ditio-upload --ledger "$tmp/ledger" "$tmp/batches/manifest.json"

# Seconds by machine and state: of what was sent, and as the sandbox counts.
sent() {
	jq -r 'select(.machineId) | [.machineId, .state,
	    ((.endTime | fromdate) - (.startTime | fromdate))] | @tsv' "$tmp/clean" |
	    LC_ALL=C awk -F'\t' '{ s[$1 "\t" $2] += $3 }
		END { for (k in s) print k "\t" s[k] }'
}
arrived() {
	ditio-sandbox --report "$tmp/store" --json |
	    jq -r '.machines[] | [.machineId, .state, .seconds] | @tsv'
}
sent | LC_ALL=C sort >"$tmp/sent"
arrived | LC_ALL=C sort >"$tmp/arrived"

say 'Hours by machine and state: as sent, and as the sandbox counts them'
LC_ALL=C awk -F'\t' '
	# A character beyond ASCII is one column, and several bytes.
	function pad(s, n, seen) {
		seen = s
		gsub(/[\200-\277]/, "", seen)
		return sprintf("%s%*s", s, n - length(seen), "")
	}
	BEGIN { printf "  %s%s%10s%10s\n", pad("machine", 14), pad("state", 12),
	    "sent", "arrived" }
	NR == FNR { got[$1 "\t" $2] = $3; next }
	{ printf "  %s%s%10.2f%10.2f\n", pad($1, 14), pad($2, 12),
	    $3 / 3600, got[$1 "\t" $2] / 3600; a += $3; b += got[$1 "\t" $2] }
	END { printf "  %s%10.2f%10.2f\n", pad("total", 26), a / 3600, b / 3600 }' \
    "$tmp/arrived" "$tmp/sent"
if ! cmp -s "$tmp/sent" "$tmp/arrived"; then
	say 'They differ.'
	exit 1
fi
say 'Equal, to the second. Store and ledger were temporary and are gone.'
