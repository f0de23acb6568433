# shellcheck shell=sh
# data.sh - vendor data for tests, made on the spot.  Source it after lib.sh.

# vendor_profile FILE: the profile of what vendor_rows writes.
vendor_profile() {
	cat >"$1" <<'EOF'
{
  "name": "long-trial",
  "title": "What tests/data.sh writes",
  "format": "csv",
  "rows": "period",
  "time": { "formats": ["%Y-%m-%d %H:%M:%S"], "zone": "UTC" },
  "fields": {
    "machineId": { "column": "machine" },
    "state": { "column": "status" },
    "startTime": { "column": "from" },
    "endTime": { "column": "to" }
  },
  "states": { "Working": ["work"], "Idle": ["idle"], "Moving": ["move"] }
}
EOF
}

# xml_profile FILE: the same for what xml_rows writes.
xml_profile() {
	vendor_profile "$1.csv"
	sed 's/"csv"/"xml"/; s/"rows"/"record": "\/export\/row", "rows"/
	    s/"column": "machine"/"path": "@machine"/
	    s/"column"/"path"/' "$1.csv" >"$1"
}

# xml_rows: the rows of vendor_rows as XML, each on the line it has there.
xml_rows() {
	awk -F, 'NR == 1 { print "<export>"; next } {
		printf "<row machine=\"%s\"><status>%s</status>", $1, $2
		printf "<from>%s</from><to>%s</to>", $3, $4
		printf "<place><site>%s</site><note>%s</note></place></row>\n", $5, $6
	} END { print "</export>" }'
}

# json_profile FILE, json_rows: likewise in JSON.
json_profile() {
	xml_profile "$1.xml"
	sed 's/"xml"/"json"/; s/\/export\/row/\/export/; s/@machine/machine/' \
	    "$1.xml" >"$1"
}
json_rows() {
	awk -F, 'NR == 1 { printf "{\"of\":1,\"export\":["; next } {
		printf "%s\n{\"machine\":\"%s\",\"status\":\"%s\",", comma, $1, $2
		printf "\"from\":\"%s\",\"to\":\"%s\",", $3, $4
		printf "\"place\":{\"site\":\"%s\",\"note\":%s}}", $5, $6
		comma = ","
	} END { print "]}" }'
}

# vendor_rows ROWS MACHINES: a CSV of touching quarters of an hour, machine by
# machine within each quarter, from 2024-01-01; deterministic.
vendor_rows() {
	awk -v rows="$1" -v machines="$2" '
	function two(n) { return n < 10 ? "0" n : n }
	function stamp(t,   d, y, m, len) {
		d = int(t / 86400); t -= d * 86400
		y = 2024; m = 1
		for (;;) {
			len = m == 2 ? (y % 4 == 0 ? 29 : 28) : \
			    (m == 4 || m == 6 || m == 9 || m == 11) ? 30 : 31
			if (d < len) break
			d -= len
			if (++m > 12) { m = 1; y++ }
		}
		return y "-" two(m) "-" two(d + 1) " " two(int(t / 3600)) ":" \
		    two(int(t % 3600 / 60)) ":" two(t % 60)
	}
	BEGIN {
		split("work idle move", word, " ")
		print "machine,status,from,to,site,note"
		for (i = 0; i < rows; i++) {
			q = int(i / machines)
			if (i % machines == 0) {
				from = stamp(q * 900); to = stamp(q * 900 + 900)
			}
			printf "EX-%03d,%s,%s,%s,north,%d\n", i % machines, \
			    word[(q + i) % 3 + 1], from, to, i
		}
	}'
}
