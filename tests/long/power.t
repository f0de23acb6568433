#!/bin/bash
# power.t - the power fails at any moment of a delivery: what was acknowledged
# is there, nothing is lost, nothing is sent twice.  A disk is an image that is
# copied at that instant, without what the system had not written yet; such
# copies need a file system that shares blocks, and root to mount them.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/invariants.sh"

losses=${POWER_LOSSES:-50}
seed=${SEED:-$$}

skip() { echo "1..0 # SKIP $1"; exit 0; }
clean() {
	for d in disk after outer; do
		mountpoint -q "$tmp/$d" && umount "$tmp/$d"
	done
	rm -rf "$tmp"
}
if [ "${1-}" != --inside ]; then
	[ "$(id -u)" -eq 0 ] || skip 'only root may mount'
	for tool in mkfs.xfs mkfs.ext4 losetup; do
		command -v $tool >/dev/null || skip "$tool is not installed"
	done
	mkdir "$tmp/outer" "$tmp/disk" "$tmp/after"
	truncate -s 512M "$tmp/xfs" && mkfs.xfs -q "$tmp/xfs" >/dev/null &&
		mount -o loop "$tmp/xfs" "$tmp/outer" 2>/dev/null ||
		skip 'nothing can be mounted here'
	trap clean EXIT
	truncate -s 24M "$tmp/outer/blank"
	mkfs.ext4 -q "$tmp/outer/blank" || exit 1
fi

# records N: N of four machines that change together, in order.
records() {
	echo '{"$ditioStream":1,"tool":"t 1"}'
	for ((i = 0; i < $1; i++)); do
		printf '{"companyId":"c","projectId":"p","machineId":"M%d",' $((i % 4))
		printf '"startTime":"2025-01-15T%02d:%02d:00Z",' $((i / 4 / 4)) $((i / 4 % 4 * 15))
		printf '"endTime":"2025-01-15T%02d:%02d:00Z",' $((i / 4 / 4)) $((i / 4 % 4 * 15 + 14))
		printf '"state":"Idle","source":"d.csv:%d"}\n' $((i + 2))
	done
	printf '{"ditioEnd":{"records":%d,"rejected":0,"verdict":"ok"}}\n' "$1"
}
upload() {
	exec ditio-upload -q --ledger "$1/led" --settle 50ms --retry-for 5s \
	    "$1/dir/manifest.json" 2>"$tmp/err"
}
# loss: one delivery, and the power fails within; then another to its end.
loss() {
	local ms=$((RANDOM % 300)) k
	cp --reflink=always "$tmp/outer/blank" "$tmp/outer/now" &&
		mount -o loop "$tmp/outer/now" "$tmp/disk" || return 1
	ditio-split -q --max-records 4 --output "$tmp/disk/dir" "$tmp/records" || return 1
	upload "$tmp/disk" &
	sleep "$(printf 0.%03d $ms)"
	kill -9 $! 2>/dev/null
	cp --reflink=always "$tmp/outer/now" "$tmp/outer/then" || return 1
	wait $! 2>/dev/null
	umount "$tmp/disk" && mount -o loop "$tmp/outer/then" "$tmp/after" || return 1
	ditio-split -q --verify-manifest "$tmp/after/dir" || return 1
	for ((k = 0; k < 20; k++)); do
		(upload "$tmp/after")
		case $? in 3 | 75) ;; *) break ;; esac
	done
	[ ! -e "$tmp/after/led" ] || invariants "$tmp/after/led" "$tmp/store"
	local failed=$?
	[ $failed -eq 0 ] || cat "$tmp/err"
	umount "$tmp/after"
	return $failed
}
if [ "${1-}" = --inside ]; then
	rm -rf "$tmp"
	trap - EXIT # the directory is the outer run's
	tmp=$2 RANDOM=$3
	loss
	exit
fi
# survived K: loss K, against a server of its own.
survived() {
	rm -f "$tmp"/store*
	ditio-sandbox -q --store "$tmp/store" --fault-seed $((seed + $1)) \
	    --fault import/drop-after=15%,import/drop-before=10% -- \
	    "$BASH" "$0" --inside "$tmp" $((seed + $1)) || return 1
	[ "$(ditio-sandbox --report "$tmp/store" --json | jq -c '[.records, .duplicates]')" = '[32,0]' ] ||
		{ ditio-sandbox --report "$tmp/store"; return 1; }
}
all_survived() {
	for ((k = 1; k <= losses; k++)); do
		survived "$k" || { echo "loss $k"; return 1; }
	done
}
echo "# seed $seed, $losses losses"
records 32 >"$tmp/records"
t "the power fails $losses times" all_survived

done_testing
