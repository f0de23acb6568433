#!/bin/sh
# bootstrap.t - what is missing is named, on every system, and nothing else run.
. "$SRCDIR/tests/lib.sh"

# A machine with a shell, and little else; it is told apart by what it has.
machine() {
	rm -rf "${tmp:?}/bin" "${tmp:?}/home"
	mkdir "$tmp/bin" "$tmp/home"
	for tool in sh dirname fold sed tail cut rm env grep; do
		ln -s "$(command -v $tool)" "$tmp/bin/$tool"
	done
	for tool in "$@"; do
		printf '#!/bin/sh\necho "$0 $*" >>"%s/ran"; exit 1\n' "$tmp" \
		    >"$tmp/bin/$tool"
		chmod +x "$tmp/bin/$tool"
	done
	: >"$tmp/ran"
}

# refuses WORD...: status 1, each WORD named, no file left.
refuses() {
	(cd "$tmp/home" && PATH="$tmp/bin" status 1 sh "$SRCDIR/bootstrap") ||
		return 1
	for word in "$@"; do
		grep -qF -- "$word" "$tmp/err" ||
			{ echo "no $word in:"; cat "$tmp/err"; return 1; }
	done
	awk 'length > 80 { print "too wide: " $0; bad = 1 } END { exit bad }' \
	    "$tmp/err"
}
ran_nothing() { refuses "$@" && ! grep . "$tmp/ran"; }
tried() { refuses "$@" && grep -q 'apt-get update' "$tmp/ran"; }

machine dnf
t 'dnf is named, not run' ran_nothing 'dnf install gcc' libcsv-devel
machine apk
t 'apk is named, not run' ran_nothing 'apk add build-base' libcsv
machine pacman
t 'pacman is named, not run' ran_nothing 'pacman -S' libcsv
machine brew
t 'brew is named, not run' ran_nothing 'brew install' libcsv
machine
t 'an unknown system is told what is needed' ran_nothing libcsv uthash

user() { printf '#!/bin/sh\necho 1000\n' >"$tmp/bin/id"; chmod +x "$tmp/bin/id"; }
machine apt-get dpkg-query id
user
t 'without rights nothing is tried' refuses 'have root install' \
    'apt-get install gcc' libcsv-dev
t '... not even apt-get' sh -c "! grep apt-get '$tmp/ran'"

machine apt-get dpkg-query id
printf '#!/bin/sh\necho 0\n' >"$tmp/bin/id"
t 'what apt-get cannot install is named' tried 'apt-get install gcc' libcsv-dev
machine apt-get dpkg-query sudo
user
printf '#!/bin/sh\n"$@"\n' >"$tmp/bin/sudo"
t 'sudo is used where it is' tried 'apt-get install gcc' libcsv-dev
done_testing
