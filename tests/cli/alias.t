#!/bin/sh
# alias.t - one machine of the vendor's under two names of ours is sent once.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# of VENDOR MACHINE START END [PROJECT [STATE]]: a record, as rec has it.
of() {
	vendor=$1; shift
	rec "$@" >"$tmp/of"; sed "s/}\$/,\"vendorId\":\"$vendor\"}/" "$tmp/of"
}
# made NAME: the records of the last lines, as batches in $tmp/NAME.
made() { framed "$tmp/r" | batches 9 >"$tmp/$1"; }
word() {
	want=$1; shift
	status "$want" ditio-upload --ledger "$tmp/led" --target 127.0.0.1 "$@"
}
periods() { # MACHINE/VENDOR of each, in their order
	test "$(sqlite3 "$tmp/led" "SELECT group_concat(substr(start, 12, 5) ||
		machine || '/' || vendor, ' ') FROM (SELECT * FROM delivered
		ORDER BY start, machine)")" = "$1" || {
		sqlite3 "$tmp/led" 'SELECT * FROM delivered'; return 1; }
}
csv() { sed -n "$1s/\r//p" "$tmp/list" | cut -d , -f 1-16; }

{ of V M 09:00 09:20; rec K 09:00 09:20; } >"$tmp/r"; made first
{ of V N 09:10 09:30; of V N 10:00 10:10; } >"$tmp/r"; made second
renamed() {
	up 0 201 "$tmp/first" &&
	    again 1 201 "$tmp/second" --conflicts "csv:$tmp/list" && sent 1 &&
	    says "N 2025-01-15T09:10:00Z to 2025-01-15T09:30:00Z is the vendor's V and overlaps M, which is, too: Working, project p1, from d.csv:1, batch .*, ACCEPTED; not sent; conflict 1 " &&
	    periods '09:00K/K 09:00M/V 10:00N/V'
}
t 'a machine under a new name is a conflict' renamed
t '... which the list has with both names' test "$(csv 2)" = "1,open,127.0.0.1,\
c1,N,V,p1,2025-01-15T09:10:00Z,2025-01-15T09:30:00Z,Working,0.33,d.csv,3,M,V,p1"
t '... a dry run, too' again 1 201 "$tmp/second" --dry-run
t '... and every night' again 1 201 "$tmp/second"
t '... until it is acknowledged' word 0 --ack 1
acked() { again 0 201 "$tmp/second" && sent 0 && says '1 in acknowledged'; }
t 'it is no finding then' acked
withdrawn() {
	word 0 --mark-withdrawn 1 --reason 'it is N' && says 'periods: 1' &&
	    again 0 201 "$tmp/second" && sent 1 &&
	    periods '09:00K/K 09:10N/V 10:00N/V' && fates 'ACCEPTED 3 4' &&
	    test "$(sqlite3 "$tmp/led" 'SELECT m.name, v.name FROM withdrawn w
		JOIN machine m USING (machine)
		JOIN machine v ON v.machine = w.vendor')" = 'M|V'
}
t 'what Ditio took back of the other makes room' withdrawn

apart() {
	up 0 201 "$tmp/first" && again 1 201 "$tmp/second" &&
	    word 0 --two-machines 1 --reason 'two vendors, one number' &&
	    says 'told apart' && again 0 201 "$tmp/second" --conflicts "csv:$tmp/list" && sent 1 &&
	    test "$(wc -l <"$tmp/list")" -eq 1 &&
	    periods '09:00K/K 09:00M/V 09:10N/V 10:00N/V'
}
t 'or they are two machines' apart
both() {
	of V M 09:20 09:40 >"$tmp/r" && made third && again 0 201 "$tmp/third" &&
	    sent 1 && of V O 09:00 09:10 >"$tmp/r" && made fourth &&
	    again 1 201 "$tmp/fourth" && says 'overlaps M, which is, too'
}
t '... each to the other, and not to a third' both
t '--two-machines wants a reason' word 2 --two-machines 1
t '... and a conflict' word 2 --two-machines 99 --reason x
one() {
	rec K 09:10 09:30 >"$tmp/r" && made fifth && again 1 201 "$tmp/fifth" &&
	    word 2 --two-machines 3 --reason x && says 'about two'
}
t '... of two machines' one

# Before there was a table, and after it is left out.
rec V 09:00 09:20 >"$tmp/r"; made bare
of V M 09:00 09:20 >"$tmp/r"; made mapped
mapped() { up 0 201 "$tmp/bare" && again 1 201 "$tmp/mapped" && says 'overlaps V, '; }
t 'what went under the vendor'"'"'s id is held against a table' mapped
bare() { up 0 201 "$tmp/mapped" && again 1 201 "$tmp/bare" && says 'overlaps M, '; }
t 'and the other way round' bare
old() {
	rm -rf "$tmp"/led*; sqlite3 "$tmp/led" <"$SRCDIR/tests/cli/ledger-1.sql"
	of M X 08:00 08:10 >"$tmp/r" && made one &&
	    again 3 201 "$tmp/one" && says 'X .* overlaps M, which is, too'
}
t 'so is what a ledger had before it knew of such ids' old

elsewhere() {
	of V N 09:00 09:20 p9 >"$tmp/r" && made one && up 0 201 "$tmp/mapped" &&
	    again 1 201 "$tmp/one" && sent 0 && sed 's/"c1"/"c2"/' "$tmp/r" \
		>"$tmp/r2" && framed "$tmp/r2" | batches 9 >"$tmp/one" &&
	    again 0 201 "$tmp/one" && sent 1
}
t 'another project is no way round, another company is' elsewhere
same() {
	of W M 09:00 09:20 >"$tmp/r" && made one && up 0 201 "$tmp/mapped" &&
	    again 0 201 "$tmp/one" && sent 0 && says '1 delivered before'
}
t 'a machine under one name is one, whatever vendors call it' same
tail_of() {
	{ of V M 09:00 09:20; of V N 09:20 09:40; } >"$tmp/r" && made one &&
	    of V M 09:00 09:30 >"$tmp/r" && made two &&
	    up 0 201 "$tmp/one" && again 1 201 "$tmp/two" && sent 0 &&
	    says 'M .*09:20:00Z to .*09:30:00Z is .* overlaps N'
}
t 'the tail of a longer period is held against the other' tail_of
together() {
	{ of V M 09:00 09:20; of V N 09:10 09:30; } >"$tmp/r" && made one &&
	    up 1 201 "$tmp/one" && says 'in the same batch' && periods '09:00M/V'
}
t 'two names in one stream are a conflict as well' together

# What is kept is told.
told() {
	up 0 201 "$tmp/first" && word 0 --sent 2025-01-15 --by machine,vendor \
	    --format csv && tr -d '\r' <"$tmp/out" | diff - "$tmp/want" &&
	    word 0 --export "$tmp/x" && jq -rs '[.[].vendorId] == [null, "V"]
		or [.[].vendorId] == ["V", null]' "$tmp/x" | grep -qx true
}
printf 'machine,vendor,periods,hours,seconds\nK,K,1,0.33,1200\nM,V,1,0.33,1200\n' >"$tmp/want"
t 'sums and export have it' told
halved() {
	{ of V M 09:00 09:20; of W N 09:20 09:40; } >"$tmp/r" && made one &&
	    up 0 '413 201 201' "$tmp/one" && sent 3 && periods '09:00M/V 09:20N/W'
}
t 'halves of a batch keep it' halved
done_testing
