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

done_testing
