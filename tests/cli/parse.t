#!/bin/sh
# parse.t - ditio-parse as the shell sees it: options, profiles, odd CSV files.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/parse.sh"

# profile [SED-SCRIPT]: the profile of the files below, changed.
profile() {
	sed "${1-}" >"$tmp/p.json" <<'EOF'
{ "format": "csv", "rows": "period",
  "csv": { "delimiter": ";", "decimal": "," },
  "time": { "formats": ["%d.%m.%Y %H:%M", "rfc3339"], "zone": "Europe/Oslo" },
  "fields": { "machineId": { "column": "Id" }, "state": { "column": "Status" },
    "startTime": { "column": "Fra" }, "endTime": { "column": "Til" } },
  "states": { "Working": ["Arbeid"], "Idle": ["Tomgang"] },
  "off": ["Av"], "ignore": ["Pos"] }
EOF
}
events() {
	profile 's/"period"/"event"/; s/"endTime".*/"time": { "column": "Fra" } },/
	    s/"startTime": { "column": "Fra" },//'
}
head='Id;Status;Fra;Til'
row='A;Arbeid;01.02.2025 08:00;01.02.2025 09:00'
one='A Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z'

# What is read is never written over.
profile
file "$head" "$row"
cp "$tmp/in.csv" "$tmp/copy"
cp "$tmp/p.json" "$tmp/p.copy"
t 'rejects over the data' status 2 p --rejects "$tmp/in.csv" "$tmp/in.csv"
t 'leave it as it was' cmp "$tmp/in.csv" "$tmp/copy"
ln -s in.csv "$tmp/link"
t 'by another name' status 2 p --rejects "$tmp/link" "$tmp/in.csv"
t 'as well' cmp "$tmp/in.csv" "$tmp/copy"
t 'over the profile' status 2 p --rejects "$tmp/p.json" "$tmp/in.csv"
t 'too' cmp "$tmp/p.json" "$tmp/p.copy"
t 'over the machine table' \
	status 2 p --machines "$tmp/copy" --rejects "$tmp/copy" "$tmp/in.csv"
t 'too' cmp "$tmp/in.csv" "$tmp/copy"

# Times: a date is never made up.
profile 's/"%d.%m.%Y %H:%M",/&"%H:%M",/
    s/{ "column": "Fra" }/{ "columns": ["Dato", "Fra"] }/
    s/"off"/"endBeforeStart": "next-day", "off"/'
file 'Id;Status;Dato;Fra;Til' 'A;Arbeid;29.03.2025;23:00;03:30' \
    'A;Arbeid;30.03.2025;08:00;09:00' 'A;Arbeid;31.03.2025;23:00;24:00' \
    'A;Arbeid;31.03.2025;23:00;30.03.2025 23:30' 'A;Arbeid;;23:00;23:30' \
    'A;Arbeid;2025-04-01T23:00:00Z;;01:00' \
    'A;Arbeid;02.04.2025;23:00;02.04.2025 01:00'
t 'clock times' status 1 p "$tmp/in.csv"
t 'are of the day of the start, or across midnight of the next' gives \
'A Working 2025-03-29T22:00:00Z 2025-03-30T01:30:00Z 2
A Working 2025-03-30T06:00:00Z 2025-03-30T07:00:00Z 3
A Working 2025-03-31T21:00:00Z 2025-03-31T22:00:00Z 4
A Working 2025-04-02T21:00:00Z 2025-04-02T23:00:00Z 8\n'
t 'an end of the day before is none' tells 5 end-before-start
t 'a start needs a date' tells 6 bad-time
t 'a clock time beside one with a zone is none' tells 7 bad-time

# Comments are no rows, before they are anything else.
profile 's/"csv": {/"csv": { "comment": "#",/'
file '# by us' "$head" '#;"never closed' "$row" '#;x"' "$row"
t 'a quote in a comment' status 0 p "$tmp/in.csv"
t 'takes no row in' gives "$one 4\n$one 6\n"
t 'a comment is not counted' tallies 2 2 0 0

# What is wrong with a header is said.
profile
refused() { status 2 p "$tmp/in.csv" && says "$1" && says "$2"; }
file 'Id;St\0351tus;Status;Fra;Til' "$row"
t 'a header in another encoding' refused 'in.csv:1:6:' '[bad-encoding]'
file 'Id;"Status;Fra;Til' "$row"
t 'a header with a stray quote' refused 'in.csv:1:' '[unclosed-quote]'
printf '%s\r%s\r' "$head" "$row" >"$tmp/in.csv"
t 'lines that end in CR alone' refused 'in.csv:1:' '[stray-cr]'
file "$head" "$row"; iconv -t UTF-16LE "$tmp/in.csv" >"$tmp/16"; cp "$tmp/16" "$tmp/in.csv"
t 'UTF-16 without a mark' refused 'UTF-16 without a byte order mark' '[nul-byte]'
file "status;$head;Status" "$row"
t 'a column that stands twice' refused "more than one column 'Status'" '[same-column]'
file "status; Id ;Fra;Til" "$row"
t 'a near miss' refused "no column 'Status'; new here: 'status'" '[no-column]'
file 'Id;State;Start;Nr;Navn;Sted;Merke;Statuskode;Fra;Til' "$row"
t 'a renamed column' refused "in.csv:1: error: no column 'Status'; new here: 'Statuskode', 'State', 'Start', " "'Nr' [no-column]"
file 'Id;B;Fra' "$row"
t 'two that are not there' refused "no column 'Status', 'Til'; new here: 'B'" '[no-column]'
profile 's/"csv": {/"csv": { "header": ["Fra", "Til"],/'
file 'T\0351ma' 'from: "x' "Id;Status; Fra;\0302\0240Til \0302\0240" "$row"
t 'a header below lines of any form' status 0 p "$tmp/in.csv"
t 'is found by its trimmed words' gives "$one 4\n"
file 'T\0351ma' "Id;Status;Fra;til" "$row"
t 'one that is not there' refused '[no-header]' 'in.csv:1:2:'
t 'and what comes nearest' says "in.csv:2: error: no row holds all the words of csv.header; this one lacks 'Til' (new here: 'til') [no-header]"

# Events: what is rejected ends what was before it.
events
e() { status "$1" p "$tmp/in.csv"; }
file 'Id;Status;Fra' 'A;Arbeid;01.02.2025 08:00' 'A;Av' \
    'A;Arbeid;01.02.2025 10:00' 'A;Av;01.02.2025 11:00'
t 'a ragged row' e 1
t 'ends at the row before' gives 'A Working 2025-02-01T09:00:00Z 2025-02-01T10:00:00Z 4\n'
t 'which is said' tells 3 edge-lost
file 'Id;Status;Fra' 'A;Arbeid;01.02.2025 08:00' 'A;Av;01.02.2025 09:00;\0377' \
    'A;Arbeid;01.02.2025 10:00' 'A;Av;01.02.2025 11:00'
t 'so does one that is no text' e 1
t 'but for its machine' gives 'A Working 2025-02-01T09:00:00Z 2025-02-01T10:00:00Z 4\n'
file 'Id;Status;Fra' 'A;Arbeid;01.02.2025 08:00' 'B;Arbeid;01.02.2025 08:00' \
    'A;"Av;01.02.2025 09:00' 'A;Arbeid;01.02.2025 10:00' 'B;Av;01.02.2025 11:00'
t 'one of a machine that cannot be told' e 1
t 'is said to be that' grep -q '"line":4,.*"code":"edge-lost".*not known' "$tmp/rejects"
file 'Id;Status;Fra' 'A;Av;01.02.2025 12:00' 'A;Tomgang;01.02.2025 11:00' \
    'A;Av;01.02.2025 1x:00' 'A;Arbeid;01.02.2025 08:00' 'A;Av;01.02.2025 07:00'
t 'rows that go back in time' e 1
t 'lose the same period' gives 'A Idle 2025-02-01T10:00:00Z 2025-02-01T11:00:00Z 3\n'
file 'Id;Status;Fra' 'A;Arbeid;01.02.2025 08:00' 'A;Av;x'
t 'a lost end is none for --close-at' status 1 p --close-at 2025-02-01T12:00:00Z "$tmp/in.csv"
t 'either' gives ''
file 'Id;Status;Fra' 'A;Arbeid;01.02.2025 08:00' 'A;Huh;01.02.2025 09:00' \
    'A;Pos;01.02.2025 09:10' 'A;Arbeid;01.02.2025 09:30' 'A;Av;01.02.2025 11:00' \
    'A;Arbeid;01.02.2025 11:00'
t 'a state that is not known' e 1
t 'ends one, too; ignored rows do not' gives 'A Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z 2
A Working 2025-02-01T08:30:00Z 2025-02-01T10:00:00Z 5\n'
t 'of two of one time off wins' tells 7 conflicting-reading
t 'and every row is counted' tallies 6 4 1 1
file 'Id;Status;Fra' ';Arbeid;01.02.2025 08:00' 'B;Tomgang;01.02.2025 09:00' \
    'C;Av;01.02.2025 10:00'
t '--machine' status 0 p --machine M "$tmp/in.csv"
t 'makes all events those of one' gives 'M Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z 2
M Idle 2025-02-01T08:00:00Z 2025-02-01T09:00:00Z 3\n'
printf 'sourceId,machineId,companyId,projectId\nM,EX-1,c,p\n' >"$tmp/table"
t 'through the table' status 0 p --machine M --machines "$tmp/table" "$tmp/in.csv"
t 'as well' gives 'EX-1 Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z 2
EX-1 Idle 2025-02-01T08:00:00Z 2025-02-01T09:00:00Z 3\n'
profile
file "$head" ";${row#*;}"
t 'periods' status 0 p --machine M --machines "$tmp/table" "$tmp/in.csv"
t 'too' gives 'EX-1 Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z 2\n'
events
printf 'Id;Status;Fra\nA;Arbeid;01.02.2025 08:00\n' >"$tmp/a.csv"
printf 'Fra;Id;Status\n01.02.2025 09:00;A;Av\n' >"$tmp/b.csv"
for files in 'a.csv b.csv' 'b.csv a.csv'; do
	# shellcheck disable=SC2086 # a list of files
	t "files in any order: $files" sh -c "cd '$tmp' && ditio-parse --plain --profile ./p.json --company c --project p $files >out"
	t 'and of any order of columns' gives 'A Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z 2\n'
done

# Profiles: every mistake has its file, line, column and words.
# wrong LINE:COLUMN WORDS [SED-SCRIPT]: one thing is said of it, and no more.
wrong() {
	profile "$3"
	status 2 ditio-parse --check-profile "$tmp/p.json" &&
	    says "$tmp/p.json:$1: error: " && says "$2" &&
	    test "$(wc -l <"$tmp/err")" -eq 1 || { cat "$tmp/err"; return 1; }
}
profile
t 'a good profile' status 0 ditio-parse --check-profile "$tmp/p.json"
t 'an unknown key' wrong 7:18 'no such key: "ignroe"; is "ignore" meant?' 's/"ignore"/"ignroe"/'
t 'a key twice' wrong 7:18 'twice' 's/"ignore"/"off"/'
t 'no JSON' wrong 7:35 '[bad-json]' 's/"Pos"\] }/"Pos"]/'
t 'a wrong type' wrong 6:38 'a list of texts' 's/\["Tomgang"\]/"Tomgang"/'
t 'a word for two things' wrong 6:3 'the word "arbeid" stands for two things' 's/"Tomgang"/"arbeid"/'
t 'a field too few' wrong 4:3 'need the field "state"' 's/"state": {[^}]*},//'
t 'a field too many' wrong 5:5 'rows of periods have no field "time"' 's/"startTime"/"time": { "column": "x" }, &/'
t 'an unknown field' wrong 4:15 'no such field: "machine"' 's/"machineId"/"machine": { "const": "x" }, &/'
t 'a field of nothing' wrong 4:15 'a field needs a source' 's/{ "column": "Id" }/{ }/'
t 'a field of two things' wrong 4:46 'one source' 's/{ "column": "Id" }/{ "column": "Id", "const": "x" }/'
t 'a field of an empty text' wrong 4:15 'comes from an empty text' 's/"column": "Id"/"column": ""/'
t 'a length without a unit' wrong 5:39 'say its "unit"' 's/"endTime"/"duration"/'
t 'a unit of no length' wrong 4:15 'no "unit"' 's/"column": "Id"/"column": "Id", "unit": "h"/'
t 'a zone of no time' wrong 4:15 'no "zone"' 's/"column": "Id"/"column": "Id", "zone": "UTC"/'
t 'an unknown zone' wrong 3:55 'no such time zone: "Mars"' 's/Europe.Oslo/Mars/'
t 'an unknown conversion' wrong 3:25 'an unknown conversion' 's/%d.%m.%Y %H:%M/%Q/'
t 'no format' wrong 3:3 'needs "formats"' 's/"formats": \[.*\], //'
t 'two formats of one text' wrong 3:3 'two different times' 's/"rfc3339"/"%m.%d.%Y %H:%M"/'
t 'delimiter and quote' wrong 2:3 'the same' "s/\";\"/'\"'/; s/'\"'/\"\\\\\"\"/"
t 'an unknown encoding' wrong 2:30 'no such encoding' 's/"decimal"/"encoding": "klingon", &/'
t 'thousands of two characters' wrong 2:30 'one character' 's/"decimal"/"thousands": "..", &/'
t 'names of columns without a header' wrong 4:15 'known by its number' 's/"decimal"/"header": false, &/
    s/"Status"/2/; s/"Fra"/3/; s/"Til"/4/'
t 'lines after no header' wrong 2:3 'needs a header' 's/"decimal"/"header": false, "skipAfterHeader": 1, &/
    s/"Id"/1/; s/"Status"/2/; s/"Fra"/3/; s/"Til"/4/'
t 'a pattern that is none' wrong 7:48 'no such pattern' 's/"Pos"\]/&, "match": { "fileName": "a(" }/'
t 'a key of feeds' wrong 7:37 '"running" has no meaning for rows of periods' 's/"Pos"\]/&, "running": "Working"/'
t 'and of rows' wrong 1:21 '"rows" has no meaning for a feed' 's/"csv", "rows": "period",/"aemp", "rows": "period" }/; 2,$d'
t 'a counter that is none' wrong 1:32 'no such counter: "idl"' 's/"csv", "rows": "period",/"aemp", "units": { "idl": "min" } }/; 2,$d'
t 'a unit that is none' wrong 1:32 'no such unit' 's/"csv", "rows": "period",/"aemp", "units": { "idle": "mins" } }/; 2,$d'
day() { wrong 1:21 "$1" 's/"csv", "rows": "period",/"aemp", "dayStart": '"$2"' }/; 2,$d'; }
t 'a day that begins at no time' day 'a clock time such as' '"24:00"'
t 'nor at that' day 'a clock time such as' '7'
t 'a day of no zone' day 'needs the clocks of a "zone"' '"07:00"'
t 'a day and a placement' day 'keep one' '"07:00", "time": { "zone": "UTC" }, "placement": "end"'
t 'no length' wrong 1:21 'must be a duration' 's/"csv", "rows": "period",/"aemp", "resolution": "1" }/; 2,$d'
switches() { wrong 1:$1 "$2" 's/"csv", "rows": "period",/"aemp", "switches": '"$3"' }/; 2,$d'; }
t 'a switch of no number' switches 35 'a number and a state' '{ "": "Idle" }'
t 'a switch of no state' switches 35 'a number and a state' '{ "1": "" }'
t 'no switches' switches 21 'number to state' '{}'
t 'too many' switches 21 'at most 8' '{"1":"I","2":"I","3":"I","4":"I","5":"I","6":"I","7":"I","8":"I","9":"I"}'
t 'units of rows' wrong 7:37 '"units" has no meaning' 's/"Pos"\]/&, "units": { "idle": "min" }/'
t 'a test with an unknown key' wrong 7:63 'no such key: "rejcts"' 's/"Pos"\]/&, "tests": [ { "lines": [], "rejcts": [] } ]/'
t 'a test without lines' wrong 7:48 'needs "lines"' 's/"Pos"\]/&, "tests": [ { } ]/'
t 'a path in a table' wrong 4:15 'a table has columns, no paths' \
    's/{ "column": "Id" }/{ "path": "x" }/'
t 'a record of a table' wrong 7:37 '"record" has no meaning for a table' 's/"Pos"\]/&, "record": "\/a"/'
t 'a format that is none' wrong 1:3 'this must be one of "csv", ' '1s/"csv"/"html"/'
t 'nor dst infer' wrong 3:55 'one of "reject", "earlier", "later"' 's/"zone"/"dst": "infer", &/'
profile 's/"Pos"\]/&, "tests": [ { "lines": ["Id;Status;Fra;Til", "A;Huh;;"], "rejects": ["unmapped-state"] } ]/'
t 'its tests are run' status 0 ditio-parse --check-profile "$tmp/p.json"
alone() { says 'well formed, 1 tests passed' && test "$(wc -l <"$tmp/err")" -eq 1; }
t 'quietly' alone
profile 's/"Pos"\]/&, "tests": [ { "lines": ["Id;Status;Fra;Til", "A;Huh;;"] } ]/'
t 'and seen to fail' status 2 ditio-parse --check-profile "$tmp/p.json"
t 'with what came' says 'unmapped-state'

# Of the samples' profiles the right one is found.
sample() {
	status 0 ditio-parse --profile auto --profile-dir "$SRCDIR/samples/profiles" \
	    --company c --project p "$SRCDIR/samples/$1" && says "profile '$2'"
}
t 'a workbook' sample good-xlsx-timesheet.xlsx excel-timesheet
t 'a table of text' sample good-csv-oslo.csv norwegian-timesheet
t 'a log of events' sample good-csv-events.csv engine-events
t 'XML' sample good-xml-site-report.xml site-report
t 'XML of another root' sample good-xml-decimal-commas.xml report-with-commas
t 'JSON' sample good-json-usage-log.json usage-log
t 'JSON, an object a line' sample good-json-lines.json usage-lines
echo '{"unit":{"id":"E9"},"items":[{"start_time":"2025-01-15T08:00:00Z","end_time":"2025-01-15T09:00:00Z","input_type":"Yellow"}]}' \
    >"$tmp/unit.json"
none() {
	status 2 ditio-parse --profile auto --profile-dir "$SRCDIR/samples/profiles" "$1" &&
	says "error: no profile's" && test "$(wc -l <"$tmp/err")" -eq 1
}
unit() {
	status 0 ditio-parse --profile auto --profile-dir "$SRCDIR/samples/profiles" \
	    --company c --project p "$tmp/unit.json" && says "profile 'usage-unit'"
}
t 'JSON with the machine around its items' unit
t 'a feed is of none' none "$SRCDIR/samples/good-aemp-counters.xml"
t 'nor is one in JSON' none "$SRCDIR/samples/good-aemp-json-fleet.json"
sed -i 's/"input_type"/"input_kind"/' "$tmp/unit.json"
t 'nor JSON that lacks a path' none "$tmp/unit.json"
{
	printf '{'
	for name in title about; do
		printf '"%s":"' "$name"; head -c 530000 /dev/zero | tr '\0' x
		printf '",'
	done
	printf '"items":[{"equipment_id":1,"start_time":"t","input_type":"Yellow"}]}\n'
} >"$tmp/late.json"
t 'nor what begins after a MiB' none "$tmp/late.json"

# Hours of the day that few machines begin at.
profile
hours() { # HOUR N HOUR N
	{
		echo "$head"
		while [ $# -gt 0 ]; do
			LC_ALL=C awk -v h="$1" -v n="$2" 'BEGIN { for (i = 1; i <= n; i++)
			    printf "A;Arbeid;%02d.02.2025 %s:10;%02d.02.2025 %s:20\n", i, h, i, h }'
			shift 2
		done
	} >"$tmp/in.csv"
	status 0 p "$tmp/in.csv"
}
asks() { says "$1 of Europe/Oslo: is this their zone, or UTC?"; }
silent() { ! grep -q 'their zone' "$tmp/err"; }
t 'starts in one hour' hours 04 16 09 4
t 'of the night are asked about' asks '80 % of the starts are between 04:00 and 05:00'
t 'a few less' hours 04 15 09 5
t 'as well, as night' asks '75 % of the starts are between 20:00 and 05:00'
t 'starts by night and day' hours 04 8 23 3 09 9
t 'are fine' silent
t 'so are those of a working day' hours 05 20
t 'too' silent
t 'and a few starts' hours 03 19
t 'either' silent

# Where profiles are looked for.
profile
mkdir -p "$tmp/dir" "$tmp/config/ditio/profiles"
file "$head" "$row"
named() { XDG_CONFIG_HOME=$tmp/config status "$@" --company c --project p "$tmp/in.csv"; }
cp "$tmp/p.json" "$tmp/dir/here.json"
cp "$tmp/p.json" "$tmp/config/ditio/profiles/there.json"
t 'in --profile-dir' named 0 ditio-parse --profile-dir "$tmp/dir" --profile here
t 'in the configuration' named 0 ditio-parse --profile there
t 'nowhere else' named 2 ditio-parse --profile here
t 'which says where' says "$tmp/config/ditio/profiles"
t 'a slash makes it a path' named 0 ditio-parse --profile "$tmp/dir/here.json"
cp "$tmp/p.json" "$tmp/config/ditio/profiles/here.json"
profile '1s/{/{ "title": "Til\\tFra",/'
cp "$tmp/p.json" "$tmp/dir/here.json"
t 'all are listed' named 0 ditio-parse --profile-dir "$tmp/dir" --list-profiles
listed() { printf "$1" | diff - "$tmp/out"; }
t 'with title and path, those behind another as such' listed \
"here\tTil\\\\x09Fra\t$tmp/dir/here.json
here\t\t$tmp/config/ditio/profiles/here.json\tshadowed
there\t\t$tmp/config/ditio/profiles/there.json\n"
echo '{' >"$tmp/dir/broken.json"
t 'one that is none' named 2 ditio-parse --profile-dir "$tmp/dir" --list-profiles
t 'is said' says 'broken.json:1:'
t 'and the rest is listed' grep -q '^there	' "$tmp/out"

# The profile whose match fits.
rm -r "$tmp/dir" "$tmp/config/ditio/profiles"
mkdir "$tmp/dir" "$tmp/config/ditio/profiles"
auto() { named "$1" ditio-parse --profile-dir "$tmp/dir" --profile auto; }
profile '1s/{/{ "match": { "header": ["Id", "Til"] },/'
cp "$tmp/p.json" "$tmp/dir/ours.json"
profile '1s/{/{ "match": { "header": ["unit"] },/; s/";"/","/'
cp "$tmp/p.json" "$tmp/dir/other.json"
profile
cp "$tmp/p.json" "$tmp/dir/matchless.json"
t 'auto' auto 0
t 'takes the one that fits' gives "$one 2\n"
t 'and says so' says "profile 'ours' ($tmp/dir/ours.json) fits"
cp "$tmp/dir/ours.json" "$tmp/config/ditio/profiles/ours.json"
t 'one behind another of its name does not count' auto 0
cp "$tmp/dir/ours.json" "$tmp/config/ditio/profiles/twin.json"
t 'of two that fit' auto 2
t 'none is taken' says "with --profile: 'ours', 'twin' [several-profiles]"
rm "$tmp/config/ditio/profiles/twin.json"
gzip -c "$tmp/in.csv" >"$tmp/two.gz"
all() { status "$1" ditio-parse --profile-dir "$tmp/dir" --profile auto --company c --project p "$tmp/in.csv" "$tmp/two.gz"; }
t 'it reads all files' all 0
t 'packed ones, too' gives "$one 2\n$one 2\n"
printf 'unit,Id\nA,B\n' >"$tmp/two.gz"
t 'files of two profiles' all 2
t 'are refused' says "in.csv is of profile 'ours', and $tmp/two.gz of 'other'"
printf 'B;til\n' >"$tmp/two.gz"
t 'one that nothing fits' all 2
t 'as well, naming what there is' says "two.gz: error: no profile's \"match\" fits; these have one: 'other', 'ours' [no-profile]"
: >"$tmp/two.gz"
t 'an empty one, too' all 2
piped() { status 2 sh -c "ditio-parse --profile auto <'$tmp/in.csv'" && says '<stdin> can be read only once'; }
t 'a pipe cannot be looked at before' piped
t 'a directory' status 2 ditio-parse --profile-dir "$tmp/dir" --profile auto "$tmp/dir"
t 'is said once' test "$(grep -c 'is a directory' "$tmp/err")" -eq 1
t 'rejects over the profile that was found' status 2 ditio-parse \
    --profile-dir "$tmp/dir" --profile auto --rejects "$tmp/dir/ours.json" "$tmp/in.csv"
t 'leave it' grep -q '"match"' "$tmp/dir/ours.json"
echo '{' >"$tmp/dir/broken.json"
t 'a broken profile might be the one' auto 2
rm "$tmp/dir/broken.json"
profile '1s/{/{ "match": { "fileName": "^i.*[.]csv" },/'
cp "$tmp/p.json" "$tmp/dir/named.json"
t 'a name fits, too' auto 2
t 'beside the header' says "'named', 'ours' [several-profiles]"
profile '1s/{/{ "match": { "header": ["Id"], "fileName": "^x" },/'
cp "$tmp/p.json" "$tmp/dir/named.json"
t 'header and name must both fit' auto 0
sed -i 's/"^x"/"tmp[.]"/' "$tmp/dir/named.json"
t 'directories are no part of a name' auto 0

# Options.
o() { want=$1; shift; status "$want" p "$@" "$tmp/in.csv"; }
for option in '--zone Mars' '--zone ../../etc/passwd' '--dst infer' \
    '--encoding klingon' '--delimiter ;;' '--delimiter "' '--state Huh' \
    '--state Huh=' '--close-at 2025-01-01' '--max-rejects 1.5' \
    '--max-rejects -1' '--max-rejects 101%' '--rejects -' '--memory 0' \
    '--unit idle=min' '--unit idle'     '--id-field pin' '--format xlsx' '--format aemp' '--log xml' '--huh'; do
	# shellcheck disable=SC2086 # an option and its value
	t "$option is 2" o 2 $option
done
t 'no stream in two ways is 2' o 2 --explain A --draft-machines
t 'and named' says 'draft-machines and --explain'
for option in company project machine running state; do
	t "an empty --$option is 2" o 2 --$option ''
	t "one that is no UTF-8 is 2" o 2 --$option "$(printf '\377=x')"
done
t 'the command line beats the profile' o 0 --state arbeid=Idle --zone +05:30
t 'in states and zone' gives 'A Idle 2025-02-01T02:30:00Z 2025-02-01T03:30:00Z 2\n'
t 'a word that was off' o 0 --state AV=Moving
file "$head" "$row" 'A;Huh;x;y'
verdict() { tail -n 1 "$tmp/out" | grep -q "\"rejected\":1,\"verdict\":\"$1\""; }
for share in 1 50%; do
	t "--max-rejects $share" o 1 --max-rejects $share
	t 'is enough' verdict ok
done
for share in 0 49.99%; do
	t "--max-rejects $share" o 1 --max-rejects $share
	t 'is not' verdict findings
done

# Feeds: local times, and files that are cut.
feed() {
	printf '<Fleet><Equipment><EquipmentHeader><EquipmentID>M</EquipmentID></EquipmentHeader>'
	for time in "$@"; do
		printf '<CumulativeOperatingHours datetime="%s"><Hour>%s</Hour></CumulativeOperatingHours>\n' \
		    "$time" "$((hour += 1))"
	done
	printf '</Equipment></Fleet>'
}
a() { : >"$tmp/rejects"; ditio-parse --format aemp --running Working --company c --project p --rejects "$tmp/rejects" "$@" "$tmp/in.xml"; }
hour=0; feed 2025-10-26T02:30:00 2025-10-26T04:30:00 >"$tmp/in.xml"
t 'a local time of a feed' status 1 a --zone Europe/Oslo
t 'that came twice' tells 1 dst-fold
t 'is decided by --dst' status 0 a --zone Europe/Oslo --dst later
t 'as asked' gives 'M Working 2025-10-26T01:30:00Z 2025-10-26T02:30:00Z 1\n'
t 'and counted' says '1 local times that do not exist or exist twice'
hour=0; feed 2025-10-26T02:30:00Z 2025-10-26T04:30:00Z >"$tmp/in.xml"
for unit in operating=mins oper=min =min operating=; do
	t "--unit $unit is 2" status 2 a --unit $unit
done
t 'a unit of hours' status 0 a --unit operating=min
t 'makes them minutes' gives 'M Working 2025-10-26T02:30:00Z 2025-10-26T02:31:00Z 1\n'
cat >"$tmp/u.json" <<'EOT'
{ "format": "aemp", "running": "Working", "units": { "operating": "d" } }
EOT
t 'a feed has no delimiter' status 2 ditio-parse --profile "$tmp/u.json" --delimiter ';' "$tmp/in.xml"
t 'and an encoding of its own' status 2 ditio-parse --profile "$tmp/u.json" --encoding latin1 "$tmp/in.xml"
t 'which is said' says 'encoding latin1: expected a text file'
t 'so does a profile' status 0 ditio-parse --profile "$tmp/u.json" --company c --project p --unit operating=min "$tmp/in.xml"
t 'which --unit beats' gives 'M Working 2025-10-26T02:30:00Z 2025-10-26T02:31:00Z 1\n'
hour=0; feed 2025-10-26T02:30:00Z | sed 's,<.Hour.*,,;q' >"$tmp/in.xml"
t 'a cut feed' status 2 a
t 'is named as such' says 'it is cut [bad-xml]'

done_testing
