# shellcheck shell=sh
# upload.sh - what the tests of ditio-upload share.  Source it after lib.sh.

. "$SRCDIR/tests/invariants.sh"

scripted=$BUILDDIR/tests/cli/scripted
unset SCRIPTED_MARK SCRIPTED_TOKEN SCRIPTED_AGGREGATE
XDG_CONFIG_HOME=$tmp/none; export XDG_CONFIG_HOME # whoever runs this may have targets

# rec MACHINE START END [PROJECT [STATE]]: a record; times are of 2025-01-15.
line=0
rec() {
	line=$((line + 1))
	printf '{"companyId":"c1","projectId":"%s","machineId":"%s",' \
	    "${4-p1}" "$1"
	printf '"startTime":"2025-01-15T%s:00Z","endTime":"2025-01-15T%s:00Z",' \
	    "$2" "$3"
	printf '"state":"%s","source":"d.csv:%s"}\n' "${5-Working}" "$line"
}

# batches N OPTION...: records on stdin to a framed stream of batches of N.
batches() { LC_ALL=C sort | ditio-split -q --max-records "$@" 2>/dev/null; }
framed() {
	echo '{"$ditioStream":1,"tool":"t 1"}'
	cat "$1"
	printf '{"ditioEnd":{"records":%s,"rejected":0,"verdict":"ok"}}\n' \
	    "$(wc -l <"$1")"
}

# up WANT SCRIPT INPUT OPTION...: upload to the script, a fresh ledger (which
# takes what is there for that of others) unless $keep is set.
keep=
up() {
	want=$1 script=$2 input=$3; shift 3
	test -n "$keep" || { rm -rf "$tmp"/led*; set -- "$@" --adopt; }
	status "$want" timeout 60 "$scripted" "$tmp/requests" "$script" \
	    ditio-upload --ledger "$tmp/led" --settle 100ms \
	    --timeout 2s "$@" <"$input"
}
again() { keep=1; up "$@"; got=$?; keep=; return $got; }

# sent N: the server read so many imports.
sent() {
	got=$(grep -c ^import "$tmp/requests")
	test "$got" -eq "$1" ||
	    { echo "$got imports, not $1"; cat "$tmp/requests" "$tmp/err"; return 1; }
}
says() { grep -q "$1" "$tmp/err" || { cat "$tmp/err"; return 1; }; }

# fates WORDS: "STATE BATCHES RECORDS" of the ledger, which must be sound.
fates() {
	got=$(ditio-upload --ledger "$tmp/led" --status 2>"$tmp/unsound" |
	    awk '/^127/ { printf "%s %s %s ", $2, $3, $4 }')
	test "$got" = "$1 " && test ! -s "$tmp/unsound" ||
	    { echo "fates: $got"; cat "$tmp/unsound" "$tmp/err"; return 1; }
	invariants "$tmp/led"
}

# with NAME=VALUE... COMMAND...: with these in the environment, for it alone.
with() (
	while :; do
		case $1 in
		SCRIPTED_*=*) export "${1?}"; shift ;;
		*) break ;;
		esac
	done
	"$@"
)
