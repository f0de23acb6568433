#!/bin/sh
# evidence.t - counters become periods, and no second of their growth is lost.
. "$SRCDIR/tests/lib.sh"

seed=${SEED:-$$}
echo "# seed $seed"

# feed SEED: a random feed of one document: machines polled at odd times, whose
# meters move in steps, run ahead of the clock by some jitter, fall at times,
# and whose readings come in any order and twice.  Growth goes to $tmp/growth.
feed() {
	LC_ALL=C awk -v seed="$1" -v growth="$tmp/growth" '
	function stamp(t) { return strftime("%Y-%m-%dT%H:%M:%SZ", t, 1) }
	BEGIN {
		srand(seed)
		split("3600 360 36", steps, " ")
		n = 0
		for (m = 1; m <= 12; m++) {
			step = steps[int(rand() * 3) + 1]
			poll = int(300 + rand() * 7000)
			t = 1746511200 + int(rand() * 900)
			real = int(rand() * 4000) * 3600; idle = int(real / 3)
			first = ""; hasidle = rand() < .6; status = rand() < .5
			for (k = 0; k < 40; k++) {
				shown = int(real / step) * step
				if (first == "") first = shown
				last = shown
				jitter = int(rand() * 120) - 60
				body = sprintf("<CumulativeOperatingHours datetime=\"%s\"><Hour>%.2f</Hour></CumulativeOperatingHours>", stamp(t + jitter), shown / 3600)
				if (hasidle)
					body = body sprintf("<CumulativeIdleHours datetime=\"%s\"><Hour>%.2f</Hour></CumulativeIdleHours>", stamp(t + int(rand() * 200)), int(idle / step) * step / 3600)
				# Within the range of the counter: beyond it status
				# alone makes periods.
				if (status && k > 0 && rand() < .7)
					body = body sprintf("<EngineStatus datetime=\"%s\"><Running>%s</Running></EngineStatus>", stamp(t - 100 - int(rand() * 200)), rand() < .5 ? "true" : "false")
				line[n++] = sprintf("<Equipment><EquipmentHeader><EquipmentID>M%d</EquipmentID></EquipmentHeader>%s</Equipment>", m, body)
				if (rand() < .1) { line[n] = line[n - 1]; n++ }
				d = int(rand() * 1.02 * poll); if (rand() < .3) d = 0
				real += d; idle += int(d * rand())
				if (rand() < .02) { real = int(real / 2 / 3600) * 3600 }
				if (rand() < .02) real += 40 * 3600
				t += poll + 150
			}
			print "M" m, last - first >growth
		}
		print "<Fleet>"
		for (i = n - 1; i > 0; i--) {
			j = int(rand() * (i + 1)); x = line[i]; line[i] = line[j]; line[j] = x
		}
		for (i = 0; i < n; i++) print line[i]
		print "</Fleet>"
	}'
}

# balance ARGS...: emitted seconds and those named in findings, per machine.
balance() {
	ditio-parse --format aemp --running Working --company c --project p -q \
	    --rejects "$tmp/rejects" "$@" "$tmp/feed.xml" >"$tmp/out" || return 1
	{
		jq -r 'select(.machineId) | [.machineId, ((.endTime | fromdate) -
		    (.startTime | fromdate))] | @tsv' "$tmp/out"
		jq -r 'select(.hours and (.code | IN("counter-reset", "beyond-clock",
		    "status-disagrees", "idle-unknown", "carried-over")) and
		    (.message | test("idle hours|moving hours") | not)) |
		    [(.message | capture("machine .(?<m>[^\u0027]*)").m),
		    (.hours * 3600 | round)] | @tsv' "$tmp/rejects"
	} | awk -F'\t' '{ s[$1] += $2 } END { for (m in s) print m, s[m] }' |
	    LC_ALL=C sort >"$tmp/got"
	awk '$2 != 0' "$tmp/growth" | LC_ALL=C sort >"$tmp/want"
	awk '$2 != 0' "$tmp/got" | diff "$tmp/want" -
}

if awk 'BEGIN { exit strftime("%Y", 0, 1) != "1970" }' 2>/dev/null; then
	i=0
	while [ $i -lt 15 ]; do
		feed $((seed + i)) >"$tmp/feed.xml"
		t "feed $((seed + i)): emitted and named hours equal the growth" balance
		i=$((i + 1))
	done
fi
done_testing
