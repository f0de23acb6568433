#!/bin/sh
# rules.t - the catalogue of rules, and files that change it.
. "$SRCDIR/tests/lib.sh"
cd "$SRCDIR" || exit 1 # examples name samples

now=2025-06-01T00:00:00Z
v="ditio-validate --now $now"
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }

# What is made of the catalogue; "make rules" makes it anew.
ditio-validate --list-rules=json >"$tmp/rules.json"
t 'schemas/rules.json is the catalogue' \
	cmp "$SRCDIR/schemas/rules.json" "$tmp/rules.json"
agrees() {
	jq -f "$SRCDIR/tests/cli/rules.jq" "$tmp/rules.json" >"$tmp/made"
	jq -S . "$SRCDIR/schemas/rules.schema.json" >"$tmp/there"
	jq -S . "$tmp/made" | diff "$tmp/there" -
}
t 'schemas/rules.schema.json is of it' agrees
lists() {
	jq -r '.[] | [.code, (if .optional then "off, " else "" end) + .severity,
	    .line] | @tsv' "$tmp/rules.json" >"$tmp/want"
	ditio-validate --list-rules | diff "$tmp/want" -
}
t '--list-rules says the same' lists
t 'and in no other format' status 2 ditio-validate --list-rules=xml

# explained: --explain has all that the catalogue knows.
explained() {
	jq -r '.[] | .code as $code | .line, .reason, .remedy, .example,
	    (.parameters[] | .name, (.option // empty), .line) | $code + "\t" + .' \
		"$tmp/rules.json" >"$tmp/said"
	test "$(cut -f 1 "$tmp/said" | sort -u | wc -l)" -gt 20 || return 1
	while IFS='	' read -r code text; do
		ditio-validate --explain "$code" | grep -qF -- "$text" ||
			{ echo "$code: $text"; return 1; }
	done <"$tmp/said"
}
t '--explain tells it all' explained

# stream: an example's periods, "[PROJECT/]MACHINE FROM-TO STATE [BASIS]"
# between commas, as records.
stream() {
	LC_ALL=C awk '
	{
		n = split($0, part, ", ")
		for (i = 1; i <= n; i++) {
			split(part[i], w, " "); split(w[2], at, "-")
			project = "p1"; machine = w[1]
			if (split(w[1], id, "/") == 2) { project = id[1]; machine = id[2] }
			printf "{\"companyId\":\"c1\",\"projectId\":\"%s\",\"machineId\":\"%s\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"%s\"%s}\n", \
			    project, machine, stamp(at[1]), stamp(at[2]), w[3], \
			    w[4] ? ",\"basis\":\"" w[4] "\"" : ""
		}
	}
	function stamp(s) {
		return "2025-01-15T" s (length(s) == 5 ? ":00" : "") "Z"
	}'
}
fleet() { "$BUILDDIR/tests/fleet" "$@"; }
# rings CODE: its example does, at its severity.
rings() {
	rule=$(jq -c --arg code "$1" '.[] | select(.code == $code)' "$tmp/rules.json")
	about=$(printf '%s\n' "$rule" | jq -r .about)
	case $1 in
	bad-utf8) printf '{"machineId":"Gr\370ft"}\n' ;;
	too-deep) LC_ALL=C awk 'BEGIN { while (i++ < 70) printf "["; print "" }' ;;
	provider-outage) fleet always 3 outage ;;
	midnight-cut) fleet nights 3 midnight ;;
	dst-shift) fleet always 3 spring ;;
	zone-shift) fleet sheets 3 beside ;;
	frozen-clock) fleet days 3 frozen ;;
	export-cut) fleet days 3 export ;;
	off-hours) fleet days 3 late ;;
	too-long-line) LC_ALL=C awk 'BEGIN { while (i++ < 1100000) printf "x"; print "" }' ;;
	*) printf '%s\n' "$rule" | jq -r .example |
		if [ "$about" = period ]; then stream; else cat; fi ;;
	esac >"$tmp/in"
	# Files in them are named as from where the sources are.
	# shellcheck disable=SC2046 # a list of options
	(cd "$SRCDIR" && $v $(printf '%s\n' "$rule" | jq -r .options) \
	    "$tmp/in" 2>"$tmp/err" >/dev/null)
	grep -q " $(printf '%s\n' "$rule" | jq -r .severity): .* \[$1\]\$" "$tmp/err" ||
		{ cat "$tmp/err"; return 1; }
	# What is found beside a cause are its symptoms.
	test "$about" = fleet ||
		! grep '\[' "$tmp/err" | grep -v "\[$1\]"
}
for code in $(jq -r '.[].code' "$tmp/rules.json"); do
	t "the example of $code rings" rings "$code"
done

# Rules files.
echo 'EX-1 08:00-09:00 Idle, EX-1 08:45-10:00 Idle, EX-1 12:00-13:00 Off' |
	stream >"$tmp/in"
# found SEVERITY CODE
found() { grep -q " $1: .* \[$2\]\$" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
t 'the sample' status 1 $v --rules "$SRCDIR/samples/rules.json" "$tmp/in"
t 'knows another state' sh -c "! grep unknown-state '$tmp/err'"
cat >"$tmp/rules" <<'END'
{
  "$schema": "rules.schema.json", /* for editors */
  "overlap": "warning",
  "unknown-state": { "severity": "note", "states": ["Idle"] },
  "gap": { "maxGap": "90m" },
  "estimated": { "allow": true }
}
END
t 'a rules file' status 0 $v --rules "$tmp/rules" "$tmp/in"
t 'has severities' found warning overlap
t 'in objects, too' found note unknown-state
t 'and parameters' found warning gap
t 'the command line wins' \
	status 1 $v --rule overlap=error --max-gap 3h --rules "$tmp/rules" "$tmp/in"
t 'in severities' found error overlap
t 'and in parameters' sh -c "! grep '\[gap\]' '$tmp/err'"
t 'and in words' status 0 $v --states Idle,Off --rules "$tmp/rules" "$tmp/in"
t 'of which there are none of the file' sh -c "! grep unknown-state '$tmp/err'"

# refused TEXT PLACE MESSAGE: the rules file TEXT is, and why.
refused() {
	echo "$1" >"$tmp/wrong"
	status 2 $v --rules "$tmp/wrong" "$tmp/in" &&
		has "$tmp/wrong:$2: " "$tmp/err" && has "$3" "$tmp/err" &&
		test ! -s "$tmp/out"
}
t 'an unknown rule' refused '{"overlaps": "off"}' 1:2 'no such rule: "overlaps"'
t 'an unknown key' refused '{"gap":
  {"maxGap": "5m", "min": 1}}' 2:20 'no such key of gap: "min"'
t 'a key of another rule' refused '{"overlap": {"maxGap": "5m"}}' 1:14 'no such key'
t 'a level that is none' refused '{"gap": "loud"}' 1:2 '"warning"'
t 'one that is no text' refused '{"gap": 3}' 1:2 '"warning"'
t 'a length that is none' refused '{"gap": {"maxGap": "5"}}' 1:10 '15m'
t 'a length that is a number' refused '{"gap": {"maxGap": 5}}' 1:10 '15m'
t 'a time without a zone' \
	refused '{"too-old": {"earliest": "2024-01-01T00:00:00"}}' 1:14 'with its zone'
t 'words that are none' refused '{"unknown-state": {"states": "Idle"}}' 1:20 'list of words'
t 'no words' refused '{"unknown-state": {"states": []}}' 1:20 'list of words'
t 'an empty word' refused '{"unknown-state": {"states": [""]}}' 1:20 'list of words'
t 'no truth' refused '{"estimated": {"allow": "yes"}}' 1:16 'true or false'
t 'a line rule that is off' refused '{"bad-json": "off"}' 1:2 'never off'
t 'a rule twice' refused '{"gap": "off", "gap": "note"}' 1:16 'gap'
t 'no object' refused '[]' 1:1 'object'
t 'a count that is none' refused '{"flicker": {"changes": 0}}' 1:14 'whole number'
t 'a count that is a text' refused '{"flicker": {"changes": "5"}}' 1:14 'whole number'
t 'a policy that is none' refused '{"gap": {"policy": "never"}}' 1:10 'one of allow, forbid, require'
t 'a table that is none' \
	refused '{"illegal-transition": {"allowed": ["Idle"]}}' 1:25 'object of lists'
t 'one of no lists' \
	refused '{"illegal-transition": {"allowed": {"Off": "Idle"}}}' 1:25 'object of lists'
t 'no JSON' refused 'gap: off' 1:1 ''
t 'every fault is told' refused '{"a": "off", "b": "off"}' 1:14 '"b"'
t 'a rule without what it needs' status 2 $v --rule gap=note "$tmp/in"
t 'is told how it is given' has 'gap needs --max-gap, or maxGap in the rules file' "$tmp/err"
t 'a missing file' status 2 $v --rules "$tmp/none" "$tmp/in"
t 'two files' status 2 $v --rules "$tmp/rules" --rules "$tmp/rules" "$tmp/in"
t 'an option that is none is told once' status 2 $v --rules "$tmp/rules" --nonsense
t '... once' test "$(grep -c nonsense "$tmp/err")" -eq 1

# Parameters on the command line.
t '--rule CODE.PARAMETER=VALUE' status 0 $v --only gap --rule gap.maxGap=90m "$tmp/in"
t '... holds' found warning gap
t 'an unknown parameter' status 2 $v --rule gap.max=1h "$tmp/in"
t '... is told' has '--rule gap.max=1h: no such parameter' "$tmp/err"
t 'a value that is none' status 2 $v --rule flicker.changes=0 "$tmp/in"
t '... is told, too' has 'this must be a whole number' "$tmp/err"

# What follows what.  gaps OPTION...: so many are found.
gaps() {
	expected=$1; shift
	echo 'EX-1 08:00-09:00 Idle, EX-1 09:00-09:30 Working, EX-1 09:30:10-10:00 Idle' |
		stream >"$tmp/turns"
	for road in '' --sorted; do
		status 0 $v $road "$@" "$tmp/turns" && test "$(grep -c '\[gap\]' "$tmp/err")" -eq "$expected" &&
		    test "$(grep -c machineId "$tmp/out")" -eq 3 || { cat "$tmp/err"; return 1; }
	done
}
t 'gaps are allowed' gaps 0
t '--gaps forbid' gaps 1 --gaps forbid
t '... with a tolerance' gaps 0 --gaps forbid --max-gap 10s
t '... one second less' gaps 1 --gaps forbid --max-gap 9s
t '--gaps require' gaps 1 --gaps require
t '... of some length' gaps 2 --gaps require --min-gap 11s
t '... is told' has 'begins less than 11 s after the end of' "$tmp/err"
t '--gaps allow' gaps 0 --gaps allow --max-gap 1s
t 'a gap withholds nothing' sh -c "$v --rule gap=error --gaps forbid '$tmp/turns' 2>/dev/null | grep -c machineId | grep -qx 3"
t 'a policy that is none' status 2 $v --gaps never "$tmp/turns"
t '... is told by its option' has '--gaps never: give one of allow, forbid, require' "$tmp/err"

# --only.
t '--only' status 0 $v --only gap --max-gap 90m "$tmp/in"
only() { found warning gap && ! grep '\[[^g]' "$tmp/err"; }
t 'finds nothing else' only
t 'turns on what is off' status 1 $v --only overlap --rules "$tmp/rules" --rule overlap=off "$tmp/in"
t 'several' status 1 $v --only overlap,unknown-state "$tmp/in"
t '... are found' found error overlap
t '... both' found error unknown-state
t 'an unknown code' status 2 $v --only overlap,nonsense "$tmp/in"
t 'one that needs more' status 2 $v --only gap "$tmp/in"
t 'lines that are no records stay errors' sh -c "echo x | $v --only overlap; test \$? -eq 1"
done_testing
