#!/bin/sh
# hostile.t - every filter on what goes wrong in the world: full disks, closed
# outputs, cut and flipped files, endless lines.  The sandbox is in sandbox.t,
# tampered content in tampered.t.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"
. "$SRCDIR/tests/tools.sh"

make_food

# A ledger in which something waits.
DITIO_CLIENT_SECRET=b; export DITIO_CLIENT_SECRET
send() {
	ledger=$tmp/$1; shift
	"$@" ditio-upload --base http://127.0.0.1:9 --identity-base http://127.0.0.1:9 \
	    --client-id a --ledger "$ledger" --retry-for 1ms "$tmp/batches"
}
t 'nobody answers: later' status 75 send waiting

# ditio-upload says what it does on stderr; its report is on stdout.
full_disk() {
	if [ "$1" = upload ]; then
		ditio-upload --status --ledger "$tmp/waiting" >/dev/full 2>"$tmp/e"
	else
		run "$1" "$(food "$1")" >/dev/full 2>"$tmp/e"
	fi
}
full_help() {
	for option in --help --version; do
		"$(program "$1")" $option >/dev/full 2>"$tmp/e"
		[ $? -eq 2 ] && grep -q 'stdout.*No space' "$tmp/e" || return 1
	done
}
closed() { run "$1" "$(food "$1")" >&- 2>"$tmp/e"; }
is() { want=$1; shift; "$@"; got=$?; [ $got -eq "$want" ] || { echo "got $got"; cat "$tmp/e"; return 1; }; }

# nobody_reads TOOL: its status, when the other end of the pipe is gone.
nobody_reads() {
	[ -p "$tmp/pipe" ] || mkfifo "$tmp/pipe"
	(exec <"$tmp/pipe") &
	exec 3>"$tmp/pipe"
	wait $!
	run "$1" "$(food "$1")" >&3 2>"$tmp/e"
	got=$?
	exec 3>&-
	return $got
}
# Whoever started us may have had SIGPIPE ignored: then it is a failed write.
if sh -c 'kill -PIPE $$; :'; then piped=2; else piped=141; fi

# pack KIND FILE: to stdout.
pack() {
	case $1 in
	gz) gzip -c "$2" ;;
	zst) zstd -q -c "$2" ;;
	xz) xz -c "$2" ;;
	bz2) bzip2 -c "$2" ;;
	zip) "$BUILDDIR/tests/pack" zip '' "$2" ;;
	esac
}

# flip FILE AT: turn over one bit of the byte AT.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	printf "\\$(printf %03o $((byte ^ 16)))" |
	    dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# What comes from a file and what comes through a pipe in pieces are the same;
# ditio-upload prints on stderr what it would do.
same() {
	run "$1" "$(food "$1")" >"$tmp/plain" 2>"$tmp/plain.e" || return 1
	dd bs=5 status=none if="$2" | run "$1" >"$tmp/other" 2>"$tmp/other.e" ||
		{ cat "$tmp/other.e"; return 1; }
	for f in plain plain.e other other.e; do
		sed 's/"source":"[^:]*:/"source":"/' "$tmp/$f" >"$tmp/$f.s"
	done
	cmp "$tmp/plain.s" "$tmp/other.s" && cmp "$tmp/plain.e.s" "$tmp/other.e.s"
}

for tool in parse aemp xml json records validate sorted split upload; do
	good=$(food $tool)
	t "$tool takes a good file" status 0 run $tool "$good"
	t "$tool takes it in small pieces" same $tool "$good"
	t "$tool: a full disk is 2" is 2 full_disk $tool
	t "$tool: a closed stdout is 2" is 2 closed $tool
	t "$tool: --help on a full disk is 2, and says so" full_help $tool
	t "$tool: a directory is 2" refuses $tool "$tmp"
	t "$tool: a missing file is 2" refuses $tool "$tmp/none"
	# Batches come in no archive.
	for kind in gz zst xz bz2 zip; do
		[ $tool-$kind != upload-zip ] || continue
		packed=$tmp/$tool.$kind
		pack $kind "$good" >"$packed"
		size=$(wc -c <"$packed")
		t "$tool reads $kind as plain" same $tool "$packed"
		head -c $((size - size / 3)) "$packed" >"$tmp/cut.$kind"
		t "$tool: a cut $kind is 2" refuses $tool "$tmp/cut.$kind"
		cp "$packed" "$tmp/flipped.$kind"
		flip "$tmp/flipped.$kind" $((size / 2))
		t "$tool: a flipped bit in $kind is 2" refuses $tool "$tmp/flipped.$kind"
	done
done
for tool in parse aemp xml json records validate sorted; do
	t "$tool ends quietly when nobody reads" is $piped nobody_reads $tool
done
t 'split stops in order when nobody reads' is 2 nobody_reads split
t 'and says so' grep -q 'stdout.*Broken pipe' "$tmp/e"

# An empty file: nothing was said, not even that there is nothing.
: >"$tmp/empty"
t 'parse: an empty file is the finding no-record' status 1 run parse "$tmp/empty"
t 'and says so' says no-record
t 'xml: an empty file is no document' refuses xml "$tmp/empty"
t 'aemp: an empty file has no record, either' status 1 run aemp "$tmp/empty"
t 'and says so' says no-record
t 'json: an empty file has no record' status 1 run json "$tmp/empty"
t 'and says so' says no-record
for tool in validate sorted split upload; do
	t "$tool: an empty stream is a cut one" refuses $tool "$tmp/empty"
done

# A stream that lacks its end.
head -n 1000 "$tmp/stream" >"$tmp/cut"
for tool in records validate sorted split; do
	t "$tool refuses a cut stream" refuses $tool "$tmp/cut"
done
head -n 2 "$tmp/batches" >"$tmp/cut"
t 'upload refuses a cut stream' refuses upload "$tmp/cut"
head -c 20000 "$tmp/feed.xml" >"$tmp/cut"
t 'aemp refuses a cut feed' refuses aemp "$tmp/cut"
head -c 20000 "$tmp/dump.xml" >"$tmp/cut"
t 'xml refuses a cut document' refuses xml "$tmp/cut"
head -c 20000 "$tmp/dump.json" >"$tmp/cut"
t 'json refuses a cut document' refuses json "$tmp/cut"

# A line of 100 MB, in little memory.
long() {
	{
		head -n 4 "$2"
		head -c 100000000 /dev/zero | tr '\0' x
		echo
		tail -n +6 "$2"
	} | small run "$1"
}
long_feed() {
	{
		printf '<Fleet>%s' "$1"
		head -c 100000000 /dev/zero | tr '\0' x
		printf '%s</Fleet>' "$2"
	} | small run aemp
}
small() {
	if [ -n "${SANITIZED-}" ]; then "$@"; else (ulimit -v 400000; "$@"); fi
}
t 'parse: a line of 100 MB is rejected' status 1 long parse "$tmp/dump.csv"
t 'and named' says ':5:.*too-long-line'
for tool in records validate sorted; do
	t "$tool: a line of 100 MB is a finding" status 1 long $tool "$tmp/stream"
	t 'and named' says ':5:.*too-long-line'
done
t 'split: a line of 100 MB is 2' status 2 long split "$tmp/stream"
t 'and named' says ':5:.*too-long-line'
t 'upload: a line of 100 MB is 2' status 2 long upload "$tmp/batches"
t 'and named' says ':4:.*too-long-line\|:5:.*too-long-line'
t 'aemp: an id of 100 MB is 2' status 2 long_feed \
    '<Equipment><EquipmentHeader><PIN>' '</PIN></EquipmentHeader></Equipment>'
t 'and named' says ':1:.*too-long-text'
t 'aemp: a comment may have 100 MB' status 0 long_feed '<!--' '-->'
t 'aemp: CDATA of 100 MB is 2' status 2 long_feed '<![CDATA[' ']]>'
t 'and named' says 'longer than 10 MB'
t 'aemp: an attribute of 100 MB is 2' status 2 long_feed '<Equipment a="' '"/>'
t 'and named' says ':1:.*too-long-tag'
t 'aemp: a text nobody asks for may have 100 MB' status 0 long_feed '' ''

long_document() {
	{
		printf '<export><row>%s' "$1"
		head -c 100000000 /dev/zero | tr '\0' x
		printf '%s</row>' "$2"
		sed 1d "$tmp/dump.xml"
	} | small run xml
}
t 'xml: a value of 100 MB is rejected' status 1 long_document '<status>' '</status>'
t 'and named' says ':1:.*too-long-text'
t 'and all others are read' says ' 2000 used + 1 rejected'
t 'xml: a text nobody asks for may have 100 MB' \
    status 1 long_document '<site>' '</site>'
t 'and the row lacks what it lacks' says ':1:.*unmapped-state'
t 'xml: CDATA of 100 MB is 2' status 2 long_document '<status><![CDATA[' ']]></status>'
t 'and named' says 'longer than 10 MB'
t 'xml: an attribute of 100 MB is 2' status 2 long_document '<a b="' '"/>'
t 'and named' says ':1:.*too-long-tag'

long_json() {
	{
		printf '{"export":[{%s' "$1"
		head -c "$3" /dev/zero | tr '\0' x
		printf '%s},' "$2"
		sed 1d "$tmp/dump.json"
	} | small run json
}
t 'json: a value of 1 MB is rejected' status 1 long_json '"status":"' '"' 1000000
t 'and named' says ':1:.*too-long-text'
t 'and all others are read' says ' 2000 used + 1 rejected'
t 'json: a text of 100 MB is 2' status 2 long_json '"site":"' '"' 100000000
t 'and named' says ':1:.*too-long-text'
t 'json: a key of 100 MB is 2' status 2 long_json '"' '":1' 100000000
t 'and named' says ':1:.*too-long-text'

# What one record had is not kept until the last.
long_keys() {
	awk 'BEGIN {
		for (i = 0; i < 1000; i++) key = key "keys"
		print "{\"export\":["
		for (i = 0; i < 75000; i++)
			printf "%s{\"status\":\"work\",\"%s\":%d}\n", i ? "," : "", key, i
		print "]}"
	}' | small run json --max-rejects 100%
}
t 'json: keys of 300 MB' status 1 long_keys
t 'take little memory' says 'read 75000 rows'

# Entities: none is followed, the file of none is opened.
document() { printf "$@" >"$tmp/x.xml"; status 2 run xml "$tmp/x.xml"; }
mkfifo "$tmp/never"
t 'xml: a billion laughs' document '<!DOCTYPE a [<!ENTITY l "ha">
<!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;">]>\n<export><row>&m;</row></export>'
t 'is no document' says 'x.xml:1:.*doctype'
t 'xml: a file of ours' document '<!DOCTYPE a [<!ENTITY e SYSTEM "file://%s">]>
<export><row><status>&e;</status></row></export>' "$tmp/never"
t 'is not read' says 'x.xml:1:.*doctype'
deep() { awk 'BEGIN { for (i = 0; i < 100000; i++) printf "<a>" }' >"$tmp/x.xml"; }
deep
t 'xml: 100000 elements in each other' status 2 run xml "$tmp/x.xml"
t 'are too many' says 'x.xml:1:.*too-deep'

awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >"$tmp/x.json"
t 'json: 100000 lists in each other' status 2 run json "$tmp/x.json"
t 'are too many' says 'x.json:1:.*too-deep'

# What is written besides: --rejects, --withheld, reports, batches, the ledger,
# the sorter's file.  A disk is full when a file may not grow.
fills() { status 2 "$@" && says 'No space\|too large\|disk I/O\|is full'; }
# within KB COMMAND...: no file may grow beyond that.
within() { bash -c 'trap "" XFSZ; ulimit -f "$1"; shift; exec "$@"' - "$@"; }
sed '5,900s/work\|idle\|move/bad/' "$tmp/dump.csv" >"$tmp/rejected.csv"
cat "$tmp/stream" "$tmp/stream" >"$tmp/twice"
t 'parse: rejects on a full disk' fills run parse --rejects /dev/full "$tmp/rejected.csv"
t 'parse: rejects in a directory' status 2 run parse --rejects "$tmp" "$tmp/dump.csv"
t 'validate: withheld on a full disk' fills ditio-validate --withheld /dev/full "$tmp/twice"
t 'validate: a report on a full disk' fills ditio-validate \
    --report ndjson:/dev/full "$tmp/twice"
t 'split: batches on a full disk' fills within 8 ditio-split --output "$tmp/some" "$tmp/stream"
t 'of which nothing is left' test -z "$(ls -A "$tmp/some")"
t 'split: a directory that is a file' status 2 ditio-split --output "$tmp/stream" "$tmp/stream"
shuf "$tmp/stream" --random-source="$tmp/stream" | grep companyId >"$tmp/mixed"
for tool in validate split; do
	t "$tool: sorting on a full disk" fills within 8 ditio-$tool --memory 32K "$tmp/mixed"
	t "$tool: sorting where no file can be made" \
	    status 2 env TMPDIR="$tmp/none" ditio-$tool --memory 32K "$tmp/mixed"
	t 'and says where' says "$tmp/none"
done
t 'upload: a ledger on a full disk' status 2 send new within 8
t 'and says so' says 'new: disk I/O error'
t 'upload: a spool on a full disk' status 2 send newer within 200
t 'and sends nothing' says 'nothing was sent'

# Ledgers that are none.
ledger() {
	status 2 ditio-upload --dry-run --ledger "$1" --base http://127.0.0.1:9 \
	    --identity-base http://127.0.0.1:9 "$tmp/batches" &&
		says "$(basename "$1"): .*$2"
}
echo 'not a database' >"$tmp/text"
sqlite3 "$tmp/database" 'CREATE TABLE x (y)'
cp "$tmp/database" "$tmp/before"
mkdir "$tmp/folder"
t 'upload: a ledger that is a directory' ledger "$tmp/folder" 'no ledger'
t 'upload: a ledger that is no database' ledger "$tmp/text" 'not a database'
t "upload: another program's database" ledger "$tmp/database" 'something else'
t 'which stays as it was' cmp "$tmp/database" "$tmp/before"

# Batch files and manifests.
dir=$tmp/dir
ditio-split -q --output "$dir" "$tmp/stream"
one=$(jq -r '.batches[0].file' "$dir/manifest.json")
cp "$dir/$one" "$tmp/one"
both() { refuses upload "$dir/$one" && status 2 run upload "$dir/manifest.json" && says "$one"; }
t 'upload takes a batch file' status 0 run upload "$dir/$one"
t 'upload takes a manifest' status 0 run upload "$dir/manifest.json"
head -c 1000 "$tmp/one" >"$dir/$one"
t 'a cut batch file' both
: >"$dir/$one"
t 'an empty batch file' both
rm "$dir/$one"
t 'a missing batch file' both
mkdir "$dir/$one"
t 'a batch file that is a directory' both
rmdir "$dir/$one"
tr '0' '\0' <"$tmp/one" >"$dir/$one"
t 'a batch file with NUL bytes' both
sed 's/EX-000/EX-00O/' "$tmp/one" >"$dir/$one"
t 'a batch file that was changed' both
{ printf '['; head -c 20000000 /dev/zero | tr '\0' x; } >"$dir/$one"
t 'a batch file of 20 MB' both
cp "$tmp/one" "$dir/$one"
mv "$dir/${one%.json}.meta.json" "$tmp/meta"
t 'a batch file without what belongs to it' status 2 run upload "$dir/$one"
t 'which is named' says "${one%.json}.meta.json: No such file"
cp "$tmp/meta" "$dir/${one%.json}.meta.json"
cp "$dir/manifest.json" "$tmp/manifest"
manifest() { refuses upload "$dir/manifest.json"; }
head -c 500 "$tmp/manifest" >"$dir/manifest.json"
t 'a cut manifest' manifest
jq '.batches[0].file = "../one"' "$tmp/manifest" >"$dir/manifest.json"
t 'a manifest that leads elsewhere' manifest
jq '.batches[0].id = .batches[1].id' "$tmp/manifest" >"$dir/manifest.json"
t 'a manifest that takes one batch for another' status 2 run upload "$dir/manifest.json"
{ printf '{"ditioManifest":1,"batches":'; head -c 10000 /dev/zero | tr '\0' '['; } >"$dir/manifest.json"
t 'a manifest that is too deep' manifest
echo '{"ditioManifest":1,"batches":[],"batches":[]}' >"$dir/manifest.json"
t 'a manifest with a key twice' manifest

# More machines than memory.
crowd() {
	awk -v kind="$1" 'BEGIN {
		if (kind == "csv")
			print "companyId,projectId,machineId,state,startTime,endTime"
		time = "2025-02-03T06:0"
		for (i = 0; i < 150000; i++)
			if (kind == "csv")
				print "c,p,M" i ",Idle," time "0:00Z," time "1:00Z"
			else
				print "{\"companyId\":\"c\",\"projectId\":\"p\"," \
				    "\"machineId\":\"M" i "\",\"startTime\":\"" \
				    time "0:00Z\",\"endTime\":\"" time \
				    "1:00Z\",\"state\":\"Idle\"}"
	}'
}
too_many() {
	status 2 "$@" && says 'different ids alone take more than half' &&
	    ! grep -q ditioEnd "$tmp/out"
}
crowd csv >"$tmp/crowd.csv"
# More events of one than it can be given.
awk 'BEGIN { print "time,state"; for (i = 0; i < 1100000; i++) print 1e9 + i ",on" }' \
    CONVFMT=%d OFMT=%d >"$tmp/busy.csv"
cat >"$tmp/busy.json" <<'END'
{ "name": "busy", "title": "One that is never idle", "format": "csv", "rows": "event",
  "time": { "formats": ["epoch"] },
  "fields": { "machineId": { "const": "M1" }, "time": { "column": "time" },
      "state": { "column": "state" } }, "states": { "Working": ["on"] } }
END
too_busy() {
	status 2 "$@" && says "'M1'.*more than 64 MiB" && ! grep -q ditioEnd "$tmp/out"
}
crowd stream >"$tmp/crowd"
t 'more machines than memory, parse' too_many ditio-parse --format csv \
    --memory 4M "$tmp/crowd.csv"
t 'with more of it' status 0 ditio-parse --format csv \
    --memory 256M "$tmp/crowd.csv"
t 'more evidence of a machine than memory' too_busy ditio-parse --company c --project p \
    --profile "$tmp/busy.json" --memory 4M "$tmp/busy.csv"
t 'with more of it' status 0 ditio-parse --company c --project p \
    --profile "$tmp/busy.json" --memory 128M "$tmp/busy.csv"
t 'more machines than memory, validate' too_many ditio-validate --memory 4M "$tmp/crowd"
t 'more machines than memory, validate --sorted' too_many ditio-validate --sorted \
    --memory 4M "$tmp/crowd"
t 'more machines than memory, split' too_many ditio-split --memory 4M "$tmp/crowd"

# Secrets that are none.
secret() {
	status 2 ditio-upload --base http://127.0.0.1:9 --client-id a \
	    --identity-base http://127.0.0.1:9 --ledger "$tmp/new" \
	    --client-secret-file "$1" "$tmp/batches" && says "$(basename "$1"): "
}
: >"$tmp/secret"
chmod 600 "$tmp/secret"
t 'an empty secret' secret "$tmp/secret"
printf 'a\0b\n' >"$tmp/secret"
t 'a secret with a NUL' secret "$tmp/secret"
t 'a secret that is a directory' secret "$tmp"
t 'a missing secret' secret "$tmp/none"
done_testing
