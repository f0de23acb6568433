#!/bin/sh
# oracle.t - random feeds and rows become what the manual says, in Python.
#
# tests/oracle/py is a second oracle beside that of evidence.t: it shares no
# code with it, reckons with fractions, reads zones by zoneinfo, and knows
# resolution, dayStart, switches, movement, rows of readings, totals and
# periods, too, these in CSV of all dialects, XML and JSON.  SEED is the first
# feed, FEEDS their number.
. "$SRCDIR/tests/lib.sh"

python='python3 -B -E -s'
# shellcheck disable=SC2086 # a list of options
$python -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Oslo")' \
    2>/dev/null || {
	echo "1..0 # SKIP needs python3 of 3.9 or later, and its zones"
	exit 0
}
seed=${SEED:-$$}
feeds=${FEEDS:-300}
step=100
echo "# seed $seed, feeds $feeds"

# agree FIRST COUNT
agree() {
	# shellcheck disable=SC2086 # a list of options
	$python "$SRCDIR/tests/oracle/py/oracle.py" "$1" "$2" "$tmp"
}

first=$seed
while [ "$first" -lt $((seed + feeds)) ]; do
	t "feeds $first to $((first + step - 1))" agree "$first" "$step"
	first=$((first + step))
done
done_testing
