#!/bin/sh
# schemas.t - what the programs write and read is what schemas/ say.
. "$SRCDIR/tests/lib.sh"
cd "$SRCDIR/samples" || exit 1

# By name; jq alone cannot tell which file it is reading.
for f in ../schemas/*.json; do
	jq --arg name "${f##*/}" '{ ($name): . }' "$f" || exit 1
done | jq -s add >"$tmp/schemas"

# faults SCHEMA FILE: what is wrong with each JSON text of FILE.
faults() {
	jq -r --slurpfile schemas "$tmp/schemas" --arg name "$1.schema.json" \
	    -f "$SRCDIR/tests/cli/schema.jq" "$2"
}
# fits SCHEMA FILE: it holds some, and nothing is wrong with them.
fits() {
	test -s "$2" || { echo "nothing in $2"; return 1; }
	faults "$1" "$2" >"$tmp/faults" && ! grep . "$tmp/faults"
}
# rings SCHEMA FILTER FILE: FILTER makes the first text of FILE a wrong one.
rings() {
	jq -c "$2" "$3" | head -n 1 >"$tmp/wrong"
	test -s "$tmp/wrong" && faults "$1" "$tmp/wrong" | grep .
}

# What every sample gives, and what is found wrong with it.
for f in good-*.csv good-*.xml bad-*.csv bad-*.xml note-*.xml; do
	# shellcheck disable=SC2046 # a list of options
	ditio-parse --plain --max-rejects 100% --rejects "$tmp/r" \
	    $(cat "${f%.*}.args") "$f" 2>/dev/null
	cat "$tmp/r" >>"$tmp/rejects"
done >"$tmp/records"
ditio-parse --plain --format aemp --machines machines.csv \
    good-aemp-counters.xml >>"$tmp/records" 2>/dev/null
t 'records' fits record "$tmp/records"
t '... of all bases' sh -c "grep -q derived '$tmp/records' &&
	grep -q estimated '$tmp/records' && grep -qv basis '$tmp/records'"
t '... of machines that vendors call otherwise' grep -q vendorId "$tmp/records"
t 'no vendor names them nothing' rings record '.vendorId = ""' "$tmp/records"
t 'a wrong basis rings' rings record '.basis = "guessed"' "$tmp/records"
t 'an unknown key rings' rings record '.speed = 1' "$tmp/records"
t 'a time with a zone rings' rings record \
    '.endTime = "2025-01-15T08:00:00+01:00"' "$tmp/records"
t 'a missing key rings' rings record 'del(.state)' "$tmp/records"
t 'rejects' fits reject "$tmp/rejects"
t '... with prices, columns, raw rows of any bytes' sh -c "
	grep -q hours '$tmp/rejects' && grep -q column '$tmp/rejects' &&
	grep -q rawEncoding '$tmp/rejects'"
t 'a line 0 rings' rings reject '.line = 0' "$tmp/rejects"

# Dirt for each kind of finding.
{
	cat "$tmp/records" "$tmp/records"
	sed 's/"state":"[A-Za-z]*"/"state":"Dancing"/' "$tmp/records" | head -n 3
	echo 'no record'
} >"$tmp/dirt"
ditio-validate -q --limit 0 --max-gap 1m --rejects "$tmp/rejects" \
    --zone Europe/Oslo --summary "json:$tmp/summary" \
    --report "ndjson:$tmp/report" --report "json:$tmp/document" --samples 3 \
    "$tmp/dirt" >"$tmp/clean" 2>/dev/null
t 'findings' fits finding "$tmp/report"
t '... those of parse too' grep -q '"tool":"ditio-parse"' "$tmp/report"
t '... of such machines' grep -q vendorId "$tmp/report"
t '... and a summary' sh -c "tail -n 1 '$tmp/report' | grep -q ditioSummary"
t 'an unknown fate rings' rings finding '.fate = "eaten"' "$tmp/report"
ditio-validate -q --limit 0 --fix safe,overlap=trim,contained=split \
    --report "ndjson:$tmp/report" "$tmp/dirt" >/dev/null 2>&1
t '... of repairs' fits finding "$tmp/report"
t '... each with what is left' grep -q '"after":\[{"startTime"' "$tmp/report"
t 'nothing left rings' rings finding 'select(.after) | .after = []' \
    "$tmp/report"
ditio-validate -q --limit 0 --allow-estimated --fix-plan "$tmp/plan" \
    --fix safe,overlap=trim,contained=split,gap=fill:Idle:1h,adjacent=merge \
    "$tmp/dirt" >/dev/null 2>&1
t 'a plan' fits fix-plan "$tmp/plan"
t '... of such machines, too' grep -q vendorId "$tmp/plan"
t '... of gaps, too' grep -q '"rule":"gap"' "$tmp/plan"
t 'an edit without what is before rings' rings fix-plan 'del(.before)' "$tmp/plan"
t 'a summary without its verdict rings' rings finding \
    'select(.ditioSummary) | del(.ditioSummary.verdict)' "$tmp/report"
t 'a report' fits report "$tmp/document"
t 'a sample without its code rings' rings report \
    'del(.rules[0].samples[0].code)' "$tmp/document"
t 'an unsaid truncation rings' rings report 'del(.rules[0].truncated)' \
    "$tmp/document"

t 'hours' fits summary "$tmp/summary"
t '... without their zone ring' rings summary 'del(.zone)' "$tmp/summary"
t '... of a part unknown ring' rings summary '.machines[0].days[0].speed = 1' \
    "$tmp/summary"

ditio-split -q --accept-findings --max-records 3 "$tmp/clean" \
    >"$tmp/stream" 2>/dev/null
ditio-split -q --accept-findings --max-records 3 --output "$tmp/batches" \
    "$tmp/clean" 2>/dev/null
grep ditioBatch "$tmp/stream" >"$tmp/envelopes"
cat "$tmp"/batches/*.meta.json >"$tmp/metas"
t 'batches' fits batch "$tmp/envelopes"
t '... of such machines' grep -q '"vendorIds":\["[^]]*"7001"' "$tmp/envelopes"
t '... with bodies' sh -c "! grep -v '\"body\":\[' '$tmp/envelopes'"
t '... and without, beside them' fits batch "$tmp/metas"
t 'a source in a body rings' rings batch '.body[0].source = "x:1"' "$tmp/envelopes"
ditio-parse -q --digest --format aemp --company c1 --project p1 \
    good-aemp-counters.xml 2>/dev/null | ditio-split -q --output "$tmp/told"
t 'manifest of files with digests' fits manifest "$tmp/told/manifest.json"
t 'a digest of capitals rings' rings manifest \
    '.files[0].sha256 |= ascii_upcase' "$tmp/told/manifest.json"
t 'manifest' fits manifest "$tmp/batches/manifest.json"
t 'a short id rings' rings manifest '.batches[0].id = "ab"' \
    "$tmp/batches/manifest.json"

ditio-split -q --accept-findings --plan --json --rate 1/s "$tmp/clean" \
    >"$tmp/plan" 2>/dev/null
t 'a plan' fits plan "$tmp/plan"
t 'a project without batches rings' rings plan '.projects[0].batches = 0' "$tmp/plan"

# Maps of the aggregate: ditio-upload and the schema agree.
map() {
	echo "$2" >"$tmp/map"
	DITIO_CLIENT_SECRET=x status 2 ditio-upload --ledger "$tmp/no/led" \
	    --base http://127.0.0.1:1 --identity-base http://127.0.0.1:1 \
	    --client-id x --aggregate-map "$tmp/map" "$tmp/stream"
	if [ "$1" = good ]; then
		fits aggregate-map "$tmp/map" && ! grep -q "$tmp/map" "$tmp/err"
	else
		rings aggregate-map . "$tmp/map" && grep -q "$tmp/map" "$tmp/err"
	fi
}
t 'a map of rows' map good '{"rows":"a.b","state":"s","value":"v","unit":"min"}'
t 'a map of an object' map good '{"rows":"","unit":"h"}'
t 'a map without unit rings' map bad '{"rows":"a"}'
t 'a map with another key rings' map bad '{"rows":"a","unit":"h","zone":"x"}'
t 'a map in days rings' map bad '{"rows":"a","unit":"d"}'

# Profiles may have comments, which jq may not.
plain() { sed 's,^[[:space:]]*//.*,,' "$1"; }
for f in profiles/*.json; do
	plain "$f" >"$tmp/profile"
	t "$f" fits profile "$tmp/profile"
done
# both FILTER: the schema and --check-profile refuse what it makes of a profile.
both() {
	rings profile "$1" "$tmp/profile" &&
		status 2 ditio-parse --check-profile "$tmp/wrong" &&
		grep -q '\[bad-profile\]$' "$tmp/err"
}
plain profiles/norwegian-timesheet.json >"$tmp/profile"
for wrong in '.colour = 1' 'del(.format)' '.format = "html"' '.record = "a"' '.rows = "sum"' \
	'.csv.delimiter = ";;"' '.csv.decimal = "/"' '.csv.skipLines = -1' \
	'.csv.header = 1' '.time.dst = "infer"' '.time.formats = "rfc3339"' \
	'.fields.speed = {}' '.fields.state = "Status"' \
	'.fields.duration.unit = "weeks"' '.fields.state.path = "/x"' \
	'.states.Idle = "Tomgang"' '.off = [1]' '.endBeforeStart = "no"' \
	'.match.size = 1' '.match.header = []' '.engineStatus = "on"' '.maxHold = "long"' \
	'.operatingIncludesIdle = "yes"' '.placement = "middle"' \
	'.tests = [{}]' '.tests[0].record = []' '.tests[0].lines = [1]'; do
	t "$wrong is refused by both" both "$wrong"
done

# Rules files likewise; tests/cli/rules.t holds the schema to the catalogue.
plain rules.json >"$tmp/rules"
t 'rules.json' fits rules "$tmp/rules"
ruled() {
	rings rules "$1" "$tmp/rules" &&
		status 2 ditio-validate --rules "$tmp/wrong" /dev/null &&
		grep -q "$tmp/wrong:1:" "$tmp/err"
}
for wrong in '.overlaps = "off"' '.gap.min = 1' '.gap = "loud"' '.gap = 3' \
	'.gap.maxGap = 5' '.gap.maxGap = "long"' '."too-old".earliest = "2024"' \
	'."unknown-state".states = "Idle"' '."unknown-state".states = []' \
	'.estimated = { allow: "yes" }' '."bad-json" = "off"'; do
	t "$wrong is refused by both" ruled "$wrong"
done

# And calendars.
plain calendar.json >"$tmp/calendar"
t 'calendar.json' fits calendar "$tmp/calendar"
timed() {
	rings calendar "$1" "$tmp/calendar" &&
		status 2 ditio-validate --calendar "$tmp/wrong" /dev/null &&
		grep -q "$tmp/wrong:1:" "$tmp/err"
}
for wrong in 'del(.zone)' '.zone = 1' '.hour = []' '.hours = "07:00-15:30"' \
	'.hours = ["7-15"]' '.weekdays = ["monday"]' '.days.fre = []' '.days.fri = {}' \
	'.days = []' '.holidays = ["17.05.2025"]' '.holidays = ["2100-01-01"]'; do
	t "$wrong is refused by both" timed "$wrong"
done

# Every key that the reader has is in the schema and in the page.
keys() {
	sed -n 's/^\t*{ "\([A-Za-z]*\)", [a-z].*/\1/p' \
	    "$SRCDIR"/src/parse/profile_*.c | sort -u >"$tmp/keys"
	test "$(wc -l <"$tmp/keys")" -gt 20 || return 1
	jq -r '[.. | .properties? // empty | keys[]] | unique[]' \
	    ../schemas/profile.schema.json >"$tmp/known"
	while read -r key; do
		grep -qx "$key" "$tmp/known" || { echo "schema: $key"; return 1; }
		grep -qE "^\.(It )?Cm (.* , )?$key\b" "$SRCDIR/src/ditio-profile.5" ||
			{ echo "page: $key"; return 1; }
	done <"$tmp/keys"
}
t 'every key of a profile' keys
done_testing
