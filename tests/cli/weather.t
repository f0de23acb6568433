#!/bin/sh
# weather.t - how fast, how long, and how a delivery is stopped and watched.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

for m in 00 10 20 30 40 50; do rec M "08:$m" "08:$((m / 10))5"; done >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/six"
head -n 1 "$tmp/r" >"$tmp/r1"
framed "$tmp/r1" | batches 1 >"$tmp/one"

# ms COMMAND...: leaves how long it took in $took.
ms() { from=$(date +%s%3N); "$@"; got=$?; took=$(($(date +%s%3N) - from)); return $got; }

# A token, six imports and the looks before them: 12 turns of 100 ms.
paced() { ms up 0 201 "$tmp/six" --rate 10/s && sent 6 && test "$took" -ge 1100; }
t '--rate 10/s takes its time' paced
wrong_rate() { up 2 201 "$tmp/one" --rate "$1" && sent 0 && says 'N/s'; }
for r in 0/s 10 /s 1/day; do t "--rate $r is none" wrong_rate "$r"; done

over() {
	up 75 '201 201 429+100' "$tmp/six" --max-duration 1s && sent 3 &&
	    says 'the time is over' && says 'with --resume' &&
	    fates 'ACCEPTED 2 2 PENDING 4 4' &&
	    again 0 201 /dev/null --resume --adopt && fates 'ACCEPTED 6 6'
}
t '--max-duration ends in order, even while it waits' over
enough() { up 0 201 "$tmp/one" --max-duration 1m && fates 'ACCEPTED 1 1'; }
t '--max-duration that is enough is not noticed' enough

# signal NAME: while an import is under way, whose answer comes a second later.
signal() {
	rm -rf "$tmp"/led*
	status "$1" "$scripted" "$tmp/requests" '201-slow 201' sh -c '
	    ditio-upload --ledger "$1" --settle 100ms "$2" & pid=$!
	    until grep -q slow "$4"; do kill -0 $pid || exit 1; done
	    kill -"$3" $pid; wait $pid' sh "$tmp/led" "$tmp/six" "$2" "$tmp/requests"
}
for s in INT TERM; do
	stopped() {
		signal 75 $s && sent 1 && says 'stopped as asked' &&
		    says 'with --resume' && fates 'ACCEPTED 1 1 PENDING 5 5'
	}
	t "SIG$s: the request in flight is finished and recorded" stopped
done
told() {
	signal 0 USR1 && sent 6 && fates 'ACCEPTED 6 6' &&
	    says 'sent 1 batch, 1 record, 0.08 h of 6 records; [0-9]* a minute; .* left'
}
t 'SIGUSR1: a line, and it goes on' told
early() {
	# Caught (bit 9 of the mask) before anything is read.
	DITIO_CLIENT_SECRET=x status 2 sh -c '(sleep 2) | ditio-upload \
	    --ledger "$1" --base http://127.0.0.1:1 --client-id x \
	    --identity-base http://127.0.0.1:1 & pid=$!
	    until grep -Eq "^SigCgt:.*[2367abef]..$" /proc/$pid/status; do
		kill -0 $pid || exit 1
	    done
	    kill -USR1 $pid; wait $pid' sh "$tmp/led" && says 'nothing was sent'
}
[ ! -r /proc/self/status ] ||
	t 'SIGUSR1 while it reads: it goes on' early
done_testing
