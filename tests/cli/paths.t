#!/bin/sh
# paths.t - documents by the paths of a profile, as the shell sees them.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"
. "$SRCDIR/tests/tools.sh"

make_food

# What stands in a table and in a document becomes the same records.
same() {
	sed 's/"source":"[^:]*:/"source":":/' "$tmp/stream" >"$tmp/wanted"
	status 0 run "$1" "$2" &&
	    sed 's/"source":"[^:]*:/"source":":/' "$tmp/out" | cmp - "$tmp/wanted"
}
t 'xml tells what csv tells, line by line' same xml "$tmp/dump.xml"
t 'and so does json' same json "$tmp/dump.json"
jq -c '.export[]' "$tmp/dump.json" | sed '1s/^/\n/' >"$tmp/lines.json"
sed -i 's/"\/export"/"\/"/' "$tmp/json.json"
t 'a value a line' same json "$tmp/lines.json"
iconv -f UTF-8 -t UTF-16 "$tmp/lines.json" >"$tmp/wide.json"
t 'in UTF-16' same json "$tmp/wide.json"
sed 's/></> <!-- x -->\n</; s/<row/\n<row/' "$tmp/dump.xml" >"$tmp/spread.xml"
t 'and twice over' status 0 run xml "$tmp/spread.xml" "$tmp/dump.xml"
t 'makes twice as many' says ' 4000 used + 0 rejected + 0 skipped'

# Files of several kinds, one after another.
file() { printf '%b\n' "$@" >"$tmp/x.xml"; }
row='<row machine="A"><status>work</status><from>2025-01-01 00:00:00</from>'
end='<to>2025-01-01 01:00:00</to></row>'
file "<export>$row$end</export>"
file_2=$tmp/y.xml
echo '<export/>' >"$file_2"
t 'an empty document among others is well' status 0 run xml "$file_2" "$tmp/x.xml"
echo '<export><rows/></export>' >"$file_2"
t 'one of other things is a warning' status 0 run xml "$file_2" "$tmp/x.xml"
t 'that names them' says "y.xml: warning: no record.*'/export/rows' \[no-path\]"
echo '<answer>no</answer>' >"$file_2"
t 'another one is an error' status 2 run xml "$tmp/x.xml" "$file_2"
t 'that names what is there' says "y.xml: error: no record .*'/answer' \[no-path\]"
t 'and the stream has no last line' sh -c '! grep -q ditioEnd "$1"' - "$tmp/out"

# What is made of values and rows is made of them here as well.
jq '.where = { path: "place/site", notIn: ["south"] } | .fields.state.fill = "down"
    | .fields.projectId = { fileName: "^[a-z]*" }' "$tmp/xml.json" >"$tmp/refined.json"
refined() { ditio-parse --profile "$tmp/refined.json" --company c "$1"; }
file '<export>' "$row$end" "$row<place><site>south</site></place>$end" \
    "$(echo "$row$end" | sed 's/work//; s/00:00:00/00:30:00/')" '</export>'
t 'conditions, fill and fileName' status 0 refined "$tmp/x.xml"
t 'are of use to paths' sh -c \
    'jq -r "select(.machineId) | .projectId + .state + (.startTime | .[14:16])" "$1" |
	tr "\n" " " | grep -qx "xWorking00 xWorking30 "' - "$tmp/out"
t 'and skip what they do' says 'read 3 rows = 2 used + 0 rejected + 1 skipped'
file "<export>$row$end</export>"
t 'what a record was is explained' status 0 ditio-parse --profile "$tmp/xml.json" --company c \
    --project p --explain A "$tmp/x.xml"
t 'as it was' grep -q "'work' is mapped to the state: <row machine=\"A\"><status>work<" "$tmp/out"
t 'the path of a condition that is nowhere' status 0 refined "$tmp/x.xml"
t 'is named' says "no path 'place/site'; there are"

# Rows of events, of which some are lost.
sed 's/"period"/"event"/; /startTime/d
    s/"endTime": { "path": "to" }/"time": { "path": "from" }/' \
    "$tmp/xml.json" >"$tmp/events.json"
event() { echo "<row machine=\"$1\"><status>$2</status><from>$3</from></row>"; }
events() {
	ditio-parse --profile "$tmp/events.json" --company c --project p \
	    --rejects "$tmp/rejects" "$tmp/x.xml"
}
file '<export>' "$(event A work '2025-01-01 00:00:00')" \
    "$(event A idle '2025-01-01 01:00:00')" \
    '<row machine="A"><status>work</status><status>idle</status></row>' \
    "$(event A work '2025-01-01 03:00:00')" \
    "$(event A idle '2025-01-01 04:00:00')" '</export>'
t 'an event that cannot be told' status 1 events
t 'is rejected' grep -q '"line":4,.*"code":"repeated-value"' "$tmp/rejects"
t 'and ends what was, at the row before' grep -q '"line":4,.*"code":"edge-lost"' "$tmp/rejects"
t 'so that two states are left' sh -c \
    'jq -r "select(.machineId) | .startTime" "$1" | tr "\n" " " |
	grep -qx "2025-01-01T00:00:00Z 2025-01-01T03:00:00Z "' - "$tmp/out"
t 'with what it was' grep -qF \
    '"raw":"<row machine=\"A\"><status>work</status><status>idle</status></row>"' \
    "$tmp/rejects"

# The command line.
t '--format xml needs a profile' status 2 ditio-parse --format xml "$tmp/x.xml"
t 'and says so' says 'profile'
t '--format csv contradicts it' \
    status 2 ditio-parse --format csv --profile "$tmp/xml.json" "$tmp/x.xml"
done_testing
