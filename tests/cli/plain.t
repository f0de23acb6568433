#!/bin/sh
# plain.t - rows of periods as most are, and the same by the road for all others.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/parse.sh"

# A null that never comes up takes every row off the road for plain ones.
zone=
profile() {
	cat >"$tmp/p.json" <<EOF
{ "format": "csv", "rows": "period", $1
  "time": { "formats": ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M"],
	"zone": "Europe/Oslo" },
  "fields": { "machineId": { "column": "machine" },
    "state": { "column": "status" }, "startTime": { "column": "from"$zone },
    "endTime": { "column": "to" } },
  "states": { "Working": ["work", "in full operation since morning"],
    "Idle": ["idle", "I", "state of rest"], "Moving": ["move", "på vei", "state of move"] },
  "off": ["off"] }
EOF
}
# Mostly ordinary rows; the others have something odd in one cell, or two.
LC_ALL=C awk 'BEGIN {
	srand(20250115)
	nm = split("EX-1 EX-2 EX-1234567 Ø7 3.5E+14 M+1 ?", machine, " ")
	ns = split("work|idle|move|WORK|Idle|I|på vei|PÅ VEI|off|huh|" \
	    "in full operation since morning|state of rest|state of move|work ", state, "|")
	nt = split("24:00:00 23:59:60 25:00:00 12:60:00 1:00:00 12:00 x", odd, " ")
	print "machine,status,from,to,note"
	for (i = 0; i < 6000; i++) {
		m = machine[1 + int(rand() * (rand() < 0.05 ? nm : 4))]
		s = state[1 + int(rand() * (rand() < 0.1 ? ns : 6))]
		day = 1 + int(rand() * 28); month = 1 + int(rand() * 12)
		year = rand() < 0.02 ? (rand() < 0.5 ? "0000" : "9999") : 2024
		if (rand() < 0.2) { month = rand() < 0.5 ? 3 : 10; day = 25 + int(rand() * 7) }
		hour = int(rand() * 23); min = int(rand() * 60)
		date = sprintf("%04d-%02d-%02d", year, month, day)
		from = date " " sprintf("%02d:%02d:%02d", hour, min, i % 60)
		to = date " " sprintf("%02d:%02d:%02d", hour + (rand() < 0.98), min, 59)
		if (rand() < 0.1) {
			date = sprintf("%02d.%02d.%04d", day, month, year)
			from = date " " sprintf("%02d:%02d", hour, min)
			to = date " " sprintf("%02d:%02d", hour + 1, min)
		}
		if (rand() < 0.02) { row = from; from = to; to = row }
		if (rand() < 0.04) to = date " " odd[1 + int(rand() * nt)]
		if (rand() < 0.02) from = ""
		if (rand() < 0.02) m = " " m
		if (rand() < 0.02) m = m "\302\240"
		if (rand() < 0.01) m = ""
		if (rand() < 0.02) from = " " from " "
		row = m "," s "," from "," to ",n"
		if (rand() < 0.05) row = "\"" m "\",\"" s "\",\"" from "\"," to ",n"
		if (rand() < 0.01) row = m "," s
		if (rand() < 0.01) row = row ",more"
		if (rand() < 0.005) row = "machine,status,from,to,note"
		print row
	}
}' >"$tmp/in.csv"

# both OPTION...: stream, rejects and summary are the same by either road.
both() {
	for null in '' '"nulls": ["\u0001"],'; do
		profile "$null"
		p -v --max-rejects 100% "$@" "$tmp/in.csv" >"$tmp/stream" \
		    2>"$tmp/said" || test $? -eq 1
		for f in stream rejects said; do
			test -z "$null" || cmp "$tmp/$f" "$tmp/plain.$f" || return 1
			cp "$tmp/$f" "$tmp/plain.$f"
		done
	done
}
t 'both roads say the same' both
t 'of many records' test "$(grep -c machineId "$tmp/stream")" -gt 4000
codes() {
	for c in bad-time no-time end-before-start dst-gap dst-fold no-machine \
	    spreadsheet-number unmapped-state ragged-row; do
		grep -q "\"code\":\"$c\"" "$tmp/rejects" || { echo "no $c"; return 1; }
	done
}
t 'and of all that may be wrong' codes
t 'the same where --dst decides' both --dst later
zone=', "zone": "Europe/Helsinki"'
t 'where start and end are of two zones' both
zone=
t 'where all are of one machine' both --machine EX
t 'where an id is missing' both --project ''
printf 'sourceId,machineId,companyId,projectId,from,to\nEX-1,M1,c,p,,2024-06-01\nEX-1,M1,c,p2,2024-06-01,\nEX-2,-,,,,\n' >"$tmp/m.csv"
t 'where a table says whose they are' both --machines "$tmp/m.csv" --company c
t 'and where it is explained' both --explain EX-1

done_testing
