# shellcheck shell=sh
# xlsx.sh - Excel workbooks made on the spot.  Source it after lib.sh.

kinds=http://schemas.openxmlformats.org/officeDocument/2006/relationships

# part NAME: a part of the workbook, from stdin.
part() {
	mkdir -p "$tmp/book/$(dirname "$1")"
	cat >"$tmp/book/$1"
}

# new_book: a workbook of one sheet, "Timer".  Its styles: 0 numbers, 1 dates
# with a clock, 2 dates, 3 clocks, 4 elapsed hours, 5 a number with a unit.
new_book() {
	rm -rf "$tmp/book"
	part '[Content_Types].xml' <<-EOT
	<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
	<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>
	EOT
	part _rels/.rels <<-EOT
	<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="$kinds/officeDocument" Target="xl/workbook.xml"/></Relationships>
	EOT
	part xl/_rels/workbook.xml.rels <<-EOT
	<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="$kinds/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="$kinds/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type="$kinds/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="rId4" Type="$kinds/styles" Target="styles.xml"/><Relationship Id="rId5" Type="$kinds/sharedStrings" Target="sharedStrings.xml"/></Relationships>
	EOT
	sheets '<sheet name="Timer" sheetId="1" r:id="rId1"/>'
	part xl/styles.xml <<-EOT
	<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy hh:mm;@"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="0.0\ &quot;hours a day&quot;;[Red]General"/></numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>
	EOT
	strings
	rows </dev/null
}

# sheets XML [ATTRIBUTES]: the workbook's sheets, its properties.
sheets() {
	part xl/workbook.xml <<-EOT
	<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="$kinds"><workbookPr ${2-}/><sheets>$1</sheets></workbook>
	EOT
}

# strings [XML...]: the shared texts, each what stands in <si>.
strings() {
	{
		echo '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
		for s in "$@"; do echo "<si>$s</si>"; done
		echo '</sst>'
	} | part xl/sharedStrings.xml
}

# rows [SHEET]: the rows of a sheet, from stdin.
rows() {
	{
		echo '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
		cat
		echo '</sheetData></worksheet>'
	} | part "xl/worksheets/${1:-sheet1}.xml"
}

# cells ROW TEXT...: a row of inline texts.
cells() {
	echo "<row r=\"$1\">"
	shift
	for s in "$@"; do echo "<c t=\"inlineStr\"><is><t>$s</t></is></c>"; done
	echo '</row>'
}

# pack_book FILE: the workbook.
pack_book() {
	(cd "$tmp/book" && find . -type f | sed 's/^..//' | LC_ALL=C sort |
	    tr '\n' '\0' | xargs -0 "$BUILDDIR/tests/pack" zip '') >"$1"
}
