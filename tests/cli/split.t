#!/bin/bash
# split.t - ditio-split: limits, ties, shards and plans, held to what jq counts.
. "$SRCDIR/tests/lib.sh"
LC_ALL=C; export LC_ALL
seed=${SEED:-$$}
echo "# seed $seed"

says() { grep -q -- "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }

# records N: N random ones of four projects, many of them in ties.
records() {
	awk -v n="$1" -v seed="$seed" 'BEGIN {
		srand(seed)
		for (i = 1; i <= n; i++) {
			end = int(i / 9 + rand() * 5) * 10 + 60
			start = end - int(rand() * 5 + 1) * 10
			m = int(rand() * 12)
			state = rand() < .5 ? "Idle" : "Working"
			p = int(rand() * 2)
			if (seen[end, start, m, p, state]++) { i--; continue }
			printf "{\"companyId\":\"c%d\",\"projectId\":\"p%d\",", m % 2, p
			printf "\"machineId\":\"M\303\270 %d%s\",", m, m == 3 ? "\\\"\\\\\\u001b" : ""
			printf "\"startTime\":\"2025-01-15T%02d:%02d:%02dZ\",", start / 3600, start / 60 % 60, start % 60
			printf "\"endTime\":\"2025-01-15T%02d:%02d:%02dZ\",", end / 3600, end / 60 % 60, end % 60
			printf "\"state\":\"%s\",\"source\":\"d.csv:%d\"}\n", state, i
		}
	}'
}
framed() {
	echo '{"$ditioStream":1,"tool":"t 1"}'
	awk '{ print } END { printf "{\"ditioEnd\":{\"records\":%d,\"rejected\":0,\"verdict\":\"ok\"}}\n", NR }' "$1"
}
shuffled() {
	awk -v seed="$seed" 'BEGIN { srand(seed + 1) } { print rand() "\t" $0 }' "$1" |
		sort | cut -f 2-
}
records 500 >"$tmp/r"
framed "$tmp/r" >"$tmp/in"

# What jq finds wrong with batches, given the limits and the order.
cat >"$tmp/held.jq" <<'END'
def at: .[$field];
def wire: tojson | utf8bytelength;
($manifest[0].batches) as $told | [inputs] as $got |
($got | add) as $all |
if ($told | length) != ($got | length) then "batches are missing" else empty end,
(range($got | length) as $i | $got[$i] as $b | $told[$i] as $t |
	select(($b | length) == 0) | "\($t.id) is empty"),
(range($got | length) as $i | $got[$i] as $b | $told[$i] as $t |
	(select(($b | length) > $records or ($b | wire) > $bytes)
		| "\($t.id) is too large"),
	(select($t.records != ($b | length) or $t.bytes != ($b | wire))
		| "\($t.id) is told wrong"),
	(select(($b | map([.companyId, .projectId]) | unique) != [[$t.companyId, $t.projectId]])
		| "\($t.id) is of several projects"),
	($b[] | select(keys_unsorted != ["companyId", "projectId", "machineId", "startTime", "endTime", "state"])
		| "\($t.id) has other fields"),
	($b | select(map(at) != (map(at) | sort)) | "\($t.id) is not in order"),
	($i | select($i > 0) | $got[$i - 1] as $a | $told[$i - 1] as $s |
		select([$s.companyId, $s.projectId] == [$t.companyId, $t.projectId]) |
		($a | map(at) | max) as $was | ($b | map(at) | min) as $is |
		if $was < $is then empty
		elif $was > $is then "\($t.id) goes back"
		elif ($s.tied and $t.tied | not) then "\($t.id) is not told to be tied"
		else ($all | map(select([.companyId, .projectId] == [$t.companyId, $t.projectId]
			and at == $is)) | select(length <= $records and wire <= $bytes)
			| "the tie before \($t.id) would fit") end))
END
# held ORDER RECORDS BYTES: cut by them, all is as promised.
held() {
	rm -rf "$tmp/cut"
	ditio-split -q --order "$1" --max-records "$2" --max-bytes "$3" \
	    --output "$tmp/cut" "$tmp/in" || return 1
	jq -r '.batches[].file' "$tmp/cut/manifest.json" >"$tmp/files"
	(cd "$tmp/cut" && xargs cat <"$tmp/files") >"$tmp/bodies"
	jq -nr --arg field "${1}Time" --argjson records "$2" --argjson bytes "$3" \
	    --slurpfile manifest "$tmp/cut/manifest.json" -f "$tmp/held.jq" \
	    "$tmp/bodies" >"$tmp/wrong"
	! grep . "$tmp/wrong" || return 1
	(cd "$tmp/cut" && xargs sha256sum <"$tmp/files") |
		awk '$1 ".json" != $2 { print; wrong = 1 } END { exit wrong }' || return 1
	(cd "$tmp/cut" && xargs wc -c <"$tmp/files") |
		awk -v most="$3" '$2 != "total" && $1 > most { print; wrong = 1 } END { exit wrong }' || return 1
	jq -c '.[]' "$tmp/bodies" | sort >"$tmp/came"
	jq -c 'del(.source)' "$tmp/r" | sort | cmp - "$tmp/came"
}
for order in end start; do
	for limits in '1000 1048576' '50 1048576' '7 1500' '1 1048576' '1000 400'; do
		set -- $limits
		t "by $order, $1 records, $2 bytes" held $order $1 $2
	done
done

# Whatever the order of the input.
split() { ditio-split -q --max-records 20 "$@"; }
split "$tmp/in" >"$tmp/batches"
same() { "$@" | split | cmp - "$tmp/batches"; }
t 'shuffled input, the same bytes' same framed <(shuffled "$tmp/r")
t 'reversed input, the same bytes' same framed <(tac "$tmp/r")
t 'two streams, one behind the other' same cat <(framed <(head -n 90 "$tmp/r")) \
    <(framed <(tail -n +91 "$tmp/r"))
little() { split --memory 4k "$tmp/in" | cmp - "$tmp/batches"; }
t 'little memory, the same bytes' little

# Sorted already.
by_time() { jq -cr "\"\(.$1)\t\(.)\"" "$tmp/r" | shuffled /dev/stdin | sort -s -k 1,1 | cut -f 2-; }
sorted() {
	split --order "$1" "$tmp/in" | sort >"$tmp/want"
	framed <(by_time "$1Time") | split --order "$1" --sorted | sort |
		cmp - "$tmp/want"
}
t '--sorted: the same batches by end' sorted end
t '--sorted: the same batches by start' sorted start
goes_back() {
	{ sed -n 400p "$tmp/r"; sed 's/"c[01]","projectId":"p[01]"/"c1","projectId":"p1"/' "$tmp/r"
	} | sed '1s/"c[01]","projectId":"p[01]"/"c1","projectId":"p1"/' >"$tmp/back"
	framed "$tmp/back" >"$tmp/unsorted"
	status 2 split --sorted "$tmp/unsorted" && says '\[not-sorted\]$' &&
	    says '^d.csv:[0-9]*: error: line [0-9]* of .*unsorted goes back from 2025' &&
	    ! grep ditioEnd "$tmp/out"
}
t '--sorted: what goes back is an error by its line' goes_back
no_last() { status 2 split --sorted "$1" && says "$2" && ! grep ditioEnd "$tmp/out"; }
by_time endTime >"$tmp/s"
framed "$tmp/s" | sed '$d' >"$tmp/short"
t '--sorted: a cut stream has no last line' no_last "$tmp/short" cut
framed "$tmp/s" | sed 's/"ok"/"findings"/' >"$tmp/found"
t '--sorted: nor has one with findings' no_last "$tmp/found" 'findings: what was written has no last line'
framed "$tmp/s" | sed '9s/.*/{"x":1}/' >"$tmp/bad"
t '--sorted: nor one with other lines' no_last "$tmp/bad" unknown-key
nothing() { rm -rf "$tmp/o"; status 2 split --sorted --output "$tmp/o" "$tmp/short" && test -z "$(ls -A "$tmp/o")"; }
t '--sorted --output: a cut stream leaves nothing' nothing
streams() {
	local i pid
	mkfifo "$tmp/slow"
	ditio-split -q --sorted --max-records 100 "$tmp/slow" >"$tmp/flow" &
	pid=$!
	exec 5>"$tmp/slow"
	framed <(seq 9000 | awk '{ printf "{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":\"M\",\"startTime\":\"2025-01-15T%02d:%02d:%02dZ\",", $1 / 3600, $1 / 60 % 60, $1 % 60
	    printf "\"endTime\":\"2025-01-15T%02d:%02d:%02dZ\",\"state\":\"Idle\"}\n", ($1 + 1) / 3600, ($1 + 1) / 60 % 60, ($1 + 1) % 60 }') >"$tmp/long"
	sed '$d' "$tmp/long" >&5
	for ((i = 0; i < 600; i++)); do # what is waited for comes at once
		[ -s "$tmp/flow" ] && break
		sleep 0.05
	done
	[ -s "$tmp/flow" ] || { echo 'nothing before the end'; exec 5>&-; return 1; }
	tail -n 1 "$tmp/long" >&5
	exec 5>&-
	wait $pid && tail -n 1 "$tmp/flow" | grep '"records":9000,.*"batches":90'
}
t '--sorted: batches come before the end' streams

# Shards.
shards() {
	local k
	for k in 1 2 3; do split --shard $k/3 "$tmp/in" | grep ditioBatch | jq -c '.body[]' >"$tmp/s$k"; done
	cat "$tmp"/s[123] | sort | cmp - <(jq -c 'del(.source)' "$tmp/r" | sort) || return 1
	for k in 1 2 3; do
		jq -r .machineId "$tmp/s$k" | sort -u | while IFS= read -r m; do
			set -- "$(printf %s "$m" | sha256sum)"
			awk -v hex="${1:0:16}" -v k=$k 'BEGIN {
				for (i = 1; i <= 16; i++)
					r = (r * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1) % 3
				exit r != k - 1 }' || { echo "$m is in $k"; exit 1; }
		done || return 1
	done
}
t '--shard: each machine in one, told by its SHA-256' shards
all_one() { split --shard 1/1 "$tmp/in" | cmp - "$tmp/batches"; }
t '--shard 1/1 is all' all_one
for wrong in 0/3 4/3 1 1/ /3 1/0 a/b 1/100001 -1/3; do
	t "--shard $wrong is none" status 2 split --shard $wrong "$tmp/in"
done

# Plans.
plan() { status 0 split --plan "$@" "$tmp/in"; }
counted() {
	plan --json --rate 30/min || return 1
	grep ditioBatch "$tmp/batches" | jq -s 'group_by([.companyId, .projectId]) |
	    map({companyId: .[0].companyId, projectId: .[0].projectId, records: map(.records) | add,
	    batches: length, tied: map(select(.tied)) | length, bytes: map(.body | tojson | utf8bytelength) | add,
	    requests: (length * 2)})' >"$tmp/want"
	jq '.projects | map(del(.largest, .minutes))' "$tmp/out" | cmp - "$tmp/want" &&
	    jq -e '.batches == (.projects | map(.batches) | add) and .records == 500 and
		.largest == ([.projects[].largest] | max) and
		.minutes * 30 >= .requests and (.minutes - 0.1001) * 30 < .requests' "$tmp/out"
}
t '--plan --json counts what is written' counted
table() {
	plan --rate 2/s && ! awk 'length > 80' "$tmp/out" | grep . &&
	    grep -Eq '^ +500 .* all$' "$tmp/out" && grep -q '^company c1$' "$tmp/out" &&
	    grep -q '^ *records.*requests.*minutes  project$' "$tmp/out" && test "$(grep -c ' p[01]$' "$tmp/out")" -eq 4
}
t '--plan is a table' table
quiet_plan() { ditio-split --plan --max-records 20 "$tmp/in" 2>"$tmp/err" >"$tmp/out" && ! grep minutes "$tmp/out" && says 'nothing written'; }
t '--plan without --rate knows no minutes' quiet_plan
tied() { status 0 ditio-split --plan --max-records 1 "$tmp/in" && grep -q '^[0-9]* of the batches are cut inside a tie' "$tmp/out"; }
t '--plan tells of batches no watermark decides' tied
t '--plan of a cut stream is none' status 2 split --plan "$tmp/short"
t '--plan and --output' status 2 split --plan --output "$tmp/o" "$tmp/in"
t '--rate without --plan' status 2 split --rate 1/s "$tmp/in"
for wrong in 0/s 1 1/d /s -1/s 1.0001/s x/s; do
	t "--rate $wrong is none" status 2 split --plan --rate $wrong "$tmp/in"
done

# Directories.
twice() {
	head -n 1 "$tmp/r" >"$tmp/two"
	sed 's/"d.csv:[0-9]*"/"other.csv:7"/' "$tmp/two" >>"$tmp/two"
	framed "$tmp/two" >"$tmp/twice"
	status 2 ditio-split --max-records 1 --output "$tmp/twins" "$tmp/twice" &&
	    says 'its records come twice.*ditio-validate'
}
t 'records that come twice make no two files of one name' twice
split --output "$tmp/dir" "$tmp/in"
first=$(jq -r '.batches[0].file' "$tmp/dir/manifest.json")
verify() { status "$1" ditio-split --verify-manifest "$tmp/dir" && says "$2"; }
t '--verify-manifest: whole' verify 0 '500 records, .* bytes whole; 0 faults'
sealed() { head -c -83 "$tmp/dir/manifest.json" | sha256sum | grep "^$(jq -r .sha256 "$tmp/dir/manifest.json") "; }
t 'the manifest tells its own digest' sealed
# flip FILE OFFSET: change one bit there; again, and it is as it was.
flip() {
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	printf "\\$(printf %o $((byte ^ 1)))" |
		dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}
# flipped FILE STEP WORDS: a bit changed in any STEPth byte is found.
flipped() {
	local f=$tmp/dir/$1 at size
	size=$(wc -c <"$f")
	for ((at = seed % $2; at < size; at += $2)); do
		flip "$f" $at
		verify 2 "$3" || { echo "byte $at"; return 1; }
		flip "$f" $at
	done
	verify 0 ' 0 faults'
}
t 'a flipped bit in a batch is found' flipped "$first" 499 "$first: error: .*changed-file"
t 'a flipped bit in an envelope is found' flipped "${first%.json}.meta.json" 499 "meta.json: error: .*changed-file"
t 'a flipped bit in the manifest is found' flipped manifest.json 199 'manifest.json'
one=$(wc -c <"$tmp/dir/manifest.json")
t 'and one in its digest' flipped manifest.json $((one - 20)) 'manifest.json'
gone() {
	mv "$tmp/dir/$first" "$tmp/aside"
	verify 2 "$first: error: .*missing-file"; got=$?
	mv "$tmp/aside" "$tmp/dir/$first"
	return $got
}
t 'a missing batch is found' gone
stray() {
	cp "$tmp/dir/$first" "$tmp/dir/0$first"
	verify 2 "0$first: error: .*stray-file"; got=$?
	rm "$tmp/dir/0$first"
	return $got
}
t 'a batch of nobody is found' stray
t 'a directory without a manifest' status 2 ditio-split --verify-manifest "$tmp"
t 'a directory that is none' status 2 ditio-split --verify-manifest "$tmp/none"
t '--verify-manifest reads no records' status 2 ditio-split --verify-manifest "$tmp/dir" "$tmp/in"
again() { status 0 split --output "$tmp/dir" "$tmp/in" && verify 0 ' 0 faults'; }
t 'the same run again changes nothing' again
others() {
	(cd "$tmp/dir" && sha256sum ./*) >"$tmp/before"
	status 2 ditio-split --max-records 9 --output "$tmp/dir" "$tmp/in" &&
	    says 'of another run' && (cd "$tmp/dir" && sha256sum ./*) | cmp - "$tmp/before" &&
	    test -z "$(ls -d "$tmp"/dir/.partial* 2>/dev/null)"
}
t "another run's directory is refused, unchanged" others
swept() {
	local pid i
	rm -rf "$tmp/swept"
	mkdir -p "$tmp/swept/.partial-dead" "$tmp/swept/.partial-lives"
	touch "$tmp/swept/.partial-dead/x.json" "$tmp/swept/.partial-lives/x.json"
	mkfifo "$tmp/hold"
	flock "$tmp/swept/.partial-lives" cat "$tmp/hold" &
	pid=$!
	exec 6>"$tmp/hold" # cat runs, so the lock is held
	status 0 split --output "$tmp/swept" "$tmp/in"; got=$?
	exec 6>&-
	wait $pid
	[ $got -eq 0 ] && [ ! -e "$tmp/swept/.partial-dead" ] &&
	    [ -e "$tmp/swept/.partial-lives/x.json" ] && [ "$(ls -d "$tmp"/swept/.p* | wc -l)" -eq 1 ]
}
if command -v flock >/dev/null; then
	t 'what a killed run left is removed, what a living one has is not' swept
fi
too_large() {
	sed -n '1,4p' "$tmp/r" | sed '4s/"machineId":"/&a name that goes on and on and on and on and on and on and on and on and on and on and on /' >"$tmp/l"
	framed "$tmp/l" >"$tmp/large"
	status 1 ditio-split --max-bytes 190 "$tmp/large" && says '^d.csv:4: error: .*too-large' &&
	    tail -n 1 "$tmp/out" | grep '"records":3,"batches":[0-9]*,"rejected":1,"verdict":"findings"'
}
t 'a record too large for a batch is named' too_large
done_testing
