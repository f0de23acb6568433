#!/bin/sh
# feeds.t - a set of files is one feed: its pages, and those that are none.
. "$SRCDIR/tests/lib.sh"
cd "$tmp" || exit 1

# page FILE MINUTE PAGE LAST: of the poll made at 08:MINUTE, as XML; machine
# M<PAGE> ran from then on for a minute.
page() {
	{
		echo "<Fleet snapshotTime=\"2025-05-06T08:$2:00Z\">"
		link self "$3"
		[ "$3" -eq "$4" ] || link next $(($3 + 1))
		[ "$3" -eq 1 ] || link prev $(($3 - 1))
		link last "$4"
		echo "<Equipment><EquipmentHeader><EquipmentID>M$3</EquipmentID></EquipmentHeader>"
		echo "<EngineStatus datetime=\"2025-05-06T08:$2:00Z\"><Running>true</Running></EngineStatus>"
		echo "<EngineStatus datetime=\"2025-05-06T08:$2:59Z\"><Running>false</Running></EngineStatus>"
		echo '</Equipment></Fleet>'
	} >"$1"
}
link() { echo "<Links><rel>$1</rel><href>https://x.example/Fleet/$2</href></Links>"; }
# p FILE...: parses them; rejects go to rejects.
p() {
	: >rejects
	ditio-parse --format aemp --running Working --company c --project p \
	    --rejects rejects "$@"
}
# tells [CODE FILE:LINE]...: these findings, and no more.
tells() {
	jq -r '"\(.code) \(.file):\(.line)"' rejects | sort >told
	{ [ $# -eq 0 ] || printf '%s %s\n' "$@"; } | sort | diff - told
}
# machines ID...: each has a record.
machines() {
	jq -r 'select(.machineId) | .machineId' out | sort -u | tr '\n' ' ' >got
	[ "$(cat got)" = "$* " ] || { cat got err; return 1; }
}

for i in 1 2 3; do page "a$i.xml" 10 $i 3; page "b$i.xml" 25 $i 3; done
t 'three pages' status 0 p a1.xml a2.xml a3.xml
t 'are whole' tells
t 'in any order, of two polls' status 0 p b3.xml a2.xml a1.xml b1.xml a3.xml b2.xml
t 'too' tells
t 'one is left out' status 1 p a3.xml a1.xml
t 'which is told, once' tells missing-page a1.xml:3
t 'and the others are read' machines M1 M3
t 'the last is left out' status 1 p a1.xml a2.xml
t 'which its neighbour tells' tells missing-page a2.xml:3
t 'the first' status 1 p a3.xml a2.xml
t 'as well' tells missing-page a2.xml:4
t 'a page of one poll is none of another' status 1 p a1.xml b1.xml b2.xml b3.xml a3.xml
t 'and is missed' tells missing-page a1.xml:3
t 'so is one of two' status 1 p a1.xml b1.xml a3.xml b3.xml
t 'each' tells missing-page a1.xml:3 missing-page b1.xml:3
t 'a page twice' status 0 p a1.xml a2.xml a3.xml a2.xml
t 'has its machines twice' tells duplicate-equipment a2.xml:6
for i in 1 2 3; do sed 's/ snapshotTime="[^"]*"//' "a$i.xml" >"c$i.xml"; done
t 'pages that do not say when they were made' status 1 p c1.xml c2.xml c3.xml c1.xml c3.xml
t 'are counted' tells missing-page c1.xml:3
page late.xml 11 2 3
t 'a page made later than its neighbours' status 0 p a1.xml late.xml a3.xml
t 'is told to be that' tells mixed-snapshots a1.xml:3 mixed-snapshots late.xml:3
sed '2d' a2.xml >nameless.xml
t 'one that does not say which it is' status 0 p a1.xml nameless.xml a3.xml
t 'may be the one' tells

# A page that is none: the others are read and told of, and nothing is whole.
echo '<html><body>404</body></html>' >html.xml
echo '{"statusCode": 429, "message": "Quota\u0007 exceeded"}' >json.xml
head -n 7 a2.xml >cut.xml
whole() { tail -n 1 out | grep -q ditioEnd; }
bad() {
	status 2 p a1.xml "$1" a3.xml || return 1
	machines M1 $3 M3 && ! whole && grep -q "^$1:.*\[$2\]" err &&
	    jq -r '.code + " " + .file' rejects | grep -qx "$2 $1" || { cat err rejects; return 1; }
}
t 'a web page among them' bad html.xml not-xml
t 'an error answer in JSON' bad json.xml not-aemp
t 'is quoted' grep -q "says 'Quota.* exceeded'" err
t 'and drives no terminal' sh -c "! grep -q '$(printf '\007')' err"
t 'a page that is cut' bad cut.xml bad-xml
: >empty.xml
t 'an empty file' status 1 p a1.xml a2.xml empty.xml a3.xml
t 'is told of' tells empty-file empty.xml:1
t 'and leaves the stream whole' whole
t 'a file that is not there' status 2 p a1.xml nowhere.xml a3.xml
t 'leaves the others' tells missing-page a1.xml:3

done_testing
