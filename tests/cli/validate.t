#!/bin/sh
# validate.t - ditio-validate as the shell sees it.
. "$SRCDIR/tests/lib.sh"

v='ditio-validate --now 2025-06-01T00:00:00Z'
first='{"$ditioStream":1,"tool":"t 1"}'

# rec MACHINE START END STATE [MORE]: a line; times are of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$2" "$3"
	printf '"state":"%s"%s}\n' "$4" "${5-}"
}
src() { printf ',"source":"d.csv:%s"' "$1"; }

# last N [REJECTED [VERDICT]]: a last line.
last() {
	printf '{"ditioEnd":{"records":%s,"rejected":%s,"verdict":"%s"}}\n' \
		"$1" "${2-0}" "${3-ok}"
}
framed() { echo "$first"; cat "$1"; last "$(wc -l <"$1")"; }

# rings CODE SEVERITY STATUS FILE OPTION...: one finding, as told, by both
# roads.
rings() {
	code=$1 severity=$2 want=$3 file=$4; shift 4
	for road in '' --sorted; do
		status "$want" $v $road "$@" "$file" || return 1
		grep -q ": $severity: .* \[$code\]\$" "$tmp/err" &&
		    grep -q "findings: $code 1 ([0-9.]* h); verdict" "$tmp/err" ||
		    { cat "$tmp/err"; return 1; }
	done
}
# passed N: so many records on stdout, and the last line says so.
passed() {
	test "$(grep -c machineId "$tmp/out")" -eq "$1" &&
	    tail -n 1 "$tmp/out" | grep -q "\"records\":$1,"
}
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }

# Rules, each seen to ring.
rec m 08:00 09:00 Working "$(src 2)" >"$tmp/a"
{ cat "$tmp/a"; rec m 08:00 09:00 Working "$(src 3)"; } >"$tmp/duplicate"
t 'duplicate' rings duplicate error 1 "$tmp/duplicate"
t 'names the vendor line of both' \
	has 'd.csv:3: error: m Working' "$tmp/err"
t 'and of the kept one' has 'at d.csv:2;' "$tmp/err"
t 'with its price' has '(1.00 h) [duplicate]' "$tmp/err"
{ cat "$tmp/a"; rec m 08:00 09:00 Idle; } >"$tmp/conflict"
t 'conflict' rings conflict error 1 "$tmp/conflict"
{ cat "$tmp/a"; rec m 08:15 08:45 Idle; } >"$tmp/contained"
t 'contained' rings contained error 1 "$tmp/contained"
t 'contained costs the inner period' has '(0.50 h) [contained]' "$tmp/err"
{ cat "$tmp/a"; rec m 08:45 09:30 Idle; } >"$tmp/overlap"
t 'overlap' rings overlap error 1 "$tmp/overlap"
t 'overlap costs what is covered' has '(0.25 h) [overlap]' "$tmp/err"
{ cat "$tmp/a"; rec m 10:00 11:00 Idle; } >"$tmp/gap"
t 'gap' rings gap warning 0 "$tmp/gap" --max-gap 59m
t 'gap withholds nothing' passed 2
rec m 08:00 08:00 Idle >"$tmp/zero"
t 'zero-length' rings zero-length error 1 "$tmp/zero"
rec m 09:00 08:00 Idle >"$tmp/negative"
t 'negative' rings negative error 1 "$tmp/negative"
t 'too-long' rings too-long error 1 "$tmp/a" --max-length 59m
t 'future' rings future error 1 "$tmp/a" --now 2025-01-15T08:54:59Z
t 'too-old' rings too-old error 1 "$tmp/a" --earliest 2025-01-15T08:00:01Z
rec m 08:00 09:00 working >"$tmp/state"
t 'unknown-state' rings unknown-state error 1 "$tmp/state"
rec m 08:00 09:00 Idle ',"basis":"estimated"' >"$tmp/est"
t 'estimated' rings estimated warning 0 "$tmp/est"
t 'estimated is held back' passed 0

# And not where there is nothing wrong.
quiet() { status 0 $v "$@" && ! grep -q '\[' "$tmp/err"; }
{ cat "$tmp/a"; rec m 09:00 10:00 Idle; rec n 08:30 09:30 Idle; } >"$tmp/good"
t 'touching ends and other machines are fine' quiet "$tmp/good"
t 'no gap at the limit' quiet --max-gap 1h "$tmp/gap"
t 'no gap without --max-gap' quiet "$tmp/gap"
t 'five minutes ahead are fine' quiet --now 2025-01-15T08:55:00Z "$tmp/a"
t 'the longest length is fine' quiet --max-length 1h "$tmp/a"
t 'the earliest start is fine' quiet --earliest 2025-01-15T08:00:00Z "$tmp/a"
t '--states names others' quiet --states Idle,working "$tmp/state"
t '--allow-estimated' quiet --allow-estimated "$tmp/est"
t '--rule off' quiet --rule overlap=off "$tmp/overlap"
t '--rule off keeps the record' passed 2

# Lines that are no records.
lines() {
	printf '%s\n' nonsense '{"companyId":1}' '{"a":"b"}' >"$tmp/bad"
	cat "$tmp/a" >>"$tmp/bad"
	status 1 $v --sorted "$tmp/bad" && passed 1 &&
	    has "$tmp/bad:1:1: error:" "$tmp/err" &&
	    has ' [bad-json]' "$tmp/err" && has ' [bad-type]' "$tmp/err" &&
	    has ' [unknown-key]' "$tmp/err" && has '"rejected":3,' "$tmp/out"
}
t 'lines that are no records are errors' lines
t 'and can be made notes' status 0 $v --rule bad-json=note \
	--rule bad-type=note --rule unknown-key=note "$tmp/bad"
t 'but never off' status 2 $v --rule bad-json=off "$tmp/bad"

# Severities, verdicts, frames.
t 'warnings pass below the fail level' \
	status 0 $v --rule overlap=warning "$tmp/overlap"
t 'with a warning the record is kept' passed 2
t '--fail-level warning' \
	status 1 $v --rule overlap=warning --fail-level warning "$tmp/overlap"
t 'the verdict says so' has '"verdict":"findings"' "$tmp/out"
t '--fail-level never' status 0 $v --fail-level never "$tmp/overlap"
t 'an error withholds even then' passed 1
t 'unframed input is said' has '"unframed":true' "$tmp/out"
framed "$tmp/good" >"$tmp/framed"
t 'a whole stream' status 0 $v "$tmp/framed"
t 'is passed on whole' has '{"ditioEnd":{"records":3,"rejected":0,"verdict":"ok"}}' "$tmp/out"
{ echo "$first"; cat "$tmp/a"; last 1 7 findings; } >"$tmp/findings"
t 'findings of the program before' status 0 $v "$tmp/findings"
t 'are passed on' has '"rejected":7,"verdict":"findings"}}' "$tmp/out"
t '--plain has no frame' status 0 $v --plain "$tmp/framed"
same() { sort "$tmp/good" | cmp - "$tmp/out"; }
t 'and nothing but records, in order' same
{ echo "$first"; last 0; } >"$tmp/nothing"
t 'an empty framed stream is fine' status 0 $v "$tmp/nothing"
for road in '' --sorted; do
	sed '$d' "$tmp/framed" >"$tmp/cut"
	t "a cut stream $road" status 2 $v $road "$tmp/cut"
	t 'has no last line' sh -c "! grep ditioEnd '$tmp/out'"
	sed 2d "$tmp/framed" >"$tmp/cut"
	t "a record is missing $road" status 2 $v $road "$tmp/cut"
	t "empty input $road" status 2 $v $road /dev/null
	t "a missing file $road" status 2 $v $road "$tmp/none"
	t 'is named' has "$tmp/none" "$tmp/err"
	t "a directory $road" status 2 $v $road "$tmp"
	t "a file and a missing one $road" \
		status 2 $v $road "$tmp/framed" "$tmp/none"
done
silent() { status 2 $v "$tmp/cut" && test ! -s "$tmp/out"; }
t 'of a cut stream nothing is written' silent

# --sorted.
{ rec n 08:00 09:00 Idle; rec m 08:00 09:00 Idle; rec n 09:00 10:00 Idle; } \
	>"$tmp/mixed"
t '--sorted takes machines in any order' status 0 $v --sorted --plain "$tmp/mixed"
t 'and keeps it' cmp "$tmp/mixed" "$tmp/out"
{ rec m 09:00 10:00 Idle; rec m 08:00 09:00 Idle; } >"$tmp/disorder"
t 'disorder' status 2 $v --sorted "$tmp/disorder"
t 'is refused by its line' has "$tmp/disorder:2:" "$tmp/err"
t 'and has no last line' sh -c "! grep ditioEnd '$tmp/out'"
t 'without --sorted it is put in order' status 0 $v "$tmp/disorder"

# What goes where.
{ cat "$tmp/overlap"; rec m 09:30 09:30 Idle; rec m 08:00 09:00 Working "$(src 9)"
  rec n 08:00 09:00 Idle ',"basis":"estimated"'; } >"$tmp/mess"
t '--withheld' status 1 $v --withheld "$tmp/w" "$tmp/mess"
withheld() {
	test "$(wc -l <"$tmp/w")" -eq 4 && test "$(passed 1 && echo yes)" = yes &&
	    sed '1d;$d' "$tmp/out" | sort - "$tmp/w" | cmp - "$tmp/sorted"
}
sort "$tmp/mess" >"$tmp/sorted"
t 'has all that did not pass, as it was' withheld
t '--fix safe' status 1 $v --fix safe --withheld "$tmp/w" "$tmp/mess"
fixed() {
	has ' note: ' "$tmp/err" && has '(dropped by --fix duplicate=drop)' "$tmp/err" && has 'duplicate 1 (1.00 h)' "$tmp/err" &&
	    has '2 dropped (1.00 h)' "$tmp/err" && test "$(wc -l <"$tmp/w")" -eq 2
}
t 'drops duplicates and empty periods, and says so' fixed
t 'dropped ones are no errors' status 0 $v --fix safe "$tmp/duplicate"
t 'nor empty ones' status 0 $v --fix safe "$tmp/zero"
t '--report' status 1 $v --report "ndjson:$tmp/r" "$tmp/mess"
report() {
	test "$(wc -l <"$tmp/r")" -eq 5 &&
	    has '"file":"d.csv","line":9,"code":"duplicate","severity":"error"' "$tmp/r" &&
	    has '"hours":0.25,"fate":"withheld",' "$tmp/r" &&
	    tail -n 1 "$tmp/r" | grep -q '^{"ditioSummary":.*"read":5,"passed":1,"passedHours":1.00,"withheld":3,'
}
t 'has every finding, then the summary' report
t 'a failed run has no summary' status 2 $v --report "ndjson:$tmp/r" "$tmp/cut"
t 'in its report' sh -c "! grep ditioSummary '$tmp/r'"
printf '%s\n' \
	'{"tool":"ditio-parse","file":"d.csv","line":17,"column":3,"code":"unmapped-state","message":"no state","raw":"x"}' \
	'{"tool":"ditio-parse","file":"d.csv","line":18,"code":"open-end","message":"open","severity":"note","hours":0.0011}' \
	>"$tmp/rejects"
t '--rejects' status 1 $v --rejects "$tmp/rejects" --report "ndjson:$tmp/r" "$tmp/framed"
rejects() {
	has 'd.csv:17:3: error: no state [unmapped-state]' "$tmp/err" &&
	    has '"tool":"ditio-parse","file":"d.csv","line":18,"code":"open-end","severity":"note","message":"open","hours":0.0011,' "$tmp/r" &&
	    has '"verdict":"findings"' "$tmp/out" && passed 3
}
t 'count with their lines and codes' rejects
echo '{"line":1}' >"$tmp/rejects"
t 'a file that is none' status 2 $v --rejects "$tmp/rejects" "$tmp/framed"
t 'a missing one' status 2 $v --rejects "$tmp/none" "$tmp/framed"
t 'is no output' test ! -s "$tmp/out"

# A finding tells what became of the record in the end.
fate() {
	status 1 $v --report "ndjson:$tmp/r" --rule too-long=note \
		--max-length 30m "$tmp/overlap" &&
	    test "$(grep -c '"code":"too-long".*"fate":"withheld"' "$tmp/r")" -eq 1 &&
	    test "$(grep -c '"code":"too-long".*"fate":"passed"' "$tmp/r")" -eq 1
}
t 'a note of a record that another finding withheld' fate

# Selection.
chosen() {
	wanted=$1; shift
	status 0 $v "$@" "$tmp/good" && passed "$wanted"
}
t '--machine' chosen 1 --machine n
t 'two machines' chosen 3 --machine n --machine m
t '--project' chosen 0 --project p2
t '--state' chosen 2 --state Idle
t '--from is included' chosen 2 --from 2025-01-15T08:30:00Z
t '--to is not' chosen 1 --to 2025-01-15T08:30:00Z
t 'what is not selected is counted' has '2 not selected' "$tmp/err"

# stderr.
many() {
	i=0
	while test $i -lt 20; do rec m 08:00 08:00 Idle; i=$((i + 1)); done
}
many >"$tmp/many"
t '--limit' status 1 $v --limit 3 "$tmp/many"
limit() {
	test "$(grep -c '\[zero-length\]' "$tmp/err")" -eq 3 &&
	    has 'zero-length: 17 more' "$tmp/err" && has 'zero-length 20 (' "$tmp/err"
}
t 'prints so many, counts all' limit
t '--quiet' status 0 $v -q "$tmp/good"
t 'says nothing where nothing is wrong' test ! -s "$tmp/err"
t '--log json' status 1 $v --log json "$tmp/zero"
t 'is JSON' has '"code":"zero-length"' "$tmp/err"
t '--list-rules' status 0 ditio-validate --list-rules
t 'lists rules' has 'overlap	error	' "$tmp/out"

# Trouble.
t 'an unknown rule' status 2 $v --rule nonsense=off "$tmp/good"
t 'a level that is none' status 2 $v --rule gap=bad "$tmp/good"
t 'a gap rule without a length' status 2 $v --rule gap=error "$tmp/good"
t 'a time without a zone' status 2 $v --from 2025-01-15T08:30:00 "$tmp/good"
t 'a bad length' status 2 $v --max-gap 5 "$tmp/good"
t 'no time to select' status 2 $v --to 2025-01-01T00:00:00Z \
	--from 2025-01-02T00:00:00Z "$tmp/good"
t 'a report to stdout' status 2 $v --report ndjson:- "$tmp/good"
t 'an unknown report' status 2 $v --report yaml:x "$tmp/good"
t 'withheld to stdout' status 2 $v --withheld - "$tmp/good"
t 'rejects from stdin' status 2 $v --rejects - "$tmp/good"
cp "$tmp/overlap" "$tmp/again"
t 'withheld over its own input' status 2 $v --withheld "$tmp/again" "$tmp/again"
t 'a report over it' status 2 $v --report "ndjson:$tmp/again" "$tmp/again"
t 'leaves it as it was' cmp "$tmp/overlap" "$tmp/again"
t 'an unknown fix' status 2 $v --fix all "$tmp/good"
t 'an unknown option' status 2 $v --nonsense "$tmp/good"
full() { $v "$@" "$tmp/good" >/dev/full 2>"$tmp/err"; test $? -eq 2; }
closed() { $v "$@" "$tmp/good" >&- 2>"$tmp/err"; test $? -eq 2; }
for road in '' --sorted; do
	t "a full disk $road" full $road
	t 'is said' has '<stdout>' "$tmp/err"
	t "a closed stdout $road" closed $road
done
t 'a full disk for the report' \
	status 2 $v --report ndjson:/dev/full "$tmp/overlap"
t 'for what is withheld' status 2 $v --withheld /dev/full "$tmp/overlap"
t 'leaves no last line' sh -c "! grep ditioEnd '$tmp/out'"

# In order of text, beyond memory too, and as sort would have it.
awk 'BEGIN {
	srand(4)
	for (i = 0; i < 20000; i++) {
		s = int(rand() * 86000)
		e = s + int(rand() * 200)
		printf "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"%s\",\"startTime\":\"2025-01-15T%s\",\"endTime\":\"2025-01-15T%s\",\"state\":\"Idle\",\"source\":\"d.csv:%d\"}\n",
		    substr("EX 1EX  x-1é1", 1 + int(rand() * 4) * 3, 3), clock(s), clock(e), i + 2
	}
}
function clock(t) {
	return sprintf("%02d:%02d:%02dZ", t / 3600, t / 60 % 60, t % 60)
}' >"$tmp/long"
t 'twenty thousand records' status 1 $v --limit 0 "$tmp/long"
cp "$tmp/out" "$tmp/inmemory"
t 'beyond memory' status 1 $v -v --limit 0 --memory 256k "$tmp/long"
t 'spills' has 'temporary file' "$tmp/err"
t 'the same comes out' cmp "$tmp/inmemory" "$tmp/out"
awk 'BEGIN {
	for (i = 0; i < 18000; i++)
		printf "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"%0200d\",\"startTime\":\"2025-01-15T08:00:00Z\",\"endTime\":\"2025-01-15T09:00:00Z\",\"state\":\"Idle\"}\n",
		    (i * 7919) % 18001
}' >"$tmp/names"
t 'texts' status 0 $v -v --memory 9M "$tmp/names"
t 'count as memory' has 'temporary file' "$tmp/err"
LC_ALL=C sort "$tmp/long" >"$tmp/sorted"
t 'sorted by sort' status 1 $v --limit 0 --sorted "$tmp/sorted"
t 'the same passes' cmp "$tmp/inmemory" "$tmp/out"
again() { status 0 $v "$tmp/inmemory" && cmp "$tmp/inmemory" "$tmp/out"; }
sed -i '$s/"rejected":[0-9]*,"verdict":"findings"/"rejected":0,"verdict":"ok"/; $s/,"unframed":true//' "$tmp/inmemory"
t 'what passed passes again' again
piped() {
	# Whoever started us may have SIGPIPE ignored.
	env --default-signal=PIPE true && default='env --default-signal=PIPE'
	{ ${default-} $v --sorted --limit 0 "$tmp"/sorted.*; echo $? >"$tmp/status"; } \
		2>"$tmp/err" | head -n 1 >/dev/null
	test "$(cat "$tmp/status")" -eq 141 && test ! -s "$tmp/err"
}
# More comes out than a pipe can hold, or it might end before it breaks.
for i in 1 2 3 4 5 6; do
	sed "s/\"p1\"/\"p$i\"/" "$tmp/sorted" >"$tmp/sorted.$i"
done
t 'a broken pipe ends it quietly' piped
gzip -c "$tmp/framed" >"$tmp/framed.gz"
t 'gzip' status 0 $v "$tmp/framed.gz"
head -c 100 "$tmp/framed.gz" >"$tmp/cut.gz"
t 'a cut gzip' status 2 $v "$tmp/cut.gz"
done_testing
