#!/bin/sh
# order.t - record order is the byte order of canonical lines: our sorter gives
# what LC_ALL=C sort gives.
. "$SRCDIR/tests/lib.sh"

recsort=$BUILDDIR/tests/unit/recsort
seed=${SEED:-$$}
echo "# seed $seed"

# lines SEED: canonical records with ids that are hard to order.
lines() {
	awk -v seed="$1" '
	function pick(list,   part, n) {
		n = split(list, part, "|")
		return part[int(rand() * n) + 1]
	}
	function id() {
		return pick("EX|EX 1|EX!|EX\\\"|EX\\\\|EX\\u0001|EX-1|\303\211X|" \
		    "EX\\u001f2|\346\234\272|EX 1 |\360\237\230\200|E|\177")
	}
	function when() {
		return sprintf("2025-01-%02dT%02d:00:00Z", int(rand() * 3) + 1,
		    int(rand() * 24))
	}
	BEGIN {
		srand(seed)
		for (i = 0; i < 20000; i++) {
			printf "{\"companyId\":\"%s\",\"projectId\":\"%s\"", pick("c|c |c1"), id()
			printf ",\"machineId\":\"%s\",\"startTime\":\"%s\"", id(), when()
			printf ",\"endTime\":\"%s\",\"state\":\"%s\"", when(), pick("W|W |W!|Wo|W\\\"")
			if (rand() < .7)
				printf ",\"source\":\"%s%s\"", pick("a.csv|b|dump:9|x y.csv|q\\\""),
				    pick("|:1|:10|:9|:0|:01|:18446744073709551615|:18446744073709551616|:")
			x = rand()
			if (x < .4)
				printf ",\"basis\":\"%s\"", x < .2 ? "derived" : "estimated"
			if (rand() < .3)
				printf ",\"vendorId\":\"%s\"", pick("V|V |V1|V\\\"|V\\\\|V\\u0001|\303\211|")  "-"
			print "}"
		}
	}'
}

lines "$seed" >"$tmp/lines"
LC_ALL=C sort "$tmp/lines" >"$tmp/sorted"
same() { "$recsort" "$@" <"$tmp/lines" | cmp - "$tmp/sorted"; }
t 'in memory, by the fast road' same
t 'in memory, by the careful road' same --careful
t 'spilled to disk' same 100000

# Both roads give one answer on lines that were tampered with.
awk -v seed="$seed" 'BEGIN { srand(seed + 1) } {
	n = length($0); k = int(rand() * n) + 1
	x = rand()
	if (x < .4) print substr($0, 1, k - 1) substr($0, k + 1)
	else if (x < .6) print substr($0, 1, k) " " substr($0, k + 1)
	else if (x < .8) print substr($0, 1, k) substr("\"\\{}:,x0", int(rand() * 8) + 1, 1) substr($0, k + 1)
	else print substr($0, 1, k)
}' "$tmp/lines" >"$tmp/tampered"
roads() {
	"$recsort" <"$tmp/tampered" >"$tmp/fast" 2>"$tmp/fast.err"
	"$recsort" --careful <"$tmp/tampered" >"$tmp/careful" 2>"$tmp/careful.err"
	cmp "$tmp/fast" "$tmp/careful" && cmp "$tmp/fast.err" "$tmp/careful.err"
}
t 'both roads agree on 20000 tampered lines' roads
t 'and refused some of them' test -s "$tmp/fast.err"

# Any key order and spacing is the same record.
awk '{ print }' "$tmp/lines" | jq -c 'to_entries | reverse | from_entries' |
	sed 's/"\([a-zA-Z]*\)":"/"\1" : "/g; s/","/" , "/g' >"$tmp/loose"
loose() { "$recsort" <"$tmp/loose" | cmp - "$tmp/sorted"; }
t 'hand-made lines, keys reversed and spaced' loose
done_testing
