#!/bin/sh
# samples.t - every sample is what its name says; every profile passes its tests.
. "$SRCDIR/tests/lib.sh"
cd "$SRCDIR/samples" || exit 1

# parse FILE: leaves out, err, rejects and status.
parse() {
	args=$(cat "${1%.*}.args") || return 1
	: >"$tmp/rejects"
	# shellcheck disable=SC2086 # a list of options
	ditio-parse --plain --max-rejects 100% --rejects "$tmp/rejects" $args \
	    "$1" >"$tmp/out" 2>"$tmp/err"
	got=$?
}

expected() { diff "${1%.*}.expect" "$tmp/out"; }

# code_of FILE: bad-csv-bad-time.csv is about bad-time.
code_of() { echo "${1%.*}" | cut -d- -f3-; }

# tells FILE: its code, or one that its name begins with, was told.
tells() {
	name=$(code_of "$1")
	{
		sed -n 's/.*"code":"\([a-z0-9-]*\)".*/\1/p' "$tmp/rejects"
		sed -n 's/.*\[\([a-z0-9-]*\)\]$/\1/p' "$tmp/err"
	} | sort -u >"$tmp/codes"
	while read -r code; do
		case $name in
		"$code"|"$code"-*) return 0 ;;
		esac
	done <"$tmp/codes"
	echo "wanted $name, told:"; cat "$tmp/codes" "$tmp/err"
	return 1
}

good() { parse "$1" && [ $got -eq 0 ] && expected "$1" || { cat "$tmp/err"; return 1; }; }
bad() {
	parse "$1" || return 1
	[ $got -eq 1 ] || [ $got -eq 2 ] || { echo "status $got"; return 1; }
	[ ! -f "${1%.*}.expect" ] || expected "$1" || return 1
	tells "$1"
}
note() { good "$1" && tells "$1"; }

for f in good-*.csv good-*.json good-*.xml good-*.xlsx; do t "$f" good "$f"; done
for f in bad-*.csv bad-*.json bad-*.xml bad-*.xls bad-*.xlsx; do t "$f" bad "$f"; done
for f in note-*.csv note-*.json note-*.xml; do t "$f" note "$f"; done
for f in profiles/*.json; do
	t "$f passes its own tests" status 0 ditio-parse --check-profile "$f"
done
done_testing
