#!/bin/bash
# run.sh - run the long trials named, print what they say, count.
passed=0; failed=0
for t in "$@"; do
	echo "== $t"
	while IFS= read -r line; do
		echo "$line"
		case $line in
		'ok '*) passed=$((passed + 1)) ;;
		'not ok '*) failed=$((failed + 1)) ;;
		esac
	done < <("$SRCDIR/$t" 2>&1)
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
