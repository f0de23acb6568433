#!/bin/sh
# html.t - the page: whole by itself, the same figures as the summary, nothing
# of a file becomes markup, and never too big.
. "$SRCDIR/tests/lib.sh"

awk() { LC_ALL=C command awk "$@"; }
v='ditio-validate -q --limit 0 --now 2026-01-01T00:00:00Z'

# rec MACHINE START END STATE [LINE [MORE]]
rec() {
	printf '{"companyId":"c&1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"%s","endTime":"%s","state":"%s",' "$2" "$3" "$4"
	printf '"source":"dump.csv:%s"%s}\n' "${5-9}" "${6-}"
}
# One that wants to be markup, a control, quotes, a mark that turns text; the
# day the clock of Oslo changes; each kind of fate.
evil='<script>alert(1)</script>\u0007\"'"'"'&amp;'"$(printf '\342\200\256')"
{
	rec "$evil" 2025-03-29T06:00:00Z 2025-03-29T07:00:00Z Working 2
	rec "$evil" 2025-03-29T06:30:00Z 2025-03-29T07:30:00Z Idle 3
	rec "$evil" 2025-03-29T09:00:00Z 2025-03-29T10:00:00Z Idle 4
	rec "$evil" 2025-03-29T22:00:00Z 2025-03-30T02:00:00Z Moving 5
	rec EX-1 2025-03-29T08:00:00Z 2025-03-29T08:00:00Z Working 6
	rec EX-1 2025-03-29T08:00:00Z 2025-03-29T09:12:00Z '<b>' 7
	rec EX-1 2025-03-29T09:12:00Z 2025-03-29T10:00:00Z Working 8 \
	    ',"basis":"derived"'
	rec EX-1 2025-03-29T11:00:00Z 2025-03-29T12:00:00Z Working 9 \
	    ',"basis":"estimated"'
	echo 'no record <b>'
} >"$tmp/in"
page() {
	want=$1; shift
	status "$want" $v --report "html:$tmp/page" \
	    --summary "json:$tmp/json" "$@"
}
t 'a page is written' page 1 --zone Europe/Oslo --max-gap 1h \
    --states 'Working,Idle,Moving,<b>' "$tmp/in"
t '... well-formed' xmllint --noout "$tmp/page"

# at XPATH: a string of the page, where element names stand after "h:".
at() {
	xmllint --xpath "string($(echo "$1" | sed 's/h:\([a-z0-9]*\)/*[local-name()="\1"]/g'))" \
	    "$tmp/page"
}
count() {
	xmllint --xpath "count($(echo "$1" | sed 's/h:\([a-z0-9]*\)/*[local-name()="\1"]/g'))" \
	    "$tmp/page"
}
says() {
	got=$(at "$1"); test "$got" = "$2" || { echo "$1: $got, not $2"; return 1; }
}
counts() {
	got=$(count "$1"); test "$got" -eq "$2" || { echo "$1: $got, not $2"; return 1; }
}

# By itself.
alone() {
	! sed 's,xmlns="[^"]*",,g' "$1" |
	    grep -oiE '.{20}(https?:|//|src=|url\(|@import|<script|<link|<iframe|<img|<object|javascript:| on[a-z]+=).{20}'
}
t 'it fetches nothing and runs nothing' alone "$tmp/page"
t '... which it tells the browser, too' grep -q "default-src 'none'" "$tmp/page"
t 'it is for light, dark, small screens and paper' sh -c "
	grep -q 'prefers-color-scheme:dark' '$tmp/page' &&
	grep -q 'media print' '$tmp/page' && grep -q 'max-width:40rem' '$tmp/page' &&
	grep -q 'width=device-width' '$tmp/page'"
# Each link leads somewhere, each name is of one.
links() {
	grep -oE ' id="[^"]*"' "$tmp/page" | cut -d '"' -f 2 | sort >"$tmp/ids"
	grep -oE 'href="#[^"]*"' "$tmp/page" | cut -d '#' -f 2 | tr -d '"' |
	    sort -u >"$tmp/links"
	test -z "$(uniq -d "$tmp/ids")" && test "$(wc -l <"$tmp/links")" -gt 10 &&
	    test -z "$(comm -13 "$tmp/ids" "$tmp/links" | tee /dev/stderr)"
}
t 'every link leads to a place, and one' links
named() {
	counts '//h:svg[not(@aria-hidden) and not(ancestor::h:svg) and not(@role and @aria-label)]' 0 &&
	    counts '//h:a[not(normalize-space())]' 0 &&
	    counts '//h:th[not(@scope)]' 0
}
t 'pictures have names, links have texts, heads a scope' named

# Whatever is in it.
t 'what would be markup is text' says '//h:table[contains(@class,"use")]/h:tbody/h:tr[1]/h:th' \
    "<script>alert(1)</script>$(printf '\342\220\207')\"'&amp;[U+202E]"
t '... states, too' says '//h:table[contains(@class,"use")]/h:thead/h:tr/h:th[5]' '<b>'
t 'nothing turns text' sh -c "! grep -q \"\$(printf '\\342\\200\\256')\" '$tmp/page'"

# The figures are those of the summary.
same() {
	echo "$(at "$1") $(jq "$2" "$tmp/json")" | awk '
	    { print } $1 == "" || ($1 - $2) ^ 2 > 1e-9 { exit 1 }'
}
use='//h:table[contains(@class,"use")]/h:tbody'
t 'hours that passed are those of the summary' \
    same '//h:dl/h:div[1]/h:dd/h:data/@value' .hours
withheld='sum(//h:dl/h:div[h:dt="Withheld" or starts-with(h:dt,"Estimated")]/h:dd/h:data/@value)'
t '... and those that did not' same "$withheld" .withheldHours
t '... of each machine' same "$use/h:tr[1]/h:td[5]/h:data/@value" '.machines[0].hours'
t '... and the next' same "$use/h:tr[2]/h:td[5]/h:data/@value" '.machines[1].hours'
t '... in each state' same "$use/h:tr[2]/h:td[4]/h:data/@value" \
    '.machines[1].states[] | select(.state == "<b>").hours'
t '... withheld' same "$use/h:tr[1]/h:td[7]/h:data/@value" '.machines[0].withheldHours'
t '... days' same "$use/h:tr[1]/h:td[6]" '.machines[0].days | length'
t '... all are in the table' same "sum($use/h:tr/h:td[5]/h:data/@value)" .hours
t 'coverage has a column a day' counts '//h:table[@class="days"]/h:thead/h:tr[2]/h:th' 2
t '... and the hours of it' says '//h:table[@class="days"]/h:tbody/h:tr[1]/h:td[1]' 3

# Timelines by the clock, findings with the vendor's lines, each to the other.
day='//h:section[@id="timelines"]/h:section[1]/h:div[@class="day"]'
t 'a piece has its time and state' \
    says "$day[1]/h:svg/h:rect[1]/h:title" '07:00–08:00 Working'
t 'what is withheld says so' \
    says "$day[1]/h:svg/h:rect[2]/h:title" '07:30–08:30 Idle, withheld'
t 'a period over midnight is on both days' \
    says "$day[2]/h:svg/h:rect[1]/h:title" '00:00–04:00 Moving'
t '... of which one is short' says "$day[2]/h:span[1]/h:small" '23.0 h'
t 'the day in words' sh -c "grep -q 'aria-label=\"[^\"]*, Sat 2025-03-29: Idle 1.00 h, Moving 1.00 h, Working 1.00 h, 3 findings\"' '$tmp/page'"
t 'a gap is marked' says "$day[1]/h:svg/h:a[h:rect/@class='gap'][1]/h:title" \
    '08:00–10:00 warning: gap'
overlap="$day[1]/h:svg/h:a[h:title='07:30–08:30 error: overlap']"
leads() {
	to=$(at "$overlap/@href"); from=$(at "$day[1]/@id")
	says "//h:tr[@id='${to#?}']/h:td[1]" dump.csv:3 &&
	    says "//h:tr[@id='${to#?}']/h:td[2]/h:a/@href" "#$from"
}
t 'a finding is a link to the line, and back' leads
t 'a machine leads to its timelines' says \
    "//h:section[@id=substring($use/h:tr[2]/h:th/h:a/@href, 2)]/h:h3" EX-1
t 'a rule says what to do' sh -c "xmllint --xpath 'string(//*[@id=\"r3\"]/*[2])' '$tmp/page' | grep -q 'End the earlier period'"
t 'lines that are no records' says '//h:dl/h:div[h:dt="No records"]/h:dd/text()' 1

# What is known is marked, and does not fail.
known() {
	status 1 $v --write-baseline "$tmp/known" "$tmp/in" &&
	    status 0 $v --baseline "$tmp/known" --report "html:$tmp/page" "$tmp/in" &&
	    grep -q ', [0-9]* of them known, none of which fails' "$tmp/page" &&
	    grep -q '<small>known</small>' "$tmp/page" &&
	    xmllint --noout "$tmp/page"
}
t 'known findings' known

# Machines are told apart by what they differ in, and no more.
owners() {
	sed "s/\"machineId\":\"EX-1\"/\"machineId\":\"EX-2\"/; s/\"p1\"/\"$1\"/; s/\"c&1\"/\"$2\"/" \
	    "$tmp/in" | cat "$tmp/in" - >"$tmp/two"
	status 1 $v --states 'Working,Idle,Moving,<b>' \
	    --report "html:$tmp/page" "$tmp/two"
	got=$(at "$use/h:tr[h:th//h:bdi='EX-2']/h:th")
	test "$got" = "$3" || { echo "$got"; return 1; }
}
t 'a machine of the only project' owners p1 'c\&1' EX-2
t '... of another project' owners p2 'c\&1' 'EX-2 p2'
t '... of another company' owners p1 c2 'EX-2 p1 c2'

# Without a zone days are of UTC, which is said; and nothing is much.
t 'without a zone' status 1 $v --report "html:$tmp/page" "$tmp/in"
t '... it is UTC' sh -c "grep -q 'by the clock of UTC' '$tmp/page'"
t 'nothing at all' page 0 --zone UTC --state None --rule bad-json=note "$tmp/in"
t '... is a page' xmllint --noout "$tmp/page"
t '... that passed' says '//h:p[contains(@class,"verdict")]' '✓ Passed'

# Too much: machines, days, findings, periods a day, ids.
long=$(awk 'BEGIN { while (i++ < 3000) printf "<&" }')
awk -v long="$long" 'BEGIN {
	for (m = 0; m < 700; m++)
		for (d = 1; d <= 28; d += 3)
			for (i = 0; i < 3; i++)
				printf "{\"companyId\":\"c\",\"projectId\":\"p%s\",\"machineId\":\"%04d%s\",\"startTime\":\"20%02d-01-%02dT%02d:00:00Z\",\"endTime\":\"20%02d-01-%02dT%02d:30:00Z\",\"state\":\"Idle\"}\n", \
				    (m > 600 ? long : ""), m, (m > 650 ? long : ""), \
				    m % 25, d, (i ? 8 : 7), m % 25, d, (i ? 8 : 7)
	for (i = 0; i < 3000; i++)
		printf "{\"companyId\":\"c\",\"projectId\":\"a\",\"machineId\":\"busy\",\"startTime\":\"2024-01-01T00:%02d:%02dZ\",\"endTime\":\"2024-01-01T00:%02d:%02dZ\",\"state\":\"%s\"}\n", \
		    i / 60, i % 60, (i + 1) / 60, (i + 1) % 60, \
		    (i % 2 ? "Idle" : "Working")
}' >"$tmp/much"
for state in Idle Moving; do
	rec busy 2024-01-01T08:00:00Z 2024-01-01T20:00:00Z $state |
	    sed 's/c&1/c/; s/p1/a/'
done >>"$tmp/much"
t 'very much' page 1 --zone UTC --samples 5000 "$tmp/much"
t '... is a page' xmllint --noout --huge "$tmp/page"
t '... below 5 MB' sh -c "test \$(wc -c <'$tmp/page') -lt 5000000"
t '... of the first machines' counts "$use/h:tr" 500
t '... of some days' counts '//h:div[@class="day"]' 1000
t '... of some findings' counts '//h:section[@class="rule"]//h:tbody/h:tr' 1000
t '... which it says' sh -c "
	grep -q 'the first 500 of 701 machines' '$tmp/page' &&
	grep -q 'These are 1.*000 of .* days of machines' '$tmp/page' &&
	grep -q 'more are not on this page' '$tmp/page'"
busy="//h:div[@class='day'][starts-with(h:svg/@aria-label, 'busy,')]"
t 'many periods a day are few pieces' sh -c "
	test '$(count "$busy/h:svg/h:rect")' -le 120 -a '$(count "$busy/h:svg/h:rect")' -gt 20"
t '... which say how many' sh -c "
	grep -q ', the longest of [0-9]* periods' '$tmp/page'"
t '... and come to all' same "$busy/h:span/h:data/@value" \
    '.machines[0].hours'

# Trouble.
if [ -e /dev/full ]; then
	t 'a full disk' status 2 $v --report html:/dev/full "$tmp/in"
fi
echo '{"$ditioStream":1,"tool":"t 1"}' >"$tmp/cut"
t 'a run that failed' status 2 $v --report "html:$tmp/page" "$tmp/cut"
t '... leaves no page' test ! -s "$tmp/page"
done_testing
