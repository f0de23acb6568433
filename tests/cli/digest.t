#!/bin/sh
# digest.t - the digests of the vendor's files go with the stream.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"

pack=$BUILDDIR/tests/pack
vendor_profile "$tmp/profile.json"
cd "$tmp" || exit 1
# More than a piece of what is digested at once.
vendor_rows 9000 4 >a.csv
vendor_rows 6 2 | sed 's/EX-/VAN-/' >b.csv
gzip -c a.csv >a.csv.gz
zstd -qc a.csv >a.csv.zst
"$pack" zip '' a.csv b.csv >in.zip
"$pack" ustar '' a.csv b.csv >in.tar
gzip -c in.zip >in.zip.gz
{ cat a.csv.gz; printf 'what follows the end'; } >more.csv.gz
: >empty.csv

p() {
	ditio-parse --profile profile.json --company c --project p --digest "$@"
}
files() { sed -n 's/^{"$ditioFile":\(.*\)}$/\1/p' "$@"; }
# line NAME FILE: what is to be told of it.
line() {
	printf '{"name":"%s","bytes":%s,"sha256":"%s"}\n' "$1" \
	    "$(($(wc -c <"$2")))" "$(sha256sum <"$2" | cut -c 1-64)"
}
# are NAME...: the files told, in this order.
are() {
	for f; do line "$f" "$f"; done >want
	files out | diff want - &&
	    tail -n 1 out | jq -e ".ditioEnd.files == $#"
}

for f in a.csv a.csv.gz a.csv.zst in.zip in.tar in.zip.gz; do
	t "$f" status 0 p "$f"
	t '... by the bytes that lie on disk, archives once' are "$f"
done
t 'what follows the end of what is packed' status 0 p more.csv.gz
t '... is of its bytes' are more.csv.gz
t 'several, one of them twice' status 0 p a.csv b.csv a.csv.gz b.csv
t '... are told each once' are a.csv b.csv a.csv.gz
for f in a.csv.gz in.zip in.tar; do
	t "$f through a pipe" status 0 sh -c \
	    'dd bs=977 status=none if="$0" | "$@"' "$f" ditio-parse --digest \
	    --profile profile.json --company c --project p
	t '... under the name that sources have' sh -c 'grep -qF "$1" "$2" &&
	    grep -q "\"source\":\"<stdin>" "$2"' - "$(line '<stdin>' "$f")" out
done
workbook() (
	cd "$SRCDIR/samples" || return 1
	for f in good-*.xlsx; do
		# shellcheck disable=SC2046 # a list of options
		ditio-parse --digest $(cat "${f%.*}.args") "$f" 2>/dev/null |
		    files >"$tmp/got"
		line "$f" "$f" | diff - "$tmp/got" || return 1
	done
)
t 'workbooks, which are read from anywhere' workbook
t 'a file without rows' status 1 p empty.csv
t 'nothing is told' status 0 ditio-parse --profile profile.json --company c \
    --project p a.csv
t '... unless it is asked for' sh -c '! grep -q ditioFile out'
t 'without a frame' status 0 p --plain a.csv
t '... as well' sh -c '! grep -q ditioFile out'
head -c 20000 a.csv.gz >cut.csv.gz
t 'what cannot be read to its end' status 2 p b.csv cut.csv.gz
t '... is not told' sh -c '! grep -q ditioFile out'
fit() { p a.csv b.csv 2>/dev/null | files | jq -c '{"$ditioFile": .}' >lines &&
    test -s lines; }
t 'lines are JSON' fit

# They go on through the filters.
p a.csv 2>/dev/null >one; p b.csv 2>/dev/null >two
v() { ditio-validate -q --limit 0 "$@"; }
t 'streams after one another' status 0 v one two
t '... tell both files' are a.csv b.csv
LC_ALL=C sort one two >sorted
t 'sorted as text' status 0 v --sorted sorted
t '... files come first, and go on' are a.csv b.csv
t 'a stream that comes twice' status 1 v one one
t '... has one file' are a.csv
t 'records of ours' status 0 ditio-parse --format records one two
t '... keep them' are a.csv b.csv
split() { ditio-split -q --max-records 5000 "$@"; }
t 'batches' status 0 split one two
t '... have them' are a.csv b.csv
t '... first' sh -c 'sed -n 2p out | grep -q ditioFile'
t 'batches that do not wait for the end' status 0 split --sorted two
t '... have them last' sh -c 'tail -n 2 out | head -n 1 | grep -q ditioFile'
t 'batches in files' status 0 split --output dir one two
manifest() {
	{ line a.csv a.csv; line b.csv b.csv; } >want
	jq -c '.files[]' dir/manifest.json | diff want -
}
t '... have them in the manifest' manifest
t '... which holds' status 0 ditio-split --verify-manifest dir

# And into the ledger.
. "$SRCDIR/tests/upload.sh"
head -n 9 a.csv >in.csv; p in.csv 2>/dev/null | split --max-records 3 >sent
digest() { sha256sum <"$1" | cut -c 1-64; }
kept() {
	up 0 201 sent && status 0 ditio-upload --ledger led --export x &&
	    test "$(jq -r .sha256 x | sort -u)" = "$(digest in.csv)" &&
	    status 0 ditio-upload --ledger led --sent 2000-01-01..2099-01-01 \
		--by sha256 --format csv &&
	    test "$(tail -n 1 out | cut -d , -f 1,2)" = "$(digest in.csv),8" &&
	    test "$(sqlite3 led 'SELECT group_concat(DISTINCT sha256) FROM
		delivered')" = "$(digest in.csv)"
}
t 'the ledger keeps them' kept
again_other() {
	first=$(digest in.csv)
	sed '1!s/EX-/NEW-/' in.csv >new && mv new in.csv && p in.csv 2>/dev/null |
	    split --max-records 3 >sent && again 0 201 sent --adopt &&
	    test "$(sqlite3 led 'SELECT count(*), count(DISTINCT name) FROM file
		WHERE sha256 IS NOT NULL')" = '2|1' && test "$(sqlite3 led \
		'SELECT count(*) FROM delivered GROUP BY sha256' | uniq)" = 8 &&
	    test "$first" != "$(digest in.csv)" && invariants led
}
t 'a file of the same name and other bytes is another one' again_other
manifested() {
	p in.csv 2>/dev/null | split --output sent.d --max-records 3 &&
	    up 0 201 /dev/null sent.d/manifest.json && test "$(sqlite3 led \
		'SELECT DISTINCT sha256 FROM delivered')" = "$(digest in.csv)"
}
t 'a manifest tells them, too' manifested
member() {
	"$pack" zip '' in.csv >m.zip && p m.zip 2>/dev/null | split >sent &&
	    up 0 201 sent && test "$(sqlite3 led 'SELECT name, sha256 FROM
		file')" = "m.zip/in.csv|$(digest m.zip)"
}
t 'a member has that of its archive' member
behind() {
	head -n 5 b.csv >next.csv && p in.csv 2>/dev/null | split >sent &&
	    p next.csv 2>/dev/null | split >>sent && up 0 201 sent &&
	    ! grep -q 'come after' err && test "$(sqlite3 led 'SELECT
		count(DISTINCT sha256) FROM delivered')" = 2
}
t 'streams behind each other have theirs in time' behind
late() {
	p in.csv 2>/dev/null | split >early && { grep -v 'ditioFile\|ditioEnd' early
		grep ditioFile early; grep ditioEnd early; } >sent &&
	    up 0 201 sent && says 'come after batches' &&
	    test "$(sqlite3 led 'SELECT count(sha256) FROM file')" = 0
}
t 'those that come late are not kept, which is said' late
bent() {
	sed '/ditioFile/s/in.csv//' early >sent && up 2 201 sent && sent 0 &&
	    says bad-frame
}
t 'a batch stream with a bent line is not sent' bent

# Nothing is lost, added or changed unseen.
t 'a line that is lost' sh -c 'grep -v ditioFile one >bad'
t '... is missed' status 2 v bad
t '... and named' grep -q '0 lines of files came where the last lines count 1' err
{ sed -n 2p two; files two | sed 's/.*/{"$ditioFile":&}/'; cat one; } >bad
t 'one that is put in' status 2 v bad
t '... is one too many' grep -q 'added or doubled' err
bend() {
	sed "/ditioFile/$1" one >bad && ! cmp -s bad one &&
	    status 2 v bad && grep -q 'bad:[0-9]*: starts as a line of a stream.s frame' err
}
for edit in 's/a.csv//' 's/"sha256":"./"sha256":"/' 's/"sha256":"./&F/' \
	's/"bytes":/"bytes":-/' 's/,"bytes"[^,]*//' 's/}}/,"x":1}}/' \
	's/}}$/},"x":1}/' 's/{"name.*}}/1}/' 's/}}$/}/'; do
	t "tampered with: $edit" bend "$edit"
done
done_testing
