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
file 'Unit:  7-B "x \0303\0205 \r' '\0377 Unit: 8' 'site P, site Q' "$head" \
    "A;Arbeid;$times;"
preamble '"skipLines": 3'
t 'lines that are skipped' status 0 p --plain "$tmp/in.csv"
t 'say whose the rows are' gives "7-B \"x Å Working $hour 5\n"
t 'the first of them' sites P
preamble '"header": ["Fra", "Til"]'
t 'rows above the header' status 0 p --plain "$tmp/in.csv"
t 'say it as well' gives "7-B \"x Å Working $hour 5\n"
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

# A header that comes again.
profile
head='Id;Status;Fra;Til'
file "$head" "A;Arbeid;$times" "$head" "B;Arbeid;$times" 'Id;Status;Fra;til'
t 'a header again' status 1 p "$tmp/in.csv"
t 'is no row' tallies 4 2 1 1
t 'but what is not the same is one' tells 5 unmapped-state

done_testing
