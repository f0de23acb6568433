#!/bin/sh
# copies.t - machines whose days are another's, against an oracle.
. "$SRCDIR/tests/lib.sh"

v='ditio-validate --now 2026-01-01T00:00:00Z'
has() { grep -qF -- "$1" "$2" || { cat "$2"; return 1; }; }
hasnt() { ! grep -F -- "$1" "$2"; }

# rec MACHINE START END [STATE]: times are of 2025-01-15.
rec() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"%s",' "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
		"$2" "$3"
	printf '"state":"%s","source":"%s.csv:1%s"}\n' "${4-Idle}" "$1" "${2#*:}"
}
# day MACHINE [STATE OF THE THIRD]: five periods, 1.50 hours.
day() {
	rec "$1" 08:02 08:20; rec "$1" 08:20 08:41 Working
	rec "$1" 08:41 08:50 "${2-Idle}"; rec "$1" 08:50 09:31 Working
	rec "$1" 10:01 10:02
}
{ day a; day b; day c Moving; } >"$tmp/one"
t 'a copied day' status 0 $v "$tmp/one"
t '... is told with both' has 'b.csv:102: warning: b has on 1 day from 2025-01-15T08:02:00Z on the very periods of a (a.csv:102); is one of them a copy? (1.50 h) [copied-machine]' "$tmp/err"
t '... once' has 'findings: copied-machine 1 (1.50 h)' "$tmp/err"
t '... and withholds nothing' test "$(grep -c machineId "$tmp/out")" -eq 15
t 'as an error' status 1 $v --rule copied-machine=error "$tmp/one"
t '... neither' test "$(grep -c machineId "$tmp/out")" -eq 15
t 'off' status 0 $v --rule copied-machine=off "$tmp/one"
t '... it is not looked for' hasnt copied-machine "$tmp/err"
for d in 15 17 18; do sed "s/01-15T/01-$d""T/g" "$tmp/one"; done >"$tmp/three"
t 'more days' status 0 $v "$tmp/three" --report ndjson:"$tmp/found"
t '... are one finding' has 'b has on 3 days from 2025-01-15T08:02:00Z on the very periods of a (a.csv:102); is one of them a copy? (4.50 h)' "$tmp/err"
t '... which reports have' test "$(jq -r 'select(.code) | .code + " " + .fate' "$tmp/found")" = 'copied-machine passed'
t '... and a baseline' status 0 $v -q --write-baseline "$tmp/known" "$tmp/one"
t '... knows when they grow' status 0 $v -q --rule copied-machine=error --baseline "$tmp/known" "$tmp/three"
t 'for the file of the other' status 0 $v --report-only a.csv "$tmp/one"
t '... it is told, too' has 'copied-machine 1' "$tmp/err"
rec b 23:50 23:55 | cat "$tmp/three" - >"$tmp/more"
t 'a day with more' status 0 $v "$tmp/more"
t '... is no copy' has 'b has on 2 days from 2025-01-17' "$tmp/err"
t 'of those that are selected' status 0 $v --machine b --machine c "$tmp/one"
t '... nobody is a copy' hasnt copied-machine "$tmp/err"
t 'more periods asked for' status 0 $v --rule copied-machine.periods=6 "$tmp/one"
t '... than there are' hasnt copied-machine "$tmp/err"
t 'what is withheld' status 1 $v --earliest 2025-01-15T08:10:00Z "$tmp/one"
t '... counts for nobody' hasnt copied-machine "$tmp/err"

# What people write down, or vendors sum up by the hour.
{ rec a 07:00 09:15; rec a 09:15 09:30 Working; rec a 09:30 12:00
  rec a 12:00 13:00 Working; rec a 13:00 13:30; rec a 13:30 16:00 Working; } >"$tmp/sheet"
sed 's/"a"/"b"/' "$tmp/sheet" | cat - "$tmp/sheet" >"$tmp/sheets"
t 'quarters of an hour' status 0 $v "$tmp/sheets"
t '... prove nothing' hasnt copied-machine "$tmp/err"
LC_ALL=C awk 'BEGIN { for (i = 7; i < 59; i++) printf "%02d:%02d %02d:%02d\n",
	8 + i / 10, i % 10 * 6, 8 + (i + 1) / 10, (i + 1) % 10 * 6 }' |
	while read -r from to; do rec a "$from" "$to"; rec b "$from" "$to"; done >"$tmp/grid"
t 'one state all day' status 0 $v "$tmp/grid"
t '... proves nothing' hasnt copied-machine "$tmp/err"

# One machine is no copy of itself.
sed 's/"p1"\(.*"b"\)/"p2"\1/; s/"b"/"a"/' "$tmp/one" >"$tmp/same"
t 'one machine in two projects' status 0 $v --rule two-projects=warning "$tmp/same"
t '... is no copy' hasnt copied-machine "$tmp/err"

# A fleet, some of whose days are others', against an oracle.
seed=${SEED:-$$}
echo "# seed $seed"
fleet() {
	LC_ALL=C awk -v seed="$1" 'BEGIN {
		srand(seed)
		for (m = 0; m < 30; m++)
			for (d = 1; d < 20; d++) {
				# Few kinds of days, so that many are alike.
				kind = int(rand() * 60); n = 1 + kind % 9
				at = 100 + kind; s = kind
				for (i = 0; i < n; i++) {
					long = 1 + (kind * 7 + i * 13) % 40
					at += (kind + i) % 3
					printf "{\"companyId\":\"c\",\"projectId\":\"p%d\",\"machineId\":\"m%02d\",\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"%s\",\"source\":\"f:%d\"}\n", \
					    m % 2, m, stamp(d, at), stamp(d, at + long), \
					    (s += i % 2) % 2 ? "Idle" : "Working", ++line
					at += long
				}
			}
	}
	function stamp(d, m) {
		return sprintf("2025-02-%02dT%02d:%02d:00Z", d, int(m / 60), m % 60)
	}'
}
# Of each day all periods as one text; who has the same, and who was first.
oracle() {
	LC_ALL=C sort "$tmp/fleet" | LC_ALL=C awk -F '"' '
	{
		o = $8 "/" $12; d = o " " substr($16, 1, 10)
		if (!(d in text)) { days[++n] = d }
		quarter = substr($16, 15, 2) % 15 == 0
		if (!quarter && ($16 != end[d] || $24 != state[d])) periods[d]++
		text[d] = text[d] $16 " " $20 " " $24 ","
		split($16, a, /[T:]/); split($20, b, /[T:]/)
		minutes[d] += (b[2] - a[2]) * 60 + b[3] - a[3]
		end[d] = $20; state[d] = $24
	}
	END {
		for (i = 1; i <= n; i++) {
			d = days[i]
			if (periods[d] < 5) continue
			split(d, w, " ")
			if (!(text[d] in first)) { first[text[d]] = w[1]; continue }
			p = w[1] " " first[text[d]]
			count[p]++; sum[p] += minutes[d]
		}
		for (p in count) printf "%s %d %.4f\n", p, count[p], sum[p] / 60
	}' | LC_ALL=C sed 's/p[01]\///g' | LC_ALL=C sort
}
agree() {
	fleet "$1" >"$tmp/fleet"
	oracle >"$tmp/want"
	LC_ALL=C sort -t '"' -k 16,16 "$tmp/fleet" | $v -q --limit 0 $2 \
	    --report ndjson:"$tmp/r" 2>/dev/null >/dev/null
	jq -r 'select(.code == "copied-machine") | (.message |
	    capture("(?<a>m..) has on (?<n>[0-9]+) days? .* of (?<b>m..)")) as $m |
	    [$m.a, $m.b, $m.n, .hours] | join(" ")' "$tmp/r" |
		LC_ALL=C awk '{ printf "%s %s %d %.4f\n", $1, $2, $3, $4 }' |
		LC_ALL=C sort >"$tmp/got"
	test -s "$tmp/want" && diff "$tmp/want" "$tmp/got"
}
for i in 1 2 3 4 5; do
	t "fleet $((seed + i))" agree $((seed + i)) ''
done
t '... through a temporary file' agree $((seed + 6)) '--memory 8K'
done_testing
