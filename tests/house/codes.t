#!/bin/sh
# codes.t - every code that is told is in its page's DIAGNOSTICS, and no other.
. "$SRCDIR/tests/lib.sh"
cd "$SRCDIR/src" || exit 1

# page FILE: the codes it lists.
page() {
	sed -n '/^\.Sh DIAGNOSTICS/,/^\.Sh SEE/s/^\.It Cm //p' "$1" |
		sed 's/ , /\n/g' | sort
}

# literals FILE...: what looks-like-a-code, and the words given for one.
literals() {
	cat "$@" | grep -oE '"[a-z0-9]+(-[a-z0-9]+)+"' | tr -d '"'
	cat "$@" | grep -oE '(blame|finding|refuse)\([^"]*"[a-z]+"' |
		grep -oE '"[a-z]+"' | tr -d '"'
}

# same PAGE: its codes, each once, are those on stdin.
same() {
	sort -u >"$tmp/code"
	test -s "$tmp/code" && page "$1" | diff "$tmp/code" -
}

# Not codes: values of profiles and options.
parse() {
	{
		literals parse/*.c | grep -vxE '0001-01-01|epoch-ms|excel-1904|latin-1|next-day|windows-1252'
		literals json/json_read.c json/json_events.c
		grep -o trailing-garbage base/unpack.c
		literals base/files.c base/members.c
		grep -o '"encrypted"' base/members.c | tr -d '"'
	} | same ditio-parse.1
}
validate() { ditio-validate --list-rules | cut -f 1 | same ditio-validate.1; }
record() { literals record/*.c json/json_read.c | same ditio-record.5; }
split() {
	literals split/*.c | same ditio-split.1
}
upload() {
	# The words of verdict.c are of its own.
	literals upload/[!v]*.c | grep -vx not-delivered | same ditio-upload.1
}
t 'ditio-parse.1' parse
t 'ditio-validate.1' validate
t 'ditio-record.5' record
t 'ditio-split.1' split
t 'ditio-upload.1' upload

# texts: severity and text of a rule in the page are those of the catalogue.
texts() {
	ditio-validate --list-rules |
		LC_ALL=C awk -F '\t' '{ print $1 ": " $2 ": " $3 }' >"$tmp/rules"
	test "$(wc -l <"$tmp/rules")" -gt 20 &&
	    sed -n '/^\.Sh DIAGNOSTICS/,/^\.Sh SEE/p' ditio-validate.1 |
	LC_ALL=C awk '
	/^\.It Cm / { if (text) print text; text = $3 ":"; next }
	/^\.El/ { if (text) print text; text = ""; next }
	text { if (sub(/^\.Fl -/, "--")) sub(/ ,$/, ","); text = text " " $0 }' | diff "$tmp/rules" -
}
t 'texts of rules' texts

# parameters: the page has each, by rule, with its option.
parameters() {
	jq -r '.[] | .code as $code | .parameters[] |
	    [$code, .name, .option // "-"] | join(" ")' ../schemas/rules.json |
		sort >"$tmp/want"
	sed -n 's/^\.It \([a-z-]*\) Ta Cm \([A-Za-z]*\) Ta \(.*\)/\1 \2 \3/p' \
		ditio-validate.1 | sed "s/Fl /-/" | sort | diff "$tmp/want" -
}
t 'parameters of rules' parameters
done_testing
