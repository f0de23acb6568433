#!/bin/sh
# movement.t - positions of a feed say when a machine moved, if the profile asks.
. "$SRCDIR/tests/lib.sh"

says() { grep -q -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
# feed: "O hh:mm hours" operating, "R hh:mm true|false" status, "P hh:mm metres
# north of somewhere" position.
feed() {
	LC_ALL=C awk 'BEGIN {
		print "<Fleet><Equipment><EquipmentHeader><EquipmentID>D1</EquipmentID></EquipmentHeader>"
	} {
		at = "datetime=\"2025-05-06T" $2 ":00Z\""
		if ($1 == "O")
			print "<CumulativeOperatingHours " at "><Hour>" $3 "</Hour></CumulativeOperatingHours>"
		if ($1 == "R")
			print "<EngineStatus " at "><Running>" $3 "</Running></EngineStatus>"
		if ($1 == "P")
			printf "<Location %s><Latitude>%.7f</Latitude><Longitude>10.5</Longitude></Location>\n", at, 60 + $3 / 111195.08
	} END { print "</Equipment></Fleet>" }' >"$tmp/in.xml"
}
profile() { echo "{ \"format\": \"aemp\", \"running\": \"Working\" $1 }" >"$tmp/p.json"; }
parse() {
	ditio-parse --profile "$tmp/p.json" --company c --project p \
	    --rejects "$tmp/rejects" "$@" "$tmp/in.xml"
}
# gives STATE-FROM-TO...
gives() {
	test "$(jq -r 'select(.machineId) | "\(.state)-\(.startTime[11:16])-\(.endTime[11:16])"' \
	    "$tmp/out" | xargs)" = "$*"
}
finds() { test "$(jq -r 'select(.code) | "\(.code) \(.hours // "")"' "$tmp/rejects" | xargs)" = "$*"; }

profile ', "movement": { "speed": 3, "distance": 100 }'
printf '%s\n' 'O 08:00 100' 'O 09:00 101' 'P 08:00 0' 'P 08:20 2000' 'P 08:40 2000' \
    'P 08:50 2090' 'P 09:00 2600' | feed
t 'a machine that drove, stood, and drove' status 0 parse
t 'moved where it was fast and far enough' gives Moving-08:00-08:20 \
    Working-08:20-08:50 Moving-08:50-09:00
t 'and of that nothing is left' finds ''
profile ', "movement": { "distance": 80 }'
t 'a distance alone' status 0 parse
t 'takes the slow one' gives Moving-08:00-08:20 Working-08:20-08:40 Moving-08:40-09:00
profile ', "movement": { "speed": 5.9 }'
t 'a speed alone' status 0 parse
t 'takes the fast one' gives Moving-08:00-08:20 Working-08:20-09:00
profile ', "movement": { "speed": 3 }, "maxPiece": "15m"'
t 'positions far apart in time' status 0 parse
t 'say nothing' gives Working-08:00-08:50 Moving-08:50-09:00
profile ''
t 'who does not ask' status 0 parse
t 'hears nothing of it' gives Working-08:00-09:00

# On a lorry.
profile ', "movement": { "speed": 3 }'
printf '%s\n' 'R 08:00 true' 'R 08:30 false' 'R 09:00 true' 'P 08:00 0' \
    'P 08:15 900' 'P 08:30 900' 'P 08:45 9000' 'P 09:00 17000' | feed
t 'a machine on a lorry' status 0 parse
t 'moves while its engine is on' gives Moving-08:00-08:15 Working-08:15-08:30
t 'and not while it is off, which is told' says '2 x .*moving-left-over\|1 x .*moving-left-over'

# Positions alone.
printf '%s\n' 'P 08:00 0' 'P 08:15 900' 'P 08:30 900' | feed
t 'positions alone' status 0 parse
t 'are evidence as well' gives Moving-08:00-08:15
printf '%s\n' 'P 08:00 0' 'P 08:15 100' 'P 08:30 900000' | feed
sed -i '2s/60[.]0000000/95/; 4s,>10.5<,>N/A<,' "$tmp/in.xml"
t 'a latitude of 95 is rejected' status 1 parse
t 'and named' test "$(jq -r 'select(.code == "bad-number") | "\(.line) \(.message)"' "$tmp/rejects")" = "2 no latitude: '95'"
t 'one without a longitude is none' says '1 rejected + 1 skipped'

for bad in '{}' 3 '{ "speed": "3" }' '{ "speed": 0 }' '{ "distance": -1 }' '{ "way": 3 }'; do
	profile ", \"movement\": $bad"
	t "movement $bad" status 2 parse
	t 'is none' says 'p.json:1:.*bad-profile'
done
done_testing
