#!/bin/sh
# summary.t - hours by machine, day and state, against an oracle that counts
# minutes.
. "$SRCDIR/tests/lib.sh"

# Its numbers have a decimal point in any language.
awk() { LC_ALL=C command awk "$@"; }

seed=${SEED:-$$}
echo "# seed $seed"
v='ditio-validate -q --now 2026-01-01T00:00:00Z --zone Europe/Oslo'

# Minutes since 2025-03-28T00:00:00Z; the clock of Oslo goes from one hour
# ahead to two at 01:00Z of the 30th.
clock='
function two(n) { return n < 10 ? "0" n : n }
function date(d) { return d < 4 ? "2025-03-" 28 + d : "2025-04-0" d - 3 }
function stamp(m) {
	return date(int(m / 1440)) "T" two(int(m % 1440 / 60)) ":" two(m % 60) \
	    ":00Z"
}
function minute(s) {
	return (substr(s, 6, 2) + 0 == 4 ? substr(s, 9, 2) + 3 : \
	    substr(s, 9, 2) - 28) * 1440 + substr(s, 12, 2) * 60 + \
	    substr(s, 15, 2)
}
function local(m) { return m + (m < 2940 ? 60 : 120) }
'
stream() {
	awk -v seed="$1" "$clock"'
	BEGIN {
		srand(seed)
		split("Working Idle Moving Dancing", word, " ")
		for (i = 1; i <= 400; i++) {
			from = int(rand() * 5000); r = rand()
			to = r < .04 ? from : r < .06 ? from - 5 : \
			    from + 1 + int(rand() * (r < .1 ? 1439 : 200))
			r = rand()
			printf "{\"companyId\":\"c%d\",\"projectId\":\"p%d\",\"machineId\":\"m%d\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"%s\",\"source\":\"f:%d\"%s}\n", \
			    rand() < .3, rand() < .3, rand() * 3, stamp(from), \
			    stamp(to), word[1 + int(rand() * 3.2)], i, \
			    r < .1 ? ",\"basis\":\"estimated\"" : \
			    r < .3 ? ",\"basis\":\"derived\"" : ""
		}
	}'
}

# oracle PASSED WITHHELD: the rows there should be, in minutes.
oracle() {
	LC_ALL=C sort "$1" | awk -F '"' "$clock"'
	{
		o = $4 "," $8 "," $12; state = $24
		from = minute($16); to = minute($20)
		key = o "," date(int(local(from) / 1440)) "," state
		rows[key]
		if (withheld) {
			held[key]++; heldfor[key] += to > from ? to - from : 0
			next
		}
		count[key]++
		basis = /"basis":"e/ ? "estimated" : \
		    /"basis":"d/ ? "derived" : "stated"
		for (m = from; m < to; m++) {
			key = o "," date(int(local(m) / 1440)) "," state
			rows[key]; all[key]++; by[key, basis]++
			twice[key] += (o, m) in covered
			covered[o, m]
			if (!(key in first) || m < first[key]) first[key] = m
			if (m + 1 > last[key]) last[key] = m + 1
		}
	}
	END {
		for (k in rows)
			printf "%s,%d,%d,%d,%d,%d,%d,%s,%s,%d,%d\n", k, \
			    count[k], all[k], by[k, "stated"], by[k, "derived"], \
			    by[k, "estimated"], twice[k], \
			    k in first ? stamp(first[k]) : "", \
			    k in last ? stamp(last[k]) : "", held[k], heldfor[k]
	}' - withheld=1 "$2" | LC_ALL=C sort
}
# rows CSV: the same of a summary.
rows() {
	tail -n +2 "$1" | awk -F , '
	function min(h) { return sprintf("%d", h * 60 + .5) }
	{
		print $1 "," $2 "," $3 "," $4 "," $6 "," $7 "," min($8) "," \
		    min($9) "," min($10) "," min($11) "," min($12) "," $13 "," \
		    $14 "," $15 "," min($16)
	}' | LC_ALL=C sort
}
agree() {
	oracle "$tmp/passed" "$tmp/withheld" >"$tmp/want" || return 1
	rows "$tmp/csv" >"$tmp/got"
	test "$(wc -l <"$tmp/want")" -gt 60 && diff "$tmp/want" "$tmp/got"
}
# summarise STATUS OPTION... FILE
summarise() {
	want=$1; shift
	status "$want" $v --plain --withheld "$tmp/withheld" --summary \
	    "csv:$tmp/csv" --summary "json:$tmp/json" \
	    --summary "text:$tmp/text" "$@" && cp "$tmp/out" "$tmp/passed"
}
kept='--rule overlap=warning --rule contained=note --rule conflict=off
	--rule duplicate=warning --rule negative=warning --rule zero-length=note
	--rule two-projects=off --allow-estimated'
for s in 1 2 3; do
	stream $((seed + s)) >"$tmp/in"
	t "what overlaps is withheld, $s" summarise 1 "$tmp/in"
	t '... and the hours are those of what passed' agree
	# shellcheck disable=SC2086 # a list of options
	t "what overlaps passes, $s" summarise 1 $kept "$tmp/in"
	t '... and counts in full, with what is covered twice' agree
done
t '... some of it is' awk -F , '$12 > 0 { n++ } END { exit !n }' "$tmp/csv"
t '... some was withheld' awk -F , '$16 > 0 { n++ } END { exit !n }' "$tmp/csv"
t 'the day the clock changed has 23 hours' sh -c "
	grep -q ',2025-03-30,23.00,' '$tmp/csv' &&
	grep -q ',2025-03-29,24.00,' '$tmp/csv' &&
	! grep ',2025-03-30,2[^3]' '$tmp/csv'"

# In another order, straight through: the same.
sort -t '"' -k 16,16 "$tmp/in" >"$tmp/bytime"
cp "$tmp/csv" "$tmp/before"
# shellcheck disable=SC2086
t 'machines that interleave' summarise 1 --sorted $kept "$tmp/bytime"
totals() {
	rows "$1" | awk -F , '{ n += $6; h += $7; w += $15; t += $11 }
	    END { print n, h, w, t }'
}
same_totals() {
	totals "$tmp/before" >"$tmp/a" && totals "$tmp/csv" | diff "$tmp/a" -
}
t '... have the same hours' same_totals

# The object says what the rows do, at each level.
flat() {
	jq -r '.machines[] | . as $m | .days[] | . as $d | .states[] |
	    [$m.companyId, $m.projectId, $m.machineId, $d.date, $d.dayHours,
	    .state, .periods, .hours, .statedHours, .derivedHours,
	    .estimatedHours, .overlapHours, .firstStart // "",
	    .lastEnd // "", .withheldPeriods, .withheldHours] | join(",")' \
	    "$tmp/json" | rows_of
}
rows_of() { { echo; cat; } >"$tmp/flat" && rows "$tmp/flat"; }
same_rows() { rows "$tmp/csv" >"$tmp/a" && flat | diff "$tmp/a" -; }
t 'the JSON has the same rows' same_rows
# Sums of every level and of the one below, in seconds.
sums='
def s: . * 3600 | round;
def amounts: [.periods, (.hours | s), (.statedHours | s), (.derivedHours | s),
	(.estimatedHours | s), (.overlapHours | s), (.coveredHours | s),
	.withheldPeriods, (.withheldHours | s)];
def total(f): [f | amounts] | transpose | map(add);
def fits: .hours * 3600 - (.statedHours + .derivedHours + .estimatedHours) *
	3600 | fabs < 1;
[., .machines[], .projects[], .machines[].days[]] as $all |
([$all[] | amounts == total(.states[]) and fits] | all) and
amounts == total(.machines[]) and amounts == total(.projects[]) and
([.machines[] | amounts == total(.days[])] | all) and
.firstStart == ([.machines[].firstStart] | min) and
.lastEnd == ([.machines[].lastEnd] | max) and
([$all[] | .states | map(.state) | . == sort] | all)'
t 'its sums are those of their parts' jq -e "$sums" "$tmp/json"
t 'coverage is of the day' jq -e '[.machines[].days[] |
	(.coverage - .coveredHours / .dayHours | fabs) < .0001] | all' "$tmp/json"
t 'and of the time between first and last' jq -e '[.machines[] |
	(.coverage - .coveredHours * 3600 / ((.lastEnd | fromdate) -
	(.firstStart | fromdate)) | fabs) < .0001] | all' "$tmp/json"
text_agrees() {
	jq -r '.hours * 100 | round' "$tmp/json" >"$tmp/a"
	awk '$1 == "all" && $2 == "machines" {
		# before: twice and withheld
		print $(NF - 2) * 100; exit }' "$tmp/text" | diff "$tmp/a" -
}
t 'the text has the same sum' text_agrees
t '... and times of the clock' grep -qE \
    '^m[012], project p[01] of c[01]: 2025-03-28 0[1-9]:' "$tmp/text"

# Ids are what they are.
rec() {
	printf '{"companyId":"c","projectId":"p","machineId":"%s",' "$1"
	printf '"startTime":"%s","endTime":"%s","state":"%s"}\n' "$2" "$3" "$4"
}
{
	rec 'a,\"b\"\u001b[31m' 2025-10-25T22:00:00Z 2025-10-26T23:00:00Z Idle
	rec 'a,\"b\"\u001b[31m' 2025-10-25T21:00:00Z 2025-10-25T21:00:01Z Working
} >"$tmp/ids"
t 'odd ids, and a second' summarise 0 --max-length 2d "$tmp/ids"
t '... are quoted in CSV' grep -qF 'c,p,"a,""b""' "$tmp/csv"
t '... and harmless in text' grep -qF 'a,"b"\x1b[31m' "$tmp/text"
t 'a second is a second' grep -q ',Working,1,0.0003,0.0003,0.00,' "$tmp/csv"
t 'a day of 25 hours can be full' jq -e '[.machines[0].days[1] |
	.dayHours, .hours, .coverage] == [25, 25, 1]' "$tmp/json"
t 'a selection has its own hours' summarise 0 --max-length 2d --state Idle "$tmp/ids"
t '... and no others' jq -e '.hours == 25 and .periods == 1' "$tmp/json"
t 'nothing has none' summarise 0 --state None "$tmp/ids"
t '... in whole files' jq -e '.hours == 0 and .machines == []' "$tmp/json"

# Trouble.
says() { grep -qF -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
t 'no zone' status 2 ditio-validate --summary "csv:$tmp/csv" "$tmp/ids"
t '... is asked for' says '--zone'
t 'a zone that is none' status 2 $v --zone Europe/Olso "$tmp/ids"
for wrong in csv: xml:f csv:- csv; do
	t "$wrong" status 2 $v --summary "$wrong" "$tmp/ids"
	t '... is refused by name' says "--summary $wrong: "
done
t 'our own input' status 2 $v --summary "csv:$tmp/ids" "$tmp/ids"
t '... is as it was' test -s "$tmp/ids"
if [ -e /dev/full ]; then
	t 'a full disk' status 2 $v --summary csv:/dev/full "$tmp/ids"
	t '... ends no stream' sh -c "! grep ditioEnd '$tmp/out'"
fi
echo '{"$ditioStream":1,"tool":"t 1"}' | cat - "$tmp/ids" >"$tmp/cut"
t 'a run that failed' status 2 $v --summary "json:$tmp/json" "$tmp/cut"
t '... leaves no hours' test ! -s "$tmp/json"
rec x 0001-01-01T00:00:00Z 9000-01-01T00:00:00Z Idle >"$tmp/ages"
t 'more days than memory' status 2 $v --memory 16M --rule too-long=off \
	--rule future=off --summary "csv:$tmp/csv" "$tmp/ages"
t '... are refused' says 'take more than half of the memory'
t 'but not where they are withheld' status 1 $v --memory 16M \
	--summary "csv:$tmp/csv" "$tmp/ages"
done_testing
