#!/bin/sh
# hostile.t - every program on what goes wrong in the world: full disks, closed
# outputs, cut and flipped files, bytes that are no text.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"

vendor_profile "$tmp/profile.json"
vendor_rows 2000 4 >"$tmp/dump.csv"
ditio-parse -q --profile "$tmp/profile.json" --company c1 --project p1 \
    "$tmp/dump.csv" >"$tmp/stream"
ditio-split -q "$tmp/stream" >"$tmp/batches"

# run TOOL FILE...: the tool on files, so that all may be treated alike.
run() {
	tool=$1; shift
	case $tool in
	parse)
		ditio-parse --profile "$tmp/profile.json" --company c1 \
		    --project p1 "$@" ;;
	validate) ditio-validate "$@" ;;
	sorted) ditio-validate --sorted "$@" ;;
	split) ditio-split "$@" ;;
	upload) ditio-upload --dry-run --ledger "$tmp/ledger" \
	    --base http://127.0.0.1:9 --identity-base http://127.0.0.1:9 "$@" ;;
	esac
}

# food TOOL: a good file for it.
food() {
	case $1 in
	parse) echo "$tmp/dump.csv" ;;
	upload) echo "$tmp/batches" ;;
	*) echo "$tmp/stream" ;;
	esac
}

# says WORD: the last status call printed it on stderr.
says() { grep -q "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }

# refuses TOOL FILE: status 2 and the file's name.
refuses() { status 2 run "$1" "$2" && says "$(basename "$2")"; }

# ditio-upload says what it does on stderr; its usage is on stdout.
full_disk() {
	if [ "$1" = upload ]; then
		ditio-upload --help >/dev/full 2>"$tmp/e"
	else
		run "$1" "$(food "$1")" >/dev/full 2>"$tmp/e"
	fi
}
full_help() {
	name=$1
	[ "$name" != sorted ] || name=validate
	for option in --help --version; do
		ditio-$name $option >/dev/full 2>"$tmp/e"
		[ $? -eq 2 ] && grep -q 'stdout.*No space' "$tmp/e" || return 1
	done
}
closed() { run "$1" "$(food "$1")" >&- 2>"$tmp/e"; }
is() { want=$1; shift; "$@"; got=$?; [ $got -eq "$want" ] || { echo "got $got"; cat "$tmp/e"; return 1; }; }

# pack KIND FILE: to stdout.
pack() {
	case $1 in
	gz) gzip -c "$2" ;;
	zst) zstd -q -c "$2" ;;
	xz) xz -c "$2" ;;
	bz2) bzip2 -c "$2" ;;
	esac
}

# flip FILE AT: turn over one bit of the byte AT.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %03o $((byte ^ 16)))" |
	    dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

same_as_plain() {
	run "$1" "$(food "$1")" >"$tmp/plain" 2>"$tmp/e" || return 1
	run "$1" <"$2" >"$tmp/packed" 2>"$tmp/e" || { cat "$tmp/e"; return 1; }
	sed 's/"source":"[^:]*:/"source":"/' "$tmp/plain" >"$tmp/plain.s"
	sed 's/"source":"[^:]*:/"source":"/' "$tmp/packed" >"$tmp/packed.s"
	cmp "$tmp/plain.s" "$tmp/packed.s"
}

for tool in parse validate sorted split upload; do
	good=$(food $tool)
	t "$tool takes a good file" status 0 run $tool "$good"
	t "$tool: a full disk is 2" is 2 full_disk $tool
	t "$tool: a closed stdout is 2" is 2 closed $tool
	t "$tool: --help on a full disk is 2, and says so" full_help $tool
	t "$tool: a directory is 2" refuses $tool "$tmp"
	t "$tool: a missing file is 2" refuses $tool "$tmp/none"
	for kind in gz zst xz bz2; do
		packed=$tmp/$tool.$kind
		pack $kind "$good" >"$packed"
		size=$(wc -c <"$packed")
		[ $tool = upload ] ||
			t "$tool reads $kind as plain" same_as_plain $tool "$packed"
		head -c $((size - size / 3)) "$packed" >"$tmp/cut.$kind"
		t "$tool: a cut $kind is 2" refuses $tool "$tmp/cut.$kind"
		cp "$packed" "$tmp/flipped.$kind"
		flip "$tmp/flipped.$kind" $((size / 2))
		t "$tool: a flipped bit in $kind is 2" refuses $tool "$tmp/flipped.$kind"
	done
done

# An empty file: nothing was said, not even that there is nothing.
: >"$tmp/empty"
t 'parse: an empty file is the finding no-record' status 1 run parse "$tmp/empty"
t 'and says so' says no-record
for tool in validate sorted split upload; do
	t "$tool: an empty stream is a cut one" status 2 run $tool "$tmp/empty"
done

# Ledgers that are none, or cannot grow.
ledger() {
	status 2 ditio-upload --dry-run --ledger "$1" --base http://127.0.0.1:9 \
	    --identity-base http://127.0.0.1:9 "$tmp/batches" &&
		says "$(basename "$1"): .*$2"
}
echo 'not a database' >"$tmp/text"
sqlite3 "$tmp/other" 'CREATE TABLE x (y)'
cp "$tmp/other" "$tmp/before"
t 'upload: a ledger that is a directory' ledger "$tmp" 'unable to open'
t 'upload: a ledger that is no database' ledger "$tmp/text" 'not a database'
t "upload: another program's database" ledger "$tmp/other" 'something else'
t 'which stays as it was' cmp "$tmp/other" "$tmp/before"

# Bytes that are no text.
sed '5s/work\|idle\|move/wo\x00rk/' "$tmp/dump.csv" >"$tmp/nul.csv"
t 'parse: a NUL rejects its row' status 1 run parse "$tmp/nul.csv"
t 'and names the line' says 'nul.csv:5:'
LC_ALL=C sed '5s/EX-/\xff\xfe/' "$tmp/dump.csv" >"$tmp/bad.csv"
t 'parse: bad UTF-8 rejects its row' status 1 run parse "$tmp/bad.csv"
t 'and names the line' says 'bad.csv:5:'
for bytes in '\x00' '\xff' '\xed\xa0\x80'; do
	LC_ALL=C sed "5s/EX-/$bytes/" "$tmp/stream" >"$tmp/bad"
	for tool in validate sorted; do
		t "$tool: $bytes in a record is a finding" status 1 run $tool "$tmp/bad"
		t 'and names the line' says ':5:'
	done
	t "split: $bytes in a record is 2" status 2 run split "$tmp/bad"
done

# A line of 100 MB, in little memory.
long() {
	{
		head -n 4 "$2"
		head -c 100000000 /dev/zero | tr '\0' x
		echo
		tail -n +6 "$2"
	} | small run "$1"
}
small() {
	if [ -n "${SANITIZED-}" ]; then "$@"; else (ulimit -v 400000; "$@"); fi
}
t 'parse: a line of 100 MB is rejected' status 1 long parse "$tmp/dump.csv"
t 'and named' says ':5:'
t 'validate: a line of 100 MB is a finding' status 1 long validate "$tmp/stream"
t 'and named' says too-long-line
t 'split: a line of 100 MB is 2' status 2 long split "$tmp/stream"
t 'upload: a line of 100 MB is 2' status 2 long upload "$tmp/batches"

# Line ends and marks of other systems.
for tool in parse validate sorted split; do
	good=$(food $tool)
	sed 's/$/\r/' "$good" >"$tmp/crlf"
	t "$tool takes CRLF" status 0 run $tool "$tmp/crlf"
	{ printf '\357\273\277'; cat "$good"; } >"$tmp/bom"
	t "$tool takes a byte order mark" status 0 run $tool "$tmp/bom"
done

# Envelopes go from program to program: anything else is not ours.
sed 's/$/\r/' "$tmp/batches" >"$tmp/crlf"
t 'upload refuses envelopes that were changed' refuses upload "$tmp/crlf"

# A stream that lacks its end.
head -n 1000 "$tmp/stream" >"$tmp/cut"
for tool in validate sorted split; do
	t "$tool refuses a cut stream" status 2 run $tool "$tmp/cut"
done
head -n 2 "$tmp/batches" >"$tmp/cut"
t 'upload refuses a cut stream' status 2 run upload "$tmp/cut"
done_testing
