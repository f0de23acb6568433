#!/bin/bash
# storm.t - kill -9 and SIGSTOP of ditio-split and ditio-upload at any moment,
# while three requests in ten meet a fault: nothing lost, nothing twice, nothing
# undecided.  STORM_KILLS in all, over STORM_LANES servers and ledgers at once.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/invariants.sh"

kills=${STORM_KILLS:-8}
lanes=${STORM_LANES:-4}
seed=${SEED:-$$}
max_rounds=$((kills / lanes * 20))
step=$((kills < 100 ? 4 : 12)) # records more, each run

# All within what reliability is promised for: what comes late does so before
# the settle time is over, and an import is applied whole or not at all.
faults=drop-unread=4%,drop-before=4%,drop-after=4%,half=3%,late=40ms:3%
faults=$faults,apply-status=500:3%,apply-status=504:3%,status=429:3%
faults=$faults,status=503:3%,token/status=503:10%,token-dies=9,aggregate=list
settle=250ms

# records N: N of four machines that change together, in order.
records() {
	awk -v n="$1" 'BEGIN {
		print "{\"$ditioStream\":1,\"tool\":\"t 1\"}"
		for (i = 0; i < n; i++) {
			q = int(i / 4); d = int(q / 96); q %= 96
			printf "{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":\"M%d\",", i % 4
			printf "\"startTime\":\"2024-%02d-%02dT%02d:%02d:00Z\",", d / 28 + 1, d % 28 + 1, q / 4, q % 4 * 15
			printf "\"endTime\":\"2024-%02d-%02dT%02d:%02d:00Z\",", d / 28 + 1, d % 28 + 1, q / 4, q % 4 * 15 + 14
			printf "\"state\":\"%s\",\"source\":\"d.csv:%d\"}\n", i % 3 ? "Idle" : "Working", i + 2
		}
		printf "{\"ditioEnd\":{\"records\":%d,\"rejected\":0,\"verdict\":\"ok\"}}\n", n
	}'
}

# pause MOST: up to so many milliseconds.
pause() { sleep "$(printf 0.%03d $((RANDOM % $1)))"; }
# signal NAME STAGE: to the filter of that stage, if it still lives.
signal() {
	local pid
	pid=$(cat "$tmp/stage.$2" 2>/dev/null) || return
	case $(cat "/proc/$pid/comm" 2>/dev/null) in
	ditio-*) kill "-$1" "$pid" ;;
	*) false ;;
	esac
}
# strike WHO: do it to the split or the upload that runs, or to the server.
strike() {
	case $1 in
	split) pause 15; signal KILL 1 ;;
	upload) pause 60; signal KILL 2 ;;
	later) pause 700; signal KILL 2 ;;
	stop) pause 200; signal STOP 2 && { pause 200; signal CONT 2; } ;;
	server) pause 100; kill -STOP $PPID && { pause 100; kill -CONT $PPID; } ;;
	esac 2>/dev/null
}
# upload FILE ...: what every run does.
upload=(ditio-upload -q --settle $settle --retry-for 4s)
# round WHO: deliver what there is so far; their ends are in $st.
round() {
	rm -f "$tmp"/stage.?
	strike "$1" &
	sh "$tmp/stage" 1 ditio-split -q --max-records 4 "$tmp/records" \
	    2>"$tmp/e1" |
	    sh "$tmp/stage" 2 "${upload[@]}" 2>"$tmp/e2"
	st=("${PIPESTATUS[@]}")
	wait
	case $1 in
	split) return $((st[0] != 137)) ;;
	*) return $((st[1] != 137)) ;;
	esac
}
# whole: in $tmp/dir, what has a batch's name is it, and a manifest names no more
# than there is.
whole() {
	local f
	for f in "$tmp"/dir/*.json; do
		case $f in *'*'* | *.meta.json | */manifest.json) continue ;; esac
		sha256sum <"$f"
		echo "${f##*/}"
	done | paste - - | awk '$1 ".json" != $3 { print "not whole: " $3; wrong = 1 }
		END { exit wrong }' || return 1
	[ ! -e "$tmp/dir/manifest.json" ] ||
		ditio-split -q --verify-manifest "$tmp/dir"
}
# by_files: the same through a directory, whose split is killed and run again.
by_files() {
	rm -rf "$tmp/dir" "$tmp"/stage.?
	{ pause 30; signal KILL 1; } 2>/dev/null &
	sh "$tmp/stage" 1 ditio-split -q --max-records 100 --output "$tmp/dir" \
	    "$tmp/records" 2>"$tmp/e1"
	st=($?)
	wait
	whole && ditio-split -q --max-records 100 --output "$tmp/dir" \
	    "$tmp/records" 2>>"$tmp/e1" && [ -e "$tmp/dir/manifest.json" ] &&
	    whole || { echo "round $k: the directory"; cat "$tmp/e1"; exit 1; }
	"${upload[@]}" "$tmp/dir/manifest.json" 2>"$tmp/e2"
	st+=($?)
	return $((st[0] != 137))
}
# make_late: deliver a period of years later, so that none that follows is beyond
# the latest timestamp, and give what can decide them then.
make_late() {
	echo '{ "rows": "", "state": "state", "value": "totalSeconds", "unit": "s" }' >"$tmp/map"
	upload+=(--aggregate-map "$tmp/map")
	records 4 | sed 's/2024-01-01/2026-01-01/g' >"$tmp/records"
	for ((left = 0; left < 60; left++)); do
		round none
		case ${st[1]} in 3 | 75) ;; *) break ;; esac
	done
	[ "${st[1]}" -eq 0 ]
}
# lane KILLS LATE: be struck so often, then be left alone; called inside a sandbox.
lane() {
	local who=(split files upload upload later later stop server)
	local hit=0 k left victim
	# To be a command, having said under which number.
	echo 'echo $$ >"$0.$1"; shift; exec "$@"' >"$tmp/stage"
	upload+=(--ledger "$tmp/led")
	[ "$2" -eq 0 ] || make_late || { cat "$tmp/e2"; return 1; }
	for ((k = 1; k <= max_rounds && hit < $1; k++)); do
		records $((k * step)) >"$tmp/records"
		victim=${who[RANDOM % ${#who[@]}]}
		case $victim in
		files) by_files ;;
		*) round $victim ;;
		esac && hit=$((hit + 1))
		case ${st[1]} in
		0 | 2 | 3 | 75 | 137) ;; # 3: it could not be settled yet
		*) echo "round $k: ${st[*]}"; cat "$tmp/e2"; return 1 ;;
		esac
		[ $((k % 4)) -ne 0 ] || [ ! -s "$tmp/led" ] ||
		    ! sqlite3 "$tmp/led" .tables | grep -q batch ||
		    invariants "$tmp/led" "$tmp/store" || return 1
	done
	for ((left = 0; left < 60; left++)); do
		round none
		case ${st[1]} in 3 | 75) ;; *) break ;; esac
	done
	echo "$hit $k $(curl -s "$DITIO_MASSTRANSPORT_BASE/sandbox/summary" |
		jq .faults)" >"$tmp/hits"
	[ "${st[*]}" = '0 0' ] || { echo "at the end: ${st[*]}"; cat "$tmp"/e?; return 1; }
}
# full: a disk that has room for a little more each time: 2 and a word, or done.
full() {
	local room
	ditio-split -q --max-records 8 "$tmp/records" >"$tmp/batches"
	for room in 1 4 8 16 24 40 64 96 128 192 256 0; do
		(
			trap '' XFSZ # the write fails instead
			[ $room -eq 0 ] || ulimit -f $room
			exec ditio-upload -q --ledger "$tmp/led" --settle 20ms \
			    "$tmp/batches"
		) 2>&1 | cat >"$tmp/err"
		st=("${PIPESTATUS[@]}")
		echo "$room KiB: ${st[0]}"
		case ${st[0]} in
		0) [ $room -ne 1 ] ;;
		2) [ $room -ne 0 ] && grep -Eq 'full|large|I/O' "$tmp/err" ;;
		3) [ $room -ne 0 ] ;;
		*) false ;;
		esac || { cat "$tmp/err"; return 1; }
	done
}
if [ "${1-}" = --inside ] || [ "${1-}" = --full ]; then
	rm -rf "$tmp"
	trap - EXIT # the directory is the outer run's
	tmp=$2
	[ "$1" = --inside ] || { full; exit; }
	RANDOM=$3
	lane "$4" "$5" >"$tmp/said" 2>&1
	exit
fi

echo "# seed $seed, $kills kills over $lanes ledgers"
for ((l = 1; l <= lanes; l++)); do
	mkdir "$tmp/$l"
	timeout $((120 + kills * 3)) ditio-sandbox -q \
	    --store "$tmp/$l/store" --fault "$faults" \
	    --fault-seed $((seed + l)) -- "$BASH" "$0" --inside "$tmp/$l" \
	    $((seed + l)) $((kills / lanes)) $((l % 2)) >"$tmp/$l/out" 2>&1 &
	lane[l]=$!
done
count() { ditio-sandbox --report "$1/store" --json | jq "$2"; }
fates() { ditio-upload --ledger "$1/led" --status 2>&1 | grep -E 'HELD|UNKNOWN|INFLIGHT|PENDING|REFUSED'; }
# survived LANE: all came, once, and nothing is in doubt.
survived() {
	local d=$tmp/$1 want
	wait "${lane[$1]}" || { cat "$d/said" "$d/out"; return 1; }
	want=$(($(grep -c companyId "$d/records") + $1 % 2 * 4))
	[ "$(count "$d" .records)" -eq "$want" ] || { echo "not $want records"; return 1; }
	[ "$(count "$d" .duplicates)" -eq 0 ] && [ "$(count "$d" .overlaps)" -eq 0 ] &&
	    invariants "$d/led" "$d/store" && ! fates "$d"
}
for ((l = 1; l <= lanes; l++)); do
	t "ledger $l: nothing lost, twice or undecided" survived $l
done
cat "$tmp"/*/hits | awk '{ kills += $1; rounds += $2; faults += $3 }
	END { print "# " kills " kills in " rounds " runs, " faults " faults" }'
struck() {
	cat "$tmp"/*/hits | awk -v kills=$((kills / lanes * lanes)) '{ k += $1; f += $3 }
		END { exit k < kills || f < (kills < 100 ? 1 : kills) }'
}
t 'as many kills and faults as were asked for' struck

disk_full() {
	local d=$tmp/full
	mkdir "$d" && records 800 >"$d/records" &&
	    ditio-sandbox -q --store "$d/store" -- "$BASH" "$0" --full "$d" || return 1
	[ "$(count "$d" .records)" -eq 800 ] && [ "$(count "$d" .duplicates)" -eq 0 ] &&
	    invariants "$d/led" "$d/store" && ! fates "$d"
}
t 'a disk that is full, and then not' disk_full
done_testing
