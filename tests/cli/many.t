#!/bin/sh
# many.t - however many findings there are: totals exact, samples capped,
# memory flat.  FINDINGS: how many; check-long has ten million.
. "$SRCDIR/tests/lib.sh"
LC_ALL=C; export LC_ALL
unset GITHUB_STEP_SUMMARY

number=${FINDINGS:-200000}
half=$((number / 2))

# Half of them cost nothing, the others an hour each.
make() {
	awk -v n="$number" 'BEGIN {
		for (i = 0; i < n; i++)
			printf "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"m%d\",\"startTime\":\"2025-01-15T08:00:00Z\",\"endTime\":\"2025-01-15T%s:00:00Z\",\"state\":\"Idle\",\"source\":\"dump.csv:%d\"}\n",
			    i % 1000, i % 2 ? "10" : "08", i + 2
	}'
}
# Twice of what the program takes with nothing to do; kept, the findings of
# make check alone would take more.
small() { test -n "${SANITIZED-}" || ulimit -v 100000; "$@"; }
many() {
	make | small ditio-validate -q --limit 3 --memory 4M --sorted \
	    --now 2025-06-01T00:00:00Z --max-length 1h --samples 50 \
	    --report "text:$tmp/text" --report "json:$tmp/json" \
	    --report "sarif:$tmp/sarif" --report "junit:$tmp/junit" \
	    --report "github:$tmp/github" --report ndjson:/dev/null \
	    --write-baseline "$tmp/known" >"$tmp/out" 2>"$tmp/err"
	test $? -eq 1 || { cat "$tmp/err"; return 1; }
}
t "$number findings in every report, in little memory" many

j() { jq -e "$1" "$tmp/json" >"$tmp/log" || { jq 'del(.rules[].samples)' "$tmp/json"; return 1; }; }
t 'json: exact totals' j "[.rules[] | [.code, .count, .hours]] == [[\"too-long\", $half, $half], [\"zero-length\", $half, 0]]"
t 'json: capped samples, the first of equals' \
	j 'all(.rules[]; .truncated and (.samples | length == 50)) and .rules[0].samples[49].line == 101'
s() { jq -e ".runs[0] | $1" "$tmp/sarif" >"$tmp/log"; }
t 'sarif: 5000 results, the worst' s '.results | length == 5000 and all(.ruleId == "too-long")'
t 'sarif: exact totals' s ".properties | .findings == $number and .truncated"
t 'github: ten' sh -c "test \$(wc -l <'$tmp/github') -eq 10"
t 'github: how many more' grep -qF "::$((number - 9)) more of this level" "$tmp/github"
t 'text: how many more' grep -q "^$((half - 50)) more" "$tmp/text"
t 'junit: how many' grep -q "message=\"$half ($half.00 h)" "$tmp/junit"
sum() { jq -s "[.[] | select(.fingerprint) | .count // 1] | add == $number and length == 1000" "$tmp/known" | grep -q true; }
t 'baseline: each kind once, counted' sum
known() {
	make | small ditio-validate -q --memory 4M --sorted --baseline "$tmp/known" \
	    --now 2025-06-01T00:00:00Z --max-length 1h >"$tmp/out" 2>"$tmp/err" ||
		{ cat "$tmp/err"; return 1; }
}
t 'all of them known' known
done_testing
