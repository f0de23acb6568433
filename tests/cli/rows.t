#!/bin/sh
# rows.t - which rows count, and what is made of their cells.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/parse.sh"

# profile [SED-SCRIPT]: that of the files below, changed.
profile() {
	sed "${1-}" >"$tmp/p.json" <<'EOF'
{ "format": "csv", "rows": "period",
  "csv": { "delimiter": ";" },
  "time": { "formats": ["%d.%m.%Y %H:%M"], "zone": "Europe/Oslo" },
  "nulls": ["-"],
  "fields": { "machineId": { "column": "Id" }, "state": { "column": "Status" },
    "startTime": { "column": "Fra" }, "endTime": { "column": "Til" } },
  "states": { "Working": ["Arbeid"], "Idle": ["Tomgang"] } }
EOF
}
head='Id;Status;Fra;Til;Type'
times='01.02.2025 08:00;01.02.2025 09:00'
hour='2025-02-01T07:00:00Z 2025-02-01T08:00:00Z'
where() { profile "s/\"nulls\"/\"where\": $1, &/"; }

# Rows that count.
file "$head" "A;Arbeid;$times;engine" "B;Arbeid;$times; motion " "C;Huh;x;y;-" \
    "D;Arbeid;$times;Engine" 'Sum;2' 'E;"x'
where '{ "column": "Type", "in": ["engine", "motion"] }'
t 'those of some words' status 1 p "$tmp/in.csv"
t 'are read' gives "A Working $hour 2\nB Working $hour 3\n"
t 'the others are skipped, short ones too' tallies 6 2 1 3
t 'but not one that is none' tells 7 unclosed-quote
where '{ "column": 5, "notIn": ["", "engine"] }'
t 'those without' status 1 p "$tmp/in.csv"
t 'a null is empty' gives "B Working $hour 3\nD Working $hour 5\n"
where '[{ "column": "Status", "matches": "^A" }, { "columns": [1, "Type"], "matches": "^. [a-z]" }]'
t 'a list' status 1 p "$tmp/in.csv"
t 'means all' gives "A Working $hour 2\nB Working $hour 3\n"
where '{ "column": "Art", "in": ["x"] }'
t 'a column that is not there' status 2 p "$tmp/in.csv"
t 'is missing as any' says "no column 'Art'; new here: 'Type' [no-column]"
where '{ "column": "Type", "in": ["none"] }'
file "$head" "A;Arbeid;$times;engine"
t 'no row at all' status 0 p -v "$tmp/in.csv"
t 'is no error' says 'no record came out'

# A field of some rows.
if='"where": { "column": "Type", "in"'
profile "s/{ \"column\": \"Status\" }/{ \"anyOf\": [{ \"column\": \"Status\", $if: [\"state\"] } }, { \"const\": \"Tomgang\", $if: [\"rest\"] } }] }/"
file "$head" "A;Arbeid;$times;state" "B;Arbeid;$times;rest" "C;Arbeid;$times;x"
t 'names and values' status 1 p "$tmp/in.csv"
t 'each for its rows' gives "A Working $hour 2\nB Idle $hour 3\n"
t 'and none for others' tells 4 unmapped-state

# What is empty is as above.
profile 's/{ "column": "Id" }/{ "column": "Id", "matches": "^M(.*)", "fill": "down" }/
    s/"nulls"/"where": { "column": "Fra", "notIn": [""] }, &/'
file "$head" "MA;Arbeid;$times;" ";Tomgang;$times;" "-;Arbeid;$times;" 'MB' \
    ";Arbeid;$times;" "Sum;Arbeid;$times;" "MC;Huh;$times;" ";Arbeid;$times;"
t 'fill down' status 1 p "$tmp/in.csv"
t 'from rows that are skipped or wrong, too' gives "A Working $hour 2
A Idle $hour 3
A Working $hour 4
B Working $hour 6
B Working $hour 7
C Working $hour 9\n"
file "$head" "MA;Arbeid;$times;" ';"x' ";Arbeid;$times;" "MB;Arbeid;$times;" \
    ";Arbeid;$times;;more" ";Arbeid;$times;"
t 'across a row that could not be read' status 1 p "$tmp/in.csv"
t 'nothing is filled' gives "A Working $hour 2\nB Working $hour 5\n"
t 'which is said' tells 4 no-machine
t 'of a ragged one as well' tells 7 no-machine
file "$head" "MA;Arbeid;$times;"
printf '%s\n' "$head" ";Arbeid;$times;" >"$tmp/next.csv"
t 'nor into the next file' status 1 p "$tmp/in.csv" "$tmp/next.csv"
t 'at all' tells 2 no-machine

# What stands above the header.
above='"preamble": { "id": "^Unit: *(.*)", "site": "site (.)" },'
preamble() {
	profile "s/\"delimiter\"/$1, &/; s/\"nulls\"/$above &/
	    s/{ \"column\": \"Id\" }/{ \"preamble\": \"id\" }, \"projectId\": { \"preamble\": \"site\" }/"
}
sites() { jq -r .projectId "$tmp/out" | tr '\n' ' ' | grep -qx "$1 "; }
file 'Unit:  7-B "x \0303\0205 \r' '\0377 Unit: 8' 'site P' 'Unit: 9, site Q' \
    "$head" "A;Arbeid;$times;"
preamble '"skipLines": 4'
t 'lines that are skipped' status 0 p --plain "$tmp/in.csv"
t 'say whose the rows are' gives "7-B \"x Å Working $hour 6\n"
t 'the first of them' sites P
preamble '"header": ["Fra", "Til"]'
t 'rows above the header' status 0 p --plain "$tmp/in.csv"
t 'say it as well' gives "7-B \"x Å Working $hour 6\n"
printf '%s\n' 'Unit: 8' "$head" "A;Arbeid;$times;" >"$tmp/next.csv"
t 'what one file says' status 2 p --plain "$tmp/in.csv" "$tmp/next.csv"
t 'is not said of the next' says "no line above the header says 'site' [no-preamble]"

# A zone from a column.
zone='{ "column": "Type", "matches": "[^ ]+$" }'
profile "s/{ \"column\": \"Fra\" }/{ \"column\": \"Fra\", \"zone\": $zone }/
    s/{ \"column\": \"Til\" }/{ \"anyOf\": [{ \"column\": \"Til\" }], \"zone\": $zone }/"
file "$head" "A;Arbeid;$times;in Asia/Tokyo" "B;Arbeid;$times;-02:00" \
    "C;Arbeid;$times;-" "D;Arbeid;$times;Oslo" "E;Arbeid;$times;Asia/Tokyo" \
    "F;Arbeid;$times;Oslo"
t 'each row has its own' status 1 p "$tmp/in.csv"
t 'or that of the profile' gives "A Working 2025-01-31T23:00:00Z 2025-02-01T00:00:00Z 2
B Working 2025-02-01T10:00:00Z 2025-02-01T11:00:00Z 3
C Working $hour 4
E Working 2025-01-31T23:00:00Z 2025-02-01T00:00:00Z 6\n"
t 'one that is none is said' tells 5 bad-zone
t 'each time' tells 7 bad-zone

sed 's/"%d.%m.%Y %H:%M"/"%d %b %Y %H:%M"/' "$tmp/p.json" >"$tmp/q.json"
mv "$tmp/q.json" "$tmp/p.json"
named='01 Feb 2025 08:00;01 Feb 2025 09:00'
file "$head" "A;Arbeid;$named;Asia/Tokyo" "B;Arbeid;$named;-02:00" "C;Arbeid;$named;-02:00"
t 'a text that was read before' status 0 p "$tmp/in.csv"
t 'is read anew for another zone' gives "A Working 2025-01-31T23:00:00Z 2025-02-01T00:00:00Z 2
B Working 2025-02-01T10:00:00Z 2025-02-01T11:00:00Z 3
C Working 2025-02-01T10:00:00Z 2025-02-01T11:00:00Z 4\n"

# The name of the file.
profile 's/{ "column": "Id" }/{ "fileName": "^(.*)[.]csv" }/'
file "$head" "A;Arbeid;$times;"
t 'a name' status 0 p "$tmp/in.csv"
t 'without its directories' gives "in Working $hour 2\n"
cp "$tmp/in.csv" "$tmp/$(printf 'x\377').csv"
t 'one that is no text' status 2 p "$tmp/$(printf 'x\377').csv"
t 'is none' says '[no-file-name]'

# Readings of counters and engine status.
readings() {
	sed "${1-}" >"$tmp/p.json" <<'EOF'
{ "format": "csv", "rows": "reading", "csv": { "delimiter": ";", "decimal": "," },
  "time": { "formats": ["%Y-%m-%d %H:%M"], "zone": "UTC" }, "nulls": ["NA"],
  "fields": { "machineId": { "column": "Id" }, "time": { "column": "Time" },
    "operatingHours": { "column": "Hours", "unit": "h" },
    "idleHours": { "column": "Idle", "unit": "min" },
    "running": { "column": "Engine", "true": ["Ja"], "false": ["Nei", "-"] } } }
EOF
}
head='Id;Time;Hours;Idle;Engine'
readings
file "$head" 'A;2025-02-01 09:00;101,00;90;' 'A;2025-02-01 08:00;100,0;60;NA' \
    'A;2025-02-01 09:30;;;' ';2025-02-01 09:30;NA;;' 'A;2025-02-01 10:00;102;9O;' \
    'A;2025-02-01 10:00;-1;90;' 'A;x;102;90;' ';2025-02-01 10:00;102;90;' \
    'A;2025-02-01 10:00;101,5;90;' 'B;2025-02-01 08:00;;;JA' 'B;2025-02-01 08:30;;;nei' \
    'B;2025-02-01 08:40;;;on' 'A;2025-02-01 08:00;100;60;'
t 'counters and status' status 1 p --running Working "$tmp/in.csv"
t 'go the way of all evidence' gives 'A Working 2025-02-01T08:00:00Z 2025-02-01T08:30:00Z 3
A Idle 2025-02-01T08:30:00Z 2025-02-01T09:00:00Z 3
A Working 2025-02-01T09:00:00Z 2025-02-01T09:30:00Z 2
B Working 2025-02-01T08:00:00Z 2025-02-01T08:30:00Z 11\n'
t 'no reading is taken in part' tells 6 bad-number
t 'or less than nothing' tells 7 bad-number
t 'without a time' tells 8 bad-time
t 'or a machine' tells 9 no-machine
t 'words of the status are those of the profile' tells 13 bad-status
t 'empty ones are skipped' tallies 13 6 5 2
t 'a state is needed as in feeds' status 2 p "$tmp/in.csv"
t 'and asked for' says running-unsaid
t '--machine' status 1 p --running Idle --machine M "$tmp/in.csv"
t 'makes them those of one' sh -c "! grep -v '\"M\"\|ditio' '$tmp/out'"
readings 's/"nulls"/"operatingIncludesIdle": false, "placement": "end", "maxPiece": "2h", "meterStep": "0.5h", &/'
file "$head" 'A;2025-02-01 08:00;100;60;' 'A;2025-02-01 10:00;100,5;90;'
t 'all keys of evidence' status 0 p "$tmp/in.csv"
t 'apply' gives 'A Working 2025-02-01T09:00:00Z 2025-02-01T09:30:00Z 2
A Idle 2025-02-01T09:30:00Z 2025-02-01T10:00:00Z 2\n'
t 'as derived' sh -c "grep -c '\"derived\"' '$tmp/out' | grep -qx 2"
readings 's/"nulls"/"dayStart": "08:30", &/'
file "$head" 'A;2025-02-01 08:00;100;60;' 'A;2025-02-01 10:00;101;90;'
t 'with a dayStart' status 0 p "$tmp/in.csv"
t 'of the zone' gives 'A Working 2025-02-01T08:30:00Z 2025-02-01T09:00:00Z 2
A Idle 2025-02-01T09:00:00Z 2025-02-01T09:30:00Z 2\n'
readings 's/"nulls"/"dayStart": "02:30", &/; s/"%Y-%m-%d %H:%M"\], "zone": "UTC"/"rfc3339"], "zone": "Europe\/Oslo"/'
file "$head" 'A;2025-10-26T00:45:00Z;100;60;' 'A;2025-10-26T06:45:00Z;101;60;'
t 'a dayStart that a piece holds' status 0 p "$tmp/in.csv"
t 'the second time alone' gives 'A Working 2025-10-26T01:30:00Z 2025-10-26T02:30:00Z 2\n'
readings 's/"nulls"/"resolution": "2h", &/'
file "$head" 'A;2025-02-01 08:00;100;60;' 'A;2025-02-01 09:00;100,5;90;' \
    'A;2025-02-01 10:00;101;90;'
t 'and a resolution' status 0 p "$tmp/in.csv"
t 'too' gives 'A Working 2025-02-01T08:00:00Z 2025-02-01T08:30:00Z 2
A Idle 2025-02-01T08:30:00Z 2025-02-01T09:00:00Z 2\n'
readings 's/"true": \["Ja"\], "false": \["Nei", "-"\]/"unit": "h"/'
t 'a status has no unit' status 2 p "$tmp/in.csv"
t 'which is said' says 'is no length of time: no "unit"'
readings 's/, "unit": "min"//'
t 'a counter needs one' status 2 p "$tmp/in.csv"
t 'which is said too' says 'say its "unit"'
readings 's/"nulls"/"off": ["x"], &/; s/"Ja"/"Nei"/'
t 'states have no meaning' status 2 p "$tmp/in.csv"
t 'of readings' says '"off" has no meaning for rows of readings'
t 'nor has a word of two' says '"Nei" stands for two things'

name='"where": { "column": "Idle", "in"'
readings "s/\"unit\": \"h\"/&, $name: [\"total\"] }/; s/\"column\": \"Idle\", \"unit\": \"min\"/\"column\": \"Hours\", \"unit\": \"h\", $name: [\"idle\"] }/"
head='Id;Time;Hours;Idle;Engine'
file "$head" 'A;2025-02-01 08:00;100;total;' 'A;2025-02-01 08:00;7;idle;' \
    'A;2025-02-01 08:30;100,5;total;' 'A;2025-02-01 08:30;7,25;idle;' 'A;2025-02-01 08:30;x;km;'
t 'names and values' status 0 p "$tmp/in.csv"
t 'are readings, too' gives 'A Working 2025-02-01T08:00:00Z 2025-02-01T08:15:00Z 2
A Idle 2025-02-01T08:15:00Z 2025-02-01T08:30:00Z 2\n'
t 'other names say nothing' tallies 5 4 0 1

# A header that comes again.
profile
head='Id;Status;Fra;Til'
file "$head" "A;Arbeid;$times" "$head" "B;Arbeid;$times" 'Id;Status;Fra;til'
t 'a header again' status 1 p "$tmp/in.csv"
t 'is no row' tallies 4 2 1 1
t 'but what is not the same is one' tells 5 unmapped-state

# Totals of a day, or within start and end.
totals() {
	sed "${1-}" >"$tmp/p.json" <<'EOF'
{ "format": "csv", "rows": "total", "csv": { "delimiter": ";", "decimal": "," },
  "time": { "formats": ["%d.%m.%Y %H:%M", "%d.%m.%Y", "%H:%M"], "zone": "Europe/Oslo" }, "nulls": ["-"],
  "fields": { "machineId": { "column": "Id" }, "date": { "column": "Dato" }, "dayStart": "07:00",
    "totals": { "Moving": { "column": "Transport", "unit": "min" }, "Working": { "column": "Arbeid", "unit": "h" } } } }
EOF
}
head='Id;Dato;Transport;Arbeid;Fra;Til'
totals
file "$head" 'A;02.02.2025;30;1,5;;' 'A;03.02.2025;;24;;' 'A;04.02.2025;-;-;;' \
    'A;05.02.2025;1;24;;' 'A;30.03.2025;;23;;' 'A;31.03.2025;60;23,5;;' \
    'A;29.03.2025;30;23,5;;' 'A;26.10.2025;60;24;;' 'A;06.02.2025;x;1;;' \
    'A;07.02.2025;1;-1;;' 'A;x;1;1;;' ';08.02.2025;1;1;;' 'A;09.02.2025;0,01;0;;' \
    'A;30.03.2025;30;23;;'
t 'totals of days' status 1 p "$tmp/in.csv"
t 'lie from dayStart on, or where the day holds them' gives 'A Moving 2025-02-02T06:00:00Z 2025-02-02T06:30:00Z 2
A Working 2025-02-02T06:30:00Z 2025-02-02T08:00:00Z 2
A Working 2025-02-02T23:00:00Z 2025-02-03T23:00:00Z 3
A Working 2025-03-29T23:00:00Z 2025-03-30T22:00:00Z 6
A Moving 2025-03-28T23:00:00Z 2025-03-28T23:30:00Z 8
A Working 2025-03-28T23:30:00Z 2025-03-29T23:00:00Z 8
A Moving 2025-10-25T22:00:00Z 2025-10-25T23:00:00Z 9
A Working 2025-10-25T23:00:00Z 2025-10-26T23:00:00Z 9\n'
t 'as estimates' sh -c "grep -c '\"estimated\"' '$tmp/out' | grep -qx 8"
t 'more than a day has' tells 5 beyond-span
t 'is told with its hours' grep -q '"line":5,.*"hours":24.0167' "$tmp/rejects"
t 'be it one of 24 hours' tells 7 beyond-span
t 'or of 23' tells 15 beyond-span
t 'a total that is none' tells 10 bad-number
t 'or less than nothing' tells 11 bad-number
t 'a date that is none' tells 12 bad-time
t 'no machine' tells 13 no-machine
t 'each row is counted once' tallies 14 5 7 2

printf 'sourceId,machineId,companyId,projectId,from,to\nA,EX,c,p,2025-02-02T06:30:00Z,\n' >"$tmp/table"
t 'a table that begins within them' status 1 p --machines "$tmp/table" "$tmp/in.csv"
t 'rejects what it does not cover' tells 2 unassigned
t 'and that alone' tallies 14 5 7 2

file "$head" 'A;02.02.2025;30;1,5;;'
t 'they are explained' status 0 ditio-parse -q --profile "$tmp/p.json" \
    --company c --project p --explain A "$tmp/in.csv"
t 'by their row' sh -c "grep -c 'in.csv:2: the row.s total of' '$tmp/out' | grep -qx 2"

totals 's/"07:00"/{ "column": "Fra" }/'
file "$head" 'A;02.02.2025;;1;10:30;' 'A;02.02.2025;;1;;' 'A;02.02.2025;;1;03.02.2025 01:00;' \
    'A;30.03.2025;;1;02:30;'
t 'a dayStart of each row' status 1 p "$tmp/in.csv"
t 'is that of its date' gives 'A Working 2025-02-02T09:30:00Z 2025-02-02T10:30:00Z 2
A Working 2025-02-02T22:00:00Z 2025-02-02T23:00:00Z 4
A Working 2025-03-30T01:30:00Z 2025-03-30T02:30:00Z 5\n'
t 'and must be there' tells 3 no-time

totals 's/"dayStart": "07:00"/"startTime": { "column": "Fra" }/'
file "$head" 'A;02.02.2025;;8;16:00;' 'A;02.02.2025;;8,5;16:00;' 'A;x;;2;03.02.2025 16:00;'
t 'a startTime' status 1 p "$tmp/in.csv"
t 'is where they begin' gives 'A Working 2025-02-02T15:00:00Z 2025-02-02T23:00:00Z 2
A Working 2025-02-03T15:00:00Z 2025-02-03T17:00:00Z 4\n'
t 'and the day is where they end' tells 3 beyond-span

totals 's/"date": { "column": "Dato" }, "dayStart": "07:00"/"startTime": { "columns": ["Dato", "Fra"] }, "endTime": { "column": "Til" }, "rest": "Idle"/; s/"nulls"/"endBeforeStart": "next-day", &/'
file "$head" 'A;02.02.2025;30;1;22:00;00:30' 'A;02.02.2025;;;10:00;11:00' \
    'A;02.02.2025;60;;11:00;12:00' 'A;02.02.2025;60;1;11:00;12:59' 'A;02.02.2025;;;12:00;12:00'
t 'within start and end' status 1 p "$tmp/in.csv"
t 'there is a rest' gives 'A Moving 2025-02-02T21:00:00Z 2025-02-02T21:30:00Z 2
A Working 2025-02-02T21:30:00Z 2025-02-02T22:30:00Z 2
A Idle 2025-02-02T22:30:00Z 2025-02-02T23:30:00Z 2
A Idle 2025-02-02T09:00:00Z 2025-02-02T10:00:00Z 3
A Moving 2025-02-02T10:00:00Z 2025-02-02T11:00:00Z 4\n'
t 'and no more than there is' tells 5 beyond-span
t 'nothing is no row' tallies 5 3 1 1

cat >"$tmp/p.json" <<'EOF'
{ "format": "xml", "record": "/d/r", "rows": "total",
  "time": { "formats": ["%Y-%m-%d"], "zone": "UTC" },
  "fields": { "machineId": { "path": "@m" }, "date": { "path": "day" }, "dayStart": "07:00",
    "totals": { "Working": { "path": "work", "unit": "h" }, "Idle": { "path": "wait", "unit": "h" } } } }
EOF
echo '<d><r m="A"><day>2025-02-03</day><work>3</work><wiat>1</wiat></r></d>' >"$tmp/in.xml"
t 'totals of a document' status 0 p "$tmp/in.xml"
t 'come of their paths' gives 'A Working 2025-02-03T07:00:00Z 2025-02-03T10:00:00Z 1\n'
t 'a path that is nowhere is told' grep -q "no-path.*no path 'wait'" "$tmp/rejects"
totals
refused() { totals "$1"; status 2 p "$tmp/in.csv" && says "$2"; }
t 'totals need a place' refused 's/, "dayStart": "07:00"//' 'begin at a "startTime", or at the "dayStart"'
t 'and one alone' refused 's/"dayStart"/"startTime": { "column": 1 }, &/' 'say one of them'
t 'or a date' refused 's/"date": { "column": "Dato" }, //' 'need a "date"'
t 'an end needs a start' refused 's/"dayStart"/"endTime": { "column": 1 }, &/' 'an "endTime" needs'
t 'a rest needs an end' refused 's/"dayStart"/"rest": "Idle", &/' 'where there is an "endTime"'
t 'a dayStart is a clock time' refused 's/07:00/24:00/' '"dayStart" is a clock time'
t 'a total has a unit' refused 's/, "unit": "h"//' '"Working" is a length of time: say its "unit"'
t 'and no zone' refused 's/"unit": "h"/&, "zone": "UTC"/' '"Working" is no time'
t 'there are totals' refused 's/"totals":.*/"totals": {} } }/' 'a state to a field'
t 'of columns that are there' refused 's/Transport/Kjøring/' "no column 'Kjøring'"
profile 's/"state"/"rest": "Idle", &/'
t 'rows of periods have none' status 2 p "$tmp/in.csv"
t 'which is said' says 'are of rows of totals alone'

# Numbers that a spreadsheet rounded.
profile
head='Id;Status;Fra;Til'
file "$head" "3.5E+14;Arbeid;$times" "1,234567E+101;Arbeid;$times" "4e+15;Arbeid;$times" \
    "EX+14;Arbeid;$times" "3.E+x4;Arbeid;$times" "12E+14;Arbeid;$times" "E+14;Arbeid;$times"
t 'serial numbers' status 1 p "$tmp/in.csv"
t 'of which digits are lost' tells 2 spreadsheet-number
t 'in any style' tells 3 spreadsheet-number
t 'or case' tells 4 spreadsheet-number
t 'are not used, others are' tallies 7 4 3 0
t 'nor are they in tables' status 1 p --draft-machines "$tmp/in.csv"
t 'to be filled in' sh -c "! grep -q '3.5E' '$tmp/out'"
t '--machine' status 0 p --machine M "$tmp/in.csv"
t 'names all the same' tallies 7 7 0 0

done_testing
