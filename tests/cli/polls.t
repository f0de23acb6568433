#!/bin/sh
# polls.t - one snapshot says of every machine why it gives nothing; a second,
# an hour later, gives exactly the hours that the counters grew.
. "$SRCDIR/tests/lib.sh"

# poll HOUR: 27 machines.  Some are a header alone, some have no hours, some an
# engine status, unchanged since; the others' counters grow by a share of 0.04 h
# each hour; that of M26 is a little ahead of the clock, that of M27 too far.
poll() {
	LC_ALL=C awk -v hour="$1" 'BEGIN {
		print "<Fleet version=\"20190501\">"
		for (m = 1; m <= 27; m++) {
			print "<Equipment><EquipmentHeader><EquipmentID>M" m "</EquipmentID>"
			print "<SerialNumber>missing</SerialNumber><PIN>missing</PIN></EquipmentHeader>"
			h = m == 4 ? "N/A" : sprintf("%.2f", 100 * m + (hour - 8) * .04 * m)
			if (m > 3)
				printf "<CumulativeOperatingHours><Hour>%s</Hour>\n<datetime>2025-05-06T%02d:08:34Z</datetime></CumulativeOperatingHours>\n", h, hour
			if (m % 5 == 0)
				print "<EngineStatus datetime=\"2025-05-06T07:3" m % 10 ":57Z\"><EngineNumber />\n<Running>" (m % 2 ? "true" : "false") "</Running></EngineStatus>"
			print "</Equipment>"
		}
		print "</Fleet>"
	}'
}
parse() {
	ditio-parse --format aemp --company c --project p --running Working \
	    --rejects "$tmp/rejects" "$@"
}
# machines CODE: how many machines have that finding.
machines() {
	jq -r "select(.code == \"$1\") | .message | capture(\"'(?<m>[^']*)\").m" \
	    "$tmp/rejects" | sort -u | wc -l | tr -d ' '
}

poll 8 >"$tmp/8.xml"
poll 9 >"$tmp/9.xml"
t 'one poll is no error' status 0 parse "$tmp/8.xml"
t 'and gives no record' sh -c "! grep -q machineId '$tmp/out'"
t 'it says of all 27 machines why' test "$(machines no-period)" = 27
t 'two polls' status 0 parse "$tmp/9.xml" "$tmp/8.xml"
t 'say why of the four without hours and the one that outran the clock' \
    test "$(machines no-period)" = 5

# Seconds per machine, of the growth and of what came.
awk 'BEGIN { for (m = 5; m <= 27; m++) print "M" m, 144 * m }' | sort \
    >"$tmp/want"
{
	jq -r 'select(.machineId) | "\(.machineId) \((.endTime | fromdate) -
	    (.startTime | fromdate))"' "$tmp/out"
	jq -r 'select(.code | IN("carried-over", "beyond-clock")) | "\(.message |
	    capture("\u0027(?<m>[^\u0027]*)").m) \(.hours * 3600 | round)"' \
	    "$tmp/rejects"
} | awk '{ s[$1] += $2 } END { for (m in s) print m, s[m] }' | sort >"$tmp/got"
t 'give or name hours that equal the growth, to the second' diff "$tmp/want" "$tmp/got"
t 'never more than there are in an hour' test \
    "$(jq -s 'map(select(.machineId) | (.endTime | fromdate) -
	(.startTime | fromdate)) | max' "$tmp/out")" = 3600
done_testing
