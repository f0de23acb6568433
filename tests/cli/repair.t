#!/bin/sh
# repair.t - ditio-validate --fix as the shell sees it.
. "$SRCDIR/tests/lib.sh"

# Its numbers have a decimal point in any language.
awk() { LC_ALL=C command awk "$@"; }

v='ditio-validate --now 2025-06-01T00:00:00Z'

# rec START END STATE LINE [MORE]: a line of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"m",'
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$1" "$2"
	printf '"state":"%s","source":"d.csv:%s"%s}\n' "$3" "$4" "${5-}"
}
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }

# short FILE: "08:00-09:00 Idle 2" for each record.
short() {
	sed -n 's/.*T\(..:..\):00Z","endTime":"[^T]*T\(..:..\):00Z","state":"\([^"]*\)","source":"d.csv:\([0-9]*\)".*/\1-\2 \3 \4/p' "$1"
}
framed='{"$ditioStream":1,"tool":"t 1"}'
# gives STATUS FIX FILE LINE...: these come out, by both roads; and again,
# unchanged.
gives() {
	exits=$1 fix=$2 file=$3; shift 3
	for line; do echo "$line"; done >"$tmp/want"
	for road in '' --sorted; do
		status "$exits" $v $road --allow-estimated --plain \
		    --withheld "$tmp/w" --report "ndjson:$tmp/r" \
		    --fix "$fix" "$file" || return 1
		short "$tmp/out" | diff "$tmp/want" - || return 1
		cp "$tmp/out" "$tmp/once"
		echo "$framed" >"$tmp/framed" && cat "$tmp/once" >>"$tmp/framed"
		echo "{\"ditioEnd\":{\"records\":$#,\"rejected\":0,\"verdict\":\"ok\"}}" \
			>>"$tmp/framed"
		status 0 $v $road --allow-estimated --plain --fix "$fix" \
		    "$tmp/framed" && cmp "$tmp/once" "$tmp/out" || return 1
		! grep '\]$' "$tmp/err" || return 1
		status "$exits" $v --allow-estimated $road --fix "$fix" \
		    "$file" || return 1
	done
}
said() { has "$1" "$tmp/err"; }

{ rec 08:00 09:00 Working 2; rec 08:45 09:30 Idle 3; } >"$tmp/overlap"
t 'overlap=trim' gives 0 overlap=trim "$tmp/overlap" \
	'08:00-09:00 Working 2' '09:00-09:30 Idle 3'
t 'is said' said 'd.csv:3: note: m Idle 2025-01-15T08:45:00Z to 2025-01-15T09:30:00Z shares time with Working 2025-01-15T08:00:00Z to 2025-01-15T09:00:00Z (d.csv:2) (cut to 2025-01-15T09:00:00Z to 2025-01-15T09:30:00Z by --fix overlap=trim) (0.25 h) [overlap]'
t 'and counted' said '2 read, 2 passed on, 1 cut (0.25 h); findings: overlap 1 (0.25 h); verdict ok'
t 'overlap=keep-first' gives 0 overlap=keep-first "$tmp/overlap" \
	'08:00-09:00 Working 2'
t 'is said' said '1 dropped (0.75 h)'
t 'overlap=keep-last' gives 0 overlap=keep-last "$tmp/overlap" \
	'08:45-09:30 Idle 3'
t 'overlap=drop' gives 0 overlap=drop "$tmp/overlap"
t 'drops both' said '2 read, 0 passed on, 2 dropped (1.75 h)'
{ cat "$tmp/overlap"; rec 09:15 10:00 Working 4; rec 10:00 11:00 Idle 5; } \
	>"$tmp/links"
t 'and whoever meets one of them' gives 0 overlap=drop "$tmp/links" \
	'10:00-11:00 Idle 5'
t 'keep-first has room for the third' gives 0 overlap=keep-first "$tmp/links" \
	'08:00-09:00 Working 2' '09:15-10:00 Working 4' '10:00-11:00 Idle 5'
t 'priority: the later one wins' gives 0 'overlap=priority:Idle>Working' \
	"$tmp/overlap" '08:00-08:45 Working 2' '08:45-09:30 Idle 3'
t 'priority: the earlier one' gives 0 'overlap=priority:Working>Moving>Idle' \
	"$tmp/overlap" '08:00-09:00 Working 2' '09:00-09:30 Idle 3'
t 'priority: what is not named is last' gives 0 overlap=priority:Idle \
	"$tmp/overlap" '08:00-08:45 Working 2' '08:45-09:30 Idle 3'

t 'no quota has what was mended' status 0 $v --max-overlap-total 1m \
	--fix overlap=trim "$tmp/overlap"
t 'but what was not' status 1 $v --max-overlap-total 1m \
	--fix contained=drop --rule overlap=note "$tmp/overlap"

{ rec 08:00 12:00 Idle 2; rec 09:00 10:00 Working 3; rec 10:00 10:30 Moving 4
  rec 11:00 12:00 Working 5; } >"$tmp/contained"
t 'contained=split' gives 0 contained=split "$tmp/contained" \
	'08:00-09:00 Idle 2' '09:00-10:00 Working 3' '10:00-10:30 Moving 4' \
	'10:30-11:00 Idle 2' '11:00-12:00 Working 5'
t 'is one finding' said '1 cut (2.50 h), 1 added (0.00 h); findings: contained 1 (2.50 h)'
t 'that names what is left' said 'cut to 2025-01-15T08:00:00Z to 2025-01-15T09:00:00Z, 2025-01-15T10:30:00Z to 2025-01-15T11:00:00Z by'
t 'in the report, too' has '"fate":"repaired","fingerprint":"' "$tmp/r"
t 'with what is left' has '"companyId":"c1","projectId":"p1","machineId":"m","startTime":"2025-01-15T08:00:00Z","endTime":"2025-01-15T12:00:00Z","state":"Idle","after":[{"startTime":"2025-01-15T08:00:00Z","endTime":"2025-01-15T09:00:00Z","state":"Idle"},{"startTime":"2025-01-15T10:30:00Z","endTime":"2025-01-15T11:00:00Z","state":"Idle"}]}' "$tmp/r"
t 'contained=drop' gives 0 contained=drop "$tmp/contained" \
	'08:00-12:00 Idle 2'
t 'contained=priority' gives 0 'contained=priority:Working>Idle' \
	"$tmp/contained" '08:00-09:00 Idle 2' '09:00-10:00 Working 3' \
	'10:00-11:00 Idle 2' '11:00-12:00 Working 5'

{ rec 08:00 09:00 Working 2; rec 08:00 09:00 Idle 3; rec 08:00 09:00 Moving 4
  rec 09:00 09:30 Idle 5; } >"$tmp/conflict"
t 'conflict=drop drops all of them' gives 0 conflict=drop "$tmp/conflict" \
	'09:00-09:30 Idle 5'
t 'conflict=priority' gives 0 'conflict=priority:Working>Idle' \
	"$tmp/conflict" '08:00-09:00 Working 2' '09:00-09:30 Idle 5'

{ rec 08:00 09:00 Idle 2; rec 08:00 09:00 Idle 3; rec 08:00 08:00 Idle 4; } \
	>"$tmp/safe"
t 'safe' gives 0 safe "$tmp/safe" '08:00-09:00 Idle 2'
t 'names the one that is there' said 'is there already, at d.csv:2 (dropped by --fix duplicate=drop)'
t 'duplicate=drop' gives 0 duplicate=drop,zero-length=drop "$tmp/safe" \
	'08:00-09:00 Idle 2'

# A chain: what was cut meets the next; what is cut to nothing goes.
{ rec 08:00 09:00 Idle 2; rec 08:10 09:00 Working 3; rec 08:20 09:10 Moving 4
  rec 08:30 09:10 Idle 5; rec 08:40 09:40 Working 6; } >"$tmp/chain"
t 'a chain' gives 0 'overlap=trim,contained=split' "$tmp/chain" \
	'08:00-08:10 Idle 2' '08:10-09:00 Working 3' '09:00-09:10 Idle 5' \
	'09:10-09:40 Working 6'
t 'cut to nothing is dropped' said 'd.csv:4: note: m Moving 2025-01-15T08:20:00Z to 2025-01-15T09:10:00Z shares time with'

# What is not repaired is withheld, and changes nobody.
{ cat "$tmp/overlap"; rec 08:50 09:20 Moving 4; } >"$tmp/both"
t 'what is not repaired is withheld' gives 1 overlap=keep-last "$tmp/contained" \
	'08:00-12:00 Idle 2'
t 'in full' sh -c "test \$(wc -l <'$tmp/w') -eq 3"
t 'no more than that' gives 1 overlap=keep-last "$tmp/both" \
	'08:45-09:30 Idle 3'
{ rec 08:00 09:00 Working 2; rec 08:30 09:30 Dancing 3; } >"$tmp/odd"
t 'what has an error of its own repairs nobody' gives 1 \
	overlap=keep-last "$tmp/odd" '08:00-09:00 Working 2'

# Estimated ones give way.
e=',"basis":"estimated"'
{ rec 08:00 10:00 Idle 2 "$e"; rec 09:00 11:00 Working 3; } >"$tmp/guess"
for fix in overlap=trim 'overlap=priority:Idle>Working'; do
	t "$fix cuts the estimated one" gives 0 "$fix" "$tmp/guess" \
		'08:00-09:00 Idle 2' '09:00-11:00 Working 3'
done
t 'overlap=drop drops it alone' gives 0 overlap=drop "$tmp/guess" \
	'09:00-11:00 Working 3'
{ rec 08:00 12:00 Idle 2 "$e"; rec 09:00 10:00 Working 3; } >"$tmp/guess"
t 'contained=drop cuts around what is known' gives 0 contained=drop \
	"$tmp/guess" '08:00-09:00 Idle 2' '09:00-10:00 Working 3' \
	'10:00-12:00 Idle 2'
t 'and pieces keep their basis' sh -c \
	"test \$(grep -c 'd.csv:2\",\"basis\":\"estimated\"}' '$tmp/out') -eq 2"
t 'without --allow-estimated it is not there' status 0 $v --plain \
	--fix contained=drop "$tmp/guess"
alone() { test "$(short "$tmp/out")" = '09:00-10:00 Working 3'; }
t 'and cuts nobody' alone

# Where periods may share time, a cut end moves a line.
{ rec 08:00 09:00 Working 2; rec 08:00 10:00 Idle 3 "$e"
  rec 08:30 10:30 Moving 4; } >"$tmp/ends"
ordered() {
	status 0 $v --plain --rule contained=warning \
	    --rule conflict=warning --fix overlap=trim \
	    --allow-estimated "$tmp/ends" &&
	    test "$(short "$tmp/out")" = '08:00-09:00 Idle 3
08:00-09:00 Working 2
09:00-10:30 Moving 4'
}
t 'what starts together comes out in record order' ordered

# Neighbours.
{ rec 08:00 09:00 Idle 2; rec 09:00 10:00 Idle 3; rec 10:00 10:20 Idle 4 "$e"
  rec 10:20 11:00 Idle 5; rec 11:00 11:10 Moving 6; rec 11:10 12:00 Idle 7
  rec 12:30 13:00 Idle 8; } >"$tmp/next"
t 'adjacent=merge, of one basis' gives 0 adjacent=merge "$tmp/next" \
	'08:00-10:00 Idle 2' '10:00-10:20 Idle 4' '10:20-11:00 Idle 5' \
	'11:00-11:10 Moving 6' '11:10-12:00 Idle 7' '12:30-13:00 Idle 8'
t 'is said' said '(2 records become Idle 2025-01-15T08:00:00Z to 2025-01-15T10:00:00Z by --fix adjacent=merge) (0.00 h) [adjacent]'
t 'and counted' said '7 read, 6 passed on, 1 merged; findings: adjacent 1 (0.00 h)'
of_one_file() {
	sed 's/d.csv:3/e.csv:3/' "$tmp/next" >"$tmp/files"
	status 0 $v --allow-estimated --fix adjacent=merge "$tmp/files" &&
	    ! grep adjacent "$tmp/err"
}
t 'and of one file' of_one_file
short_of() {
	status 0 $v --allow-estimated --plain --max-length 119m \
	    --rule too-long=off --fix adjacent=merge "$tmp/next" &&
	    cmp "$tmp/next" "$tmp/out"
}
t 'never beyond --max-length' short_of
t 'too-short=merge' gives 0 too-short=merge:11m "$tmp/next" \
	'08:00-09:00 Idle 2' '09:00-10:00 Idle 3' '10:00-10:20 Idle 4' \
	'10:20-11:10 Idle 5' '11:10-12:00 Idle 7' '12:30-13:00 Idle 8'
{ rec 08:00 08:10 Idle 2; rec 08:10 09:00 Working 3; rec 10:00 10:10 Moving 4; } \
	>"$tmp/first"
t 'into the next where there is none before' gives 0 too-short=merge:11m \
	"$tmp/first" '08:00-09:00 Working 3' '10:00-10:10 Moving 4'
t 'both' gives 0 too-short=merge:11m,adjacent=merge "$tmp/next" \
	'08:00-10:00 Idle 2' '10:00-10:20 Idle 4' '10:20-12:00 Idle 5' \
	'12:30-13:00 Idle 8'

# What is filled is estimated, and says where it comes from.
fills() {
	for road in '' --sorted; do
		status 0 $v $road --plain --allow-estimated --report \
		    "ndjson:$tmp/r" --fix gap=fill:Idle:50m "$@" "$tmp/first" &&
		    has '"startTime":"2025-01-15T09:00:00Z","endTime":"2025-01-15T09:40:00Z","state":"Idle","source":"gap after d.csv:3","basis":"estimated"}' "$tmp/out" ||
		    return 1
	done
}
sed 's/T10:00/T09:40/' "$tmp/first" >"$tmp/near" && cp "$tmp/near" "$tmp/first"
t 'gap=fill' fills
t 'is said, at the record before it' said 'd.csv:3: note: m has no period from 2025-01-15T09:00:00Z to 2025-01-15T09:40:00Z (filled with Idle by --fix gap=fill) (0.67 h) [gap]'
t 'and counted' said '3 read, 4 passed on, 1 added (0.67 h)'
t 'in the report, too' has '"fate":"added"' "$tmp/r"
t 'after the others' fills --fix too-short=merge:11m,overlap=trim
longer() {
	status 0 $v --plain --allow-estimated --fix gap=fill:Idle:39m \
	    "$tmp/first" && cmp "$tmp/first" "$tmp/out"
}
t 'not a longer one' longer
t 'not without --allow-estimated' status 2 $v --fix gap=fill:Idle:50m \
	"$tmp/first"
t 'that is said' said 'give --allow-estimated'

# Local midnights; the day of the change has 25 hours.
rec 08:00 09:00 Idle 2 | sed 's/2025-01-15T08/2024-10-25T20/
	s/2025-01-15T09/2024-10-27T10/' >"$tmp/days"
midnights() {
	for road in '' --sorted; do
		status 0 $v $road --plain --fix \
		    too-long=cut-midnight:Europe/Oslo "$tmp/days" &&
		    sed 's/.*startTime":"\([^"]*\)","endTime":"\([^"]*\)".*/\1 \2/' \
			"$tmp/out" >"$tmp/got" &&
		    printf '%s\n' '2024-10-25T20:00:00Z 2024-10-25T22:00:00Z' \
			'2024-10-25T22:00:00Z 2024-10-26T22:00:00Z' \
			'2024-10-26T22:00:00Z 2024-10-27T10:00:00Z' |
		    diff - "$tmp/got" || return 1
	done
}
t 'too-long=cut-midnight' midnights
t 'is said' said '1 read, 3 passed on, 2 added (0.00 h); findings: too-long 1'
long_day() {
	sed 's/2024-10-27T10/2024-10-28T10/' "$tmp/days" >"$tmp/change"
	status 0 $v --plain --fix too-long=cut-midnight:Europe/Oslo \
	    "$tmp/change" && has '"startTime":"2024-10-26T22:00:00Z","endTime":"2024-10-27T22:00:00Z"' "$tmp/out" &&
	    has '"startTime":"2024-10-27T22:00:00Z","endTime":"2024-10-27T23:00:00Z"' "$tmp/out" &&
	    test "$(wc -l <"$tmp/out")" -eq 5
}
t 'a day of 25 hours is cut once more' long_day

# What was selected stays selected; other machines and projects do not meet.
whole() {
	status 0 $v --plain --fix contained=split --rule too-long=note \
	    --max-length 1h --to 2025-01-15T10:00:00Z "$tmp/contained" &&
	    test "$(short "$tmp/out" | tail -n 1)" = '10:00-12:00 Idle 2' &&
	    said '2 not selected'
}
t 'a piece beyond --to' whole
apart() {
	sed 's/"p1"/"p2"/; s/"m"/"n"/' "$tmp/chain" |
		cat - "$tmp/chain" >"$tmp/two"
	for road in '' --sorted; do
		sort -t '"' -k 16,16 "$tmp/two" >"$tmp/mixed"
		status 0 $v $road --plain --fix overlap=trim,contained=split \
		    "$tmp/mixed" || return 1
		for p in p1 p2; do
			grep "$p" "$tmp/out" >"$tmp/part"
			short "$tmp/part" | cmp "$tmp/want" - || return 1
		done
	done
}
t 'the chain again' gives 0 'overlap=trim,contained=split' "$tmp/chain" \
	'08:00-08:10 Idle 2' '08:10-09:00 Working 3' '09:00-09:10 Idle 5' \
	'09:10-09:40 Working 6'
t 'machines may interleave' apart
t 'disorder is refused' status 2 $v --sorted --fix overlap=trim \
	"$tmp/overlap" "$tmp/overlap"

# All at once, at random: it adds up, comes out in order, validates clean,
# and the second time nothing is changed.
seed=${SEED:-$$}
echo "# seed $seed"
awk -v seed="$seed" '
function clock(m) { return sprintf("%02d:%02d:00Z", m / 60, m % 60) }
BEGIN {
	srand(seed); split("Working Idle Moving", word, " ")
	for (i = 2; i < 3000; i++) {
		s = int(rand() * 1300); e = s + int(rand() * (rand() < .1 ? 120 : 12))
		printf "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"m%02d\",\"startTime\":\"2025-01-15T%s\",\"endTime\":\"2025-01-15T%s\",\"state\":\"%s\",\"source\":\"d.csv:%d\"%s}\n",
		    rand() * 20, clock(s), clock(e), word[1 + int(rand() * 3)], i,
		    rand() < .1 ? ",\"basis\":\"estimated\"" : ""
	}
}' >"$tmp/many"
hours() {
	jq -s 'map((.endTime | fromdate) - (.startTime | fromdate)) | add // 0' "$1"
}
adds_up() {
	sum=$(tail -n 1 "$tmp/r")
	echo "$sum" | jq -e --argjson in "$(hours "$tmp/many")" \
	    --argjson out "$(hours "$tmp/out")" \
	    --argjson held "$(hours "$tmp/w")" '.ditioSummary |
		.read + .added == .passed + .withheld + .estimated + .dropped
		    + .merged + .notSelected + .noRecord and
		($in / 3600 + .addedHours - .droppedHours - .cutHours
		    - $out / 3600 - $held / 3600 | fabs) < 0.001 and
		.dropped > 0'
}
random() {
	exits=$1; shift
	status "$exits" $v -q --limit 0 --allow-estimated --plain \
	    --withheld "$tmp/w" --report "ndjson:$tmp/r" "$@" "$tmp/many" &&
	    adds_up && LC_ALL=C sort -c "$tmp/out" || return 1
	cp "$tmp/out" "$tmp/memory"
	status "$exits" $v -q --limit 0 --allow-estimated --plain \
	    --memory 64k "$@" "$tmp/many" && cmp "$tmp/memory" "$tmp/out" &&
	    LC_ALL=C sort "$tmp/many" >"$tmp/sorted" &&
	    status "$exits" $v -q --limit 0 --allow-estimated --plain \
		--sorted "$@" "$tmp/sorted" &&
	    LC_ALL=C sort "$tmp/out" | cmp "$tmp/memory" - || return 1
	status 0 $v --allow-estimated --plain "$@" "$tmp/memory" &&
	    cmp "$tmp/memory" "$tmp/out" && ! grep -q '\]$' "$tmp/err"
}
all=overlap=trim,contained=split,conflict=priority:Working,safe
t "random periods, $all" random 0 --fix $all
by='Working>Moving>Idle'
t 'random periods, by priority' random 0 --fix "overlap=priority:$by" \
	--fix "contained=priority:$by,conflict=priority:$by,safe"
t 'random periods, and neighbours' random 0 --fix $all \
	--fix gap=fill:Idle:20m,adjacent=merge,too-short=merge:5m
t 'random periods, in part' random 1 --fix overlap=keep-first,safe
t 'random periods, dropped' random 0 --fix \
	overlap=drop,contained=drop,conflict=drop,safe

# What cannot be meant.
for bad in all overlap overlap=split contained=trim duplicate=priority:Idle \
    overlap=priority 'overlap=priority:' 'overlap=priority:Idle>Idle' \
    gap=drop overlap=trim, overlap=trim:Idle gap=fill:Idle adjacent=merge:1m \
    too-short=merge too-short=merge:0s too-long=cut-midnight:Nowhere; do
	t "--fix $bad" status 2 $v --fix "$bad" "$tmp/overlap"
	t 'says what there is' said 'give safe or some of '
done
t '--fix overlap=x' status 2 $v --fix overlap=x "$tmp/overlap"
t 'names what overlap takes' said 'overlap=trim, overlap=keep-first, overlap=keep-last, overlap=drop, overlap=priority:STATE>STATE'
t 'nor to fill with' status 2 $v --allow-estimated --fix gap=fill:Resting:5m \
	"$tmp/overlap"
t 'a state nobody knows' status 2 $v --fix overlap=priority:Resting "$tmp/overlap"
done_testing
