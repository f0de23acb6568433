#!/bin/bash
# sandbox.t - ditio-sandbox on hostile requests, broken stores and commands that
# end badly.
. "$SRCDIR/tests/lib.sh"
trap '' PIPE # the server may hang up on us

says() { grep -q -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }
report() { ditio-sandbox --report "$tmp/store" --json | jq "$1"; }

# listen OPTION...: a sandbox in the background; $base is its address.
listen() {
	[ -p "$tmp/where" ] || mkfifo "$tmp/where"
	ditio-sandbox -q "$@" >"$tmp/where" 2>"$tmp/said" &
	server=$!
	read -r base <"$tmp/where"
	api=$base/api/external-excavator-state
}
stop() { kill -TERM $server; wait $server; }

who='client_id=a&client_secret=b'
new_token() {
	curl -s -d "grant_type=client_credentials&$who&scope=masstransportapiv1" \
	    "$base/connect/token" | jq -r .access_token
}

# ask STATUS WORDS CURL-ARGUMENT...: the answer's status, and words in it.
ask() {
	local want=$1 words=$2 got; shift 2
	got=$(curl -s -m 30 -o "$tmp/body" -w '%{http_code}' \
	    -H "Authorization: ${scheme-Bearer} $token" "$@")
	[ "$got" = "$want" ] && grep -q -- "$words" "$tmp/body" || {
		echo "got $got, wanted $want and $words:"
		head -c 300 "$tmp/body"
		return 1
	}
}
post() { ask "$1" "$2" -H 'Content-Type: application/json' "${@:3}"; }

# raw PATTERN BYTES: what is answered to bytes that are no good request.
raw() {
	exec 3<>"/dev/tcp/127.0.0.1/${base##*:}" || return 1
	printf "$2" >&3
	timeout 20 head -n 1 <&3 >"$tmp/body"
	exec 3>&-
	grep -q "$1" "$tmp/body" || { echo "got:"; cat -v "$tmp/body"; return 1; }
}

# one MACHINE: a good record; times are of 2025-01-15.
one() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s","state":"Working",' "$1"
	printf '"startTime":"2025-01-15T08:00:00Z","endTime":"2025-01-15T08:10:00Z"}'
}
many() {
	seq "$1" | jq -c '{companyId: "c1", projectId: "p1",
	    machineId: "m\(. % 7)", state: "Working",
	    startTime: (1700000000 + . * 600 | todate),
	    endTime: (1700000600 + . * 600 | todate)}' | jq -sc .
}

import_many() { post "$1" "$2" --data-binary "@$tmp/many" "$api/import"; }

if [ "${1-}" = --fill ]; then # the command of a sandbox, see below
	rm -rf "$tmp"
	trap - EXIT # the directory is the outer run's
	tmp=$2 base=$DITIO_MASSTRANSPORT_BASE
	api=$base/api/external-excavator-state
	token=$(new_token)
	import_many 500 'store failed' &&
	    post 201 imported -d "[$(one m)]" "$api/import"
	exit
fi

listen --store "$tmp/store" --company c1
token=$(new_token)
t 'a good record arrives' post 201 imported -d "[$(one m)]" "$api/import"

# Bodies.
t 'no body' post 400 EOF -d '' "$api/import"
t 'half a JSON text' post 400 BadRequest -d "[$(one m)" "$api/import"
t 'no records' post 400 ArgumentIsNull -d '[]' "$api/import"
t 'a list of numbers' post 400 companyId -d '[1, null]' "$api/import"
t 'an object where a list must be' post 400 array -d "$(one m)" "$api/import"
t 'a text where a record must be' post 400 companyId -d '"x"' "$api"
t 'a key twice' post 400 twice -d '[{"state":"a","state":"b"}]' "$api/import"
t 'half a surrogate pair' post 400 surrogate -d "[$(one 'm\ud800')]" "$api/import"
t 'bytes that are no UTF-8' post 400 UTF-8 \
    --data-binary "[$(one $'m\xff')]" "$api/import"
t 'a NUL in an id' post 400 machineId -d "[$(one 'm\u0000')]" "$api/import"
t '30 February' post 400 startTime \
    -d "[$(one m | sed 's/01-15T08:00/02-30T08:00/')]" "$api/import"
t 'an end before its start' post 400 endTime \
    -d "[$(one m | sed 's/08:10/07:10/')]" "$api/import"
head -c 2000000 /dev/zero | tr '\0' '[' >"$tmp/deep"
t 'deep nesting' post 400 deep --data-binary "@$tmp/deep" "$api/import"
head -c 60000000 /dev/zero >"$tmp/big"
t '60 MB' post 413 TooLarge --data-binary "@$tmp/big" "$api/import"
t '60 MB in chunks' post 413 TooLarge -H 'Transfer-Encoding: chunked' \
    --data-binary "@$tmp/big" "$api/import"
flat() {
	[ -z "${SANITIZED-}" ] || return 0 # they take memory of their own
	peak=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$server/status")
	[ "$peak" -lt 65536 ] || { echo "$peak kB"; return 1; }
}
t 'in 64 MB' flat
t 'another type' ask 415 application/json -H 'Content-Type: text/csv' \
    -d "[$(one m)]" "$api/import"
t 'no type' ask 415 application/json -H 'Content-Type:' -d "[$(one m)]" "$api/import"
t 'an aggregate of another type' ask 415 application/json \
    -H 'Content-Type: text/csv' -d '{}' "$api/aggregated-data-per-state"
t 'an aggregate of a list' post 400 companyId -d '[]' "$api/aggregated-data-per-state"
t 'an aggregate up to 30 February' post 400 toDate \
    -d '{"companyId":"c1","projectId":"p1","fromDate":"2025-01-01","toDate":"2025-02-30"}' \
    "$api/aggregated-data-per-state"
t 'a company that is not ours' post 403 Forbidden \
    -d "[$(one m | sed s/c1/c2/)]" "$api/import"

# Addresses.
t 'an address that is none' ask 404 'no such' "$api/none"
t 'another method' ask 405 method -X DELETE "$api"
t 'a method that is none' ask 405 method -X GARBAGE "$api/import"
t 'an id in escapes' ask 200 T08:10:00Z "$api/latest-timestamp/c%31/%701"
t 'an escaped slash is no slash' ask 403 Forbidden "$api/latest-timestamp/c1%2Fp1/p1"
t 'an escaped NUL ends no id' ask 403 Forbidden "$api/latest-timestamp/c1%00x/p1"
t 'an escape that is none' ask 403 Forbidden "$api/latest-timestamp/c%zz/p1"
t 'ids that are empty' ask 403 Forbidden "$api/latest-timestamp//"
long=$(head -c 60000 /dev/zero | tr '\0' a)
t 'an address of 60 kB' ask 414 '' "$api/latest-timestamp/$long/p1"
t 'a header of 60 kB' ask 431 '' -H "X: $long" "$api/latest-timestamp/c1/p1"

# Tokens.
good=$token
token=
t 'no token' ask 401 token "$api/latest-timestamp/c1/p1"
token=none
t 'a token that was never granted' ask 401 token "$api/latest-timestamp/c1/p1"
token=$good
scheme=Basic
t 'another way to say who' ask 401 token "$api/latest-timestamp/c1/p1"
unset scheme
grant() { ask "$1" "$2" -d "$3" "$base/connect/token"; }
t 'another scope' grant 400 invalid_scope "grant_type=client_credentials&$who&scope=other"
t 'no scope' grant 400 invalid_scope "grant_type=client_credentials&$who"
t 'another grant' grant 400 unsupported_grant_type "grant_type=password&$who"
t 'a grant with a NUL behind' grant 400 unsupported_grant_type \
    "grant_type=client_credentials%00x&$who&scope=masstransportapiv1"
t 'no secret' grant 400 invalid_client 'grant_type=client_credentials&client_id=a'
t 'a form that is JSON' post 400 invalid_request -d '{}' "$base/connect/token"
many_fields=$(printf 'a=b&%.0s' $(seq 5000))
t 'a form of 5000 fields' grant 400 unsupported_grant_type "$many_fields"

# Bytes that are no request.
t 'TLS where HTTP is spoken' raw 400 '\x16\x03\x01\x00\xff garbage\r\n\r\n'
t 'a length below nothing' raw 400 \
    'POST /connect/token HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n'
t 'a length beyond all' raw 413 \
    'POST /connect/token HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n'
t 'garbage behind a request' raw '^HTTP/1.1 404' \
    'GET /x HTTP/1.1\r\nHost: a\r\n\r\n\x01\x02garbage\r\n\r\n'

# Requests that never end, all at once.
half_sent() {
	local fd
	for ((fd = 20; fd < 220; fd++)); do
		eval "exec $fd<>/dev/tcp/127.0.0.1/${base##*:}" || return 1
		printf 'POST /connect/token HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{' >&$fd
	done
	ask 200 T08:10:00Z "$api/latest-timestamp/c1/p1"
}
t '200 requests half sent hold up nobody' half_sent
t 'a port in use is 2' status 2 ditio-sandbox --port "${base##*:}" -- true
t 'and named' says ":${base##*:}: Address already in use"
t 'escapes in an id' post 201 imported -d "[$(one 'm\u001b[31m')]" "$api/import"
t 'SIGTERM stops it in order, half-sent requests and all' stop
for ((fd = 20; fd < 220; fd++)); do eval "exec $fd>&-"; done
t 'it had nothing to say' test ! -s "$tmp/said"
t 'of all that, two records arrived' test "$(report .records)" -eq 2
shown() { ditio-sandbox --report "$tmp/store" | grep -F 'm\x1b[31m '; }
t 'the report escapes what drives a terminal' shown

listen --token-lifetime 0
token=$(new_token)
t 'a token that has expired' ask 401 expired "$api/latest-timestamp/c1/p1"
stop

# Stores.
broken() { status 2 ditio-sandbox --store "$1" -- true && says "$1: .*$2"; }
unread() { status 2 ditio-sandbox --report "$1" --json && says "$1: .*$2" && test ! -s "$tmp/out"; }
mkdir "$tmp/dir"
echo 'not a database' >"$tmp/text"
: >"$tmp/empty"
sqlite3 "$tmp/other" 'CREATE TABLE x (y)'
cp "$tmp/other" "$tmp/before"
t 'a store that is a directory' broken "$tmp/dir" 'unable to open'
t 'a store in no directory' broken "$tmp/none/store" 'unable to open'
t 'a store that is no database' broken "$tmp/text" 'not a database'
t "a store that is another program's" broken "$tmp/other" 'not a store'
t 'and stays as it was' cmp "$tmp/other" "$tmp/before"
t 'a store on a full disk' broken /dev/full full
t 'a report of a directory' unread "$tmp/dir" 'unable to open'
t 'a report of nothing' unread "$tmp/none" 'No such file'
t 'a report of no database' unread "$tmp/text" 'not a database'
t "a report of another program's" unread "$tmp/other" 'not a store'
t 'a report of an empty file' unread "$tmp/empty" 'not a store'
t 'which stays empty' test ! -s "$tmp/empty"
if [ "$(id -u)" -ne 0 ]; then
	cp "$tmp/store" "$tmp/locked"
	chmod 000 "$tmp/locked"
	t 'a store that may not be read' broken "$tmp/locked" 'unable to open'
	t 'a report that may not be read' unread "$tmp/locked" 'Permission denied'
fi

many 5000 >"$tmp/many"
listen --store "$tmp/large"
token=$(new_token)
t '5000 records at once' import_many 201 5000
stop

# Pages behind the first, which holds what the tables are, are overwritten.
cp "$tmp/large" "$tmp/damaged"
pages=$(($(stat -c %s "$tmp/damaged") / 4096))
for ((i = 1; i < pages; i++)); do
	printf 'damaged damaged' |
	    dd of="$tmp/damaged" bs=1 seek=$((i * 4096)) conv=notrunc 2>/dev/null
done
t 'a damaged report' unread "$tmp/damaged" malformed
head -c 100000 "$tmp/large" >"$tmp/cut"
t 'a cut report' unread "$tmp/cut" malformed
listen --store "$tmp/damaged"
token=$(new_token)
t 'an import into a damaged store' import_many 500 'store failed'
t 'an aggregate of one' post 500 '^{"error":"Internal","message":"the store failed"}$' \
    -d '{"companyId":"c1","projectId":"p1","fromDate":"2023-01-01","toDate":"2025-01-31"}' \
    "$api/aggregated-data-per-state"
t 'a timestamp of one' ask 500 'store failed' "$api/latest-timestamp/c1/p1"
t 'a summary of one' ask 500 '^{"error":"Internal","message":"the store failed"}$' \
    "$base/sandbox/summary"
stop
t 'and says so' grep -q "$tmp/damaged: .*malformed" "$tmp/said"

# A disk that fills up: no file may grow beyond 200 kB.
small_disk() {
	(trap '' XFSZ; ulimit -f 200; exec ditio-sandbox -q --store "$tmp/small" -- "$@")
}
t 'a full disk: an import is refused, a small one still fits' \
    status 0 small_disk "$BASH" "$0" --fill "$tmp"
t 'and said' says 'small: '
t 'nothing half-stored' test "$(ditio-sandbox --report "$tmp/small" --json | jq .records)" -eq 1

# Commands.
ends() { status "$1" ditio-sandbox -- "${@:2}"; }
t "a command's status is passed on" ends 9 sh -c 'exit 9'
t 'a command that does not exist' ends 127 "$tmp/none"
t 'is named' says "$tmp/none: No such file"
t 'a command that cannot be run' ends 126 "$tmp"
t 'is named' says "$tmp: Permission denied"
t 'a command killed' ends 137 sh -c 'kill -9 $$'
t 'a command ended' ends 143 sh -c 'kill -TERM $$'
handed_on() {
	mkfifo "$tmp/ready"
	ditio-sandbox -- sh -c 'trap "exit 7" TERM; echo >"$0"; while :; do sleep 0.1; done' \
	    "$tmp/ready" 2>"$tmp/err" &
	server=$!
	read -r _ <"$tmp/ready"
	kill -TERM $server
	wait $server
	[ $? -eq 7 ]
}
t 'a signal is handed on to the command' handed_on
t 'a report and a command' status 2 ditio-sandbox --report "$tmp/store" -- true
t 'an address that is none' status 2 ditio-sandbox --listen nowhere -- true
t 'an address that is not here' status 2 ditio-sandbox --listen 192.0.2.1 -- true
t 'a port that is none' status 2 ditio-sandbox --port 65536 -- true
t 'a secret that is not there' status 2 ditio-sandbox --client-secret-file "$tmp/none" -- true

# Outputs.
out() { "$@" >/dev/full 2>"$tmp/e"; [ $? -eq 2 ] && grep -q 'stdout.*No space' "$tmp/e"; }
shut() { "$@" >&- 2>"$tmp/e"; [ $? -eq 2 ] && grep -q stdout "$tmp/e"; }
t 'its address on a full disk' out ditio-sandbox
t 'its address and no stdout' shut ditio-sandbox
t 'a report on a full disk' out ditio-sandbox --report "$tmp/store"
t 'a report and no stdout' shut ditio-sandbox --report "$tmp/store" --json
done_testing
