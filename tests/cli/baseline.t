#!/bin/sh
# baseline.t - what is known does not fail, and how much time of a kind may.
. "$SRCDIR/tests/lib.sh"
LC_ALL=C.UTF-8; export LC_ALL

v='ditio-validate --now 2025-06-01T00:00:00Z'

# rec MACHINE START END STATE [SOURCE]: a line; times are of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$2" "$3"
	printf '"state":"%s","source":"%s"}\n' "$4" "${5-d.csv:9}"
}
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
lacks() { ! grep -F -- "$1" "$2"; }
row() {
	printf '{"tool":"ditio-parse","file":"d.csv","line":%s,"code":"bad-time",' "$1"
	printf '"message":"no time","severity":"error","raw":"%s"}\n' "$2"
}
# fits FILE: every line is what the schema says, and there are some.
fits() {
	for s in baseline finding; do
		jq --arg name "$s.schema.json" '{ ($name): . }' "$SRCDIR/schemas/$s.schema.json"
	done | jq -s add >"$tmp/schemas"
	test -s "$1" && jq -r --slurpfile schemas "$tmp/schemas" \
	    --arg name baseline.schema.json -f "$SRCDIR/tests/cli/schema.jq" "$1" \
	    >"$tmp/faults" && ! grep . "$tmp/faults"
}

# An overlap, two empty periods that are alike, a row that did not parse.
a() { rec m 08:00 09:00 Working d.csv:"$1"; rec m 08:30 09:30 Working d.csv:"$2"; }
z() { rec z 08:00 08:00 Idle d.csv:"$1"; }
{ a 2 3; z 4; z 5; } >"$tmp/old"
row 6 'EX-1;x' >"$tmp/old.rejects"
t 'a baseline is written' status 1 $v --rejects "$tmp/old.rejects" \
	--write-baseline "$tmp/known" "$tmp/old"
t '... as its schema says' fits "$tmp/known"
lines() { test "$(wc -l <"$tmp/known")" -eq 4; }
t '... a line each, one for those that are alike' lines
t '... which counts them' has '"machineId":"z","startTime":"2025-01-15T08:00:00Z","endTime":"2025-01-15T08:00:00Z","state":"Idle","count":2,' "$tmp/known"
t '... and has no line of the vendor' lacks d.csv "$tmp/known"

# The same file, ten lines longer at its head.
{ a 12 13; z 14; z 15; rec n 08:00 09:00 Idle d.csv:2; } >"$tmp/new"
row 16 'EX-1;x' >"$tmp/new.rejects"
b() { $v --rejects "$tmp/new.rejects" --baseline "$tmp/known" "$@"; }
t 'known findings do not fail' status 0 b "$tmp/new"
t '... and are not printed' lacks 'd.csv:' "$tmp/err"
t '... but counted' has 'overlap 1 (0.50 h), zero-length 2 (0.00 h), bad-time 1 (0.00 h); 4 of them known; verdict ok' "$tmp/err"
t '... and their records withheld' sh -c "test \"\$(grep -c machineId '$tmp/out')\" -eq 2"
t '... the verdict in the stream is ok' has '"verdict":"ok"' "$tmp/out"
t 'without the baseline they fail' status 1 $v --rejects "$tmp/new.rejects" "$tmp/new"

{ cat "$tmp/new"; z 16; rec m 09:15 09:45 Idle d.csv:17; rec m 08:45 09:10 Idle d.csv:18; } >"$tmp/more"
all() {
	b --report "text:$tmp/r.text" --report "json:$tmp/r.json" \
	    --report "ndjson:$tmp/r.ndjson" --report "github:$tmp/r.github" \
	    --report "sarif:$tmp/r.sarif" --report "junit:$tmp/r.junit" "$@"
}
t 'new ones fail' status 1 all "$tmp/more"
only() {
	has 'd.csv:16: error: z ' "$tmp/err" && has 'd.csv:18: error: m ' "$tmp/err" &&
	    lacks 'd.csv:13: ' "$tmp/err" && lacks 'd.csv:15: error' "$tmp/err"
}
t '... and they alone are printed: the third that is alike, too' only
j() { jq -e "$1" "$tmp/r.json" >"$tmp/log" || { jq . "$tmp/r.json"; return 1; }; }
t 'json: how many are known' j '[.rules[] | select(.code == "zero-length")] == [.rules[] | select(.count == 3 and .known == 2)]'
t 'json: which' j '[.rules[].samples[] | select(.known) | .line] | sort == [13, 14, 15, 16]'
t 'json: new ones first' j '.rules[] | select(.code == "zero-length") | .samples[0].line == 16'
t 'ndjson: which' sh -c "test \$(grep -c '\"known\":true' '$tmp/r.ndjson') -eq 4"
t 'text: new ones alone' sh -c "grep -q d.csv:16 '$tmp/r.text' && ! grep d.csv:15 '$tmp/r.text'"
t 'text: how many are known' has 'zero-length: 3 (0.00 h), 2 of them known' "$tmp/r.text"
t 'github: new ones alone' sh -c "grep -q line=16 '$tmp/r.github' && ! grep line=15 '$tmp/r.github'"
s() { jq -e ".runs[0].results | $1" "$tmp/r.sarif" >"$tmp/log" || { jq . "$tmp/r.sarif"; return 1; }; }
t 'sarif: known ones are suppressed' s '[.[] | select(.suppressions) | .locations[0].physicalLocation.region.startLine] | sort == [13, 14, 15, 16]'
t 'sarif: and come last' s '[.[] | has("suppressions")] | . == sort'
x() { test "$(xmllint --xpath "$1" "$tmp/r.junit")" = "$2" || { cat "$tmp/r.junit"; return 1; }; }
t 'junit: a test with new ones fails' x 'count(//testcase[@name="zero-length"]/failure)' 1
t 'junit: with known ones only it does not' x 'count(//testcase[@name="bad-time"]/failure)' 0

# A fault that has grown is another one; one that is gone is told.
{ rec m 08:00 09:00 Working; rec m 08:15 09:30 Working; } >"$tmp/grown"
t 'a fault that has grown is new' status 1 $v --baseline "$tmp/known" "$tmp/grown"
t 'those that are gone are counted' has '; 4 known ones gone' "$tmp/err"

# What nobody looks for is not gone.
{ rec m 08:00 09:00 Working; rec m 08:30 09:30 Working; rec n 10:00 10:00 Idle
  rec n 11:00 11:00 Idle; } >"$tmp/part"
grep -v '11:00' "$tmp/part" >"$tmp/less"
# gone N OPTION...: so many of the three are told to be gone.
gone() {
	so_many=$1; shift
	status 0 $v -q --write-baseline "$tmp/p" --fail-level never "$tmp/part" &&
	    $v --baseline "$tmp/p" "$@" "$tmp/less" >/dev/null 2>"$tmp/err"
	test "$(sed -n 's/.*; \([0-9]*\) known ones gone.*/\1/p' "$tmp/err")" = "$so_many" ||
		{ cat "$tmp/err"; return 1; }
}
t 'all that is asked for' gone 1
t '... of a machine' gone 1 --machine n
t '... of another' gone '' --machine m
t '... of a project' gone '' --project p2
t '... in a state' gone '' --state Working
t '... before' gone '' --to 2025-01-15T11:00:00Z
t '... from then on' gone 1 --from 2025-01-15T11:00:00Z
t '... by a rule' gone 1 --only zero-length
t '... by another' gone '' --only overlap
t '... without it' gone '' --rule zero-length=off
t '... with others' gone 1 --rule overlap=off

# Of two records, what the other one is.
printf '{ "illegal-transition": { "allowed": { "Idle": ["Moving"], "Moving": ["Idle"] } } }' >"$tmp/table"
for s in Idle Moving; do
	{ rec a 08:00 09:00 $s; rec a 09:00 10:00 Working; } >"$tmp/after-$s"
done
w="$v --fail-level warning --rules $tmp/table"
t 'a state that may not follow another' status 1 $w --write-baseline "$tmp/p" "$tmp/after-Idle"
t '... is known' status 0 $w --baseline "$tmp/p" "$tmp/after-Idle"
t '... after another it is new' status 1 $w --baseline "$tmp/p" "$tmp/after-Moving"
two() {
	{ rec m 08:00 "$1" Idle; rec m 08:30 10:00 Idle | sed "s/\"p1\"/\"p3\"/"
	} | sed "1s/\"p1\"/\"$2\"/"
}
for p in p1 p2; do two 09:00 $p >"$tmp/at-$p"; done
two 09:30 p1 >"$tmp/more-p1"
two 08:20 p1 >"$tmp/none-of-it"
t 'a machine in two projects' status 1 $v --write-baseline "$tmp/p" "$tmp/at-p1"
t '... is known' status 0 $v --baseline "$tmp/p" "$tmp/at-p1"
t '... for longer it is new' status 1 $v --baseline "$tmp/p" "$tmp/more-p1"
t '... nobody looks for it with --sorted' status 0 $v --sorted --baseline "$tmp/p" "$tmp/at-p1"
t '... so it is not gone' lacks gone "$tmp/err"
t '... where it is looked for' status 0 $v --baseline "$tmp/p" "$tmp/none-of-it"
t '... it is' has '1 known ones gone' "$tmp/err"
t '... in another project, too' status 1 $v --baseline "$tmp/p" "$tmp/at-p2"

cp "$tmp/known" "$tmp/k"
t 'a baseline is brought up to date in place' status 1 $v --baseline "$tmp/k" --write-baseline "$tmp/k" "$tmp/grown"
t '... and then has all' status 0 $v --baseline "$tmp/k" "$tmp/grown"
again() { status 0 $v --baseline "$tmp/k" --write-baseline "$tmp/k2" "$tmp/grown" && cmp "$tmp/k" "$tmp/k2"; }
t '... known ones, too, and the same bytes' again
t 'of nothing it is one line' status 0 $v --write-baseline "$tmp/k0" --only gap --max-gap 3h "$tmp/grown"
t '... as its schema says' fits "$tmp/k0"
t '... and can be read' status 1 $v --baseline "$tmp/k0" "$tmp/grown"
t 'a run that fails leaves it as it was' status 2 $v --write-baseline "$tmp/k" "$tmp/grown" "$tmp/none"
t '... whole' cmp "$tmp/k" "$tmp/k2"

# Beyond memory, the same bytes.
awk 'BEGIN {
	for (i = 0; i < 20000; i++)
		printf "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"m%d\",\"startTime\":\"2025-01-15T08:00:00Z\",\"endTime\":\"2025-01-15T08:00:00Z\",\"state\":\"Idle\"}\n", i * 7919 % 5003
}' >"$tmp/many"
t 'twenty thousand findings' status 1 $v --limit 0 --write-baseline "$tmp/m1" "$tmp/many"
t '... in little memory' status 1 $v --limit 0 --memory 1m --write-baseline "$tmp/m2" "$tmp/many"
t '... are the same' cmp "$tmp/m1" "$tmp/m2"
t '... and all known' status 0 $v --baseline "$tmp/m1" "$tmp/many"

# What is no baseline.
bad() {
	printf '%b\n' "$1" >"$tmp/bad" && status 2 $v --baseline "$tmp/bad" "$tmp/new" &&
	    has "$tmp/bad" "$tmp/err" && test ! -s "$tmp/out"
}
h='{"ditioBaseline":1}\n'
t 'not JSON' bad x
t 'no first line' bad '{"fingerprint":"00000000000000000000000000000000"}'
t 'of another version' bad '{"ditioBaseline":2}'
t 'no fingerprint' bad "$h"'{"code":"x"}'
t 'a short one' bad "$h"'{"fingerprint":"00"}'
t 'one that is no number' bad "$h"'{"fingerprint":"0000000000000000000000000000000g"}'
t 'a count of nothing' bad "$h"'{"fingerprint":"00000000000000000000000000000000","count":0}'
t 'half a merge' bad "$h"'<<<<<<< ours'
t 'empty' bad ''
t 'a missing one' status 2 $v --baseline "$tmp/none" "$tmp/new"
t 'a baseline over its input' status 2 $v --write-baseline "$tmp/new" "$tmp/new"
t 'one that cannot be written' status 2 $v --write-baseline /dev/full "$tmp/old"
t 'one to stdout' status 2 $v --write-baseline - "$tmp/old"

# Time of a kind: overlaps of 0.5 h beside 1 h that passes, gaps of 1 h beside 3.
t 'overlaps within --max-overlap-total do not fail' status 0 $v --only overlap --max-overlap-total 30m "$tmp/old"
t '... and are withheld as ever' has '1 withheld' "$tmp/err"
t 'beyond it they do' status 1 $v --only overlap --max-overlap-total 29m "$tmp/old"
t '... and it is said' has 'overlaps come to 0.50 h, more than --max-overlap-total 29m' "$tmp/err"
t '... whatever the fail level' status 1 $v --only overlap --max-overlap-total 0s --fail-level never "$tmp/old"
t 'as a share of the time' status 0 $v --only overlap --max-overlap-total 33.4% "$tmp/old"
t '... exactly' status 1 $v --only overlap --max-overlap-total 33.3% "$tmp/old"
t 'other findings fail as ever' status 1 $v --max-overlap-total 30m "$tmp/old"
{ rec g 08:00 10:00 Idle; rec g 11:00 12:00 Idle; } >"$tmp/gap"
t 'gaps are no errors, but' status 0 $v --max-gap 30m "$tmp/gap"
t '--max-gap-total fails' status 1 $v --max-gap 30m --max-gap-total 24.9% "$tmp/gap"
t '... and not within it' status 0 $v --max-gap 30m --max-gap-total 25% --fail-level note "$tmp/gap"
t '... those that are known do not count' status 1 $v --max-gap 30m --max-gap-total 24% --write-baseline "$tmp/kg" "$tmp/gap"
t '... once they are' status 0 $v --max-gap 30m --max-gap-total 0s --baseline "$tmp/kg" "$tmp/gap"
failed() { status 1 $v --max-gap 30m --max-gap-total 1% --report "junit:$tmp/r.junit" "$tmp/gap" && x 'count(//failure)' 1; }
t 'junit: a broken quota is a failure' failed
t '--max-gap-total without --max-gap' status 2 $v --max-gap-total 1h "$tmp/gap"
for bad in 101% 1h30 % -1% 2 1.5h 100ms; do
	t "--max-overlap-total $bad" status 2 $v --max-overlap-total "$bad" "$tmp/gap"
done
done_testing
