#!/bin/sh
# xlsx.t - the sheets of Excel workbooks, and what is none.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/parse.sh"
. "$SRCDIR/tests/xlsx.sh"

# profile [SED-SCRIPT]: the profile of the sheets below, changed.
profile() {
	sed "${1-}" >"$tmp/p.json" <<'EOT'
{ "format": "xlsx", "rows": "period",
  "csv": { "decimal": "," },
  "time": { "formats": ["rfc3339", "%Y-%m-%d", "%H:%M:%S"], "zone": "Europe/Oslo" },
  "fields": { "machineId": { "column": "Id" }, "state": { "column": "Status" },
    "startTime": { "column": "Fra" }, "endTime": { "column": "Til" } },
  "states": { "Working": ["Arbeid", "TRUE"], "Idle": ["Tomgang"] }, "nulls": ["#N/A"] }
EOT
}
# book: the workbook packed and read.
book() { pack_book "$tmp/in.xlsx"; want=$1; shift; status "$want" p "$@" "$tmp/in.xlsx"; }
# titles: of the sheets below; data FRA TIL [ID STATUS]: their cells, whole.
titles() { cells 1 Id Status Fra Til; }
n() { printf '<c s="%s"><v>%s</v></c>' "$1" "$2"; }
s() { printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$1"; }
from=45689.333333333336
one='A Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z'

profile
new_book
{ titles; echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"; } | rows
t 'a sheet' book 0
t 'is rows like others' gives "$one 2\n"
t 'that a pipe brings' status 0 sh -c 'f=$1; shift; cat "$f" | "$@"' - "$tmp/in.xlsx" \
    ditio-parse --profile "$tmp/p.json" --company c --project p
t 'in full' gives "$one 2\n"
gzip -c "$tmp/in.xlsx" >"$tmp/in.gz"
t 'that is packed' status 0 p "$tmp/in.gz"
t 'alike' gives "$one 2\n"
(cd "$tmp" && cp in.xlsx b.xlsx && "$BUILDDIR/tests/pack" zip '' in.xlsx b.xlsx >two.zip &&
    "$BUILDDIR/tests/pack" ustar '' in.xlsx b.xlsx >two.tar)
for kind in zip tar; do
	t "those in a $kind archive" status 0 p "$tmp/two.$kind"
	t 'each' gives "$one 2\n$one 2\n"
	t 'by its name' grep -q "two.$kind/b.xlsx:2" "$tmp/out"
done

# Cells: where they say they are, or after the one before.
{
	titles
	echo "<row r=\"7\" hidden=\"1\"><c r=\"D7\" s=\"1\"><v>45689.375</v></c><c r=\"A7\" t=\"str\"><f>1</f><v>A</v></c><c r=\"B7\" t=\"inlineStr\"><is><r><t>Ar</t></r><r><t>beid</t></r></is></c><c r=\"C7\" s=\"1\"><v>4.5689333333333336E4</v></c></row>"
	echo "<row><c r=\"A8\" s=\"1\"/></row>"
	echo "<row r=\"9\"><c><v>12345678901234</v></c><c t=\"b\"><v>1</v></c>$(n 1 $from)$(n 1 45689.375)</row>"
	echo "<row r=\"10\"><c><v>0.10000000000000001</v></c><c t=\"b\"><v>1</v></c>$(n 1 $from)$(n 1 45689.375)</row>"
} | rows
t 'cells in any place' book 0
t 'by the numbers of their rows' gives "$one 7\n12345678901234${one#A} 9\n0,1${one#A} 10\n"
strings '<r><rPr/><t>Ar</t></r><r><t xml:space="preserve">beid </t></r><rPh sb="0" eb="1"><t>x</t></rPh>' '<t>A&amp;_x0042__x005F_x</t>' '<t/>'
c() { printf '<c t="s"><v>%s</v></c>' "$1"; }
{
	titles
	echo "<row>$(c 1)$(c 0)$(n 1 $from)$(n 1 45689.375)$(c 2)</row>"
	echo "<row>$(c 3)$(c 0)$(n 1 $from)$(n 1 45689.375)</row>"
} | rows
t 'shared texts' book 1
t 'are those of their numbers' gives "A&B_x Working 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z 2\n"
t 'and no others' tells 3 bad-cell
{
	titles
	echo "<row>$(s A)$(s Arbeid)<c t=\"e\"><v>#N/A</v></c>$(n 1 45689.375)</row>"
	echo "<row>$(s A)$(s Arbeid)<c t=\"e\"><v>#REF!</v></c>$(n 1 45689.375)</row>"
	echo "<row>$(s A)$(s Arbeid)<c s=\"1\"><f>C2+1</f></c>$(n 1 45689.375)</row>"
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)$(s more)</row>"
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)<c r=\"XFD6\" t=\"inlineStr\"><is><t>far</t></is></c></row>"
} | rows
t 'cells that hold no value' book 1
t 'errors may be empty' tells 2 no-time
t 'or are what they are' tells 3 bad-time
t 'as they stand' grep -q "startTime '#REF!' is no time" "$tmp/rejects"
t 'formulas without a value' tells 4 no-value
t 'more cells than the header' tells 5 ragged-row
t 'more columns than there may be' tells 6 too-many-cells
t 'rows add up' tallies 5 0 5 0

# More than is read at once: as the same rows in a CSV file.
awk 'BEGIN {
	print "Id;Status;Fra;Til"
	for (i = 2; i < 3000; i++)
		printf "EX %d;Arbeid;2025-02-01T08:%02d:00;2025-02-01T09:%02d:%02d\n", \
		    i % 2 ? i : i * 1000000, i % 60, i % 60, i % 59
}' >"$tmp/same.csv"
awk -F ';' '{
	print "<row>"
	for (i = 1; i <= NF; i++)
		if ((NR + i) % 3)
			printf "<c t=\"inlineStr\"><is><t>%s</t></is></c>", $i
		else
			printf "<c t=\"str\"><f>1</f><v>%s</v></c>\n", $i
	print "</row>"
}' "$tmp/same.csv" | rows
t 'many rows' book 0 --plain
mv "$tmp/out" "$tmp/many"
profile 's/xlsx/csv/; s/"decimal": ","/"delimiter": ";"/'
t 'and the same in CSV' status 0 p --plain "$tmp/same.csv"
sed 's/same.csv/in.xlsx/' "$tmp/out" >"$tmp/same"
t 'are the same' cmp "$tmp/same" "$tmp/many"
profile

# Dates: by style, or by the profile's format.
dates() {
	{
		titles
		echo "<row>$(s A)$(s Arbeid)$1$2</row>"
	} | rows
}
row() { gives "A Working $1 $2 2\n"; }
dates "$(n 2 45689)" "$(n 3 0.25)"
t 'a date, and a clock alone' book 0
t 'which is of that day' row 2025-01-31T23:00:00Z 2025-02-01T05:00:00Z
dates "$(n 2 $from)" "$(n 3 45689.375000001)"
t 'a date that has a clock, a clock that has a date' book 0
t 'are both' row 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z
dates "$(n 1 45689)" "$(n 3 1)"
t '24:00 as a clock' book 0
t 'is the end of the day' row 2025-01-31T23:00:00Z 2025-02-01T23:00:00Z
dates "$(n 0 $from)" "$(n 5 45689.375)"
t 'numbers of no such style' book 1
t 'are numbers' tells 2 bad-time
profile 's/"%H:%M:%S"/"excel"/'
t 'and dates by the format excel' book 0
t 'alike' row 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z
dates '<c t="d"><v>2025-02-01T08:00:00</v></c>' "$(n 1 45689.375)"
t 'ISO dates' book 0
t 'are what they are' row 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z
dates "$(n 1 60)" "$(n 1 61)"
t 'the day that never was' book 1
t 'is no time' tells 2 bad-time
profile
dates "$(n 1 44227.333333333336)" "$(n 1 44227.375)"
sheets '<sheet name="Timer" sheetId="1" r:id="rId1"/>' 'date1904="1"'
t 'a workbook that counts from 1904' book 0
t 'is four years on' row 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z
profile 's/"%H:%M:%S"/"excel"/'
t 'where excel would be wrong' book 2
t 'as is said' says 'counts days from 1904: the profile'"'"'s time format must be excel-1904 [other-epoch]'
profile 's/"%H:%M:%S"/"excel-1904"/'
t 'and excel-1904 right' book 0
profile 's/"endTime": { "column": "Til" }/"duration": { "column": "Til", "unit": "h:mm:ss" }/'
new_book
dates "$(n 1 $from)" "$(n 4 1.5)"
t 'elapsed hours' book 0
t 'may be more than a day' row 2025-02-01T07:00:00Z 2025-02-02T19:00:00Z
profile 's/"endTime": { "column": "Til" }/"duration": { "column": "Til", "unit": "h" }/'
dates "$(n 1 $from)" "$(n 5 1.25)"
t 'a number with a unit' book 0
t 'in the decimal mark of the profile' row 2025-02-01T07:00:00Z 2025-02-01T08:15:00Z

profile
dates "$(n 1 $from)" '<c><v>45689.375</v></c>'
part xl/styles.xml <<'EOT'
<styleSheet><cellXfs><xf numFmtId="22"/><xf numFmtId="14"/></cellXfs></styleSheet>
EOT
t 'a cell without a style' book 0
t 'has the first' row 2025-02-01T07:00:00Z 2025-02-01T08:00:00Z
new_book

# Where the table begins.
profile 's/"decimal": ","/"skipLines": 2, "skipAfterHeader": 1/'
{
	cells 2 Title
	cells 4 Id Status Fra Til
	cells 5 text text date date
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"
} | rows
t 'rows are skipped by their numbers' book 0
t 'and so begins the table' gives "$one 6\n"
profile 's/"decimal": ","/"header": ["Fra", "Id"]/'
{
	cells 2 Title
	cells 4 Id Status Fra Til
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"
} | rows
t 'a header is found by its words' book 0
t 'wherever it is' gives "$one 5\n"
profile 's/"decimal": ","/"skipLines": 3/; s/{ "column": "Id" }/{ "preamble": "id" }/; s/"rows"/"preamble": { "id": "^Machine.([A-Z]+)" }, &/'
{
	cells 2 Machine A
	cells 4 Id Status Fra Til
	echo "<row>$(s B)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"
} | rows
t 'what stands above it' book 0
t 'may be a value' gives "$one 5\n"
profile 's/"decimal": ","/"header": false/; s/"Id"/1/; s/"Status"/2/; s/"Fra"/3/; s/"Til"/40/'
echo "<row>$(s A)$(s Arbeid)$(n 1 $from)<c r=\"AN1\" s=\"1\"><v>45689.375</v></c></row>" | rows
t 'without a header' book 0
t 'columns are numbers' gives "$one 1\n"
{
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)</row>"
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)<c r=\"AN2\" s=\"1\"><v>45689.375</v></c></row>"
} | rows
t 'and those that are not there' book 1
t 'are empty' tells 1 no-time

# Merged cells: the first has the value.
profile 's/{ "column": "Id" }/{ "column": "Id", "fill": "down" }/'
{
	titles
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"
	echo "<row><c/>$(s Tomgang)$(n 1 45689.375)$(n 1 45689.5)</row>"
} | rows
t 'merged cells' book 0
t 'are filled down' gives "$one 2\nA Idle 2025-02-01T08:00:00Z 2025-02-01T11:00:00Z 3\n"

# Sheets.
profile
new_book
{ titles; echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"; } | rows sheet2
sheets '<sheet name="Chart" sheetId="3" r:id="rId3"/><sheet name="Config" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="R&amp;D" sheetId="2" r:id="rId2"/>'
t 'the first sheet is the first to be seen' book 0
t 'and no chart' gives "$one 2\n"
profile 's/"rows"/"record": "r\&d", &/'
t 'or the one that is named' book 0
t 'in any case' gives "$one 2\n"
profile 's/"rows"/"record": "Timer", &/'
t 'a sheet that is not there' book 2
t 'is told, with those that are' says "no sheet is called 'Timer'; there are 'Config', 'R&D' [no-sheet]"
profile 's/"rows"/"record": "Config", &/'
t 'a sheet without rows' book 1
t 'gives none' says no-record

# What is no workbook.
profile
none() { t "$1" status 2 p "$tmp/in.xls"; t 'is told' says "$2"; }
printf '\320\317\021\340\241\261\032\341 W\0o\0r\0k\0b\0o\0o\0k' >"$tmp/in.xls"
none 'an old workbook' 'in.xls: error: this is an Excel workbook of the old binary kind (.xls): open it and save it as .xlsx or CSV [old-workbook]'
printf '\320\317\021\340\241\261\032\341 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e' >"$tmp/in.xls"
none 'a workbook with a password' '[encrypted]'
printf '\n<HTML><body><table><tr><td>Id' >"$tmp/in.xls"
none 'a web page' 'this is a web page, whatever its name says'
printf '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' >"$tmp/in.xls"
none 'an XML spreadsheet' 'this is an XML Spreadsheet of 2003'
printf 'Id;Status\n' >"$tmp/in.xls"
none 'text' 'this is no Excel workbook; if it is text'
: >"$tmp/in.xls"
none 'nothing' 'the file is empty'
(cd "$tmp" && "$BUILDDIR/tests/pack" zip '' p.json) >"$tmp/in.xls"
t 'another archive' status 2 p "$tmp/in.xls"
t 'is one of files, which are none' says 'in.xls/p.json: error: this is no Excel'
new_book
rm "$tmp/book/xl/workbook.xml"
t 'a workbook without one' book 2
t 'is told' says '[not-xlsx]'
new_book
part xl/workbook.bin </dev/null
sed -i 's/workbook.xml/workbook.bin/' "$tmp/book/_rels/.rels"
t 'a binary workbook' book 2
t 'is told' says 'if it is an .xlsb'
new_book
rm "$tmp/book/xl/worksheets/sheet1.xml"
t 'a sheet that is missing' book 2
t 'is told' says '[not-xlsx]'

# Damage, and malice.
new_book
{
	titles
	echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row><row>"
} | part xl/worksheets/sheet1.xml
t 'a sheet that is cut' book 2
t 'is told' says 'in.xlsx/xl/worksheets/sheet1.xml:'
pack_book "$tmp/in.xlsx"
size=$(wc -c <"$tmp/in.xlsx")
dd if="$tmp/in.xlsx" of="$tmp/cut.xlsx" bs=1 count=$((size - 40)) status=none
t 'a workbook that is cut' status 2 p "$tmp/cut.xlsx"
t 'is told' says 'cut.xlsx: error: the archive is cut or damaged'
new_book
echo '<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]><sst><si><t>&e;</t></si></sst>' | part xl/sharedStrings.xml
t 'a document type' book 2
t 'is not followed' says '[doctype]'
new_book
{ titles; tr '\0' ' ' </dev/zero | dd bs=1M count=100 iflag=fullblock status=none; } | rows
t 'a sheet that is a bomb' book 2
t 'does not go off' says 'sheet1.xml: error: more than 250 times as much comes out'
small() { test -n "${SANITIZED-}" || ulimit -v 400000; "$@"; }
new_book
{
	titles
	echo '<row>'
	awk 'BEGIN { for (i = 0; i < 500000; i++) print "<c r=\"A2\"><v>" i "</v></c>" }'
	echo '</row>'
} | rows
pack_book "$tmp/in.xlsx"
row_of() { (small status 1 p "$tmp/in.xlsx") && tells 2 too-many-cells; }
t 'a row of half a million cells is rejected' row_of
new_book
{
	titles
	awk 'BEGIN {
		printf "<row><c t=\"inlineStr\"><is><t>"
		for (i = 0; i < 2000000; i++) printf "%d,", i
		print "</t></is></c></row>"
	}'
} | rows
pack_book "$tmp/in.xlsx"
cell_of() { (small status 1 p "$tmp/in.xlsx") && tells 2 too-long-cell; }
t 'a cell of 13 MB is rejected' cell_of

long=$(head -c 60000 /dev/zero | tr '\0' x)
strings "<t>$long</t>"
{
	titles
	echo '<row>'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		echo '<c t="s"><v>0</v></c>'
	done
	echo '</row>'
} | rows
t 'a row of 20 cells of 60 KB' book 1
t 'is rejected' tells 2 too-long-line

# The profile whose match fits.
new_book
{ titles; echo "<row>$(s A)$(s Arbeid)$(n 1 $from)$(n 1 45689.375)</row>"; } | rows
pack_book "$tmp/in.xlsx"
mkdir "$tmp/dir"
match='"match": { "header": ["Id", "Til"] }'
profile "1s/{/{ $match,/"
cp "$tmp/p.json" "$tmp/dir/sheet.json"
profile "1s/{/{ $match, \"record\": \"Other\",/"
cp "$tmp/p.json" "$tmp/dir/other.json"
profile "1s/{/{ $match,/; s/xlsx/csv/; s/\"decimal\": \",\"/\"delimiter\": \";\"/"
cp "$tmp/p.json" "$tmp/dir/text.json"
auto() {
	status "$1" ditio-parse --profile-dir "$tmp/dir" --profile auto \
	    --company c --project p "$2"
}
t 'auto' auto 0 "$tmp/in.xlsx"
t 'takes the one for workbooks' says "profile 'sheet' ($tmp/dir/sheet.json) fits"
t 'and for the sheet' gives "$one 2\n"
t 'without a word of the others' test "$(grep -c error "$tmp/err")" -eq 0
t 'in an archive' auto 0 "$tmp/two.zip"
t 'alike' says "profile 'sheet'"
t 'and for CSV' auto 0 "$tmp/same.csv"
t 'the one for CSV' says "profile 'text'"
printf '<html>' >"$tmp/in.xls"
t 'for what is neither' auto 2 "$tmp/in.xls"
t 'none' says "in.xls: error: no profile's"
t 'a workbook that is cut' auto 2 "$tmp/cut.xlsx"
t 'is told as such' says 'cut.xlsx: error: the archive is cut or damaged'

# What has no meaning for a workbook.
wrong() {
	profile "$2"
	status 2 ditio-parse --check-profile "$tmp/p.json" && says "$1"
}
t 'lines as tests' wrong '"tests" are lines of text' 's/"nulls"/"tests": [ { "lines": ["x"] } ], &/'
for key in delimiter quote encoding comment; do
	t "a $key" wrong "\"$key\" has no meaning for a workbook" "s/\"decimal\": \",\"/\"$key\": \"#\"/; s/encoding\": \"#/encoding\": \"latin1/"
done
t 'a path' wrong 'a table has columns, no paths' 's/"column": "Id"/"path": "Id"/'
t 'an empty name of a sheet' wrong '"record" must not be empty' 's/"rows"/"record": "", &/'
profile
t 'by a profile for CSV' status 2 sh -c 'sed s/xlsx/csv/ "$1" >"$1.json"; ditio-parse --profile "$1.json" --company c --project p "$2"' - "$tmp/p.json" "$tmp/in.xlsx"
t 'a workbook is told' says 'read it by a profile whose format is xlsx'
done_testing
