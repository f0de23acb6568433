#!/bin/sh
# containers.t - zip and tar archives: their members are files, and no bomb goes
# off.  What a damaged byte does is in tests/unit/test_files.c and hostile.t.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/data.sh"

pack=$BUILDDIR/tests/pack
vendor_profile "$tmp/profile.json"
cd "$tmp" || exit 1
mkdir jan
vendor_rows 6 2 >jan/a.csv
vendor_rows 4 1 | sed 's/EX-000/VAN/' >b.csv
gzip -c b.csv >b.csv.gz

p() {
	ditio-parse --plain --profile profile.json --company c --project p "$@"
}
says() { grep -qF -- "$1" err || { cat err; return 1; }; }
# gives FILE...: the records of a.csv and b.csv, their sources of these files.
gives() {
	{
		p jan/a.csv | sed "s|\"source\":\"[^:]*|\"source\":\"$1|"
		p b.csv | sed "s|\"source\":\"[^:]*|\"source\":\"$2|"
	} 2>own >want
	diff want out
}

# One archive of each kind, with what it may hold besides.
mkdir __MACOSX
echo junk >__MACOSX/._b.csv
ln -s jan/a.csv link.csv
all='jan jan/a.csv link.csv __MACOSX/._b.csv b.csv'
# shellcheck disable=SC2086 # a list of files
for kind in zip zip:compression=store ustar; do
	options=
	test "$kind" = "${kind#*:}" || options=${kind#*:}
	file=dump.$(echo "$kind" | tr -c 'a-z\n' -)
	"$pack" "${kind%%:*}" "$options" $all >"$file"
	t "$kind: each member is a file" status 0 p "$file"
	t 'by its own name' gives "$file/jan/a.csv" "$file/b.csv"
	t 'links and what a Macintosh adds are counted' \
	    says "$file: warning: passed over 2 that are links, devices"
		t "$kind: through a pipe in small pieces" \
	    status 0 sh -c 'dd bs=7 status=none if="$0" | "$@"' "$file" \
	    ditio-parse --plain --profile profile.json --company c --project p
	t 'it is the same' gives "<stdin>/jan/a.csv" "<stdin>/b.csv"
	gzip -c "$file" >"$file.gz"
	t "$kind: packed it is the same" status 0 p "$file.gz"
	t 'by its own name' gives "$file.gz/jan/a.csv" "$file.gz/b.csv"
done
t 'beside other files' status 0 p dump.zip b.csv
t 'all are read' test "$(grep -c VAN out)" -eq 8

# The shell has read some of it.
{ echo 'x'; cat dump.zip; } >later
part() { { read -r _; ditio-parse --plain --profile profile.json --company c --project p; } <later; }
t 'a zip file after a line that another read' status 0 part
t 'is read from its own start' gives "<stdin>/jan/a.csv" "<stdin>/b.csv"

"$pack" zip '' jan/a.csv b.csv.gz >gz.zip
t 'a member that is packed is unpacked' status 0 p gz.zip
t 'by its name' gives gz.zip/jan/a.csv gz.zip/b.csv.gz

# What is not read is an error, and the rest is read all the same.
"$pack" zip '' gz.zip b.csv >nested.zip
t 'an archive in an archive' status 2 p nested.zip
t 'is named' says 'nested.zip/gz.zip: error: an archive inside an archive'
t 'and the rest is read' test "$(grep -c VAN out)" -eq 4
"$pack" zip zip:encryption=zipcrypt b.csv >secret.zip
t 'a member with a password' status 2 p secret.zip
t 'is named' says 'secret.zip/b.csv: error: the member has a password'
# Method 9, which Windows takes for large files: in both headers.
method() {
	od -An -v -tx1 "$1" | tr -d ' \n' |
	    sed 's/\(504b0304........\)0800/\10900/
		s/\(504b0102............\)0800/\10900/' |
	    awk '{ for (i = 1; i < length($0); i += 2)
		printf "\\x%s", substr($0, i, 2) }'
}
"$pack" zip '' b.csv >deflate.zip
# shellcheck disable=SC2059 # escapes and nothing else
bash -c 'printf "$(cat)"' <<EOT >deflate64.zip
$(method deflate.zip)
EOT
t 'a member packed in an unknown way' status 2 p deflate64.zip
t 'is no damage' says 'deflate64.zip/b.csv: error: the member cannot be unpacked here'
t 'and named' says '[unsupported-member]'
printf '\320\317\021\340\241\261\032\341....' >old.xls
"$pack" zip '' old.xls b.csv >old.zip
t 'an old workbook' status 2 p old.xls
t 'is named' says 'old.xls: error: an Excel workbook or another office document of the old'
t 'in an archive' status 2 p old.zip
t 'it is named' says 'old.zip/old.xls: error: an Excel'
t 'and the rest is read' test "$(grep -c VAN out)" -eq 4
t 'as a machine table' status 2 p --machines old.xls b.csv
t 'it is named' says '[office-document]'
"$pack" zip '' jan >none.zip
t 'an archive without files' status 2 p none.zip
t 'is named' says 'none.zip: error: the archive has no files [empty-archive]'

# Cut, lengthened, flipped.
size=$(wc -c <dump.zip)
head -c $((size - 1)) dump.zip >cut.zip
t 'a zip file without its end' status 2 p cut.zip
t 'is named' says 'cut.zip: error: the archive is cut or damaged'
t 'once' test "$(grep -c cut.zip err)" -eq 1
t 'and nothing of it is read' test ! -s out
# The number of members in the end record, of which one says three.
cp deflate.zip lost.zip
printf '\3\0\3' | dd of=lost.zip bs=1 conv=notrunc status=none \
    seek=$(($(wc -c <lost.zip) - 14))
t 'a zip file that has lost members' status 2 p lost.zip
t 'is named' says 'its end tells of 3 members, 1 were found'
{ cat dump.zip; echo more; } >more.zip
t 'bytes after a zip file' status 0 p more.zip
t 'are a warning' says 'more.zip: warning: bytes after the end of the archive'
head -c 2000 dump.ustar >cut.tar
t 'a cut tar file' status 2 p cut.tar
t 'is named' says '[bad-archive]'
head -c 1536 dump.ustar >ends.tar
t 'a tar file cut after a member' status 2 p ends.tar
t 'is named' says '[bad-archive]'

# Bombs.  A thousand times as much comes out of zeros.
head -c 100000000 /dev/zero >zeros
small() { test -n "${SANITIZED-}" || ulimit -v 400000; "$@"; }
bombs() {
	(small status 2 p "$1") && says "$1" && says '[archive-limit]'
}
"$pack" zip '' zeros >bomb.zip
t 'a zip file that becomes 100 MB' bombs bomb.zip
"$pack" ustar '' zeros | gzip -c >bomb.tar.gz
t 'a tar file that does' bombs bomb.tar.gz
{ cat bomb.zip; head -c 100000000 /dev/zero; } | gzip -c >bomb.zip.gz
t 'a packed zip file that does, before it is read' bombs bomb.zip.gz
yes b.csv | head -n 10001 >names
xargs "$pack" zip '' <names >many.zip
t 'a zip file of 10,001 members' bombs many.zip
xargs "$pack" ustar '' <names >many.tar
t 'a tar file of 10,001 members' bombs many.tar
# A directory that is endless: 400,000 times the same member.
{
	printf 'PK\3\4'
	awk 'BEGIN {
		none = "@@@@@@@@"
		for (i = 0; i < 400000; i++)
			printf "PK\1\2%s\1@%sa", none none none, none none
	}' | tr '@' '\0'
	printf 'PK\5\6\0\0\0\0\1\0\1\0\200\335\36\1\4\0\0\0\0\0'
} >endless.zip
t 'a directory without end' bombs endless.zip

# The temporary file.
head -c 100000 /dev/urandom >noise
"$pack" zip '' noise >noise.zip
piped() { cat noise.zip | "$@" --profile profile.json --company c --project p; }
within() { bash -c 'trap "" XFSZ; ulimit -f "$1"; shift; exec "$@"' - "$@"; }
t 'a temporary file on a full disk' status 2 piped within 8 ditio-parse
t 'is said' says 'cannot write a temporary file'
t 'a temporary file that cannot be made' status 2 piped env TMPDIR="$tmp/none" ditio-parse
t 'is said' says 'none: cannot create a temporary file'

# Where one file is wanted.
t 'a machine table is no archive' status 2 p --machines dump.zip b.csv
t 'and that is said' says 'dump.zip: error: an archive where one file is wanted'

# The stream, too.
ditio-parse -q --profile profile.json --company c --project p jan/a.csv >stream
"$pack" zip '' stream >stream.zip
t 'ditio-validate reads archives' status 0 ditio-validate stream.zip
t 'all of the stream' test "$(grep -c machineId out)" -eq 6
t 'ditio-split does' status 0 ditio-split stream.zip
done_testing
