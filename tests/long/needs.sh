#!/bin/sh
# needs.sh - what the long trials need beside bootstrap's packages, said before
# minutes are spent.
needs=
command -v valgrind >/dev/null || needs=' valgrind'
test -e /usr/share/i18n/locales/nb_NO || needs="$needs locales"
test -z "$needs" || {
	echo "check-long: not installed:$needs; on Debian or Ubuntu:"
	echo "    apt-get install$needs"
	exit 1
} >&2
