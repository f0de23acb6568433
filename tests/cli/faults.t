#!/bin/sh
# faults.t - kill ditio-upload and ditio-split before any call into the system,
# or let that call fail: nothing lost, nothing twice, nothing half-written.
# FAULTS_STEP=1 tries every call.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/invariants.sh"

step=${FAULTS_STEP:-67}
preload=$tmp/faults.so # LD_PRELOAD splits a path at its blanks
if [ -n "${SANITIZED-}" ]; then
	echo '1..0 # SKIP a sanitizer wants to be the first preload'
	exit 0
fi

case $tmp in
*' '*) echo '1..0 # SKIP nothing can be preloaded from here'; exit 0 ;;
esac
cp "$BUILDDIR/tests/faults.so" "$preload" || exit 1

# Batches of three, four machines that change together.
{
	echo '{"$ditioStream":1,"tool":"t 1"}'
	for m in A B C D; do
		for h in 08 09 10 11; do
			printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' $m
			printf '"startTime":"2025-01-15T%s:00:00Z",' $h
			printf '"endTime":"2025-01-15T%s:59:00Z",' $h
			printf '"state":"Working","source":"d.csv:1"}\n'
		done
	done
	echo '{"ditioEnd":{"records":16,"rejected":0,"verdict":"ok"}}'
} >"$tmp/records"
ditio-split -q --max-records 4 "$tmp/records" >"$tmp/batches"
# The same, each machine ending at its own minute: halves that the latest
# timestamp can decide.
sed 's/"A"\(.*\):59:/"A"\1:56:/; s/"B"\(.*\):59:/"B"\1:57:/
    s/"C"\(.*\):59:/"C"\1:58:/' "$tmp/records" |
    ditio-split -q --max-records 4 >"$tmp/apart"

# struck K HOW COMMAND...: run it with its Kth call struck, HOW.
struck() {
	k=$1 how=$2; shift 2
	case $how in *+) how=${how%+}; set -- env FAULTS_ON=1 "$@" ;; esac
	env LD_PRELOAD="$preload" FAULTS_AT="$k" FAULTS_HOW="$how" "$@"
}
# calls COMMAND...: how many there are to strike.
calls() {
	env LD_PRELOAD="$preload" FAULTS_COUNT="$tmp/count" "$@" >/dev/null 2>&1
	cat "$tmp/count"
}
# ended HOW: the status $got is one that the fault may lead to.
ended() {
	case $got in
	0 | 3 | 75) return 0 ;;
	1) [ "$arrive" -eq 16 ] || return 0 ;; # some are refused
	2) [ "$1" = kill ] || return 0 ;;
	137) [ "$1" != kill ] || return 0 ;;
	esac
	echo "call $k ($1) ended with $got"; return 1
}

# upload [WRAPPER ...]
upload() {
	"$@" ditio-upload --ledger "$tmp/led" --settle 20ms \
	    --retry-for 500ms --assume-atomic --max-rejects 100% "$tmp/${FED-batches}"
}
# strike_upload K HOW: one upload struck, then others until one is done: a
# faulty server may need several.
strike_upload() {
	upload struck "$1" "$2" 2>"$tmp/err"
	echo $? >"$tmp/struck"
	for i in 1 2 3 4 5 6 7 8; do
		upload 2>>"$tmp/err"; got=$?
		case $got in 3 | 75) ;; *) return $got ;; esac
	done
	return $got
}
if [ "${1-}" = --inside ]; then
	rm -rf "$tmp"; trap - EXIT
	tmp=$2 preload=$2/faults.so
	if [ "$3" = count ]; then upload calls; else strike_upload "$3" "$4"; fi
	exit
fi
# sandbox FAULTS ARGUMENT...: this script, inside a sandbox with an empty store.
sandbox() {
	rm -rf "$tmp"/led* "$tmp"/store*
	faults=$1; shift
	ditio-sandbox -q --store "$tmp/store" $faults -- \
	    sh "$0" --inside "$tmp" "$@"
}
# uploads HOW FAULTS: strike every ${step}th call.
arrive=16
uploads() {
	most=$(sandbox '' count)
	[ "$most" -gt 100 ] || { echo "only $most calls"; return 1; }
	k=1
	while [ "$k" -le "$most" ]; do
		sandbox "$2" "$k" "$1"; got=$?
		[ $got -eq 0 ] || [ "$got $arrive" = '1 12' ] ||
		    { echo "after call $k ($1): $got"; cat "$tmp/err"; return 1; }
		got=$(cat "$tmp/struck")
		ended "$1" && invariants "$tmp/led" "$tmp/store" &&
		    test "$(sqlite3 "$tmp/store" 'SELECT count(*) FROM record')" \
			-eq "$arrive" || { echo "call $k"; cat "$tmp/err"; return 1; }
		k=$((k + step))
	done
}
drops='--fault drop-after=20%,drop-before=20% --fault-seed 5'
t 'upload killed before any call' uploads kill ''
# Each of these waits for the server, more than once.
rare() { step=$((step * 5)); "$@"; got=$?; step=$((step / 5)); return $got; }
t 'upload killed, and a server that drops' rare uploads kill "$drops"
t 'upload with any call failing once' uploads 5 ''
# One machine of four is refused: every batch is halved to find it.
halving() {
	arrive=12 FED=apart; export FED
	uploads "$1" '--fault refuse=D'; got=$?
	arrive=16; unset FED
	return $got
}
t 'upload that halves, killed before any call' halving kill
t 'upload that halves, with any call failing once' halving 5
t 'upload with a disk that is full from any call on' uploads 28+ ''

# A ledger of an older version: after any end of the program that brings it up
# to date it is as it was, or as it will be.
old() { rm -rf "$tmp"/old*; sqlite3 "$tmp/old" <"$SRCDIR/tests/cli/ledger-1.sql"; }
modern() { "$@" ditio-upload --ledger "$tmp/old" --target 127.0.0.1 --ack all; }
ages() {
	old; most=$(modern calls) k=1
	[ "$most" -gt 30 ] || { echo "only $most calls"; return 1; }
	new=$(sqlite3 "$tmp/old" 'PRAGMA user_version')
	while [ "$k" -le "$most" ]; do
		old; modern struck "$k" "$1" 2>"$tmp/err"; got=$?
		ended "$1" || return 1
		v=$(sqlite3 "$tmp/old" 'PRAGMA user_version')
		[ "$v" = 1 ] || [ "$v" = "$new" ] ||
		    { echo "call $k: version $v"; return 1; }
		modern 2>"$tmp/err" && invariants "$tmp/old" ||
		    { echo "call $k, again"; cat "$tmp/err"; return 1; }
		k=$((k + step / 8 + 1))
	done
}
t 'an old ledger, killed before any call' ages kill
t 'an old ledger with any call failing once' ages 5
t 'an old ledger with a disk that is full from any call on' ages 28+

split() {
	rm -rf "$tmp/out"
	"$@" ditio-split -q --max-records 4 --output "$tmp/out" "$tmp/records"
}
# whole: what has a final name is what its name says, the manifest is last.
whole() {
	for f in "$tmp"/out/*.json; do
		case $f in
		*.meta.json | */manifest.json | *'*'*) ;;
		*) [ "$(sha256sum <"$f" | cut -d' ' -f1)" = \
			"$(basename "$f" .json)" ] || { echo "$f"; return 1; } ;;
		esac
	done
	[ ! -e "$tmp/out/manifest.json" ] || {
		[ "$(ls "$tmp/out" | grep -c json)" -eq 9 ] &&
			jq -e '.records == 16' "$tmp/out/manifest.json"
	}
}
splits() {
	most=$(split calls) k=1
	[ "$most" -gt 60 ] || { echo "only $most calls"; return 1; }
	while [ "$k" -le "$most" ]; do
		split struck "$k" "$1" 2>"$tmp/err"; got=$?
		ended "$1" && whole || return 1
		[ $got -ne 0 ] || [ -e "$tmp/out/manifest.json" ] ||
		    { echo "call $k: 0 and no manifest"; return 1; }
		ditio-split -q --max-records 4 --output "$tmp/out" \
		    "$tmp/records" 2>"$tmp/err" && whole ||
		    { echo "call $k, again"; cat "$tmp/err"; return 1; }
		k=$((k + step / 4 + 1))
	done
}
t 'split killed before any call' splits kill
t 'split with any call failing once' splits 5
t 'split with a disk that is full from any call on' splits 28+
done_testing
