#!/bin/sh
# refused.t - batches that the server will not have: halved to find what is bad.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# One; two batches of two; eight in one batch, ends in pairs.
rec M 09:00 09:10 >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/one"
{ rec M 08:00 08:10; rec N 08:00 08:20; rec M 08:10 08:30; rec N 08:20 08:40
} >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/four"
for h in 10 11 12 13; do rec M $h:00 $h:30; rec N $h:00 $h:30; done >"$tmp/r"
framed "$tmp/r" | batches 8 >"$tmp/eight"
bad='"N","startTime":"2025-01-15T12'
whole='"companyId"'
# rejected N: so many lines, each with the server's words.
rejected() {
	test "$(wc -l <"$tmp/rejects")" -eq "$1" &&
	    test "$(grep -c '"code":"refused-by-server"' "$tmp/rejects")" -eq "$1" ||
	    { cat "$tmp/rejects"; return 1; }
}

refused() {
	up 1 400 "$tmp/one" --rejects "$tmp/rejects" && sent 1 &&
	    fates 'REFUSED 1 1' && says 'said the script' && rejected 1 &&
	    grep -q '"file":"d.csv","line":1,' "$tmp/rejects"
}
t '400 for one is refused, with the words' refused
stale() { again 1 201 "$tmp/one" && sent 0 && says 'refused before'; }
t 'what was refused is not sent again' stale
insist() { again 0 201 "$tmp/one" --retry-refused && sent 1 && fates 'ACCEPTED 1 1 REFUSED 1 1'; }
t '--retry-refused sends it again' insist

# Halving.
halved() {
	with SCRIPTED_BAD="$bad" up 1 201 "$tmp/eight" --rejects "$tmp/rejects" \
	    "$@" && rejected 1 && sent 7 && fates 'ACCEPTED 3 7 REFUSED 1 1 SPLIT 3 14' &&
	    grep -q 'T12:00:00Z.*"N\|"N.*T12:00:00Z' "$tmp/rejects"
}
marks() { grep -c ^mark "$tmp/requests"; }
t 'one bad of eight is found, the others are delivered' halved
looked() { test "$(marks)" -ge 13 || { cat "$tmp/requests"; return 1; }; }
t 'having looked each time whether a part was applied' looked
t 'or not, where imports are atomic' halved --assume-atomic
not_looked() { test "$(marks)" -eq 7 || { cat "$tmp/requests"; return 1; }; }
t 'then there is no look after a refusal' not_looked
same() {
	with SCRIPTED_BAD="$bad" again 1 201 "$tmp/eight" --adopt && sent 0 &&
	    says '7 delivered before' && says '1 refused before'
}
t 'the same input again sends nothing' same
start() { with SCRIPTED_MARK=start halved; }
t 'likewise where the watermark is the newest start' start
partly() {
	with SCRIPTED_BAD="$bad" SCRIPTED_PART=1 up 3 201 "$tmp/eight" &&
	    sent 1 && fates 'HELD 1 8' && says 'or a part of it'
}
t 'a part was applied: held' partly
yet() { up 3 apply-400 "$tmp/four" && sent 1 && fates 'HELD 1 2 PENDING 1 2' && says 'and yet'; }
t 'refused, and yet it is there: held' yet
late() {
	with SCRIPTED_MARK=2025-01-16T00:00:00Z SCRIPTED_BAD="$bad" \
	    up 3 201 "$tmp/eight" && sent 1 && fates 'HELD 1 8' &&
	    says 'assume-atomic goes on'
}
t 'not beyond the watermark: held, and the way out is told' late
late_atomic() { with SCRIPTED_MARK=2025-01-16T00:00:00Z halved --assume-atomic; }
t 'or halved, where imports are atomic' late_atomic

stays() {
	up 0 201 "$tmp/four" && for sql in 'UPDATE period SET batch = 3 - batch' \
	    "UPDATE period SET end_time = end_time + 1" \
	    "UPDATE batch SET parent = 2 WHERE batch = 1; UPDATE period SET batch = 1"
	do
		! sqlite3 "$tmp/led" "$sql" 2>"$tmp/err" || return 1
	done
}
t 'a period moves to a half of its batch only' stays

# Enough is enough.
row() {
	with SCRIPTED_BAD="$whole" up "$1" 201 "$tmp/eight" --assume-atomic \
	    --rejects "$tmp/rejects" --max-rejects "$2" && rejected "$3"
}
t '--max-rejects 3: three in a row end the run' row 1 3 3
again_row() {
	fates 'PENDING 2 5 REFUSED 3 3 SPLIT 4 16' && says 'a setting is wrong'
}
t 'the rest waits' again_row
t '--max-rejects 30%: a third is too much' row 1 30% 3
t '--max-rejects 100%: all of them' row 1 100% 8
wrong() { up 2 201 "$tmp/one" --max-rejects "$1" && says 'a share such as'; }
for w in 0 -1 101% x ''; do t "--max-rejects '$w' is none" wrong "$w"; done
cap() {
	with SCRIPTED_BAD="$bad" up 75 201 "$tmp/eight" --assume-atomic \
	    --bisect-max-requests 4 && sent 4 &&
	    says 'bisect-max-requests' &&
	    fates 'ACCEPTED 1 4 PENDING 2 4 SPLIT 2 12' &&
	    with SCRIPTED_BAD="$bad" again 1 201 /dev/null --resume \
		--adopt --assume-atomic && fates 'ACCEPTED 3 7 REFUSED 1 1 SPLIT 3 14'
}
t '--bisect-max-requests ends the search, the next run goes on' cap

# Too large.
large() {
	with SCRIPTED_LIMIT=700 up 0 201 "$tmp/eight" && sent 5 &&
	    says 'no request has more than' &&
	    fates 'ACCEPTED 4 8 SPLIT 3 16'
}
t '413 is halved until it fits' large
kept() {
	for h in 15 16 17 18; do rec M $h:00 $h:30; rec N $h:00 $h:30; done >"$tmp/r"
	framed "$tmp/r" | batches 8 >"$tmp/more"
	with SCRIPTED_LIMIT=700 again 0 201 "$tmp/more" --adopt && sent 4 &&
	    fates 'ACCEPTED 8 16 SPLIT 6 32'
}
t 'the next run knows what fits' kept
too_large() {
	with SCRIPTED_LIMIT=100 up 1 201 "$tmp/four" --rejects "$tmp/rejects" &&
	    rejected 4 && fates 'REFUSED 4 4 SPLIT 2 4' && grep -q 'too large' "$tmp/rejects"
}
t 'one that is too large alone is refused' too_large

# Whatever shape the server's words have.
words() {
	with SCRIPTED_SAYS="$1" up 1 400 "$tmp/one" --rejects "$tmp/rejects" &&
	    rejected 1 && jq -r .message "$tmp/rejects" >"$tmp/said" &&
	    grep -qF -- "$2" "$tmp/said" || { cat "$tmp/said"; return 1; }
}
t 'words: error and message' words \
    '{"error":"ArgumentIsNull","message":"Ingen data"}' 'ArgumentIsNull: Ingen data'
t 'words: a list of errors' words \
    '{"message":"Bad","errors":[{"category":"v","code":"E7","field":"machineId","message":"unknown"}]}' \
    'Bad: E7: machineId: unknown'
t 'words: problem+json names the field' words \
    '{"type":"about:blank","title":"One or more","status":400,"errors":{"[3].machineId":["is required.","is short."],"state":["is odd"]}}' \
    'One or more: [3].machineId: is required.: is short.: state: is odd'
t 'words: plain text, in Norwegian' words 'Ugyldig prosjekt, prøv igjen' 'Ugyldig prosjekt, prøv'
t 'words: a JSON string' words '"no such machine"' 'refused: no such machine'
t 'words: a page' words '<html><head><title>400 Bad Request</title><style>p { color: red }</style></head>
<body><h1>Oh no</h1><p>It is&nbsp;bad</p></body></html>' '400 Bad Request Oh no It is bad'
t 'words: XML' words '<?xml version="1.0"?><Error><Code>17</Code><Message>no</Message></Error>' '17 no'
t 'words: a list of texts' words '["first","second"]' 'first: second'
t 'words: JSON that says nothing we know' words '{"status":400}' '{"status":400}'
t 'words: none' words '' 'HTTP 400: refused'
done_testing
