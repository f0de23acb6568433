#!/bin/sh
# evidence.t - random feeds become the periods that an independent oracle says.
#
# tests/oracle knows the rules and shares no code with ditio-parse.  Each feed
# is read five times: as it is, its files backwards, its readings backwards, in
# JSON, and a window of it.  SEED is the first feed, FEEDS their number.
. "$SRCDIR/tests/lib.sh"

oracle=$BUILDDIR/tests/oracle/oracle
seed=${SEED:-$$}
feeds=${FEEDS:-100}
step=50
echo "# seed $seed, feeds $feeds"

# run NAME FILE...: leaves out.NAME, rejects.NAME and status.NAME.
run() {
	as=$1; shift
	# shellcheck disable=SC2086 # a list of options
	ditio-parse -q $args --rejects "rejects.$as" "$@" >"out.$as" \
	    2>"err.$as"
	echo $? >"status.$as"
}

# read_feed DIR: in a subshell.
read_feed() (
	cd "$1" && read -r args <args || exit 1
	run plain [0-9].doc
	run mixed s[0-9].doc
	back=
	for f in [0-9].doc; do back="$f $back"; done
	# shellcheck disable=SC2086 # a list of files
	run back $back
	if [ -f j0.doc ]; then
		mkdir j && cp args profile.json machines.csv j || exit 1
		for f in j[0-9].doc; do mv "$f" "j/${f#j}" || exit 1; done
		(cd j && run plain [0-9].doc)
	fi
	cd w && run plain [0-9].doc
)

# agree FIRST COUNT
agree() {
	mkdir "$tmp/feeds" && "$oracle" write "$1" "$2" "$tmp/feeds" || return 1
	for d in "$tmp/feeds"/*; do read_feed "$d" || return 1; done
	"$oracle" check "$1" "$2" "$tmp/feeds" && rm -rf "$tmp/feeds"
}

first=$seed
while [ "$first" -lt $((seed + feeds)) ]; do
	t "feeds $first to $((first + step - 1))" agree "$first" "$step"
	rm -rf "$tmp/feeds"
	first=$((first + step))
done
done_testing
