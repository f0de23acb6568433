#!/bin/sh
# upload.t - ditio-upload against a server that does what a script says.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# Two batches of two; one of two; one of one; two projects.
{ rec M 08:00 08:10; rec N 08:00 08:20; rec M 08:10 08:30; rec N 08:20 08:40
} >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/four"
framed "$tmp/r" | batches 4 >"$tmp/whole"
rec M 09:00 09:10 >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/one"
{ rec M 10:00 10:10 p1; rec N 10:00 10:20 p2; } >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/two-projects"

delivers() { up 0 201 "$tmp/four" && sent 2 && fates 'ACCEPTED 2 4'; }
t 'delivers' delivers
twice() { again 0 201 "$tmp/four" && sent 0 && says '4 delivered before'; }
t 'sends nothing the second time' twice
other() { again 0 201 "$tmp/whole" && sent 0 && says '4 delivered before'; }
t 'knows periods again in other batches' other

# An answer of 201 is accepted, whatever its body.
cut() { up 0 201-cut "$tmp/four" && sent 2 && fates 'ACCEPTED 2 4'; }
t '201 with a cut body is accepted' cut

drip() { up 0 201-drip "$tmp/one" --timeout 300ms && sent 1 && fates 'ACCEPTED 1 1'; }
t '201 with a body that never ends is accepted' drip

# lost WORD: the batch was applied, the answer lost: settled, not sent again.
lost() {
	up 0 "apply-$1 201" "$tmp/four" && sent 2 && fates 'ACCEPTED 2 4'
}
# vain WORD: it was not applied: settled, and sent again.
vain() { up 0 "$1 201" "$tmp/four" && sent 3 && fates 'ACCEPTED 2 4'; }
for w in drop 500 502 504 503 302 200 202 half garbage 100 500-cut 599 402; do
	t "lost answer: $w after applying" lost "$w"
	t "lost answer: $w without applying" vain "$w"
done
t 'lost answer: time runs out after applying' lost hang
# libcurl sends a POST again, without a word, where a connection that was used
# before closes unanswered; we look first.
once() {
	vain drop && awk '/^import/ && before ~ /^import/ { exit 1 }
	    { before = $0 }' "$tmp/requests" || { cat "$tmp/requests"; return 1; }
}
t 'no import follows another without a look' once
t '429 is sent again after Retry-After' vain 429+1
t '429 without it is sent again' vain 429
t '408 is sent again' vain 408
t 'a Retry-After of nonsense is none' vain 429+in_a_while
t 'a Retry-After in the past is a second' vain \
    '429+Tue,_24_Nov_2020_03:54:58_GMT'
patience() {
	up 75 "$1" "$tmp/four" --retry-for 2s && sent 1 && fates 'PENDING 2 4' &&
	    says 'put off for good'
}
t 'a Retry-After beyond --retry-for is left to the next run' patience 429+3600
t 'a Retry-After as a date, too' patience \
    '429+Fri,_24_Nov_2090_03:54:58_GMT'

# One that is not beyond the latest timestamp cannot be decided.
late() {
	SCRIPTED_MARK=2025-01-16T00:00:00Z; export SCRIPTED_MARK
	up 3 "$1" "$tmp/one"; got=$?
	unset SCRIPTED_MARK
	test $got -eq 0 && sent 1 && says 'HELD' && fates 'HELD 1 1' &&
	    says 'best run before live data flows'
}
t 'late and lost is held' late apply-drop
resolve() {
	late "$1" || return 1
	id=$(sed -n 's/.*"id":"\([0-9a-f]\{12\}\).*/\1/p' "$tmp/one")
	status 0 ditio-upload --ledger "$tmp/led" --target 127.0.0.1 \
	    --resolve "$id=$2"
}
delivered() { resolve apply-drop delivered && fates 'ACCEPTED 1 1'; }
t 'a person says delivered' delivered
not_delivered() {
	resolve drop not-delivered && fates 'PENDING 1 1' &&
	    SCRIPTED_MARK=2025-01-16T00:00:00Z again 0 201 /dev/null --resume &&
	    sent 1 && fates 'ACCEPTED 1 1'
}
t 'a person says not delivered: sent again' not_delivered

# What the watermark says, when it says something else.
# The latest timestamp in its many shapes, before and after a lost answer.
shape() { SCRIPTED_MARK=$1 up 0 drop\ 201 "$tmp/one" && sent 2 && fates 'ACCEPTED 1 1'; }
for w in none empty 404 204 0001-01-01T00:00:00 2025-01-15T07:00:00.5+00:00; do
	t "a latest timestamp of $w" shape $w
done
future_mark() {
	SCRIPTED_MARK=2099-01-01T00:00:00Z up 3 drop "$tmp/one" && sent 1 &&
	    fates 'HELD 1 1'
}
t 'a latest timestamp in the future decides nothing' future_mark
no_mark() { SCRIPTED_MARK=$1 up "$2" 201 "$tmp/one" --retry-for 0s && sent 0 && fates 'PENDING 1 1'; }
t 'no latest timestamp for 500: later' no_mark 500 75
t 'no latest timestamp for 429: later' no_mark 429 75
t 'no latest timestamp for 401: denied' no_mark 401 4
t 'no latest timestamp for 403: denied' no_mark 403 4
t 'no latest timestamp for 302: broken' no_mark 302 2
between() {
	SCRIPTED_MARK=none,2025-01-15T08:17:00Z up 3 drop "$tmp/four" &&
	    sent 1 && says 'HELD' && fates 'HELD 1 2 PENDING 1 2'
}
t 'a watermark that is neither is held' between
restless() {
	SCRIPTED_MARK=none,2025-01-01T00:00:00Z,2025-01-02T00:00:00Z,2025-01-03T00:00:00Z,2025-01-04T00:00:00Z,2025-01-05T00:00:00Z,2025-01-06T00:00:00Z \
	    up 3 drop "$tmp/four" && sent 1 && fates 'HELD 1 2 PENDING 1 2'
}
t 'a watermark that does not rest is held' restless
unclear() {
	SCRIPTED_MARK=html up 3 drop "$tmp/one" && sent 1 && fates 'HELD 1 1'
}
t 'a watermark that is not understood is no evidence' unclear
moved() {
	SCRIPTED_MARK=none,2025-01-15T08:59:00Z up 3 201 "$tmp/four" &&
	    sent 1 && says 'moved without us' && fates 'ACCEPTED 1 2 PENDING 1 2'
}
t 'a watermark that moved without us stops the project' moved
adopted() {
	moved && SCRIPTED_MARK=2025-01-15T08:59:00Z &&
	    export SCRIPTED_MARK && again 3 201 "$tmp/four" && sent 0 &&
	    again 0 201 "$tmp/four" --adopt && sent 1 && fates 'ACCEPTED 2 4'
	got=$?; unset SCRIPTED_MARK; return $got
}
t '--adopt goes on from there' adopted
start() {
	SCRIPTED_MARK=start up 0 "201 apply-drop" "$tmp/four" && sent 2 &&
	    says 'newest start' && fates 'ACCEPTED 2 4'
}
t 'the newest start is learned' start
lags() {
	SCRIPTED_MARK=none,none,none,end up 0 201 "$tmp/four" && sent 2 &&
	    fates 'ACCEPTED 2 4'
}
t 'a watermark that lags is waited for' lags

# Rights and settings.
token() { up 0 "401 201" "$tmp/four" && sent 3 && grep -q '^token 200 2' "$tmp/requests"; }
t '401 gets a new token once' token
no_token() { up 4 401 "$tmp/four" && sent 2 && fates 'PENDING 2 4'; }
t '401 twice is denied' no_token
for s in 403 404 405 411 415; do
	denied() { up 4 "$s" "$tmp/four" && sent 1 && fates 'PENDING 2 4'; }
	t "$s stops with 4" denied
done
for s in 301 307 308; do
	redirect() { up 2 "$s" "$tmp/four" && sent 1 && fates 'PENDING 2 4' &&
	    ! grep -q other "$tmp/requests"; }
	t "$s is not followed" redirect
done
client() { SCRIPTED_TOKEN=400 up 4 201 "$tmp/four" && sent 0 && says invalid_client; }
t 'a client that is not known is denied' client
token_is() { SCRIPTED_TOKEN=$2 up "$1" 201 "$tmp/one" && sent "$3"; }
for w in '"expires_in":-5,' '"expires_in":1e99,' '"expires_in":"soon",' \
    '"expires_in":18446744073709551616,' '"expires_in":0,' ''; do
	t "a token with <$w>" token_is 0 "{$w\"access_token\":\"canary-token\"}" 1
done
t 'a token of HTML' token_is 2 '<html>log in</html>' 0
t 'a token that is no text' token_is 2 '{"access_token":17}' 0
t 'a token with a line break' token_is 2 '{"access_token":"a\r\nb: c"}' 0
t 'no token for a redirect' token_is 2 302 0
away() { SCRIPTED_TOKEN=503 up 75 201 "$tmp/four" --retry-for 1s && sent 0; }
t 'an identity server that is away: later' away
nobody() {
	rm -rf "$tmp"/led*
	DITIO_CLIENT_SECRET=x status 75 ditio-upload --ledger "$tmp/led" \
	    --client-id x --base http://127.0.0.1:1 \
	    --identity-base http://127.0.0.1:1 --retry-for 0s "$tmp/one"
}
t 'nobody answers: later' nobody
clear_http() {
	DITIO_CLIENT_SECRET=x status 2 ditio-upload --ledger "$tmp/led" \
	    --client-id x --base http://example.org --identity-base \
	    https://example.org "$tmp/one" && says 'loopback only'
}
t 'http is for loopback only' clear_http
open_secret() {
	echo secret >"$tmp/secret"; chmod 644 "$tmp/secret"
	status 2 ditio-upload --ledger "$tmp/led" --client-id x \
	    --base http://127.0.0.1:1 --identity-base http://127.0.0.1:1 \
	    --client-secret-file "$tmp/secret" "$tmp/one" && says 'chmod 600'
}
t 'a secret others may read is refused' open_secret

# Nothing secret is kept or said.
secrets() {
	up 0 "500 401 201" "$tmp/four" "$@" && cp "$tmp/err" "$tmp/led.err" &&
	    ! grep -l canary "$tmp"/led* "$tmp"/led.spool/* 2>/dev/null
}
t 'secret and token are nowhere' secrets
t 'nor with --quiet' secrets --quiet
t 'nor with --verbose' secrets --verbose
t 'nor with --log json' secrets --verbose --log json

# Conflicts, and other projects.
conflict() {
	up 0 201 "$tmp/one" &&
	    { rec M 09:05 09:20; rec M 09:20 09:30; } >"$tmp/r" &&
	    framed "$tmp/r" | batches 9 >"$tmp/over" &&
	    again 1 201 "$tmp/over" --rejects "$tmp/rejects" && sent 1 &&
	    says 'd.csv:[0-9]*: error: M 2025-01-15T09:05:00Z.*from d.csv:5' &&
	    grep -q conflict-with-delivered "$tmp/rejects" &&
	    fates 'ACCEPTED 2 2'
}
t 'an overlap is a conflict; the rest is sent' conflict
elsewhere() {
	up 0 201 "$tmp/one" && rec M 09:00 09:10 p9 >"$tmp/r" &&
	    framed "$tmp/r" | batches 9 >"$tmp/over" &&
	    again 1 201 "$tmp/over" && sent 0 && says conflict-with-delivered
}
t 'the same period in another project is a conflict' elsewhere
# A period that goes on: only its tail is sent, and never again.
longer() {
	up 0 201 "$tmp/one" && { rec M 09:00 09:25; rec M 09:25 09:30; } >"$tmp/r" &&
	    framed "$tmp/r" | batches 9 >"$tmp/more" &&
	    again 0 201 "$tmp/more" && sent 1 && says '1 lengthened' &&
	    test "$(sqlite3 "$tmp/led" "SELECT group_concat(substr(start, 12, 5)
		|| '-' || substr(end, 12, 5), ' ') FROM delivered")" = \
		'09:00-09:10 09:10-09:25 09:25-09:30' &&
	    fates 'ACCEPTED 2 3' && again 0 201 "$tmp/more" && sent 0 &&
	    says '2 delivered before (0.50 h)'
}
t 'of a lengthened period only the tail is sent' longer
shorter() {
	rec M 09:00 09:20 >"$tmp/r" && framed "$tmp/r" | batches 9 >"$tmp/less" &&
	    again 1 201 "$tmp/less" && sent 0 && says conflict-with-delivered
}
t 'one that ends earlier than delivered is a conflict' shorter
goes_on() {
	SCRIPTED_MARK=2025-01-16T00:00:00Z up 3 "drop 201" "$tmp/two-projects" &&
	    sent 2 && fates 'ACCEPTED 1 1 HELD 1 1'
}
t 'other projects go on while one is held' goes_on
future() {
	echo '{"companyId":"c1","projectId":"p1","machineId":"M","startTime":"2099-01-01T00:00:00Z","endTime":"2099-01-01T01:00:00Z","state":"Idle"}' >"$tmp/r"
	framed "$tmp/r" | batches 9 >"$tmp/over"
	up 1 201 "$tmp/over" && sent 0 && says '\[future\]'
}
t 'the future is not sent' future

# Input.
fates_none() { ditio-upload --ledger "$tmp/led" --status | grep -q . && return 1 || return 0; }
cut_stream() { head -n 2 "$tmp/four" >"$tmp/cut"; up 2 201 "$tmp/cut" && sent 0 && fates_none; }
t 'a cut stream: nothing is sent' cut_stream
cut_anywhere() {
	size=$(wc -c <"$tmp/four")
	for at in 0 1 $((size / 3)) $((size / 2)) $((size - 60)) $((size - 3)); do
		head -c "$at" "$tmp/four" >"$tmp/cut"
		up 2 201 "$tmp/cut" && sent 0 && fates_none || return 1
	done
}
t 'a stream cut within a line, too' cut_anywhere
flipped() { sed 's/08:10:00Z/08:11:00Z/' "$tmp/four" >"$tmp/bad"; up 2 201 "$tmp/bad" && sent 0 && says bad-id; }
t 'a changed body: nothing is sent' flipped
unframed() {
	grep ditioBatch "$tmp/four" >"$tmp/bare"
	up 2 201 "$tmp/bare" && sent 0 && up 0 201 "$tmp/bare" --unframed && sent 2
}
t 'a stream without frame wants --unframed' unframed
findings() {
	sed 's/"verdict":"ok"/"verdict":"findings"/' "$tmp/four" >"$tmp/found"
	up 2 201 "$tmp/found" && sent 0 &&
	    up 0 201 "$tmp/found" --accept-findings && sent 2
}
t 'findings want --accept-findings' findings
empty() { up 2 201 /dev/null && sent 0; }
t 'nothing at all is a cut stream' empty
manifest() {
	rm -rf "$tmp/dir"
	{ rec Q 08:00 08:10; rec Q 08:10 08:20; } >"$tmp/r"
	framed "$tmp/r" | ditio-split -q --max-records 1 --output "$tmp/dir" &&
	    up 0 201 /dev/null "$tmp/dir/manifest.json" && sent 2 &&
	    fates 'ACCEPTED 2 2' || return 1
	for f in "$tmp/dir"/*.json; do
		case $f in *meta.json|*manifest.json) ;; *) one=$f ;; esac
	done
	again 0 201 /dev/null "$one" && sent 0 && says '1 delivered before'
}
t 'a manifest, and a batch file' manifest
# edited JQ: a manifest that was changed sends nothing.
edited() {
	jq -c "$1" "$tmp/dir/manifest.json" >"$tmp/dir/changed"
	up 2 201 /dev/null "$tmp/dir/changed" && sent 0 && says "$2"
}
t 'a manifest that lost a batch' edited 'del(.batches[0])' 'it was changed'
t 'a manifest that names a batch twice' edited '.batches += .batches' 'it was changed'
t 'a manifest that names another id' edited \
    '.batches[0].id = .batches[1].id' 'the manifest says its id'
t 'a manifest that leads outside' edited \
    '.batches[0].file = "../" + .batches[0].file' 'without a good'
t 'a manifest that names what is not there' edited \
    '.batches[0].file = "none.json"' 'none.json'
t 'a manifest of findings' edited '.verdict = "findings"' 'its verdict is'
t 'a manifest of an unframed stream' edited '.unframed = true' 'no first and last'
t 'a manifest that does not say' edited 'del(.verdict)' 'without "verdict"'
dry() {
	up 0 201 "$tmp/four" --dry-run && sent 0 && says 'new: 2 batches, 4 records' &&
	    test ! -e "$tmp/led" && delivers && again 0 201 "$tmp/four" --dry-run &&
	    says '4 delivered before'
}
t '--dry-run sends and writes nothing' dry
foresee() {
	up 0 201 "$tmp/one" && { rec M 09:05 09:15; rec M 09:15 09:30
	    rec N 09:00 10:00 p2; } >"$tmp/r" && framed "$tmp/r" | batches 9 >"$tmp/over" &&
	    again 1 201 "$tmp/over" --dry-run --verbose && sent 0 &&
	    says 'project p1: 1 batch, 2 records, 0.42 h read; new: 1 batch, 1 record, 0.25 h, 1 in conflict (0.17 h)' &&
	    says 'project p2: 1 batch, 1 record, 1.00 h read; new: 1 batch' &&
	    jq -rc '.[].startTime[11:16]' "$tmp/out" | xargs | grep -x '09:15 09:00' &&
	    ! grep source "$tmp/out" && fates 'ACCEPTED 1 1'
}
t '... and tells what each project would get, with bodies' foresee
locked() {
	rm -rf "$tmp"/led*
	status 75 flock "$tmp/led.lock" "$scripted" "$tmp/requests" 201 \
	    ditio-upload --ledger "$tmp/led" "$tmp/one" && says 'another run'
}
if command -v flock >/dev/null; then
	t 'one run a ledger' locked
fi

# Stopped and killed.
stopped() {
	rm -rf "$tmp"/led*
	status 75 "$scripted" "$tmp/requests" 429+1 sh -c \
	    'ditio-upload --ledger "$1" "$2" & sleep 0.5; kill -TERM $!; wait $!' \
	    sh "$tmp/led" "$tmp/four" && says 'stopped as asked' &&
	    fates 'PENDING 2 4' && again 0 201 /dev/null --resume && sent 2 &&
	    fates 'ACCEPTED 2 4'
}
t 'SIGTERM stops in order, --resume goes on' stopped
killed() {
	rm -rf "$tmp"/led*
	status 137 "$scripted" "$tmp/requests" "$1" sh -c \
	    'ditio-upload --ledger "$1" --timeout 20s "$2" & sleep 0.5; kill -KILL $!; wait $!' \
	    sh "$tmp/led" "$tmp/four" && fates 'INFLIGHT 1 2 PENDING 1 2' &&
	    SCRIPTED_MARK=$2 again 0 201 /dev/null --resume && sent "$3" &&
	    fates 'ACCEPTED 2 4'
}
t 'killed in flight, not applied' killed hang none,none,none,end 2
t 'killed in flight, applied' killed apply-hang \
    2025-01-15T08:20:00Z,2025-01-15T08:20:00Z,2025-01-15T08:20:00Z 1

done_testing
