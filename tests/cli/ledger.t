#!/bin/sh
# ledger.t - the ledger of ditio-upload: copied, linked, damaged, of others.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

# Three batches of one record, on three days; the middle one over midnight.
day() {
	printf '{"companyId":"c1","projectId":"p1","machineId":"M",'
	printf '"startTime":"2025-01-%s:00Z","endTime":"2025-01-%s:00Z",' "$1" "$2"
	printf '"state":"Working","source":"d.csv:1"}\n'
}
{ day 15T08:00 15T09:00; day 15T23:00 16T01:00; day 17T08:00 17T09:00
} >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/days"
rec K 08:00 08:10 >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/one"

# The schema itself refuses what must not be.
illegal() { up 0 201 "$tmp/one" && ! sqlite3 "$tmp/led" "$1" 2>"$tmp/err"; }
t 'ACCEPTED is final' illegal "UPDATE batch SET state = 'PENDING'"
t 'a batch is never forgotten' illegal 'DELETE FROM batch'
t 'a delivered period stays' illegal 'DELETE FROM period'

# One ledger has one lock and one spool, whatever it is called.
linked() {
	up 0 201 "$tmp/one" && mkdir "$tmp/led.d" && ln -s ../led "$tmp/led.d/l" &&
	    status 75 flock "$tmp/led.lock" "$scripted" "$tmp/requests" 201 \
		ditio-upload --ledger "$tmp/led.d/l" "$tmp/days" &&
	    says 'another run' && test ! -e "$tmp/led.d/l.spool"
}
t 'a symbolic link is not a second ledger' linked
dangling() {
	rm -rf "$tmp"/led*; ln -s nothing "$tmp/led"
	keep=1 up 2 201 "$tmp/one" && sent 0
	got=$?; rm "$tmp/led"; return $got
}
t 'a link to nothing is refused' dangling
twins() {
	up 0 201 "$tmp/one" && ln "$tmp/led" "$tmp/led.twin" &&
	    again 2 201 "$tmp/days" && sent 0 && says 'hard link' &&
	    rm "$tmp/led.twin" && again 0 201 "$tmp/days" && sent 3
}
t 'a ledger of two names is refused' twins

# What is not a ledger stays as it is.
other() {
	rm -rf "$tmp"/led*
	sqlite3 "$tmp/led" 'CREATE TABLE mine (a)'
	again 2 201 "$tmp/one" && sent 0 && says 'something else' &&
	    status 2 ditio-upload --status --ledger "$tmp/led" &&
	    test "$(sqlite3 "$tmp/led" .tables)" = mine
}
t 'the database of another program is refused' other
newer() {
	up 0 201 "$tmp/one" && sqlite3 "$tmp/led" 'PRAGMA user_version = 1000' &&
	    again 2 201 "$tmp/days" && sent 0 && says 'use a newer one'
}
t 'a ledger of a newer version is refused' newer
# An older one is brought up to date by a run, and read as it is by a look.
old() { rm -rf "$tmp"/led*; sqlite3 "$tmp/led" <"$SRCDIR/tests/cli/ledger-1.sql"; }
version() { test "$(sqlite3 "$tmp/led" 'PRAGMA user_version')" "$@"; }
older() {
	old && version = 1 && status 3 ditio-upload --ledger "$tmp/led" \
	    --status && grep -q 'HELD *1 *1 ' "$tmp/out" && version = 1 &&
	    keep=1 up 0 201 "$tmp/one" --dry-run && version = 1 || return 1
	status 0 ditio-upload --ledger "$tmp/led" --target 127.0.0.1 \
	    --resolve 88f040fecc9e=delivered && says 'from version 1' &&
	    version -gt 1 && fates 'ACCEPTED 3 4 PENDING 1 1'
}
t 'a ledger of an older version is brought up to date' older
alike() {
	schema="SELECT type, name, sql FROM sqlite_schema ORDER BY name"
	sqlite3 "$tmp/led" "$schema" >"$tmp/old.sql" && up 0 201 "$tmp/one" &&
	    sqlite3 "$tmp/led" "$schema" | diff "$tmp/old.sql" -
}
t 'and is then as a new one' alike
# What ditio-ledger(5) says of tables and columns is so, and is all.
page() {
	sed -e ':a' -e '/\\$/{N;s/\\\n//;ta' -e '}' "$SRCDIR/src/ditio-ledger.5" |
	    sed -n 's/^\.It Sy \([a-z]*\) Pq \(.*\)/\1 \2/p' | tr -d , | tr -s ' ' | sort
}
documented() {
	up 0 201 "$tmp/one" && page >"$tmp/page" && sqlite3 -separator ' ' \
	    "$tmp/led" "SELECT m.name, group_concat(c.name, ' ') FROM sqlite_schema m
		JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND
		m.name NOT LIKE 'sqlite%' GROUP BY m.name" | words >"$tmp/tables" &&
	    words <"$tmp/page" | diff "$tmp/tables" - &&
	    grep -q "version $(sqlite3 "$tmp/led" 'PRAGMA user_version') " \
		"$SRCDIR/src/ditio-ledger.5"
}
# words: each line's columns sorted, since older ledgers get new ones last.
words() { while read -r table rest; do
	echo "$table" $(printf '%s\n' $rest | LC_ALL=C sort); done | LC_ALL=C sort; }
t 'the page names every table and column, and the version' documented
status_looks() {
	rm -rf "$tmp"/led*; : >"$tmp/led"
	status 0 ditio-upload --status --ledger "$tmp/led" &&
	    test ! -s "$tmp/led" && test ! -e "$tmp/led.lock" &&
	    rm "$tmp/led" && status 0 ditio-upload --status --ledger "$tmp/led" &&
	    test ! -e "$tmp/led"
}
t '--status writes nothing' status_looks
# Where nothing can be written, a look must do without a lock.
nobody=
[ "$(id -u)" -ne 0 ] || nobody='setpriv --reuid 65534 --regid 65534 --clear-groups'
frozen() {
	up 0 201 "$tmp/one" && mkdir "$tmp/ro?" && cp "$tmp/led" "$tmp/ro?/led" &&
	    chmod 444 "$tmp/ro?/led" && chmod 555 "$tmp/ro?" && chmod 711 "$tmp" &&
	    status 0 $nobody ditio-upload --ledger "$tmp/ro?/led" --status &&
	    grep -q ACCEPTED "$tmp/out" || return 1
	chmod 755 "$tmp/ro?"; echo log >"$tmp/ro?/led-wal"; chmod 555 "$tmp/ro?"
	status 2 $nobody ditio-upload --ledger "$tmp/ro?/led" --status &&
	    says 'copy both'
}
if $nobody test -x "$BUILDDIR/ditio-upload" 2>/dev/null; then
	t '--status works on a read-only disk' frozen
	chmod 755 "$tmp"/ro*
fi
damaged() {
	up 0 201 "$tmp/days" || return 1
	# The pages behind the first: the header still says "a ledger".
	size=$(wc -c <"$tmp/led")
	head -c 4096 "$tmp/led" >"$tmp/led.new"
	head -c $((size - 4096)) /dev/zero | tr '\0' '\377' >>"$tmp/led.new"
	mv "$tmp/led.new" "$tmp/led"
	again 2 201 "$tmp/one" && sent 0 && says malformed
}
t 'a damaged ledger is refused' damaged
tampered() {
	up 0 201 "$tmp/one" && sqlite3 "$tmp/led" \
	    "DROP TRIGGER period_stays; DELETE FROM period" &&
	    status 2 ditio-upload --status --ledger "$tmp/led" &&
	    says '1 records and 0 periods'
}
t '--status notices a lost period' tampered
# What is final leaves no bytes, though a batch beside it waits.
emptied() {
	up 75 "201 429" "$tmp/days" --retry-for 0s && fates 'ACCEPTED 1 1 PENDING 2 2' &&
	    grep -aq 2025-01-17T08 "$tmp"/led.spool/run-1.ndjson || return 1
	cp "$tmp/one" "$tmp/hole"
	if fallocate -p -o 0 -l 1 "$tmp/hole" 2>/dev/null; then
		! grep -aq 2025-01-15T08 "$tmp"/led.spool/run-1.ndjson || return 1
	fi
	again 0 201 /dev/null --resume --adopt && fates 'ACCEPTED 3 3' &&
	    test ! -e "$tmp/led.spool/run-1.ndjson"
}
t 'the spool is emptied of what is final' emptied
spool_lost() {
	up 75 429 "$tmp/days" --retry-for 0s && rm -r "$tmp/led.spool" &&
	    again 2 201 /dev/null --resume && sent 0 && says led.spool
}
t 'a ledger without its spool sends nothing' spool_lost
spool_changed() {
	up 75 429 "$tmp/days" --retry-for 0s &&
	    sed -i 's/T08:00:00Z/T08:00:01Z/g' "$tmp"/led.spool/run-1.ndjson &&
	    again 2 201 /dev/null --resume && sent 0 && says 'damaged in the spool'
}
t 'a changed spool sends nothing' spool_changed

mistyped() {
	rm -rf "$tmp"/led*
	keep=1 up 2 201 /dev/null --resume && says 'nothing to resume' &&
	    test ! -e "$tmp/led" && status 0 ditio-upload --status \
	    --ledger "$tmp/led" && says 'no ledger there'
}
t '--resume and --status say that there is no ledger' mistyped

# An old copy: the server knows more than it does.
old_copy() {
	up 0 201 "$tmp/one" && sqlite3 "$tmp/led" ".backup '$tmp/led.old'" &&
	    again 0 201 "$tmp/days" --adopt && sent 3 &&
	    mv "$tmp/led.old" "$tmp/led" && rm -f "$tmp"/led-* &&
	    SCRIPTED_MARK=2025-01-17T09:00:00Z again 3 201 "$tmp/days" &&
	    sent 0 && says 'moved without us'
}
t 'an old copy of the ledger stops at the watermark' old_copy
# there COMMAND...: with the server having data.
there() { SCRIPTED_MARK=2025-01-17T09:00:00Z; export SCRIPTED_MARK; "$@"; got=$?
	unset SCRIPTED_MARK; return $got; }
second() {
	rm -rf "$tmp"/led*
	there again 3 201 "$tmp/one" && sent 0 && says 'this ledger was empty' &&
	    fates 'PENDING 1 1' && there again 3 201 /dev/null --resume && sent 0
}
t 'an empty ledger stops where there is data' second
adopts() {
	there again 0 201 /dev/null --resume --adopt && sent 1 &&
	    says 'new to this ledger' && fates 'ACCEPTED 1 1'
}
t 'until --adopt' adopts
another() {
	rec K 09:00 09:10 p2 >"$tmp/r" && framed "$tmp/r" | batches 1 >"$tmp/p2" &&
	    there again 0 201 "$tmp/p2" && says 'new to this ledger'
}
t 'one that is not empty is warned' another
every_night() {
	{ rec M 09:00 09:10 p1; rec N 09:00 09:10 p2; } >"$tmp/r" &&
	    framed "$tmp/r" | batches 1 >"$tmp/p12" && rm -rf "$tmp"/led* &&
	    SCRIPTED_MARK=none,2025-01-17T09:00:00Z again 3 201 "$tmp/p12" &&
	    sent 1 && there again 3 201 "$tmp/p12" && sent 0 &&
	    says 'this ledger was empty' && fates 'ACCEPTED 1 1 PENDING 1 1' &&
	    there again 0 201 "$tmp/p12" --adopt && fates 'ACCEPTED 2 2'
}
t 'and not only the first night' every_night
# moved WORD HOST OPTION...: does target x, at HOST now, stop with WORD?
moved() {
	status 2 ditio-upload --ledger "$tmp/led" --target x \
	    --base "$2" --resolve abcdef=delivered $3 && says "$1"
}
moved_away() {
	rm -rf "$tmp"/led*
	: no batch, so no resolve either: what counts is how far it came
	moved 'no open batch' https://a.example && moved \
	    'was at https://a.example.*--retarget' https://b.example &&
	    moved 'was at https://a.example' http://127.0.0.1:1 &&
	    moved 'no open batch' https://a.example &&
	    moved 'no open batch' https://b.example --retarget &&
	    says 'x is at https://b.example now' &&
	    moved 'no open batch' https://b.example
}
t 'a target at another address stops until --retarget' moved_away

# sends WORD BASE OPTION...: a run that is to send there stops with WORD.
sends() {
	word=$1 to=$2; shift 2
	DITIO_CLIENT_SECRET=x status 2 ditio-upload --ledger "$tmp/led" \
	    --base "$to" --identity-base http://127.0.0.1:1 "$@" "$tmp/one" &&
	    says "$word" && test ! -e "$tmp/led"
}
rm -rf "$tmp"/led*
t 'what is no test system wants --confirm-target' sends \
    'mean it: --confirm-target api.ditio.example' https://api.ditio.example
t 'with the right host' sends 'says api.ditio.dev, but' \
    https://api.ditio.example --confirm-target api.ditio.dev
t 'the right one will do' sends 'no client id' https://api.ditio.example:444/x \
    --confirm-target API.ditio.example
t 'hosts in .dev are for tests' sends 'no client id' https://api.ditio.dev
t '.dev alone is not a host in it' sends confirm-target https://.dev
t 'nor is dev' sends confirm-target https://ditiodev

# What a sandbox took is not delivered.
own() {
	XDG_STATE_HOME=$tmp/state status 0 "$scripted" "$tmp/requests" 201 \
	    ditio-upload "$tmp/one" && sent 1 &&
	    test -e "$tmp/state/ditio/sandbox.sqlite" &&
	    test ! -e "$tmp/state/ditio/ledger.sqlite"
}
t 'this machine has a ledger of its own' own
directory() {
	mkdir "$tmp/d" && keep=1 up 2 201 "$tmp/one" --ledger "$tmp/d" &&
	    says 'no file' && test ! -e "$tmp/d.lock"
}
t 'a directory is no ledger, and gets no lock' directory

# Disks where no lock holds.
on() {
	rm -rf "$tmp"/led*
	FAULTS_DISK=$1 LD_PRELOAD=$tmp/faults.so status 2 ditio-upload \
	    --ledger "$tmp/led" --base https://a.dev --target x \
	    --ack all && says "$2" && test ! -e "$tmp/led" &&
	    test ! -e "$tmp/led.lock"
}
case $(uname)$tmp$SANITIZED in
*' '* | *yes) ;; # nothing can be preloaded
Linux*)
	cp "$BUILDDIR/tests/faults.so" "$tmp/faults.so"
	t 'a ledger on NFS is refused' on 0x6969 NFS
	t 'on SMB' on 0xfe534d42 SMB
	t 'on CIFS' on 0xff534d42 CIFS
	t 'on 9p, and drvfs' on 0x01021997 drvfs
	;;
esac

# What vendors still revise may wait.
young() {
	now=$(date +%s)
	utc() { date -u -d "@$((now - $1 * 3600))" +%Y-%m-%dT%H:%M:%SZ; }
	for h in 100 49 47; do
		printf '{"companyId":"c1","projectId":"p1","machineId":"M",'
		printf '"startTime":"%s","endTime":"%s",' "$(utc $((h + 1)))" \
		    "$(utc $h)"
		printf '"state":"Working","source":"d.csv:%s"}\n' $h
	done >"$tmp/r"
	framed "$tmp/r" | batches 9 >"$tmp/young"
	up 0 201 "$tmp/young" --hold-back 48h --dry-run &&
	    says 'new: 1 batch, 2 records, 2.00 h, 1 held back (1.00 h)' &&
	    up 0 201 "$tmp/young" --hold-back 48h && sent 1 &&
	    fates 'ACCEPTED 1 2' && again 0 201 "$tmp/young" && sent 1 &&
	    fates 'ACCEPTED 2 3'
}
t '--hold-back keeps young periods for later' young

# HELD: its dates wait for a person, others go on.
held_dates() {
	SCRIPTED_MARK=2025-01-18T00:00:00Z; export SCRIPTED_MARK
	up 3 apply-drop "$tmp/days" && sent 1 && fates 'HELD 1 1 PENDING 2 2' &&
	    again 3 201 /dev/null --resume && sent 1 && says HELD &&
	    fates 'ACCEPTED 1 1 HELD 1 1 PENDING 1 1' &&
	    again 3 201 /dev/null --resume && sent 0
	got=$?; unset SCRIPTED_MARK; return $got
}
t 'dates of a HELD batch wait, others go on with the next run' held_dates

# A watermark that never shows what was accepted is waited for once.
deaf() {
	SCRIPTED_MARK=none up 0 201 "$tmp/days" --settle 500ms && sent 3 &&
	    says 'does not show' && test "$(grep -c ^mark "$tmp/requests")" -lt 14
}
t 'a watermark that never moves is waited for once' deaf
done_testing
