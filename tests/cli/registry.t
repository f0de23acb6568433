#!/bin/sh
# registry.t - machines against a register of those that there are.
. "$SRCDIR/tests/lib.sh"

v='ditio-validate --now 2025-06-01T00:00:00Z'
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
hasnt() { ! grep -F -- "$1" "$2"; }

# rec MACHINE [START [END]]: times are of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"${2-08:00}" "${3-09:00}"
	printf '"state":"Idle","source":"d.csv:%s"}\n' "$((line += 1))"
}
# passed N
passed() {
	test "$(grep -c machineId "$tmp/out")" -eq "$1" ||
		{ cat "$tmp/err"; return 1; }
}

line=0
{ rec EX-001; rec ex1; rec EX-003; rec 'D;6'; } >"$tmp/in"

# As a table, with all that spreadsheets do.
printf '\357\273\277# of the site\r\nsourceId;machineId;companyId\r\n7;EX-001;c1\r\n8;"D;6";c1\r\n9;-;\r\n\r\n10;;c1\r\n11\r\n' >"$tmp/table"
t 'a table' status 1 $v --machines "$tmp/table" "$tmp/in"
t 'finds who is not in it' has 'd.csv:3: error: EX-003 is not among --machines; is it new' "$tmp/err"
t '... with the hours' has 'unknown-machine 1 (1.00 h)' "$tmp/err"
t '... and who nearly is' has 'd.csv:2: error: ex1 is not among --machines; is EX-001 meant? (1.00 h) [near-miss-machine]' "$tmp/err"
t '... and withholds them' passed 2
t '... also as they come' status 1 $v --sorted --machines "$tmp/table" "$tmp/in"
t '... the same' passed 2
t 'as warnings' status 0 $v --machines "$tmp/table" --rule near-miss-machine=warning \
	--rule unknown-machine=warning "$tmp/in" "$tmp/in" --rule duplicate=off --rule conflict=off
t '... each record is found' has 'unknown-machine 2 (2.00 h)' "$tmp/err"
t '... and passes' passed 8
t 'off' status 0 $v --machines "$tmp/table" --rule near-miss-machine=off --rule unknown-machine=off "$tmp/in"
t '... they are let be' passed 4
t 'alone' status 1 $v --machines "$tmp/table" --only near-miss-machine "$tmp/in"
t '... one is withheld' passed 3
t 'of those that are selected' status 0 $v --machines "$tmp/table" --machine EX-001 "$tmp/in"
t '... the others are not looked at' hasnt among "$tmp/err"
printf '# mine\n\nEX-001\nEX-003\n"D;6"\n' >"$tmp/list"
t 'a list' status 1 $v --machines "$tmp/list" "$tmp/in"
t '... knows three' passed 3
printf 'machineId,name\n"EX-001","a ""big"", one"\n' >"$tmp/commas"
t 'a table between commas' status 1 $v --machines "$tmp/commas" "$tmp/in"
t '... knows one' passed 1
printf 'name\tmachineId\nfirst\tEX-001\n' >"$tmp/tabs"
t 'a table between tabs' status 1 $v --machines "$tmp/tabs" "$tmp/in"
t '... knows one' passed 1
iconv -f utf-8 -t utf-16 "$tmp/tabs" >"$tmp/unicode"
t '... as spreadsheets call Unicode' status 1 $v --machines "$tmp/unicode" "$tmp/in"
t '... knows one' passed 1
gzip -c "$tmp/list" >"$tmp/list.gz"
t 'a packed one' status 1 $v --machines "$tmp/list.gz" "$tmp/in"
t '... knows three' passed 3

# What is near, and what is not: "ID,ID OF THE REGISTER" or "ID,".
cat >"$tmp/near" <<'END'
ex-001,EX-001
EX 001,EX-001
EX-1,EX-001
EX_0001,EX-001
 EX-001,EX-001
40 817,040817
40-817,040817
EX-0010,
EX-002,
E-001,
-,
END
printf 'EX-001\n040817\n' >"$tmp/list"
near() {
	line=0
	while IFS=, read -r id of; do rec "$id"; done <"$tmp/near" >"$tmp/ids"
	$v --machines "$tmp/list" --report ndjson:"$tmp/found" "$tmp/ids" 2>/dev/null
	jq -r 'select(.machineId) | .machineId + "," + (.message |
	    capture("; is (?<of>.*) meant") // { of: "" } | .of)' \
		"$tmp/found" | LC_ALL=C sort >"$tmp/got"
	LC_ALL=C sort "$tmp/near" | diff - "$tmp/got"
}
t 'what is lost on the way is near, no more' near

# A repair does not bring them in; what is withheld is not repaired.
{ rec ex1 08:00 09:00; rec ex1 08:30 10:00; rec EX-001 08:00 09:00
  rec EX-001 08:30 10:00; } >"$tmp/two"
for sorted in '' --sorted; do
	t "repaired $sorted" status 1 $v $sorted --fix overlap=trim --machines "$tmp/list" "$tmp/two"
	t '... they are found' has 'near-miss-machine 2 (2.50 h)' "$tmp/err"
	t '... and withheld' passed 2
	t '... the others are repaired' has '1 cut (0.50 h)' "$tmp/err"
done
t 'as warnings they are repaired' status 0 $v --fix overlap=trim --rule near-miss-machine=warning \
	--machines "$tmp/list" "$tmp/two"
t '... and found as they are then' has 'near-miss-machine 2 (2.00 h)' "$tmp/err"

# refused TEXT MESSAGE
refused() {
	# shellcheck disable=SC2059 # escapes
	printf "$1" >"$tmp/wrong"
	status 2 $v --machines "$tmp/wrong" "$tmp/in" &&
		has "$tmp/wrong:$2" "$tmp/err" && test ! -s "$tmp/out"
}
t 'a table without the column' refused 'id;name\nEX-1;x\n' '1: error: a list has one id a line; a table needs a column machineId'
t 'an open quote' refused 'EX-1\n"EX-2\nEX-3\n' '2: error: a quote'
t 'no UTF-8' refused 'EX-1\nGr\370ft\n' '2: error: this is not UTF-8'
LC_ALL=C awk 'BEGIN { while (i++ < 500) print "a,b" }' >"$tmp/wrong"
t 'no list at all' status 2 $v --machines "$tmp/wrong" "$tmp/in"
t '... is not told line by line' test "$(wc -l <"$tmp/err")" -lt 30
t 'nobody' refused '# none\n' ' error: there is no machine'
t 'nobody, in a table' refused 'machineId\n-\n' ' error: there is no machine'
t 'a missing file' status 2 $v --machines "$tmp/none" "$tmp/in"
t 'two files' status 2 $v --machines "$tmp/list" --machines "$tmp/list" "$tmp/in"
t 'a rule without a register' status 2 $v --rule unknown-machine=note "$tmp/in"
t '... is told what it needs' has 'unknown-machine needs --machines' "$tmp/err"
t '... by --only, too' status 2 $v --only near-miss-machine "$tmp/in"
done_testing
