#!/bin/bash
# faulty.t - every fault of ditio-sandbox --fault, seen from outside.
. "$SRCDIR/tests/lib.sh"
trap '' PIPE # the server hangs up on us

# listen FAULTS [OPTION ...]: a sandbox in the background, and a token of it.
listen() {
	[ -p "$tmp/where" ] || mkfifo "$tmp/where"
	rm -f "$tmp"/store*
	ditio-sandbox -q --store "$tmp/store" --fault "$@" >"$tmp/where" \
	    2>"$tmp/said" &
	server=$!
	read -r base <"$tmp/where"
	api=$base/api/external-excavator-state
	token=$(curl -s --retry 3 -d "$ask_token" "$base/connect/token" | jq -r .access_token)
}
ask_token='grant_type=client_credentials&client_id=a&client_secret=b&scope=masstransportapiv1'
stop() { kill -TERM $server; wait $server; }
stored() { [ "$(ditio-sandbox --report "$tmp/store" --json | jq .records)" -eq "$1" ]; }
summary() { curl -s "$base/sandbox/summary" | jq -e "$1"; }

# one MACHINE HOUR: a record; many N: a list of them.
one() {
	printf '{"companyId":"c","projectId":"p","machineId":"%s","state":"Idle",' "$1"
	printf '"startTime":"2025-01-15T%s:00:00Z","endTime":"2025-01-15T%s:30:00Z"}' "$2" "$2"
}
many() {
	local i
	for ((i = 0; i < $1; i++)); do one "M$i" 0$i; done | sed 's/}{/},{/g; s/.*/[&]/'
}
# call CURL-ARGUMENT...: "curl's result, status"; head and body are kept.
call() {
	: >"$tmp/body"
	code=$(curl -s -m 20 -D "$tmp/head" -o "$tmp/body" -w '%{http_code}' \
	    -H "Authorization: Bearer $token" -H "Content-Type: ${type-application/json}" "$@")
	got="$? $code"
}
import() { call -d "$(many "${1-1}")" "$api/import"; }
latest() { call "$api/latest-timestamp/c/p"; }
aggregate() { call -d '{"companyId":"c","projectId":"p","fromDate":"2025-01-15","toDate":"2025-01-15"}' "$api/aggregated-data-per-state"; }
# is GOT: what the last call gave.
is() { [ "$got" = "$1" ] || { echo "got $got, wanted $1"; cat "$tmp/head" "$tmp/body"; return 1; }; }
head_says() { grep -qi "$1" "$tmp/head" || { cat "$tmp/head"; return 1; }; }
body_says() { grep -q -- "$1" "$tmp/body" || { cat "$tmp/body"; return 1; }; }

# deed FAULT GOT STORED: the first import meets it, the second does not.
deed() {
	listen "import/$1"
	import && is "$2" && summary ".records == $3" && import 2 && is '0 201' &&
	    latest && is '0 200' && summary ".records == $3 + 2"
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'drop-unread' deed drop-unread=@1 '52 000' 0
t 'drop-before' deed drop-before=@1 '52 000' 0
t 'drop-after' deed drop-after=@1 '52 000' 1
t 'half' deed half=@1 '52 000' 1
t 'half-body' deed half-body=@1 '18 201' 1
t 'garbage' deed garbage=@1 '1 000' 1
t 'status' deed status=503:@1 '0 503' 0
t 'apply-status' deed apply-status=504:@1 '0 504' 1
t 'part of one is nothing' deed part=@1 '52 000' 0
t 'intruder' deed intruder=@1 '0 201' 2

part() {
	listen import/part=@1
	import 5 && is '52 000' && summary '.records == 2'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'part of five is two' part
large_unread() {
	listen import/drop-unread=@1
	head -c 3000000 /dev/zero | tr '\0' ' ' >"$tmp/large"
	call --data-binary "@$tmp/large" "$api/import" && case $got in
	'52 000' | '55 000' | '56 000') summary '.records == 0' ;;
	*) is 'a closed connection' ;;
	esac
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'drop-unread of a large body' large_unread

late() {
	listen import/late=1h:@1
	import && is '52 000' && latest && is '0 200' && body_says null &&
	    summary '.records == 0'
	local failed=$?
	stop && [ $failed -eq 0 ] && stored 1
}
t 'late comes, at the latest at the end' late
soon() {
	listen import/late=1ms:@1
	import && is '52 000'
	local failed=$? i
	for ((i = 0; i < 100; i++)); do
		summary '.records == 1' >/dev/null && break
	done
	stop && [ $failed -eq 0 ] && [ $i -lt 100 ]
}
t 'late comes when it is due' soon
delay() {
	listen import/delay=300ms:@2
	import && import && is '0 201' &&
	    [ "$(curl -s -m 0.1 -w '%{http_code}' -o /dev/null "$api")" = 401 ]
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'delay ends in an answer' delay

# Targets and counts.
targets() {
	listen latest/status=500:@2-3,aggregate/status=418:@1-,import/status=429:100%
	latest && is '0 200' && latest && is '0 500' && latest && is '0 500' &&
	    latest && is '0 200' && aggregate && is '0 418' && aggregate && is '0 418' &&
	    import && is '0 429' && import && is '0 429'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'each target has its own' targets
tokens() {
	listen token/status=503:@2,token/drop-after=@3
	ask() { call -d "$ask_token" "$base/connect/token"; }
	local type=application/x-www-form-urlencoded
	latest && is '0 200' && ask && is '0 503' && ask && is '52 000' && ask && is '0 200'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'requests for a token, too' tokens

# Settings.
retry() {
	listen "import/status=429:@1,import/status=503:@2,$1"
	import && is '0 429' && head_says "^Retry-After: $2" && import && is '0 503' &&
	    head_says "^Retry-After: $2" && import && is '0 201' && ! grep -i retry-after "$tmp/head"
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'Retry-After in seconds' retry retry-after=1500ms 2
t 'Retry-After as a date' retry retry-after-date=90s '[MTWFS][a-z][a-z], [0-3][0-9] [A-Z][a-z][a-z] 20[0-9][0-9] [0-9:]* GMT'
dies() {
	listen token-dies=2
	latest && is '0 200' && latest && is '0 200' && latest && is '0 401'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'a token that dies by its uses' dies
expires() {
	listen token-dies=1ms
	local i
	for ((i = 0; i < 100; i++)); do
		latest; [ "$got" = '0 401' ] && break
	done
	stop && [ $i -lt 100 ]
}
t 'a token that dies by its time' expires
most() {
	listen max-records=2
	import 2 && is '0 201' && import 3 && is '0 413' && body_says PayloadTooLarge && summary '.records == 2'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'a limit of records' most
refuse() {
	listen "$1=M2"
	import 2 && is '0 201' && import 5 && is '0 400' && body_says 'record 2: machineId' && summary ".records == $2"
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'records with a mark are refused, and those with them' refuse refuse 2
t 'or those behind them alone' refuse refuse-part 4
lag() {
	listen lag=1h
	import && is '0 201' && latest && body_says null && aggregate && body_says '"rows":\[\]' && summary '.records == 1'
	local failed=$?
	stop && [ $failed -eq 0 ] && listen lag=1ms || return 1
	import 3 && is '0 201'
	failed=$?
	local i
	for ((i = 0; i < 100; i++)); do
		latest; grep -q T02:30:00Z "$tmp/body" && break
	done
	stop && [ $failed -eq 0 ] && [ $i -lt 100 ]
}
t 'what is stored is seen later' lag
redirect() {
	listen "import/status=$1:@1"
	import && is "0 $1" && head_says '^Location: /sandbox/elsewhere' && summary '.followed == 0' &&
	    call -L "$base/sandbox/elsewhere" && is '0 201' && summary '.followed == 1'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
for s in 301 302 303 307 308; do t "a redirect of $s" redirect $s; done
types() {
	listen 'type=text/html; charset=utf-8'
	latest && is '0 200' && head_says '^Content-Type: text/html; charset=utf-8'
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'another content type' types

# errors SHAPE TYPE WORDS
errors() {
	listen "errors=$1,import/status=400:@1"
	import && is '0 400' && head_says "^Content-Type: $2" && { [ -z "$3" ] || body_says "$3"; }
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'errors: own' errors own application/json '^{"error":"Fault","message":"as was asked for"}$'
t 'errors: message' errors message application/json '^{"error":"Fault"'
t 'errors: list' errors list application/json '"errors":\[{"category":"Validation"'
t 'errors: problem' errors problem application/problem+json '"status":400,"detail"'
t 'errors: text' errors text text/plain '^as was asked for$'
t 'errors: norwegian' errors norwegian 'text/plain; charset=utf-8' 'kan ikke behandles'
t 'errors: html' errors html text/html '^<html>'
t 'errors: cut' errors cut application/json '^{"error":"$'
nothing() { errors empty application/json '' && test ! -s "$tmp/body"; }
t 'errors: empty' nothing
# shape WORD JQ
shape() {
	listen "aggregate=$1"
	import 3 && aggregate && is '0 200' && jq -e "$2" "$tmp/body"
	local failed=$?
	stop && [ $failed -eq 0 ]
}
t 'aggregate: rows' shape rows '.rows | length == 3 and (map(.hours) | add) == 1.5'
t 'aggregate: states' shape states '. == {"Idle": 1.5}'
t 'aggregate: list' shape list '. == [{"state": "Idle", "totalSeconds": 5400}]'
t 'aggregate: nested' shape nested '.data.items[0].duration.minutes == "90"'
t 'aggregate: days' shape days '.days == [{"date": "2025-01-15", "states": {"Idle": 1.5}}]'
t 'aggregate: nothing' shape nothing '. == {}'
for wrong in nonsense half half=@0 status=1:@1 errors=x aggregate=x half=1 x/half=1%; do
	t "--fault $wrong is none" status 2 ditio-sandbox --fault $wrong -- true
done

# Each row of the page's tables is a fault, and each fault is there.
page() {
	sed -n '/^\.Sh FAULTS/,/^\.Sh EXIT/s/^\.It Cm \([a-z-]*\)=.*/\1/p' "$SRCDIR/src/ditio-sandbox.1" | sort -u >"$tmp/page"
	grep -ohE '\{ "[a-z-]+", FAULT|strcmp\(name, "[a-z-]+"' "$SRCDIR/src/sandbox/fault.c" |
		grep -oE '"[a-z-]+"' | tr -d '"' | sort -u | diff - "$tmp/page"
}
t 'the page has every fault' page
done_testing
