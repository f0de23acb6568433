#!/bin/sh
# projects.t - machines that are in two projects at once.
. "$SRCDIR/tests/lib.sh"

v='ditio-validate --now 2025-06-01T00:00:00Z'
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
hasnt() { ! grep -F -- "$1" "$2"; }

# rec PROJECT MACHINE START END [STATE]: times are of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"%s","machineId":"%s",' "$1" "$2"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$3" "$4"
	printf '"state":"%s","source":"%s.csv:1%s"}\n' "${5-Idle}" "$1" "${3%:*}"
}
# passed N
passed() {
	test "$(grep -c machineId "$tmp/out")" -eq "$1" ||
		{ cat "$tmp/err"; return 1; }
}

{ rec p1 m 08:00 09:00; rec p1 m 09:00 10:00 Working; rec p2 m 08:30 09:30
  rec p2 m 10:00 11:00; rec p3 m 10:30 12:00; rec p3 n 08:00 12:00; } >"$tmp/two"
t 'two projects' status 1 $v "$tmp/two"
t '... are found with the shared time' has 'p2.csv:108: error: m Idle 2025-01-15T08:30:00Z to 2025-01-15T09:30:00Z in project p2 is at the same time in project p1, see p1.csv:108 (1.00 h) [two-projects]' "$tmp/err"
t '... later ones against all before' has 'in project p3 is at the same time in project p2, see p2.csv:110 (0.50 h)' "$tmp/err"
t '... and the later is withheld' passed 4
t 'as a warning' status 0 $v --rule two-projects=warning "$tmp/two"
t '... it is kept' passed 6
t '... and met' has 'two-projects 2 (1.50 h)' "$tmp/err"
t 'off' status 0 $v --rule two-projects=off "$tmp/two"
t '... it passes' passed 6
sed 's/c1\(.*p2\)/c2\1/; s/c1\(.*p3\)/c3\1/' "$tmp/two" >"$tmp/companies"
t 'of other companies' status 0 $v "$tmp/companies"
t '... are other machines' passed 6
t 'of those that are selected' status 0 $v --project p2 --project p3 "$tmp/two" --rule two-projects=warning
t '... only they meet' has 'two-projects 1 (0.50 h)' "$tmp/err"
t 'what is withheld meets nobody' status 1 $v --rule two-projects=warning \
	--earliest 2025-01-15T08:15:00Z "$tmp/two"
t '... so less time is shared' has 'two-projects 2 (1.00 h)' "$tmp/err"

# The finding is of both files.
t 'for the file of the one' status 1 $v --report-only p2.csv "$tmp/two"
t '... both' has 'two-projects 2 (1.50 h)' "$tmp/err"
t 'for that of the other' status 1 $v --report-only p1.csv "$tmp/two"
t '... one' has 'two-projects 1 (1.00 h)' "$tmp/err"
t 'a baseline' status 1 $v --write-baseline "$tmp/known" "$tmp/two"
t '... knows them' status 0 $v --baseline "$tmp/known" "$tmp/two"

# As they come: not looked for, and said.
t 'with --sorted' status 0 $v --sorted "$tmp/two"
t '... it is not looked for' has 'two-projects, copied-machine and causes are not looked for with --sorted' "$tmp/err"
t '... nor may it be asked for' status 2 $v --sorted --rule two-projects=warning "$tmp/two"
t '... which is told' has 'two-projects needs all of the input: leave --sorted out' "$tmp/err"
t '... nor by --only' status 2 $v --sorted --only two-projects "$tmp/two"
t '... but it may be off' status 0 $v --sorted --rule two-projects=off "$tmp/two"

# fleet: twenty machines in three projects, hours that often meet.
fleet() {
	LC_ALL=C awk 'BEGIN {
		srand(5)
		for (i = 1; i <= 6000; i++) {
			at = int(rand() * 40 * 96); long = 1 + int(rand() * 3)
			printf "{\"companyId\":\"c\",\"projectId\":\"p%d\",\"machineId\":\"m%d\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"%s\",\"source\":\"f:%d\"}\n", \
			    rand() * 3, rand() * 20, stamp(at), stamp(at + long), \
			    rand() < .5 ? "Idle" : "Working", i
		}
	}
	function stamp(q,   day) {
		day = int(q / 96); q %= 96
		return sprintf("2025-%02d-%02dT%02d:%02d:00Z", 1 + int(day / 28), \
		    1 + day % 28, int(q / 4), q % 4 * 15)
	}'
}
fleet >"$tmp/fleet"
# same OPTION...: they change nothing.
same() {
	$v --limit 0 --withheld "$tmp/w2" "$tmp/fleet" "$@" >"$tmp/o2" 2>"$tmp/e2"
	cmp "$tmp/o1" "$tmp/o2" && cmp "$tmp/w1" "$tmp/w2" &&
		test "$(grep -o 'two-projects [^,]*' "$tmp/e2")" = "$found"
}
$v --limit 0 --withheld "$tmp/w1" "$tmp/fleet" >"$tmp/o1" 2>"$tmp/e1"
found=$(grep -o 'two-projects [^,]*' "$tmp/e1")
t 'a fleet' test -n "$found"
t 'spilled, the same' same --memory 64K
t 'without causes, the same' same --rule provider-outage=off --rule frozen-clock=off \
	--rule zone-shift=off --rule export-cut=off --rule dst-shift=off
clean() { $v "$tmp/o1" >"$tmp/again" && cmp "$tmp/o1" "$tmp/again"; }
t 'what passed is clean' clean

# repaired POLICY [OPTION]: what is repaired meets others as it is then.
repaired() {
	fix=$1; shift
	$v -q --fix "$fix" --rule two-projects=warning "$@" "$tmp/fleet" >"$tmp/fixed" 2>/dev/null
	$v -q "$@" "$tmp/fixed" >"$tmp/want" 2>"$tmp/w2"
	$v -q --fix "$fix" "$@" "$tmp/fleet" >"$tmp/got" 2>"$tmp/g2"
	grep -q two-projects "$tmp/g2" && cmp "$tmp/want" "$tmp/got"
}
t 'repaired first: trim' repaired safe,overlap=trim,contained=drop,conflict=drop
t 'repaired first: split' repaired safe,overlap=keep-last,contained=split,conflict=drop
t 'repaired first: fill' repaired safe,overlap=trim,contained=drop,conflict=drop,gap=fill:Idle:3h --allow-estimated

# Nothing is filled where the machine was in another project.
{ rec p1 m 08:00 09:00; rec p1 m 11:00 12:00; rec p1 m 12:30 13:00
  rec p2 m 09:30 10:30 Working; rec p2 m 13:10 13:20; rec p2 m 13:30 14:00
} >"$tmp/fro"
fills="--fix gap=fill:Idle:8h --allow-estimated"
# shellcheck disable=SC2086 # options
filled() { test "$(grep -c estimated "$1")" -eq "$2" || { cat "$1"; return 1; }; }
t 'time elsewhere is no gap to fill' status 0 $v $fills "$tmp/fro"
t '... other time is' filled "$tmp/out" 2
t '... in a plan, too' status 0 $v $fills --fix-plan "$tmp/plan" "$tmp/fro"
t '... of so many' has '"edits":2,' "$tmp/plan"
t '... which can be made good' status 0 $v --allow-estimated --apply-plan "$tmp/plan" "$tmp/fro"
t '... likewise' filled "$tmp/out" 2
t 'without the rule all is' status 0 $v $fills --rule two-projects=off "$tmp/fro"
t '... filled' filled "$tmp/out" 4
done_testing
