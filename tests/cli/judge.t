#!/bin/sh
# judge.t - random streams under random rules, against an oracle that compares
# each record with all that were kept, second by second.
. "$SRCDIR/tests/lib.sh"

# Its numbers have a decimal point in any language.
awk() { LC_ALL=C command awk "$@"; }

seed=${SEED:-$$}
echo "# seed $seed"

# Times are minutes of January 2025, so that awk need not know a calendar.
clock='
function two(n) { return n < 10 ? "0" n : n }
function stamp(m) {
	return "2025-01-" two(int(m / 1440) + 1) "T" two(int(m % 1440 / 60)) \
	    ":" two(m % 60) ":00Z"
}
function minute(s) {
	return (substr(s, 9, 2) - 1) * 1440 + substr(s, 12, 2) * 60 + \
	    substr(s, 15, 2)
}
'

# stream SEED: records that coincide, touch, lie within and go backwards.
stream() {
	awk -v seed="$1" "$clock"'
	BEGIN {
		srand(seed)
		n = 60 + int(rand() * 300)
		span = 20 + int(rand() * 400); longest = 2 + int(rand() * 40)
		split("Working Idle Moving working", word, " ")
		for (i = 1; i <= n; i++) {
			from = 500 + int(rand() * span); r = rand()
			to = r < .08 ? from : r < .12 ? from - 3 : \
			    from + 1 + int(rand() * longest)
			r = rand()
			basis = r < .1 ? ",\"basis\":\"estimated\"" : \
			    r < .3 ? ",\"basis\":\"derived\"" : ""
			printf "{\"companyId\":\"c\",\"projectId\":\"p%d\",\"machineId\":\"m%d\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"%s\",\"source\":\"f:%d\"%s}\n", \
			    rand() < .1, rand() * 3, stamp(from), stamp(to), \
			    word[1 + int(rand() * 3.1)], i, basis
		}
	}'
}

# rules SEED: options for ditio-validate, then the same for the oracle.
rules() {
	awk -v seed="$1" 'BEGIN {
		srand(seed + 7)
		level = "off note warning error"; split(level, levels, " ")
		if (rand() < .5) { g = int(rand() * 9); o = o " --max-gap " g "m"; s = s " gap:" g }
		if (rand() < .5) { g = 3 + int(rand() * 20); o = o " --max-length " g "m"; s = s " length:" g }
		# Of what is repaired before it is judged, see registry.t.
		if (rand() < .5) { o = o " --fix safe --rule two-projects=off"; s = s " fix:1 two-projects:off" }
		else if (rand() < .3) { o = o " --rule two-projects=warning"; s = s " two-projects:warning" }
		if (rand() < .5) { o = o " --allow-estimated"; s = s " allow:1" }
		if (rand() < .3) { o = o " --now 2025-01-01T10:00:00Z"; s = s " now:600" }
		else o = o " --now 2025-06-01T00:00:00Z"
		if (rand() < .3) { o = o " --earliest 2025-01-01T09:00:00Z"; s = s " earliest:540" }
		n = split("duplicate conflict contained overlap zero-length negative too-long future unknown-state estimated", code, " ")
		for (i = 1; i <= n; i++)
			if (rand() < .35) {
				x = levels[1 + int(rand() * 4)]
				o = o " --rule " code[i] "=" x
				s = s " " code[i] ":" x
			}
		print o; print s
	}'
}

# oracle SETTINGS: on stdin records in the order in which they are judged.
# Prints "PASS line", "HOLD line" and "FIND place code severity fate minutes".
oracle() {
	awk -v settings="$1" "$clock"'
	BEGIN {
		n = split("duplicate conflict contained overlap gap zero-length negative too-long future too-old unknown-state two-projects estimated", codes, " ")
		for (i = 1; i <= n; i++) level[codes[i]] = "error"
		level["gap"] = level["estimated"] = "warning"
		rank["note"] = 1; rank["warning"] = 2; rank["error"] = 3
		set["length"] = 1440
		n = split(settings, part, " ")
		for (i = 1; i <= n; i++) {
			split(part[i], pair, ":")
			if (pair[1] in level && pair[1] != "gap") level[pair[1]] = pair[2]
			else set[pair[1]] = pair[2]
		}
	}
	function least(n) { return n > 0 ? n : 0 }
	function breaks(code, price) {
		if (level[code] == "off") return
		found[code] = price
		if (level[code] == "error") fate = "withheld"
	}
	# What kept ones cover of the record, and in cast what each is to it.
	function meet(o,   k, m, t, sum) {
		split("", cast); split("", taken)
		for (k = 1; k <= kept[o]; k++) {
			if (start[o, k] >= to || end[o, k] <= from) continue
			m = start[o, k] == from && end[o, k] == to ? \
			    (state[o, k] == is ? "duplicate" : "conflict") : \
			    start[o, k] <= from && end[o, k] >= to || \
			    start[o, k] >= from && end[o, k] <= to ? "contained" : "overlap"
			cast[m] = 1
			for (t = from; t < to; t++)
				if (start[o, k] <= t && t < end[o, k] && !(t in taken)) { taken[t]; sum++ }
			if (m == "duplicate") twin = k
		}
		return sum + 0
	}
	# What the machine of o had at the time in other projects.
	function elsewhere(o,   q, k, t, sum) {
		split("", taken)
		for (q in kept)
			if (q != o && substr(q, index(q, "/")) == substr(o, index(o, "/")))
				for (k = 1; k <= kept[q]; k++)
					for (t = from; t < to; t++)
						if (start[q, k] <= t && t < end[q, k] && !(t in taken)) { taken[t]; sum++ }
		if (sum) breaks("two-projects", sum)
	}
	function pairs(o,   covered, i, best) {
		covered = meet(o)
		if (set["fix"] && "duplicate" in cast) {
			split("", found); found["duplicate"] = covered; fate = "dropped"
			# The estimated one of the two goes.
			if (guess[o, twin] && !guessed) { swap(o, twin); guess[o, twin] = 0 }
			return
		}
		for (i = 1; i <= 4; i++)
			if (codes[i] in cast && level[codes[i]] != "off" && (best == "" || rank[level[codes[i]]] > rank[level[best]]))
				best = codes[i]
		if (best != "") breaks(best, covered)
		else if (covered == 0 && kept[o] && "gap" in set && from - last[o] > set["gap"])
			found["gap"] = from - last[o]
		if (fate != "passed") return
		k = ++kept[o]
		start[o, k] = from; end[o, k] = to; state[o, k] = is
		guess[o, k] = guessed; row[o, k] = NR
		if (k == 1 || to > last[o]) last[o] = to
	}
	# The record that is judged takes the place of a kept one.
	function swap(o, k,   at) {
		fated[row[o, k]] = "PASS " $0
		at = place[row[o, k]]; place[row[o, k]] = f[28]; place[NR] = at
	}
	{
		split($0, f, "\"")
		place[NR] = f[28]; guessed = f[32] == "estimated" && f[30] == "basis"
		o = f[8] "/" f[12]; from = minute(f[16]); to = minute(f[20]); is = f[24]
		len = to > from ? to - from : 0
		split("", found); fate = "passed"
		if (guessed && !set["allow"]) {
			if (level["estimated"] != "off") found["estimated"] = len
			fate = "withheld"
		} else if (set["fix"] && from == to) {
			found["zero-length"] = 0; fate = "dropped"
		} else {
			if (to == from) breaks("zero-length", 0)
			if (to < from) breaks("negative", from - to)
			if (to - from > set["length"]) breaks("too-long", to - from - set["length"])
			if ("now" in set && to > set["now"] + 5) breaks("future", least(to - (from > set["now"] ? from : set["now"])))
			if ("earliest" in set && from < set["earliest"]) breaks("too-old", least((to < set["earliest"] ? to : set["earliest"]) - from))
			if (is == "working") breaks("unknown-state", len)
			if (fate == "passed" && len && set["whole"]) elsewhere(o)
			if (fate == "passed" && len) pairs(o)
		}
		if (fate != "dropped") fated[NR] = (fate == "passed" ? "PASS " : "HOLD ") $0
		for (c in found)
			finds[NR] = finds[NR] sprintf(" %s %s %s %.4f", c, \
			    fate == "dropped" ? "note" : level[c], fate, \
			    found[c] / 60)
	}
	END {
		for (i = 1; i <= NR; i++) {
			if (i in fated) print fated[i]
			n = split(finds[i], part, " ")
			for (k = 1; k < n; k += 4)
				print "FIND", place[i], part[k], part[k + 1], \
				    part[k + 2], part[k + 3]
		}
	}'
}

# judged OPTION... <records: the same of the program.
judged() {
	ditio-validate -q --plain --withheld "$tmp/w" \
	    --report "ndjson:$tmp/r" --limit 0 "$@" >"$tmp/o" 2>/dev/null
	echo $? >"$tmp/status"
	sed 's/^/PASS /' "$tmp/o"
	sed 's/^/HOLD /' "$tmp/w"
	jq -r 'select(.code) | [.file + ":" + (.line | tostring), .code,
	    .severity, .fate, (.hours // 0 | tostring)] | join(" ")' "$tmp/r" |
		awk '{ printf "FIND %s %s %s %s %.4f\n", $1, $2, $3, $4, $5 }'
}

# agree SEED ROAD
agree() {
	stream "$1" >"$tmp/in"
	rules "$1" >"$tmp/rules"
	options=$(sed -n 1p "$tmp/rules")
	if [ "$2" = sorted ]; then
		# By start alone; what starts together stands as it came.
		LC_ALL=C sort -s -t '"' -k 16,16 "$tmp/in" >"$tmp/order"
		options=$(echo "--sorted $options" |
			sed 's/--rule two-projects=warning//')
		whole=
	else
		whole=' whole:1'
		LC_ALL=C sort "$tmp/in" >"$tmp/order"
	fi
	oracle "$(sed -n 2p "$tmp/rules")$whole" <"$tmp/order" | sort >"$tmp/want"
	if [ "$2" = sorted ]; then cp "$tmp/order" "$tmp/in"; fi
	# shellcheck disable=SC2086 # a list of options
	judged $options <"$tmp/in" | sort >"$tmp/got"
	diff "$tmp/want" "$tmp/got" || { echo "$options"; return 1; }
	if grep -q '^FIND.* error ' "$tmp/got"; then want=1; else want=0; fi
	test "$(cat "$tmp/status")" -eq $want
}

i=0
while [ $i -lt "${STREAMS:-20}" ]; do
	t "stream $((seed + i)), put in order" agree $((seed + i)) any
	t "stream $((seed + i)), as it comes" agree $((seed + i)) sorted
	i=$((i + 1))
done
done_testing
