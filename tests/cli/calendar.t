#!/bin/sh
# calendar.t - working time: gaps outside of it do not count.
. "$SRCDIR/tests/lib.sh"
cd "$SRCDIR" || exit 1

v='ditio-validate --now 2026-06-01T00:00:00Z'
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }

# rec START END: times of 2025, "05-07T08:00".
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"m","startTime":"2025-%s:00Z","endTime":"2025-%s:00Z","state":"Idle"}\n' "$1" "$2"
}
# gap FROM TO OPTION...: what is found between, in hours, with the sample.
gap() {
	from=$1 to=$2; shift 2
	{ rec "${from%T*}T00:00" "$from"; rec "$to" "${to%T*}T22:00"; } >"$tmp/in"
	status 0 $v --calendar samples/calendar.json "$@" "$tmp/in"
	sed -n 's/.* (\([0-9.]* h\)) \[gap\]$/\1/p' "$tmp/err"
}
# finds HOURS FROM TO OPTION...
finds() {
	hours=$1; shift
	got=$(gap "$@"); test "$got" = "$hours" || { echo "got '$got'"; cat "$tmp/err"; return 1; }
}
# Oslo is two hours ahead in May; 2025-05-07 is a Wednesday.
t 'a night counts not' finds '' 05-07T13:30 05-08T05:00 --max-gap 0s
t 'working time does' finds '0.50 h' 05-07T13:00 05-08T05:00 --max-gap 0s
t '... and is said to be it' has 'has no period for 30 min of working time, from' "$tmp/err"
t 'the tolerance is of it' finds '' 05-07T13:00 05-08T05:00 --max-gap 30m
t '... and no second more' finds '0.50 h' 05-07T13:00 05-08T05:00 --max-gap 1799s
t 'breaks count not' finds '' 05-07T09:00 05-07T09:30 --max-gap 0s
t 'nor weekends, after a short Friday' finds '' 05-09T12:00 05-12T05:00 --max-gap 0s
t 'nor holidays' finds '0.50 h' 04-30T13:00 05-02T05:00 --max-gap 0s
t 'a day between does' finds '8.50 h' 05-06T13:00 05-08T05:00 --max-gap 0s
t 'the clock may have changed between' finds '2.00 h' 03-28T12:00 03-31T06:00 --max-gap 0s
t 'and without --max-gap nothing is asked' finds '' 05-06T13:00 05-08T05:00
t 'all of a gap at work is said as it is' finds '1.00 h' 05-07T06:00 05-07T07:00 --max-gap 0s
t '...' has 'has no period for 1.00 h, from' "$tmp/err"
sorted() {
	gap 05-06T13:00 05-08T05:00 --max-gap 0s >/dev/null
	status 0 $v --sorted --calendar samples/calendar.json --max-gap 0s "$tmp/in" &&
		has '(8.50 h) [gap]' "$tmp/err"
}
t 'the same as it comes' sorted

# refused TEXT PLACE MESSAGE
refused() {
	echo "$1" >"$tmp/wrong"
	status 2 $v --calendar "$tmp/wrong" "$tmp/in" &&
		has "$tmp/wrong:$2: " "$tmp/err" && has "$3" "$tmp/err" && test ! -s "$tmp/out"
}
t 'no zone' refused '{}' 1:1 'a zone is needed'
t 'a zone that is none' refused '{"zone": "Europe/Bergen"}' 1:2 '"Europe/Oslo"'
t 'an unknown key' refused '{"zone": "UTC", "hour": []}' 1:17 'no such key: "hour"'
t 'a weekday that is none' refused '{"zone": "UTC", "weekdays": ["mon", "Tue"]}' 1:37 'one of mon'
t 'no weekdays' refused '{"zone": "UTC", "weekdays": "mon"}' 1:17 'list of days'
t 'hours that are none' refused '{"zone": "UTC", "hours": ["7-15"]}' 1:27 '"07:00-15:30"'
t 'hours beyond a day' refused '{"zone": "UTC", "hours": ["07:00-24:30"]}' 1:27 '"07:00-15:30"'
t 'hours over midnight' refused '{"zone": "UTC", "hours": ["22:00-06:00"]}' 1:27 'two, to 24:00 and from 00:00'
t 'hours over hours' refused '{"zone": "UTC", "hours": ["07:00-11:00", "10:00-12:00"]}' 1:42 'each after the one before'
t 'hours that are no list' refused '{"zone": "UTC", "hours": "07:00-11:00"}' 1:17 'list of hours'
t 'a day that is none' refused '{"zone": "UTC", "days": {"fre": []}}' 1:26 'one of mon'
t 'days in a list' refused '{"zone": "UTC", "days": ["fri"]}' 1:17 'an object'
t 'a date that is none' refused '{"zone": "UTC", "holidays": ["2025-02-29"]}' 1:30 'a date'
t 'a date too far' refused '{"zone": "UTC", "holidays": ["2100-01-01"]}' 1:30 'from 1970 to 2099'
t 'a holiday that is none' refused '{"zone": "UTC", "holidays": [20250101]}' 1:30 'a date'
t 'no object' refused '[]' 1:1 'must be an object'
t 'every fault is told' refused '{"zone": "X", "hour": []}' 1:15 'no such key'
t 'a missing file' status 2 $v --calendar "$tmp/none" "$tmp/in"
t 'two files' status 2 $v --calendar samples/calendar.json --calendar samples/calendar.json "$tmp/in"
echo '{"zone": "UTC", "hours": ["00:00-06:00", "22:00-24:00"], "weekdays": ["wed", "thu"], "$schema": "x"}' >"$tmp/night"
t 'a night shift' status 0 $v --calendar "$tmp/night" --max-gap 0s "$tmp/in"
t '... is what it is' has '(13.00 h) [gap]' "$tmp/err"
done_testing
