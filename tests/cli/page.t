#!/bin/bash
# page.t - what ditio-sandbox shows while it runs, and its report; with a
# browser, if there is one, what becomes of ids that are markup.
. "$SRCDIR/tests/lib.sh"

mkfifo "$tmp/where"
ditio-sandbox -q --store "$tmp/store" >"$tmp/where" 2>"$tmp/said" &
server=$!
read -r base <"$tmp/where"
token=$(curl -s "$base/connect/token" \
    -d 'grant_type=client_credentials&client_id=a&client_secret=b&scope=masstransportapiv1' |
	jq -r .access_token)
import() {
	curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" \
	    -H 'Content-Type: application/json' --data-binary "$1" \
	    "$base/api/external-excavator-state/import" | grep -qx 201
}
get() { curl -s -D "$tmp/head" -o "$tmp/body" "$base$1"; }
has() { grep -qi -- "$2" "$tmp/$1" || { cat "$tmp/$1"; return 1; }; }
live() { curl -s "$base/sandbox/live" | jq -e "$1"; }

# Ids as somebody hostile would have them.
long=$(head -c 300 /dev/zero | tr '\0' W)
records=$(jq -nc --arg long "$long" '[
	"EX-001", "<img src=x onerror=\"document.title=1\">",
	"</script><script>document.title=1</script>", $long, "\u202eM\u001b[31m" | {
	companyId: "c1", projectId: "<b>p</b>", machineId: ., state: "Working<i>",
	startTime: "2025-01-15T08:00:00Z", endTime: "2025-01-15T09:30:00Z" }]')

headers() {
	get "$1" && has head '^HTTP/1.1 200' && has head "^Content-Type: $2" &&
	    has head "^Content-Security-Policy: default-src 'none'; " &&
	    ! grep -i 'unsafe' "$tmp/head" && has head '^X-Content-Type-Options: nosniff'
}
t 'the page' headers / 'text/html; charset=utf-8'
t 'its style' headers /sandbox/page.css text/css
t 'its script' headers /sandbox/page.js text/javascript
local_only() {
	for part in html css js; do
		! grep -nE '(src|href)="[^/d]|url\(|@import|//[a-z]+\.' "$SRCDIR/src/sandbox/page.$part" |
			grep -v http://www.w3.org/2000/svg || return 1
	done
	! grep -nE 'innerHTML|outerHTML|insertAdjacent|document\.write|eval|style="| on[a-z]+="' \
	    "$SRCDIR"/src/sandbox/page.*[ls]
}
t 'nothing from elsewhere, nothing as markup' local_only
t 'no other page' sh -c "curl -s -o /dev/null -w '%{http_code}' '$base/sandbox/page.c' | grep -qx 404"

t 'live: nothing yet' live '.records == 0 and .lastBatch == null and .timeline == null'
t 'five records come' import "$records"
shown() {
	live '.records == 5 and .batches == 1 and .machines == 5 and (.rows | length) == 5 and
	    .states[3].state == "Working<i>" and .states[3].seconds == 27000 and .states[0].state == "Working" and
	    .lastBatch.records == 5 and .lastBatch.seconds == 27000 and .lastBatch.projectId == "<b>p</b>" and
	    (.timeline.start | todate) == "2025-01-15T08:00:00Z" and .timeline.step == 900 and
	    .rows[1].columns[3][0:7] == [100, 100, 100, 100, 100, 100, 0]'
}
t 'live: they are shown' shown
t 'one of them again' import "$(echo "$records" | jq -c '.[:1]')"
t 'live: that, too' live '.records == 6 and .batches == 2 and .lastBatch.records == 1'
summary() { curl -s "$base/sandbox/summary" | jq -e '.records == 6 and .duplicates == 1 and .overlaps == 0 and (.machines | length) == 5'; }
t 'the summary counts them' summary

# A browser, if there is one.
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
look() {
	HOME=$tmp timeout 60 "$browser" --headless --no-sandbox --disable-gpu \
	    --disable-dev-shm-usage --user-data-dir="$tmp/browser" \
	    --virtual-time-budget=3000 --dump-dom "$base/" >"$tmp/dom" 2>/dev/null
}
if [ -n "$browser" ] && [ -z "${SANITIZED-}" ] && look && grep -q '</html>' "$tmp/dom"; then
	dom() {
		grep -q '<title>ditio-sandbox</title>' "$tmp/dom" &&
		    grep -qF '&lt;img src=x onerror="document.title=1"&gt;' "$tmp/dom" &&
		    grep -qF '&lt;b&gt;p&lt;/b&gt;' "$tmp/dom" &&
		    grep -qF 'Working&lt;i&gt;' "$tmp/dom" &&
		    ! grep -qE '<img|<b>|<i>|document.title=1</script>' "$tmp/dom" &&
		    grep -q '<rect class="s3"' "$tmp/dom" && grep -q '>live<' "$tmp/dom" &&
		    grep -q 'id="hours">9.00<' "$tmp/dom"
	}
	t 'a browser shows ids as they are, and runs none' dom
else
	t 'a browser shows ids as they are # SKIP no browser here' true
fi
kill -TERM $server
wait $server
t 'it had nothing to say' test ! -s "$tmp/said"

# The report.
ditio-sandbox --report "$tmp/store" >"$tmp/report"
table() {
	grep -q '^company c1, project <b>p</b>$' "$tmp/report" &&
	    grep -Eq '^EX-001           Working<i> +2 +3.00  2025-01-15 08:00 2025-01-15 09:30$' "$tmp/report" &&
	    grep -q '^6 records, 1 of them twice, 0 overlapping another$' "$tmp/report" &&
	    ! grep -v -e "^$long" -e x1b "$tmp/report" | awk 'length > 80' | grep .
}
t 'the report fits 80 columns' table
t 'and escapes what drives a terminal' grep -qF '\x1b[31m' "$tmp/report"
done_testing
