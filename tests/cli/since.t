#!/bin/sh
# since.t - only what is beyond the checkpoint is taken in.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

{ rec M 08:00 08:30; rec M 08:30 09:00; rec M 09:00 09:30; rec N 08:10 09:20
} >"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/four"
rec M 10:00 10:30 p2 >>"$tmp/r"
framed "$tmp/r" | batches 9 >"$tmp/both"

# at TIME WANT INPUT OPTION...: a fresh ledger, where others sent up to TIME.
at() {
	mark=$1 want=$2 input=$3; shift 3
	rm -rf "$tmp"/led*
	SCRIPTED_MARK=2025-01-15T$mark keep=1 up "$want" 201 "$input" \
	    --since-checkpoint "$@"
}
# starts TIMES: of what was sent.
starts() {
	test "$(sqlite3 "$tmp/led" "SELECT group_concat(machine || substr(start, 12,
	    5), ' ') FROM (SELECT * FROM delivered ORDER BY machine, start)")" = "$1"
}
beyond() {
	at 08:29:59Z 0 "$tmp/four" && sent 1 && starts 'M08:30 M09:00' &&
	    says '2 before the checkpoint (1.67 h)' &&
	    says 'latest timestamp is 2025-01-15T08:29:59'
}
t 'what starts before the latest timestamp is left out' beyond
unknown() { at 08:30:00Z 0 "$tmp/four" && starts M09:00; }
t 'what starts with it, too, while nobody knows what it means' unknown
lookback() { at 08:30:00Z 0 "$tmp/four" --lookback 30m && starts 'M08:30 M09:00 N08:10'; }
t '--lookback takes more' lookback
nothing() {
	rm -rf "$tmp"/led*
	SCRIPTED_MARK=none keep=1 up 0 201 "$tmp/four" --since-checkpoint &&
	    starts 'M08:00 M08:30 M09:00 N08:10'
}
t 'all of it where there is nothing yet' nothing
each() {
	at 09:59:00Z 0 "$tmp/both" && sent 1 && starts M10:00 &&
	    test "$(grep -c 'latest timestamp is' "$tmp/err")" -eq 2
}
t 'each project has its own, asked for once' each
known() {
	up 0 201 "$tmp/four" && SCRIPTED_MARK=2025-01-15T09:29:00Z again 0 201 \
	    "$tmp/four" --since-checkpoint && says '4 delivered before'
}
t 'what the ledger knows stays known' known
failing() {
	rm -rf "$tmp"/led*
	SCRIPTED_MARK=$1 keep=1 up "$2" 201 "$tmp/four" --since-checkpoint &&
	    sent 0 && says 'nothing was sent' && starts ''
}
t 'a server that is busy: later' failing 500 75
t 'no right to ask: denied' failing 403 4
t 'an answer that is not understood' failing html 2
t 'without the network there is no checkpoint' at 08:30:00Z 2 "$tmp/four" --dry-run
done_testing
