#!/bin/bash
# kills.t - kill -9 any filter at any moment: nothing half-written, nothing
# lost, nothing twice.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"
. "$SRCDIR/tests/invariants.sh"

kills=${KILLS:-60}
rows=${KILL_ROWS:-20000}
seed=${SEED:-$$}
RANDOM=$seed
echo "# seed $seed, $kills kills, $rows rows"

if [ "${1-}" != --inside ]; then
	vendor_profile "$tmp/profile.json"
	vendor_rows "$rows" 10 >"$tmp/all.csv"
fi

# stage N COMMAND...: be COMMAND, having said under which number.
[ "${1-}" = --inside ] || cat >"$tmp/stage" <<'EOF'
echo $$ >"$0.$1"; shift; exec "$@"
EOF

# kill_stage N SECONDS: kill -9 filter N after a while, if it still lives.
kill_stage() {
	local pid
	sleep "$2"
	pid=$(cat "$tmp/stage.$1" 2>/dev/null) || return
	case $(cat "/proc/$pid/comm" 2>/dev/null) in
	ditio-*) kill -9 "$pid" 2>/dev/null ;;
	esac
}

# round VICTIM SECONDS: run the chain, kill filter VICTIM (0: none) after a
# while; leaves each filter's status in st[1..4].
round() {
	rm -f "$tmp"/stage.?
	[ "$1" -eq 0 ] || kill_stage "$1" "$2" &
	sh "$tmp/stage" 1 ditio-parse --profile "$tmp/profile.json" \
	    --company c1 --project p1 "$tmp/dump.csv" 2>"$tmp/e1" |
	    sh "$tmp/stage" 2 ditio-validate 2>"$tmp/e2" |
	    sh "$tmp/stage" 3 ditio-split --max-records 100 2>"$tmp/e3" |
	    sh "$tmp/stage" 4 ditio-upload --ledger "$tmp/ledger" \
		--settle 50ms 2>"$tmp/e4"
	st=(0 "${PIPESTATUS[@]}")
	wait
}

# refused VICTIM ROWS: every filter after one that was killed must have refused
# its stream, unless that had come to its last line.
refused() {
	local victim=$1 i
	[ "${st[$victim]}" -eq 137 ] || return 0 # it had ended before
	for ((i = victim + 1; i <= 4; i++)); do
		[ "${st[$i]}" -eq 2 ] || grep -Eq " $2 (read|records)" "$tmp/e$i" || {
			echo "filter $i ended ${st[$i]} after $victim was killed"
			cat "$tmp/e$i"
			return 1
		}
	done
}

# begun: the ledger has its tables; a kill may have come before.
begun() {
	[ -s "$tmp/ledger" ] && sqlite3 "$tmp/ledger" .tables | grep -q batch
}

# trial: kills until enough of them met a living filter, each time with more
# data so that there is always something left to deliver; then one run that is
# left alone.
trial() {
	local k victim ms part hit=0 most=$((kills * 20))
	for ((k = 0; k < most && hit < kills; k++)); do
		# Whole quarters of an hour, of ten machines each: what comes later
		# is beyond the watermark.
		part=$((rows / 10 * (hit + 1) / kills * 10))
		head -n $((part + 1)) "$tmp/all.csv" >"$tmp/dump.csv"
		victim=$((RANDOM % 4 + 1))
		# The uploader lives longest: spread its kills wider.
		ms=$((RANDOM % (victim == 4 ? 300 : 50)))
		round $victim "0.$(printf %03d $ms)"
		[ "${st[$victim]}" -eq 137 ] && hit=$((hit + 1))
		refused $victim $part || return 1
		[ $victim -ne 4 ] || ! begun ||
			invariants "$tmp/ledger" "$tmp/store" || return 1
	done
	echo "$hit of $k kills met a living filter" >"$tmp/hits"
	[ "$hit" -eq "$kills" ] || { cat "$tmp/hits"; return 1; }
	cp "$tmp/all.csv" "$tmp/dump.csv"
	for ((k = 0; k < 20; k++)); do
		round 0 0
		# A faulty server may need more than one run.
		[ "${st[4]}" -eq 75 ] || break
	done
	[ "${st[1]}${st[2]}${st[3]}${st[4]}" = 0000 ] || {
		echo "the last run ended ${st[*]}"
		cat "$tmp"/e?
		return 1
	}
}

# A directory of split: whole batches only, at any moment.
split_dir() {
	local k
	cp "$tmp/all.csv" "$tmp/dump.csv"
	ditio-parse --profile "$tmp/profile.json" --company c1 --project p1 -q \
	    "$tmp/dump.csv" | ditio-validate -q >"$tmp/clean"
	for ((k = 0; k < kills / 3; k++)); do
		rm -rf "$tmp/out"
		ditio-split -q --max-records 100 --output "$tmp/out" "$tmp/clean" &
		sleep "0.0$(printf %02d $((RANDOM % 80)))"
		kill -9 $! 2>/dev/null
		wait $! 2>/dev/null
		whole "$tmp/out" || return 1
	done
	rm -rf "$tmp/out"
	ditio-split -q --max-records 100 --output "$tmp/out" "$tmp/clean" &&
	    whole "$tmp/out" && [ -f "$tmp/out/manifest.json" ]
}

whole() {
	local f
	for f in "$1"/*.json; do
		case $f in
		*'*'*|*/manifest.json|*.meta.json) continue ;;
		esac
		[ "$(sha256sum <"$f" | cut -d' ' -f1)" = "$(basename "$f" .json)" ] ||
			{ echo "$f is not whole"; return 1; }
	done
	[ -f "$1/manifest.json" ] || return 0
	jq -r '.batches[] | .file, .meta' "$1/manifest.json" | while read -r f; do
		[ -f "$1/$f" ] || { echo "the manifest names $f"; exit 1; }
	done
}

if [ "${1-}" = --inside ]; then
	rm -rf "$tmp"
	trap - EXIT # the directory is the outer run's
	tmp=$2
	trial
	exit
fi
# deliver NAME FAULT: the trial against a server of its own.
deliver() {
	rm -rf "$tmp/ledger"* "$tmp/store"*
	t "$kills kills$1, then a run to the end" \
	    ditio-sandbox --store "$tmp/store" --fault-seed "$seed" --fault "$2" \
	    -- "$BASH" "$0" --inside "$tmp"
	sed 's/^/# /' "$tmp/hits" 2>/dev/null
	t "every period arrived$1" test "$(report .records)" -eq "$rows"
	t "the ledger kept its promises$1" invariants "$tmp/ledger" "$tmp/store"
	t "none arrived twice$1" test "$(report .duplicates)" -eq 0
}
report() { ditio-sandbox --report "$tmp/store" --json | jq "$1"; }

deliver '' drop-after=0%
deliver ' and a server that drops' drop-before=5%,drop-after=5%
t 'a batch directory is whole at any moment' split_dir
done_testing
