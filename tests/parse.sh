# shellcheck shell=sh
# parse.sh - what ditio-parse makes of small files.  Source it after lib.sh.

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
