#!/bin/sh
# causes.t - faults planted in fleets are named once, with what they cost; no
# clean fleet raises one.
. "$SRCDIR/tests/lib.sh"

fleet=$BUILDDIR/tests/fleet
v='ditio-validate --now 2026-06-01T00:00:00Z'
zone='--zone Europe/Oslo'
seed=${SEED:-1}
causes='provider-outage|midnight-cut|dst-shift|zone-shift|frozen-clock|export-cut|off-hours'
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }

# named KIND SEED [PLANT ...]: the causes found in such a fleet, a line each.
named() {
	"$fleet" "$@" >"$tmp/in" &&
	    $v $zone --limit 1000 "$tmp/in" 2>&1 >/dev/null |
		grep -oE "\[($causes)\]\$" | tr -d '[]'
}

# Clean fleets: nothing, whatever the seed; the clock may be changed meanwhile.
silent() {
	i=$seed
	while [ $i -lt $((seed + ${FLEETS:-6})) ]; do
		# shellcheck disable=SC2046 # nothing, or a change
		found=$(named "$1" $i $([ $((i % 3)) -ne 0 ] || echo change))
		[ -z "$found" ] || { echo "seed $i: $found"; return 1; }
		i=$((i + 1))
	done
}
for kind in days shifts nights sparse one sheets always rain slots owls; do
	t "a clean fleet: $kind" silent $kind
done

# Planted ones: each once, and nothing else.  A fault may hide in what a fleet
# does by itself, so these have seeds where it does not.
once() {
	found=$(named "$@")
	[ "$found" = "$want" ] || { echo "$*: '$found'"; return 1; }
}
want=provider-outage
for case in 'days 2' 'days 5' 'shifts 5' 'nights 1' 'sheets 1' 'sheets 9' \
	'always 1' 'always 4' 'slots 3' 'slots 8'; do
	# shellcheck disable=SC2086 # kind and seed
	t "an outage: $case" once $case outage
done
want=
t 'an outage of one machine is none' once one 1 outage
t 'nor one among few' once sparse 1 outage
want=midnight-cut
for case in 'nights 1' 'nights 2' 'always 1' 'always 2' 'shifts 1'; do
	# shellcheck disable=SC2086 # kind and seed
	t "cut at midnight: $case" once $case midnight
	# shellcheck disable=SC2086 # kind and seed
	t "cut a second before: $case" once $case second
done
want=
t 'cut at every hour is not at midnight' once always 1 hourly
t 'a cut where nothing crosses midnight is none' once days 1 midnight
want=dst-shift
for plant in spring autumn summer; do
	for seed in 1 2 3 4; do
		t "a change of the clock: $plant $seed" once always $seed $plant
	done
done
want=
t 'nobody sees a change on a weekend' once days 1 spring
want=zone-shift
for case in 'days 2' 'days 3' 'nights 1' 'sheets 1' 'sheets 2' 'sheets 4' 'owls 1'; do
	# shellcheck disable=SC2086 # kind and seed
	t "a machine of another zone: $case" once $case beside
	# shellcheck disable=SC2086 # kind and seed
	t "a file of another zone: $case" once $case file
done
want=frozen-clock
for case in 'days 1' 'days 2' 'shifts 1' 'always 1' 'always 2'; do
	# shellcheck disable=SC2086 # kind and seed
	t "a frozen clock: $case" once $case frozen
done
want=export-cut
for case in 'days 1' 'days 2' 'shifts 1' 'sheets 1' 'always 1' 'slots 1'; do
	# shellcheck disable=SC2086 # kind and seed
	t "an export at work: $case" once $case export
done
want=
t 'an export at night cuts nothing' once nights 1 export
# A calendar of the site, and what is late or early by it.
echo '{ "zone": "Europe/Oslo", "hours": ["07:00-11:00", "11:30-15:30"] }' \
	>"$tmp/calendar"
zone="--zone Europe/Oslo --calendar $tmp/calendar"
want=
for case in 'days 1' 'days 2' 'days 3' 'rain 1' 'sheets 2' 'slots 1' 'sparse 1' \
	'one 1' 'shifts 1' 'nights 1' 'always 1' 'owls 1'; do
	# shellcheck disable=SC2086 # kind and seed
	t "as the calendar has it, or nothing like it: $case" once $case
done
want=off-hours
for case in 'days 1 late' 'days 2 early' 'days 3 late' 'rain 1 late' \
	'sheets 2 early' 'sheets 3 late' 'slots 1 late'; do
	# shellcheck disable=SC2086 # kind and seed
	t "beside the calendar: $case" once $case
done
zone='--zone Europe/Oslo'
want='provider-outage
midnight-cut
dst-shift
frozen-clock'
t 'all at once' once always 1 autumn outage midnight frozen

# What is said, and what it cost: the gaps of more than 45 minutes that begin
# and end with the outage.
"$fleet" always 1 outage >"$tmp/in"
status 0 $v $zone --max-gap 45m --report "ndjson:$tmp/report" "$tmp/in"
cp "$tmp/out" "$tmp/alone"
grep '\[provider-outage\]$' "$tmp/err" >"$tmp/line"
t 'the line says how many, and when' grep -qE 'fleet.csv:[0-9]+: warning: [0-9]+ of [0-9]+ machines at work have no period from 20[0-9T:-]*Z to 20[0-9T:-]*Z or so; was the provider down\?; it explains [0-9]+ findings of [0-9.]+ h \([0-9.]+ h\)' "$tmp/line"
jq 'select(.cause and .symptoms)' "$tmp/report" >"$tmp/cause"
jq 'select(.cause and (.symptoms | not))' "$tmp/report" >"$tmp/symptoms"
adds_up() {
	jq -es --slurpfile all "$tmp/symptoms" 'length == 1 and (.[0] |
	    .cause == "provider-outage-1" and .machines > 4 and
	    .machines <= .outOf and .symptoms == .machines and
	    .symptoms == ($all | length) and
	    (.symptomHours - .hours | fabs) < 0.001 and
	    (.hours - ($all | map(.hours) | add) | fabs) < 0.01 and
	    .endTime >= ($all | map(.startTime) | max))' "$tmp/cause" &&
	    jq -es 'all(.code == "gap" and .cause == "provider-outage-1")' \
		"$tmp/symptoms"
}
t 'symptoms name it, and it has their hours' adds_up
under() {
	LC_ALL=C awk '/\[provider-outage\]$/ { n = NR }
		n && NR > n && NR < n + 4 && /\[gap\]$/ { under++ }
		END { exit under != 3 }' "$tmp/err"
}
t 'the first of them stand under it' under
status 0 $v $zone --max-gap 45m --samples 2 --report "text:$tmp/text" \
    --write-baseline "$tmp/known" "$tmp/in"
stand() {
	LC_ALL=C awk '/^provider-outage: 1 / { on = 1 } /^gap: / { on = 0 }
		on && /^    fleet.csv:.*\[gap\]$/ { under++ }
		on && /^    and [0-9]+ more of it$/ { more++ }
		END { exit under != 2 || more != 1 }' "$tmp/text" &&
	    grep -qE '^gap: [0-9]+ .*, [0-9]+ of them explained by causes' "$tmp/text" ||
	    { cat "$tmp/text"; return 1; }
}
t '... and in the report for people' stand
grep -v '"gap"' "$tmp/known" >"$tmp/cause.known"
known() {
	status 0 $v $zone --max-gap 45m --samples 2 --report "text:$tmp/text" \
	    --baseline "$tmp/cause.known" "$tmp/in" &&
	    grep -q ': provider-outage-1, known$' "$tmp/text" && stand &&
	    status 0 $v $zone --max-gap 45m --samples 2 --report "text:$tmp/text" \
		--baseline "$tmp/known" "$tmp/in" && ! grep 'fleet.csv' "$tmp/text"
}
t '... where it is known, too, and they are not' known
total() {
	jq -es 'map(select(.ditioSummary)) | .[0].ditioSummary.codes |
	    map({ (.code): .count }) | add |
	    .["provider-outage"] == 1 and .gap > 100' "$tmp/report"
}
t 'totals have all' total

# From a temporary file, as an error, and off: the same records go on.
same() { grep -v ditio "$tmp/out" | cmp - "$tmp/passed"; }
grep -v ditio "$tmp/out" >"$tmp/passed"
t 'spilled' status 0 $v $zone --memory 1K --max-gap 45m "$tmp/in"
t 'it is the same' grep -qFf "$tmp/line" "$tmp/err"
t 'and so is the stream' same
t 'as an error' status 1 $v --rule provider-outage=error "$tmp/in"
t 'it withholds nothing' same
t 'off' status 0 $v --rule provider-outage=off --max-gap 45m "$tmp/in"
t 'it is not there, nor explains' sh -c "! grep -q outage '$tmp/err'"
t 'and nothing else changes' same
t 'without --max-gap it is found as well' sh -c "$v '$tmp/in' 2>&1 >/dev/null |
	grep -q 'provider down? (.*) \[provider-outage\]'"

# What is not selected is no evidence; what was wrong is none either.
t 'one machine is no fleet' sh -c "! $v --machine M-001 '$tmp/in' 2>&1 >/dev/null |
	grep '\[provider-outage\]'"
day=$(jq -r '.startTime | .[:10]' "$tmp/cause")
cover() {
	sed "s/\"startTime\":\"[^\"]*\",\"endTime\":\"[^\"]*\"/\"startTime\":\"${day}T00:00:00Z\",\"endTime\":\"${day}T23:00:00Z\"/" \
		"$tmp/in" | sort -u -t : -k 4,4
	cat "$tmp/in"
}
cover >"$tmp/long"
t 'periods that are too long hide nothing' sh -c "
	$v --max-length 12h '$tmp/long' 2>&1 >/dev/null | grep -q '\[provider-outage\]'"
t 'those that are right do' sh -c "
	! $v --max-length 24h '$tmp/long' 2>&1 >/dev/null | grep '\[provider-outage\]'"

# What is not looked for is said.
t 'without --zone' status 0 $v "$tmp/in"
t 'that is said' has 'not looked for without --zone: midnight-cut, dst-shift; without --calendar: off-hours' "$tmp/err"
t 'with it' status 0 $v $zone "$tmp/in"
t 'a calendar that is not there' has 'not looked for without --calendar: off-hours' "$tmp/err"
t 'with both' status 0 $v $zone --calendar "$tmp/calendar" "$tmp/in"
t 'nothing is' sh -c "! grep 'not looked for' '$tmp/err'"
t 'a rule that needs one' status 2 $v --only off-hours "$tmp/in"
t 'says so' has 'the rule off-hours needs --calendar' "$tmp/err"
t 'a rule that needs it' status 2 $v --only midnight-cut "$tmp/in"
t 'says so' has 'the rule midnight-cut needs --zone' "$tmp/err"
t 'no zone' status 2 $v --zone Europe/Nowhere "$tmp/in"
LC_ALL=C sort "$tmp/in" >"$tmp/sorted"
t '--sorted' status 0 $v $zone --sorted "$tmp/sorted"
t 'looks for none' has \
	'causes are not looked for with --sorted: they need the whole input' "$tmp/err"
t 'and finds none' sh -c "! grep '\[' '$tmp/err'"
done_testing
