#!/bin/sh
# fix_plan.t - ditio-validate --fix-plan and --apply-plan as the shell sees them.
. "$SRCDIR/tests/lib.sh"

# Its numbers have a decimal point in any language.
awk() { LC_ALL=C command awk "$@"; }

v='ditio-validate --now 2025-06-01T00:00:00Z --allow-estimated'

# rec START END STATE LINE [MORE]: a line of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"m",'
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$1" "$2"
	printf '"state":"%s","source":"d.csv:%s"%s}\n' "$3" "$4" "${5-}"
}
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
said() { has "$1" "$tmp/err"; }

{ rec 08:00 09:00 Working 2; rec 08:45 09:30 Idle 3; rec 10:00 11:00 Idle 4
  rec 11:00 12:00 Idle 5; rec 11:00 12:00 Idle 6; rec 10:00 10:00 Idle 7; } \
	>"$tmp/in"
fix=safe,overlap=trim,adjacent=merge,gap=fill:Idle:1h
t 'without a plan' status 1 $v "$tmp/in"
cp "$tmp/out" "$tmp/judged"
cp "$tmp/err" "$tmp/said"
t '--fix-plan' status 1 $v --fix $fix --fix-plan "$tmp/plan" "$tmp/in"
t 'changes nothing' cmp "$tmp/judged" "$tmp/out"
t 'says what was said' sh -c "grep -v planned '$tmp/err' | diff '$tmp/said' -"
t 'and what it would come to' said '5 edits planned, none made: 1.25 h less, 0.50 h more'
edit() {
	sed -n 2p "$tmp/plan" | jq -e '.rule == "overlap" and
	    .policy == "trim" and .hours == -0.25 and .source == "d.csv:3" and
	    (.before | length) == 1 and
	    .before[0].startTime == "2025-01-15T08:45:00Z" and
	    .after[0].startTime == "2025-01-15T09:00:00Z" and
	    .after[0].source == "d.csv:3" and .because.source == "d.csv:2"'
}
t 'an edit has before, after, rule, source, hours' edit
t 'the last line has the sum' has '{"ditioPlan":{"tool":"ditio-validate","edits":5,"removedHours":1.25,"addedHours":0.50}}' "$tmp/plan"
t 'what --fix does' status 0 $v --fix $fix --report "ndjson:$tmp/r" "$tmp/in"
cp "$tmp/out" "$tmp/fixed"
cp "$tmp/r" "$tmp/told"
t '--apply-plan' status 0 $v --apply-plan "$tmp/plan" --report "ndjson:$tmp/r" "$tmp/in"
t 'does the same' cmp "$tmp/fixed" "$tmp/out"
# Those of gaps come last.
t 'and tells the same' sh -c "sort '$tmp/told' >'$tmp/a'; sort '$tmp/r' |
	diff '$tmp/a' -"
t 'in memory or not' status 0 $v --apply-plan "$tmp/plan" --memory 1k "$tmp/in"
t 'it is the same' cmp "$tmp/fixed" "$tmp/out"
sorted() {
	status 1 $v --sorted --fix $fix --fix-plan "$tmp/other" \
	    "$tmp/judged" && grep -q ditioPlan "$tmp/other"
	LC_ALL=C sort "$tmp/in" >"$tmp/sorted"
	status 1 $v --sorted --fix $fix --fix-plan "$tmp/other" "$tmp/sorted" &&
	    sort "$tmp/plan" >"$tmp/a" && sort "$tmp/other" | diff "$tmp/a" -
}
t 'a plan of what is sorted' sorted

# What a person took out is not done; the rest is.
part() {
	grep -v '"rule":"overlap"' "$tmp/plan" >"$tmp/part"
	status 1 $v --apply-plan "$tmp/part" "$tmp/in" &&
	    said 'd.csv:3: error: m Idle' && said '1 merged' &&
	    ! grep -q '"d.csv:3"' "$tmp/out"
}
t 'a plan without one of its edits' part
t 'an empty plan' sh -c ": >'$tmp/none'"
t 'does nothing' status 1 $v --apply-plan "$tmp/none" "$tmp/in"
t 'at all' cmp "$tmp/judged" "$tmp/out"

# By what a record says, not by where it stands.
moved() {
	sed 's/d.csv:\([0-9]\)/d.csv:1\1/' "$tmp/in" >"$tmp/moved"
	sed 's/d.csv:\([0-9]\)/d.csv:1\1/; s/gap after d.csv:1/&/' \
		"$tmp/fixed" | grep -v 'gap after' >"$tmp/want"
	status 0 $v --apply-plan "$tmp/plan" "$tmp/moved" &&
	    grep -v 'gap after' "$tmp/out" | diff "$tmp/want" - &&
	    ! grep -q stale "$tmp/err"
}
t 'lines were put before them in the vendor file' moved

# What no longer fits.
stale() {
	status "$1" $v --apply-plan "$tmp/plan" "$tmp/changed" &&
	    said "plan:$2: warning: m $3" && said '; this edit was not made [stale-edit]' &&
	    test "$(grep -c 'stale-edit]' "$tmp/err")" -eq "$4"
}
sed 2d "$tmp/in" >"$tmp/changed"
t 'a record is not there' stale 0 2 \
	'Idle 2025-01-15T08:45:00Z to 2025-01-15T09:30:00Z is not there any more' 2
t 'nor the gap behind it' said 'plan:3: warning: m Idle 2025-01-15T09:30:00Z to 2025-01-15T10:00:00Z: the gap is not there any more'
sed 1d "$tmp/in" >"$tmp/changed"
t 'the one it was cut for is not there' stale 0 2 \
	'Idle 2025-01-15T08:45:00Z to 2025-01-15T09:30:00Z: not there any more is Working 2025-01-15T08:00:00Z to 2025-01-15T09:00:00Z (d.csv:2)' 1
t 'so it is not cut' has '"startTime":"2025-01-15T08:45:00Z"' "$tmp/out"
{ cat "$tmp/in"; rec 09:40 09:50 Moving 8; } >"$tmp/changed"
t 'there is something in the gap' stale 0 3 \
	'Idle 2025-01-15T09:30:00Z to 2025-01-15T10:00:00Z: the gap is not there any more' 1
sed 4d "$tmp/in" >"$tmp/changed"
t 'one of two that are the same is never the last' stale 0 4 \
	'Idle 2025-01-15T11:00:00Z to 2025-01-15T12:00:00Z is not there any more' 1
t 'it is merged with its neighbour' has '"startTime":"2025-01-15T10:00:00Z","endTime":"2025-01-15T12:00:00Z"' "$tmp/out"
sed 3d "$tmp/in" >"$tmp/changed"
t 'one of several is not there' stale 0 5 \
	'Idle 2025-01-15T10:00:00Z to 2025-01-15T11:00:00Z: of 2 records only 1 are there' 2
t 'so the other one stays' has '"startTime":"2025-01-15T11:00:00Z","endTime":"2025-01-15T12:00:00Z","state":"Idle","source":"d.csv:' "$tmp/out"
t 'as warnings they may fail' status 1 $v --fail-level warning \
	--apply-plan "$tmp/plan" "$tmp/changed"
cp "$tmp/fixed" "$tmp/changed"
t 'a second time' stale 0 2 'Idle' 5
t 'nothing is done' cmp "$tmp/fixed" "$tmp/out"

# A plan does what --fix does, whatever the input; any part of it adds up.
seed=${SEED:-$$}
echo "# seed $seed"
awk -v seed="$seed" '
function clock(m) { return sprintf("%02d:%02d:00Z", m / 60, m % 60) }
BEGIN {
	srand(seed); split("Working Idle Moving", word, " ")
	for (i = 2; i < 3000; i++) {
		s = int(rand() * 1300); e = s + int(rand() * (rand() < .1 ? 120 : 12))
		printf "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"m%02d\",\"startTime\":\"2025-01-15T%s\",\"endTime\":\"2025-01-15T%s\",\"state\":\"%s\"%s%s}\n",
		    rand() * 20, clock(s), clock(e), word[1 + int(rand() * 3)],
		    rand() < .8 ? ",\"source\":\"d.csv:" i "\"" : "",
		    rand() < .1 ? ",\"basis\":\"estimated\"" : ""
	}
}' >"$tmp/many"
hours() {
	jq -s 'map((.endTime | fromdate) - (.startTime | fromdate)) | add // 0' "$1"
}
adds_up() {
	tail -n 1 "$tmp/r" | jq -e --argjson in "$(hours "$tmp/many")" \
	    --argjson out "$(hours "$tmp/out")" \
	    --argjson held "$(hours "$tmp/w")" '.ditioSummary |
		.read + .added == .passed + .withheld + .estimated + .dropped
		    + .merged + .notSelected + .noRecord and
		($in / 3600 + .addedHours - .droppedHours - .cutHours
		    - $out / 3600 - $held / 3600 | fabs) < 0.001'
}
agrees() {
	$v -q --plain --limit 0 --fix "$1" --fix-plan "$tmp/plan" "$tmp/many" \
		>/dev/null 2>&1
	$v -q --plain --limit 0 --fix "$1" "$tmp/many" >"$tmp/fixed" 2>/dev/null
	$v -q --plain --limit 0 --apply-plan "$tmp/plan" "$tmp/many" \
		>"$tmp/out" 2>"$tmp/err"
	cmp "$tmp/fixed" "$tmp/out" && ! grep stale "$tmp/err" || return 1
	awk 'NR % 3' "$tmp/plan" >"$tmp/part"
	status 1 $v -q --plain --limit 0 --apply-plan "$tmp/part" \
	    --withheld "$tmp/w" --report "ndjson:$tmp/r" "$tmp/many" && adds_up
}
t 'a plan of all' agrees 'overlap=trim,contained=split,conflict=priority:Working,safe,adjacent=merge,too-short=merge:3m,gap=fill:Idle:20m'
t 'by priority' agrees 'overlap=priority:Working>Idle,contained=priority:Idle,conflict=drop,safe'
t 'of some' agrees 'overlap=keep-last,contained=drop,conflict=drop,duplicate=drop,gap=fill:Moving:1h'

# What cannot be meant.
t 'a plan of nothing' status 2 $v --fix-plan "$tmp/p" "$tmp/in"
t 'is said' said 'say with --fix'
t 'both' status 2 $v --fix safe --apply-plan "$tmp/plan" "$tmp/in"
t '--sorted' status 2 $v --sorted --apply-plan "$tmp/plan" "$tmp/in"
t 'a plan that is not there' status 2 $v --apply-plan "$tmp/gone" "$tmp/in"
t 'over its own input' status 2 $v --fix safe --fix-plan "$tmp/in" "$tmp/in"
t 'to stdout' status 2 $v --fix safe --fix-plan - "$tmp/in"
t 'a full disk' status 2 $v --fix safe --fix-plan /dev/full "$tmp/in"
t 'leaves no last line' sh -c "! grep ditioEnd '$tmp/out'"
for line in nonsense '{}' '{"rule":"overlap","policy":"trim","before":[],"after":[]}' \
    '{"rule":"overlap","policy":"guess","before":[],"after":[]}' \
    '{"rule":"overlap","policy":"trim","before":[{"machineId":"m"}],"after":[]}'; do
	echo "$line" >"$tmp/bad"
	t "a line that is none: $line" status 2 $v --apply-plan "$tmp/bad" "$tmp/in"
	t 'is said, with its place' said 'bad:1: this is no line that --fix-plan wrote'
done
done_testing
