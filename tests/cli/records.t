#!/bin/sh
# records.t - records of ours, made by a script or by a filter, read again.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"
. "$SRCDIR/tests/tools.sh"

make_food
again() { status 0 run records "$@"; }

# A stream goes through as it is, source and basis, too.
sed '2,$s/"}$/","basis":"derived"}/; 5s/derived/estimated/' "$tmp/stream" >"$tmp/based"
for file in stream based; do
	t "a $file" again "$tmp/$file"
	t 'is the same again' cmp "$tmp/out" "$tmp/$file"
done
t 'streams after one another' again "$tmp/stream" "$tmp/based"
t 'are one' sh -c 'tail -n 1 "$1" | grep -q "\"records\":4000,\"rejected\":0,\"verdict\":\"ok\"}"' - "$tmp/out"
LC_ALL=C sort -r "$tmp/stream" >"$tmp/sorted"
t 'a stream whose frame is elsewhere' again "$tmp/sorted"

# What its frame says is passed on.
sed 's/"rejected":0,"verdict":"ok"/"rejected":7,"verdict":"findings","unframed":true/' \
    "$tmp/stream" >"$tmp/faulty"
t 'findings' again "$tmp/faulty"
t 'are passed on' sh -c 'test "$(tail -n 1 "$1")" = "$(tail -n 1 "$2")"' - "$tmp/out" "$tmp/faulty"

# A frame that does not fit.
sed 9d "$tmp/stream" >"$tmp/fewer"
t 'a filtered stream' refuses records "$tmp/fewer"
t 'has no last line' sh -c '! tail -n 1 "$1" | grep -q ditioEnd' - "$tmp/out"
sed 1d "$tmp/stream" >"$tmp/headless"
t 'one without its head' refuses records "$tmp/headless"

# Without a frame, in any layout.
records_of() { grep companyId "$tmp/stream"; }
records_of >"$tmp/lines"
jq . "$tmp/lines" >"$tmp/pretty"
jq -s . "$tmp/lines" >"$tmp/list"
jq -c 'del(.companyId, .projectId)' "$tmp/lines" >"$tmp/short"
for file in lines pretty list short; do
	t "records in $file" status 0 ditio-parse --format records \
	    --company c1 --project p1 "$tmp/$file"
	t 'are the same' sh -c 'grep companyId "$1" | cmp - "$2"' - "$tmp/out" "$tmp/lines"
	case $file in list) framed=true ;; *) framed=false ;; esac
	t "may be cut unnoticed, but a list ($file)" sh -c \
	    'tail -n 1 "$1" | grep -q "\"unframed\":true" && test "$2" = false ||
		test "$2" = true' - "$tmp/out" $framed
done
t 'a list says nothing of a frame' again "$tmp/list"
t 'as it is whole' sh -c '! grep -q unframed "$1"' - "$tmp/out"

# A profile for words.
echo '{"format":"records","states":{"Working":["dig"],"Idle":["working"]},"off":["parked"]}' \
    >"$tmp/words.json"
{
	jq -c 'select(.machineId == "EX-000") | .state = "dig"' "$tmp/lines" | head -n 1
	jq -c 'select(.machineId == "EX-000") | .state = "Working"' "$tmp/lines" | sed -n 2p
	jq -c 'select(.machineId == "EX-000") | .state = "parked"' "$tmp/lines" | sed -n 3p
	jq -c 'select(.machineId == "EX-000") | .state = "Moving"' "$tmp/lines" | sed -n 4p
} >"$tmp/said"
t 'words of a profile' status 0 ditio-parse --profile "$tmp/words.json" "$tmp/said"
t 'go before the states themselves' sh -c \
    'test "$(jq -r "select(.state) | .state" "$1" | tr "\n" " ")" = "Working Idle Moving "' - "$tmp/out"
wrong() { echo "$1" >"$tmp/p.json"; status 2 ditio-parse --check-profile "$tmp/p.json" && says "$2"; }
for key in rows fields record csv where maxHold; do
	case $key in rows) value='"period"' ;; record) value='"/a"' ;; *) value='{}' ;; esac
	t "records have no $key" wrong "{\"format\":\"records\",\"$key\":$value}" .
done
t 'no fields' wrong '{"format":"records","fields":{}}' 'no meaning for records'
t 'no rows' wrong '{"format":"records","rows":"period"}' 'no meaning for records'

# The table cuts, and what it does not cover is named by the file that was read.
echo 'sourceId,machineId,companyId,projectId,from,to
EX-000,M-1,c9,p9,,' >"$tmp/table.csv"
t 'a machine table' status 1 ditio-parse --format records --machines "$tmp/table.csv" \
    --rejects "$tmp/rejects" "$tmp/short"
t 'says whose they are' sh -c 'grep companyId "$1" | grep -c "\"c9\",\"projectId\":\"p9\"" | grep -qx 500' - "$tmp/out"
t 'and what is nobody'"'"'s is told' sh -c 'grep -c "\"file\":\"$2\",.*unassigned" "$1" | grep -qx 1500' - "$tmp/rejects" "$tmp/short"
done_testing
