#!/bin/sh
# parse.t - ditio-parse as the shell sees it: options, profiles, odd CSV files.
. "$SRCDIR/tests/lib.sh"

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
# p OPTION... FILE: parses by it; rejects go to $tmp/rejects.
p() {
	: >"$tmp/rejects"
	ditio-parse --profile "$tmp/p.json" --company c --project p \
	    --rejects "$tmp/rejects" "$@"
}
# file LINE...: $tmp/in.csv; a line may have escapes of printf.
file() { printf '%b\n' "$@" >"$tmp/in.csv"; }
# gives TEXT: the records are these, "MACHINE STATE START END LINE" each.
gives() {
	jq -r 'select(.machineId) | [.machineId, .state, .startTime, .endTime,
	    (.source | sub(".*:"; ""))] | join(" ")' "$tmp/out" >"$tmp/got"
	printf '%b' "$1" | diff - "$tmp/got"
}
# tells LINE CODE: it was rejected or found so.
tells() {
	grep -q "\"line\":$1,.*\"code\":\"$2\"" "$tmp/rejects" || { cat "$tmp/rejects" "$tmp/err"; return 1; }
}
# tallies READ USED REJECTED SKIPPED.
tallies() {
	grep -q "read $1 rows = $2 used + $3 rejected + $4 skipped;" "$tmp/err" ||
	    { cat "$tmp/err"; return 1; }
}
says() { grep -qF -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
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

done_testing
