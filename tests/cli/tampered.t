#!/bin/sh
# tampered.t - content that is not what it should be: bytes that are no text,
# times that do not exist, tricks of JSON and XML, names that drive a terminal.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"
. "$SRCDIR/tests/tools.sh"

make_food

# tells TOOL STATUS WORDS FILE: these of the file, and its name, never a raw
# escape.
tells() {
	status "$2" run "$1" "$4" && says "$(basename "$4"):$3" || return 1
	! grep -q "$(printf '\033')" "$tmp/err" || { echo 'a raw escape'; return 1; }
}

# row NAME SED WORDS: row 5 of the dump, changed, is rejected with its place.
row() {
	LC_ALL=C sed "5$2" "$tmp/dump.csv" >"$tmp/row.csv"
	t "parse: $1" tells parse 1 "5:.*$3" "$tmp/row.csv"
}
long=$(head -c 70000 /dev/zero | tr '\0' x)
row 'a NUL rejects its row' 's/work\|idle\|move/wo\x00rk/' nul-byte
row 'bad UTF-8 rejects its row' 's/EX-/\xff\xfe/' bad-encoding
row '30 February rejects its row' 's/2024-01-01/2024-02-30/' bad-time
row 'minute 60 rejects its row' 's/00:00:00/00:60:00/' bad-time
row 'a cell of 70 kB rejects its row' "s/EX-/$long/" too-long-cell
row '5000 cells reject their row' "s/\$/$(printf '%5000s' '' | tr ' ' ,)/" too-many-cells
row 'a quote inside a cell rejects its row' 's/EX-/E"X"-/' bad-quote
row 'a CR inside a row rejects it' 's/,/\r,/' stray-cr
row 'a word that drives a terminal rejects its row' \
    's/work\|idle\|move/\x1b]0;x\x07/' 'x1b]0;x.*unmapped-state'
row 'C1 controls are no better' 's/work\|idle\|move/\xc2\x9b31m/' 'xc2.x9b31m.*unmapped-state'
sed '5s/"*\(work\|idle\|move\)/"\1/' "$tmp/dump.csv" >"$tmp/open.csv"
t 'parse: a quote that never ends rejects its row alone' \
    tells parse 1 '5:.*unclosed-quote' "$tmp/open.csv"
t 'and the others are used' says '1999 used'
sed '5s/00:00:00/00:00:60/' "$tmp/dump.csv" >"$tmp/leap.csv"
noted() { status 0 run parse -v "$tmp/leap.csv" && says 'leap.csv:5: note:.*leap-second'; }
t 'parse: a second of 60 is 59, and noted' noted
evil=$tmp/$(printf 'e\033[31m.csv')
sed '5s/2024/0000-/' "$tmp/dump.csv" >"$evil"
named() { status 1 run parse "$evil" && says 'e\\x1b\[31m.csv:5:'; }
t 'parse: a file name that drives a terminal is escaped' named

# record NAME SED CODE: record 5 of the stream is none, for all who read it.
record() {
	LC_ALL=C sed "5$2" "$tmp/stream" >"$tmp/record"
	for tool in validate sorted; do
		t "$tool: $1 is a finding" tells $tool 1 "5:.*\[$3\]" "$tmp/record"
	done
	t "split: $1 is 2" tells split 2 "5:.*\[$3\]" "$tmp/record"
}
record 'a NUL' 's/EX-/\x00/' bad-json
record 'a NUL in an escape' 's/EX-/EX\\u0000-/' bad-escape
record 'bad UTF-8' 's/EX-/\xff/' bad-utf8
record 'a surrogate in UTF-8' 's/EX-/\xed\xa0\x80/' bad-utf8
record 'half a surrogate pair' 's/EX-/\\ud800/' bad-escape
record 'a key twice' 's/"machineId":/"machineId":"x","machineId":/' duplicate-key
record 'an unknown key' 's/"machineId":/"machine":"x","machineId":/' unknown-key
record 'a number for an id' 's/"EX-[0-9]*"/17/' bad-type
record '30 February' 's/2024-01-01/2024-02-30/' bad-time
record 'a second of 60' 's/:00Z/:60Z/' bad-time
record 'half a second' 's/:00Z/:00.5Z/' bad-time
record 'deep nesting' "s/.*/$(printf '%9999s' '' | tr ' ' '[')/" too-deep
record 'a deep record' "s/\"EX-[0-9]*\"/$(printf '%9999s' '' | sed 's/ /{"a":/g')/" too-deep
sed '5s/EX-/E\\u001b[31m/; 5s/"endTime":"2024/"endTime":"2023/' "$tmp/stream" >"$tmp/escape"
for tool in validate sorted; do
	t "$tool: an id that drives a terminal is escaped" status 1 run $tool "$tmp/escape"
	t 'in its finding' says ':5:.*E\\x1b\[31m.*negative'
done

# Envelopes go from program to program: anything else is not ours.
envelope() {
	LC_ALL=C sed "$2" "$tmp/batches" >"$tmp/envelope"
	t "upload refuses $1" tells upload 2 "$3" "$tmp/envelope"
}
envelope 'line ends of other systems' 's/$/\r/' 2:
envelope 'an id that was changed' '2s/EX-000/EX-00O/' '2:.*bad-id'
envelope 'a NUL' '2s/EX-000/E\x00X/' 2:
envelope 'a NUL in an escape' '2s/EX-000/E\\u0000X/' 2:
envelope 'bad UTF-8' '2s/EX-000/E\xffX/' 2:
envelope 'half a surrogate pair' '2s/EX-000/\\ud800/' 2:
envelope 'deep nesting' "2s/\"body\":/&$(printf '%9999s' '' | tr ' ' '[')/" 2:
envelope 'a key twice' '2s/"order":/"order":"end",&/' 2:
envelope '30 February' '2s/2024-01-01T/2024-02-30T/g' 2:
envelope 'an envelope twice' '2p' ' 3000 records came'

# A mark that Windows writes, and its line ends.
for tool in parse aemp validate sorted split; do
	good=$(food $tool)
	sed 's/$/\r/' "$good" >"$tmp/crlf"
	t "$tool takes CRLF" status 0 run $tool "$tmp/crlf"
	{ printf '\357\273\277'; cat "$good"; } >"$tmp/bom"
	t "$tool takes a byte order mark" status 0 run $tool "$tmp/bom"
done
{ printf '\357\273\277'; cat "$tmp/batches"; } >"$tmp/bom"
t 'upload refuses a byte order mark' refuses upload "$tmp/bom"

# feed NAME STATUS WORDS: what stands in $tmp/feed.
feed() { t "aemp: $1" tells aemp "$2" "$3" "$tmp/feed"; }
section() {
	LC_ALL=C sed "5$2" "$tmp/feed.xml" >"$tmp/feed"
	feed "$1" "$3" "5:.*$4"
}
section 'a NUL is 2' 's/true\|false/tr\x00ue/' 2 bad-xml
section 'bad UTF-8 is 2' 's/true\|false/tr\xffue/' 2 bad-xml
section '30 February rejects its section' 's/01-01T/02-30T/' 1 bad-time
section 'a status that is none rejects its section' \
    's/true\|false/<![CDATA[a]]>/' 1 bad-status
cat >"$tmp/feed" <<EOF
<?xml version="1.0"?>
<!DOCTYPE Fleet [<!ENTITY x SYSTEM "file://$tmp/profile.json">]>
<Fleet><Equipment><EquipmentHeader><EquipmentID>&x;</EquipmentID></EquipmentHeader></Equipment></Fleet>
EOF
feed 'a document type is 2, and read no further' 2 '2:.*doctype'
cat >"$tmp/feed" <<'EOF'
<!DOCTYPE Fleet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Fleet>&c;</Fleet>
EOF
feed 'laughing entities are 2' 2 '1:.*doctype'
echo '<Fleet>&none;</Fleet>' >"$tmp/feed"
feed 'an entity that is none is 2' 2 '1:.*bad-xml'
{
	echo '<Fleet><Equipment '
	awk 'BEGIN { for (i = 0; i < 200000; i++) printf "a%d=\"1\" ", i }'
	echo '/></Fleet>'
} >"$tmp/feed"
feed '200000 attributes are 2' 2 '.*too-long-tag'
awk 'BEGIN { for (i = 0; i < 20000; i++) print "<Fleet>" }' >"$tmp/feed"
feed 'deep nesting is 2' 2 '65:.*too-deep'
echo '<html><body>Too many requests</body></html>' >"$tmp/feed"
feed 'a web page is 2' 2 '1:.*not-xml'

# What parse is told.
profile() { status 2 ditio-parse --profile "$tmp/p.json" "$tmp/dump.csv" && says "p.json:1:$1"; }
printf '{"name":"\\ud800"}' >"$tmp/p.json"
t 'a profile with half a surrogate pair' profile '.*bad-escape'
printf '\0' >"$tmp/p.json"
t 'a profile of NUL' profile '.*bad-json'
: >"$tmp/p.json"
t 'an empty profile' profile '.*bad-json'
printf '%9999s' '' | tr ' ' '[' >"$tmp/p.json"
t 'a profile that is too deep' profile '.*too-deep'
t 'a profile that is a directory' status 2 ditio-parse --profile "$tmp/" "$tmp/dump.csv"
table() { status 2 run parse --machines "$1" "$tmp/dump.csv" && says "$(basename "$1")"; }
t 'a missing table' table "$tmp/none"
t 'a table that is a directory' table "$tmp"
: >"$tmp/table"
t 'an empty table' table "$tmp/table"
printf 'sourceId,machineId\nEX\0,x\n' >"$tmp/table"
t 'a table with a NUL' table "$tmp/table"
done_testing
