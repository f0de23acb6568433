#!/bin/sh
# reports.t - what ditio-validate --report writes, read by others.
. "$SRCDIR/tests/lib.sh"
LC_ALL=C.UTF-8; export LC_ALL
unset GITHUB_STEP_SUMMARY

v='ditio-validate --now 2025-06-01T00:00:00Z --limit 0'
esc=$(printf '\033')

# rec MACHINE START END STATE [SOURCE]: a line; times are of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$2" "$3"
	printf '"state":"%s","source":"%s"}\n' "$4" "${5-d.csv:9}"
}
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
lacks() { ! grep -F -- "$1" "$2"; }

# Names that mean something to whoever reads a report, a member of an archive,
# thirteen of one kind, lines that are no records.
{
	rec m 08:00 09:00 Working './in/100%, a:b.csv:2'
	rec m 08:30 09:30 Working './in/100%, a:b.csv:3'
	rec m 08:00 09:00 Working 'x.zip/in/d.csv:4'
	rec 'm|<b>&*_\u001b[1m\n::error::x]]>' 08:00 08:00 Idle
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do rec z 08:00 08:00 Idle "z.csv:$i"; done
	printf 'b\377d\n'
	rec g 08:00 09:00 Idle 'g.csv:1'
	rec g 10:00 11:00 Idle 'g.csv:2'
} >"$tmp/in"

# run NAME OPTION...: every format at once, to files called NAME.
run() {
	to=$tmp/$1; shift
	status 1 $v --max-gap 10m --report "text:$to.text" \
	    --report "json:$to.json" --report "ndjson:$to.ndjson" \
	    --report "github:$to.github" --report "sarif:$to.sarif" \
	    --report "junit:$to.junit" "$@" "$tmp/in"
}
t 'several at once' run all
t 'with --samples' run few --samples 2

# json: totals exact, samples the worst.
j() { jq -e "$1" "$tmp/$2.json" >"$tmp/log" || { jq . "$tmp/$2.json"; return 1; }; }
of='.rules[] | select(.code == "zero-length")'
t 'json: totals are exact' j "$of | .count == 13 and .severity == \"error\"" few
t 'json: samples are capped' j "$of | .truncated and (.samples | length == 2)" few
t 'json: unless they fit' j "$of | (.truncated | not) and (.samples | length == 13)" all
t 'json: the gravest first, then the dearest' \
	j '[.rules[].code][0:2] == ["duplicate", "overlap"] and (.rules[-1].code == "gap")' few
t 'json: what all came to' j '.read == 19 and .passed == 3 and .noRecord == 1 and .verdict == "findings"' few
t 'json: a remedy for each' j 'all(.rules[]; .remedy | length > 9)' all
agree() {
	jq -S '[.rules[].samples[]]' "$tmp/all.json" | jq 'sort' >"$tmp/a"
	jq -S 'select(.ditioSummary | not)' "$tmp/all.ndjson" | jq -s 'sort' >"$tmp/b"
	test "$(jq length "$tmp/a")" -eq 17 && cmp "$tmp/a" "$tmp/b"
}
t 'json and ndjson have the same findings' agree
t '--samples 0' run none --samples 0
t 'json: leaves all out, and says so' \
	j 'all(.rules[]; .truncated and .samples == [])' none

# text
t 'text: each rule, its count and remedy' has 'zero-length: 13 (0.00 h), a period that ends when it starts' "$tmp/few.text"
t 'text: how many it leaves out' has '11 more, none of them worse' "$tmp/few.text"
t 'text: nothing of that where all are there' lacks 'more, none' "$tmp/all.text"
t 'text: the vendor file and line' has './in/100%, a:b.csv:3: error: m Working' "$tmp/all.text"
t 'text: no terminal is driven' lacks "$esc" "$tmp/all.text"
t 'text: ends with the verdict' has 'verdict findings' "$tmp/all.text"

# github: read the commands as the runner does.
commands() {
	awk '
	!/^::(error|warning|notice) ([a-z]+=[^,:]+)(,[a-z]+=[^,:]+)*::/ {
		print "no command: " $0; bad = 1; next
	}
	{
		level = substr($1, 3); rest = substr($0, length($1) + 2)
		n = index(rest, "::"); file = ""; line = ""
		k = split(substr(rest, 1, n - 1), p, ",")
		for (i = 1; i <= k; i++) {
			if (p[i] ~ /^file=/) file = plain(substr(p[i], 6))
			if (p[i] ~ /^line=/) line = substr(p[i], 6)
		}
		print level "|" file "|" line "|" plain(substr(rest, n + 2))
	}
	END { exit bad }
	function plain(s) {
		gsub(/%3A/, ":", s); gsub(/%2C/, ",", s)
		gsub(/%0D/, "\r", s); gsub(/%0A/, "\n", s); gsub(/%25/, "%", s)
		return s
	}' "$1" >"$2" || { cat "$2"; return 1; }
}
t 'github: all lines are commands' commands "$tmp/all.github" "$tmp/read"
t 'github: file and line, plain again' has 'error|in/100%, a:b.csv|3|m Working' "$tmp/read"
t 'github: a member is in its archive' has 'error|x.zip||in/d.csv:4: m Working' "$tmp/read"
t 'github: a gap is a warning' has 'warning|g.csv|2|' "$tmp/read"
t 'github: no terminal is driven' lacks "$esc" "$tmp/all.github"
ten() { test "$(grep -c '^error' "$tmp/read")" -eq 10; }
t 'github: ten of a level' ten
t 'github: the last says how many more' has 'error|||7 more of this level' "$tmp/read"
t 'github: none more where all fit' sh -c "! grep 'warning.*more' '$tmp/read'"
echo before >"$tmp/step"
GITHUB_STEP_SUMMARY=$tmp/step; export GITHUB_STEP_SUMMARY
t 'github: with a step summary' run step
t 'github: after what was there' sh -c "head -n 1 '$tmp/step' | grep -qx before"
t 'github: the verdict' has '### ditio-validate: findings' "$tmp/step"
t 'github: a table' has '| zero-length | error | 13 | 0 | 0.00 |' "$tmp/step"
t 'github: text is no Markdown' has 'm\|\<b\>\&\*\_\\x1b\[1m\\x0a\:\:error\:\:x\]\]\>' "$tmp/step"
t 'github: and how many more' has '- and 6 more of this level' "$tmp/step"
GITHUB_STEP_SUMMARY=$tmp/none/step
t 'github: a step summary that cannot be' status 2 $v --report "github:$tmp/g" "$tmp/in"
t 'github: is named' has "$tmp/none/step" "$tmp/err"
unset GITHUB_STEP_SUMMARY

# sarif
sarif() {
	jq -r --argjson schemas "[$(jq -c '{ "sarif": . }' \
	    "$SRCDIR/tests/cli/sarif.schema.json")]" --arg name sarif \
	    -f "$SRCDIR/tests/cli/schema.jq" "$1" >"$tmp/faults" &&
	    ! grep . "$tmp/faults"
}
s() { jq -e ".runs[0] | $1" "$tmp/all.sarif" >"$tmp/log" || { jq . "$tmp/all.sarif"; return 1; }; }
wrong() { jq -c "$1" "$tmp/all.sarif" >"$tmp/wrong"; ! sarif "$tmp/wrong"; }
t 'sarif: is what its schema says' sarif "$tmp/all.sarif"
t 'sarif: which rings for a blank in a URI' wrong \
	'.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = "a b"'
t 'sarif: and for a rule without help' wrong 'del(.runs[0].tool.driver.rules[0].help)'
t 'sarif: all findings' s '.results | length == 17'
t 'sarif: say which rule they break' \
	s '.tool.driver.rules as $r | all(.results[]; $r[.ruleIndex].id == .ruleId)'
at() { s ".results[] | select(.ruleId == \"$1\") | .locations[0].physicalLocation | .artifactLocation.uri == \"$2\" and .region.startLine == $3"; }
t 'sarif: the file, encoded, and the line' at overlap in/100%25%2C%20a%3Ab.csv 3
t 'sarif: a member is in its archive' at duplicate x.zip null
t 'sarif: and named in the text' \
	s '.results[] | select(.ruleId == "duplicate") | .message.text | startswith("in/d.csv:4: m Working")'
t 'sarif: no two fingerprints are the same' \
	s '[.results[].partialFingerprints.primaryLocationLineHash] | length == (unique | length)'
t 'sarif: worst first' s '[.results[].ruleId][0:2] == ["duplicate", "overlap"]'
t 'sarif: totals' s '.properties | .findings == 17 and (.truncated | not) and .read == 19'
t 'sarif: no terminal is driven' lacks "$esc" "$tmp/all.sarif"

# junit
x() { test "$(xmllint --xpath "$1" "$tmp/$2.junit")" = "$3" || { cat "$tmp/$2.junit"; return 1; }; }
junit() { xmllint --noout --schema "$SRCDIR/tests/cli/junit.xsd" "$1"; }
t 'junit: is what its schema says' junit "$tmp/all.junit"
sed 's/ message=/ text=/' "$tmp/all.junit" >"$tmp/wrong"
rings() { ! junit "$tmp/wrong"; }
t 'junit: which rings' rings
rules=$(ditio-validate --list-rules | wc -l)
t 'junit: every rule is a test' x 'count(//testcase)' all "$rules"
t 'junit: counted' x 'string(/testsuites/@tests)' all "$rules"
t 'junit: failures too' x '/testsuites/@failures = count(//testcase[failure])' all true
t 'junit: those of the fail level' x 'count(//testcase[failure])' all 4
t 'junit: below it a test passes, and says what was found' \
	x 'contains(//testcase[@name="gap"]/system-out, "g.csv:2: warning")' all true
t 'junit: as many samples as asked for' \
	x 'contains(//testcase[@name="zero-length"]/failure, "11 more")' few true
t 'junit: text is no XML' \
	x 'contains(//failure, "m|<b>&*_\x1b[1m\x0a::error::x]]>")' all false
t 'junit: but text' x 'contains(//testcase[@name="zero-length"]/failure, "m|<b>&*_\x1b[1m\x0a::error::x]]>")' all true
off() { status 1 $v --rule overlap=off --fail-level warning --report "junit:$tmp/off.junit" --max-gap 10m "$tmp/in"; }
t 'junit: with a rule off' off
t 'junit: is skipped' x 'count(//testcase[@name="overlap"]/skipped)' off 1
t 'junit: --fail-level warning' x 'count(//testcase[@name="gap"]/failure)' off 1

# What cannot stand in XML: half of nothing, and what is no character.
rec "$(printf 'a\357\277\276b\357\277\277c')" 08:00 08:00 Idle >"$tmp/odd"
t 'junit: what XML has not' status 1 $v --report "junit:$tmp/odd.junit" "$tmp/odd"
t 'junit: is replaced' junit "$tmp/odd.junit"

# Rows that did not parse are told by what stood in them.
row() {
	printf '{"tool":"ditio-parse","file":"%s","line":%s,"column":3,' "$1" "$2"
	printf '"code":"bad-time","message":"no time at %s","severity":"error","raw":"%s"}\n' "$2" "$3"
}
{ row d.csv 7 'EX-1;x'; row d.csv 8 'EX-2;x'; } >"$tmp/r1"
{ row d.csv 8 'EX-1;x'; row d.csv 9 'EX-2;x'; } >"$tmp/r2"
prints() {
	status 1 $v --rejects "$tmp/$1" --report "ndjson:$tmp/n" --report "sarif:$tmp/n.sarif" "$tmp/good" &&
	    sarif "$tmp/n.sarif" && jq -r '.fingerprint // empty' "$tmp/n" >"$tmp/$1.prints"
}
rec m 08:00 09:00 Idle >"$tmp/good"
t 'rows, ...' prints r1
t '... a line further down, ...' prints r2
t '... have the same fingerprints' cmp "$tmp/r1.prints" "$tmp/r2.prints"
two() { test "$(sort -u "$tmp/r1.prints" | wc -l)" -eq 2; }
t '... and two of them two' two

# Whatever comes in by --rejects: all that ditio-parse says of the samples, and
# texts that want to be something else.
(
	cd "$SRCDIR/samples" || exit 1
	for f in bad-*.csv bad-*.xml note-*.xml; do
		# shellcheck disable=SC2046 # a list of options
		ditio-parse -q --plain --max-rejects 100% --rejects "$tmp/r" \
		    $(cat "${f%.*}.args") "$f" 2>/dev/null >&2
		cat "$tmp/r"
	done
) >"$tmp/hostile"
jq -nc '
	[range(1; 32), 34, 38, 39, 60, 62, 127, 133, 8232, 65534, 65535, 1114111] as $odd
	| ($odd | implode) as $all
	| { code: "x", file: "a", message: $all }, { code: $all, file: $all, message: "m" },
	  { code: "::error::y", file: "%0A::error::", line: 1, message: "%0A::error::z" },
	  { code: "]]>", file: "]]>", message: "<![CDATA[ ]]>", severity: "warning" },
	  { code: "y", file: "/a/../b c.zip/\u0001", line: 9007199254740991, message: "m", severity: "note", hours: -1.5 },
	  { code: "z", message: "" }, { code: "z", file: "", message: ("\u00e6" * 9999) }
' >>"$tmp/hostile"
hostile() {
	GITHUB_STEP_SUMMARY=$tmp/h.step status 1 $v --rejects "$tmp/hostile" \
	    --report "text:$tmp/h.text" --report "json:$tmp/h.json" \
	    --report "ndjson:$tmp/h.ndjson" --report "github:$tmp/h.github" \
	    --report "sarif:$tmp/h.sarif" --report "junit:$tmp/h.junit" "$tmp/good"
}
t 'hostile: findings of many kinds' hostile
t 'hostile: all in json' j '(.rules | length > 20) and .rejects > 60' h
t 'hostile: sarif is what its schema says' sarif "$tmp/h.sarif"
nowhere() { jq -e '.runs[0] | [.results[], .invocations[0].toolExecutionNotifications[]] | length == 126' "$tmp/h.sarif" &&
	jq -e '[.runs[0].invocations[0].toolExecutionNotifications[] | .associatedRule.id] | unique | index("no-record")' "$tmp/h.sarif"; }
t 'hostile: what is about no file is no result' nowhere
t 'hostile: junit, too' junit "$tmp/h.junit"
t 'hostile: all lines for github are commands' commands "$tmp/h.github" "$tmp/read"
t 'hostile: no text begins a command' sh -c "! grep -n ':.*::error::[yz]\$' '$tmp/h.github' | grep -v '::error file='"
ours() {
	for f in text github step sarif junit; do
		! tr -d '\n\177' <"$tmp/h.$f" | LC_ALL=C grep -n '[[:cntrl:]]' || return 1
	done
}
t 'hostile: no control byte comes out' ours
t 'hostile: nor what is no UTF-8' sh -c "cat '$tmp'/h.* | iconv -f utf-8 -t utf-8 >/dev/null"

# All is well.
t 'nothing found' status 0 $v --report "text:$tmp/g.text" \
	--report "json:$tmp/g.json" --report "github:$tmp/g.github" \
	--report "sarif:$tmp/g.sarif" --report "junit:$tmp/g.junit" "$tmp/good"
t 'text: says so' has '1 read, 1 passed on; verdict ok' "$tmp/g.text"
t 'json: says so' j '.rules == [] and .verdict == "ok"' g
t 'sarif: no results' sarif "$tmp/g.sarif"
t 'junit: no failures' x 'count(//failure)' g 0
t 'github: says nothing' test ! -s "$tmp/g.github"

# Trouble.
t 'a run that fails' status 2 $v --report "json:$tmp/f.json" \
	--report "github:$tmp/f.github" --report "text:$tmp/f.text" \
	--report "sarif:$tmp/f.sarif" --report "junit:$tmp/f.junit" "$tmp/in" "$tmp/none"
t 'has empty reports' sh -c "! cat '$tmp'/f.* | grep ."
t 'two reports to one file' status 2 $v --report "json:$tmp/x" --report "text:$tmp/x" "$tmp/good"
t 'are refused' has 'a file of its own' "$tmp/err"
t 'an unknown format' status 2 $v --report "yaml:$tmp/x" "$tmp/good"
t 'is told which there are' has 'text, ndjson, json, html, github, sarif or junit' "$tmp/err"
t '--samples wants a number' status 2 $v --samples all "$tmp/good"
for f in text json github sarif junit; do
	t "$f: a full disk" status 2 $v --report "$f:/dev/full" "$tmp/in"
done
done_testing
