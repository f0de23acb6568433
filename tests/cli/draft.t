#!/bin/sh
# draft.t - --draft-profile: what an unknown file tells, and what a person must.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/xlsx.sh"

draft() { status "$1" ditio-parse --draft-profile "$tmp/in.csv" && cp "$tmp/out" "$tmp/p.json"; }
file() { printf '%b\n' "$@" >"$tmp/in.csv"; }
says() { grep -qF -- "$1" "$tmp/p.json" || { cat "$tmp/p.json" "$tmp/err"; return 1; }; }
silent() { ! grep -F -- "$1" "$tmp/p.json"; }
told() { grep -qF -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
check() { status "$1" ditio-parse --check-profile "$tmp/p.json"; }
# decide [SED-SCRIPT]: what a person would: dates begin with the day, in Oslo.
decide() {
	sed -i '/FILL IN: keep one/d; /the month first/d; /^ *"%m/d
	    s/FILL IN: such as[^"]*/Europe\/Oslo/
	    s/FILL IN: a state[^"]*/Other/; '"${1-}" "$tmp/p.json"
}

# Every sample is drafted; decided on, the draft reads it.
cd "$SRCDIR/samples" || exit 1
: >"$tmp/same"
sample() {
	status 0 ditio-parse --draft-profile "$1" || return 1
	cp "$tmp/out" "$tmp/p.json"
	if grep -v '^ *//' "$tmp/out" | grep -q 'FILL IN'; then
		check 2 && told 'this waits for you: "FILL IN' || return 1
	fi
	decide
	if grep -q '": *{* *.*"FILL IN' "$tmp/p.json"; then
		return 0 # a person who knows the vendor is needed
	fi
	check 0 || return 1
	args=$(sed 's/--profile [^ ]*//; s/--format csv//' "${1%.csv}.args")
	# shellcheck disable=SC2086 # a list of options
	ditio-parse --plain --profile "$tmp/p.json" --company c1 --project p1 \
	    $args "$1" >"$tmp/out" 2>"$tmp/err"
	test $? -le 1 || { cat "$tmp/err" "$tmp/p.json"; return 1; }
	cmp -s "$tmp/out" "${1%.csv}.expect" && echo "$1" >>"$tmp/same"
	return 0
}
for f in good-csv-*.csv; do t "$f" sample "$f"; done
same() {
	for f in bom crlf dst-earlier dst-later events excel-serials oslo own quotes utf16; do
		grep -qx "good-csv-$f.csv" "$tmp/same" || { echo "not $f"; cat "$tmp/same"; return 1; }
	done
}
t 'their records are those of the profiles that people wrote' same

# Which day is meant.
head='Maskin;Status;Fra;Til'
file "$head" 'A;Arbeid;03.02.2025 08:00;03.02.2025 09:00'
t 'dates that may be of either order' draft 0
t 'are left to decide' says '"FILL IN: keep one order, take out the others"'
t 'with what each makes of one' says "the month first: '03.02.2025 08:00' is of 2025-03-02"
t 'both of them' says "the day first: '03.02.2025 08:00' is of 2025-02-03"
sed '/FILL IN: keep/d; s/FILL IN: such as[^"]*/UTC/' "$tmp/p.json" >"$tmp/q.json"
t 'both together are no profile' status 2 ditio-parse --check-profile "$tmp/q.json"
file "$head" 'A;Arbeid;03.02.2025 08:00;03.02.2025 09:00' 'A;Arbeid;12.02.2025 23:30;13.02.2025 01:00:00'
t 'one date may tell' draft 0
t 'of all columns' silent 'keep one order'
t 'and all forms are there' says '"%d.%m.%Y %H:%M:%S"'
decide
t 'so that it reads' status 0 ditio-parse --profile "$tmp/p.json" --company c --project p "$tmp/in.csv"
file 'Unit,Status,Start,End' 'A,Working,02/13/2025 08:00 AM,02/13/2025 09:00 PM'
t 'a day of the month first' draft 0
t 'is named as what decides' says "'02/13/2025 08:00 AM' is a date in this order only"
t 'and taken' says '"%m/%d/%Y %I:%M %p"'
printf 'Date/Time;Serial number;Mode\nFeb 3, 2025, 8:00:00 AM;A;work\nFeb 3, 2025, 9:00:00 AM;A;NA\n' >"$tmp/in.csv"
t 'months by name' draft 0
t 'are read' says '"%b %d, %Y, %I:%M:%S %p"'
t 'NA is no word' says '"nulls": ["NA"]'
file 'a;25-02-03 08:00' 'b;25-02-04 09:00'
t 'short years' draft 0
t 'may be of three orders' says "the year first: '25-02-03 08:00' is of 2025-02-03"

{ echo "$head"; LC_ALL=C awk 'BEGIN { for (i = 1; i <= 20; i++)
    printf "A;Arbeid;2025-02-%02d 22:10;2025-02-%02d 23:00\n", i, i }'; } >"$tmp/in.csv"
t 'odd hours' draft 0
t 'are asked about' says "// 100 % of the starts are between 22:00 and 23:00 of the file's clock"

# Numbers and lengths.
file 'Maskin;Status;Start;Duration' 'A;Arbeid;2025-02-03 08:00;1,5'
t 'a length' draft 0
t 'whose unit is not said is left' says '"unit": "FILL IN: h, min, s, ms or d"'
t 'its mark is found' says '"decimal": ","'
file 'Maskin;Status;Start;Dauer [min]' 'A;Arbeid;2025-02-03 08:00;1.234,5'
t 'a header may say the unit' draft 0
t 'in brackets' says '"unit": "min"'
t 'thousands are found' says '"thousands": "."'
file 'Maskin;Status;Start;Dauer [min]' 'A;Arbeid;2025-02-03 08:00;1,234'
t 'a mark that may be either' draft 0
t 'is left' says '"decimal": "FILL IN: '
file 'Maskin,Status,Start,Varighet' 'A,Arbeid,2025-02-03 08:00,1:30:00'
t 'a length as a clock' draft 0
t 'has its unit' says '"unit": "h:mm:ss"'
file 'Maskin;Dato;Fra;Til;Status' 'A;2025-02-03;22:00;06:00;Graving'
t 'clock times across midnight' draft 0
t 'are a guess that is said' says 'a guess: 1 rows end before they start'
t 'and made' says '"endBeforeStart": "next-day"'

{
	echo 'Machine;Time;Hours'
	LC_ALL=C awk 'BEGIN { for (i = 0; i < 24; i++)
	    printf "%s;2025-02-03 08:%02d;%.1f\n", i % 2 ? "A" : "B", i, 1000 + i / 2 }'
} >"$tmp/in.csv"
t 'hours that only grow' draft 0
t 'are a meter' says "// 'Hours' grows like a meter's hours"
t 'whose rows are readings' says '"operatingHours": { "column": "Hours", "unit": "h" }'
decide 's/FILL IN: the state of[^"]*/Working/'
t 'so that it reads' status 0 ditio-parse --profile "$tmp/p.json" --company c --project p "$tmp/in.csv"
sed -i '12s/100/1/' "$tmp/in.csv"
t 'those that fall once' draft 0
t 'are lengths' says '"duration": { "column": "Hours", "unit": "h" }'
file 'Asset;Date;First On;Last Off;Work Hours;Idle Hours' 'A;2025-02-03;07:00;15:00;6:45;1:30'
t 'amounts of time' draft 0
t 'may be totals' says '// several columns hold amounts of time: are rows totals, per state?'

# Columns and words.
file 'A;2025-02-03 08:00;2025-02-03 09:00;Graving' 'A;2025-02-03 09:00;2025-02-03 10:00;Tomgang'
t 'a file without a header' draft 0
t 'goes by numbers' says '"state": { "column": 4 }'
t 'and is told by what it holds' says '"machineId": { "column": 1 }'
decide
t 'so that it reads, too' status 0 ditio-parse --profile "$tmp/p.json" --company c --project p "$tmp/in.csv"
file 'Maskin;Status;Status;Fra;Til' 'A;Arbeid;1;2025-02-03 08:00;2025-02-03 09:00'
t 'a header that is there twice' draft 0
t 'is a number' says '"state": { "column": 2 }'
file "$head" 'A;Arbeid;2025-02-03 08:00;2025-02-03 09:00' 'A;Fest;2025-02-03 08:00;2025-02-03 09:00' 'A;;2025-02-03 08:00;2025-02-03 09:00' 'A;Fest;2025-02-03 08:00;2025-02-03 09:00'
t 'words that are not known' draft 0
t 'are left, with their counts' says "// 2 x 'Fest', 1 x empty"
t 'all of them' says ': ["Fest", ""]'
check 2
t 'and named by their place' told 'p.json:31:5: error: this waits for you: "FILL IN: a state, or'
file 'Navn;Verdi' 'A;1' 'B;2'
t 'a file of other things' draft 0
t 'asks for the machine' says '"machineId": { "column": "FILL IN: the machine: one of '
t 'and for the rest' says '"time": { "column": "FILL IN: the time: one of '

# How it is written.
file 'sep=;' 'Maskin;Status;Fra;Til' 'A;Arbeid;2025-02-03 08:00;2025-02-03 09:00'
t 'lines above the header' draft 0
t 'are passed by its words' says '"header": ["Maskin", "Status", "Fra", "Til"]'
printf 'Maskin;Status;Fra;Til\nA;Kj\370ring;2025-02-03 08:00;2025-02-03 09:00\n' >"$tmp/in.csv"
t 'bytes that are no UTF-8' draft 0
t 'are a guess that is said' says 'encoding: a guess: byte 27 is no UTF-8 (0xf8)'
t 'and read by it' says '"Moving": ["Kjøring"]'
iconv -f windows-1252 -t UTF-16LE "$tmp/in.csv" >"$tmp/16" && cp "$tmp/16" "$tmp/in.csv"
t 'UTF-16 without a mark' draft 0
t 'is told by its NULs' says '"encoding": "UTF-16LE"'
t 'and read as well' says '"Moving": ["Kjøring"]'
gzip -c "$SRCDIR/samples/good-csv-own.csv" >"$tmp/in.csv"
t 'a packed file' draft 0
t 'is unpacked' check 0
printf '"Maskin\n// ""x"" */";Status;Fra;Til\nA;Arbeid;2025-02-03 08:00;2025-02-03 09:00\n' >"$tmp/in.csv"
t 'a header of any letters' draft 0
decide
t 'is text in the draft' check 0

# Workbooks.
status 0 ditio-parse --draft-profile good-xlsx-from-1904.xlsx >"$tmp/log" && cp "$tmp/out" "$tmp/p.json"
t 'a workbook is drafted as one' says '"format": "xlsx"'
t 'by its first sheet that has a table' says '"record": "Timeliste"'
t 'whose header is found' says '"header": ["Maskin", "Status", "Fra", "Til"]'
decide
t 'it is a profile' check 0
t 'that reads it' status 0 ditio-parse --plain --profile "$tmp/p.json" --company c1 \
    --project p1 good-xlsx-from-1904.xlsx
t 'as the one that people wrote' cmp good-xlsx-from-1904.expect "$tmp/out"
new_book
sheets '<sheet name="Empty" sheetId="1" r:id="rId2" state="hidden"/><sheet name="Timer" sheetId="2" r:id="rId1"/>'
echo | rows sheet2
{
	cells 1 Timeliste
	cells 3 Maskin Status Fra Timer Merknad
	cells 4 A Arbeid '2025-02-03 08:00' 1.5
	cells 5 A Arbeid '2025-02-03 10:00' 2.25 'nytt filter'
	cells 6 B Tomgang '2025-02-03 10:00' 0.75
} | rows
pack_book "$tmp/in.csv"
t 'one with rows of many lengths' draft 0
t 'is a table' says '"duration": { "column": "Timer"'
t 'of the first sheet that is seen' silent '"record"'
t 'without what is of text alone' silent delimiter
gzip -c "$tmp/in.csv" >"$tmp/in.gz"
t 'one that is packed' status 0 ditio-parse --draft-profile "$tmp/in.gz"
t 'is unpacked, too' cmp -s "$tmp/out" - <<-EOT
$(sed 's/in\.csv/in.gz/' "$tmp/p.json")
EOT
t 'has no delimiter' status 2 ditio-parse --delimiter ';' --draft-profile "$tmp/in.csv"
t 'which is said' told 'neither --encoding nor --delimiter'
cells 1 Alone | rows
pack_book "$tmp/in.csv"
t 'one without a table' draft 2
t 'is told' told 'there are no rows of data'
t 'an old workbook' status 2 ditio-parse --draft-profile bad-xlsx-old-workbook.xls
t 'is told, too' told '[old-workbook]'
t 'a web page' status 2 ditio-parse --draft-profile bad-csv-not-csv-but-a-web-page.xls
t 'is no table' told 'this is a web page'

# Documents.
doc() { printf '%b\n' "$@" >"$tmp/in.csv" && draft 0; }
sample_of() {
	status 0 ditio-parse --draft-profile "$1" && cp "$tmp/out" "$tmp/p.json" &&
	    decide 's/"FILL IN: no column looks like a state[^,]*/"dig \& load"/; s/"work"\] }/"dig \& load"] }/' &&
	    check 0 && ditio-parse --plain --profile "$tmp/p.json" --company c1 --project p1 \
	    --state Yellow=Working --state White=Idle --state blue=Moving --zone Europe/Oslo \
	    "$1" >"$tmp/out" 2>"$tmp/err"
	test $? -le 1 || { cat "$tmp/err" "$tmp/p.json"; return 1; }
}
t 'JSON' sample_of good-json-usage-log.json
t 'is drafted with its record' says '"record": "/items"'
t 'and what it is known by' says '"match": { "header": ["equipment_id", "input_type", "start_time", "end_time"] }'
t 'which reads it' cmp good-json-usage-log.expect "$tmp/out"
t 'an object a line' sample_of good-json-lines.json
t 'is a record' says '"record": "/"'
t 'XML' sample_of good-xml-site-report.xml
t 'has the record that is met most' says '"record": "/report/machine/work"'
t 'with what is around it' says '"machineId": { "path": "../@id" }'
t 'and further up' says "'../../header/project' looks like a project"
at='"from":"2025-02-03 08:00"'
doc '{"unit":{"no":"E9"},"rows":[' \
    "{\"type\":\"dig\",$at,\"hours\":\"1.234,5\",\"tags\":[1,2,3]}," \
    "{\"type\":\"idle\",$at,\"hours\":\"7,25\"}],\"page\":{\"id\":1}}"
t 'numbers in texts have marks' says '"decimal": ","'
t 'of both kinds' says '"thousands": "."'
t 'what is vague is called by what it is in' says '"machineId": { "path": "../unit/no" }'
t 'what comes after the rows is of no use' silent page
doc '<a><r id="1"><day>2025-02-03</day><from>08:00</from></r><r id="2"><day>2025-02-04</day><from>08:00</from></r></a>'
t 'a clock beside its date' says '"FILL IN: a date and a clock stand apart'
echo '<a><r id="1"><from>08:00</from></r></a>' >"$tmp/in.csv"
t 'one row' draft 2
t 'may be anything' told 'stands there twice'
t 'a feed' status 2 ditio-parse --draft-profile good-aemp-counters.xml
t 'needs no profile' told '--format aemp reads it'
t 'nor does one in JSON' status 2 ditio-parse --draft-profile good-aemp-json-fleet.json
for mark in '<' '{' '[' '{"'; do
	file "${mark}Maskin;Status;Fra;Til" 'A;Arbeid;2025-02-03 08:00;2025-02-03 09:00'
	t "text that begins with $mark" draft 0
	t 'is CSV' says '"format": "csv"'
done
{
	echo '<a>'
	yes '<r m="A"><from>2025-02-03 08:00</from><to>2025-02-03 09:00</to></r>' | head -n 20000
	echo '<cut'
} >"$tmp/in.csv"
t 'of a large one the front' draft 0
t 'is enough' says 'drafted from 1999 rows'

# What is none.
for bad in '' 'a' 'a\nb\nc' 'a;b\n' '\0377\0376' '\0000\0000\0000\0000'; do
	printf '%b' "$bad" >"$tmp/in.csv"
	t "no table: $(printf '%s' "$bad" | tr '\\' '/')" draft 2
done
t 'which says why' told 'is it CSV?'
t 'a file that is not there' status 2 ditio-parse --draft-profile "$tmp/absent"
head -c 300000 /dev/urandom >"$tmp/in.csv"
noise() {
	ditio-parse --draft-profile "$tmp/in.csv" >"$tmp/out" 2>"$tmp/err"
	case $? in 0|2) return 0 ;; esac
	return 1
}
t 'noise' noise
done_testing
