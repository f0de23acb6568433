#!/bin/sh
# targets.t - far ends by name, from a file.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

mkdir -p "$tmp/config/ditio" "$tmp/state"
XDG_CONFIG_HOME=$tmp/config XDG_STATE_HOME=$tmp/state
export XDG_CONFIG_HOME XDG_STATE_HOME
file=$tmp/config/ditio/targets.json
rec M 08:00 08:30 >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/one"

# named STATUS RATE SENT OPTION...: a run to target "test" of the file, whose
# addresses and secret replace what the environment says.
named() {
	ends=$1 rate=$2 imports=$3; shift 3
	rm -rf "$tmp/config/ditio/own"*
	status "$ends" "$scripted" "$tmp/requests" 201 sh -c '
	    printf %s canary-secret >"$1/secret" && chmod 600 "$1/secret" &&
	    printf "{ // ours\n\"targets\":{\"other\":{},\"test\":{\"base\":\"%s\",
		\"identityBase\":\"%s\",\"clientId\":\"me\",
		\"clientSecretFile\":\"secret\",\"ledger\":\"own\",\"rate\":\"%s\"}}}" \
		"$DITIO_MASSTRANSPORT_BASE" "$DITIO_IDENTITY_BASE" "$2" >"$1/targets.json"
	    shift 2
	    DITIO_MASSTRANSPORT_BASE=https://nowhere.example DITIO_CLIENT_SECRET=
	    DITIO_IDENTITY_BASE=https://nowhere.example DITIO_CLIENT_ID=
	    export DITIO_MASSTRANSPORT_BASE DITIO_IDENTITY_BASE DITIO_CLIENT_ID
	    unset DITIO_CLIENT_SECRET
	    ditio-upload "$@"' sh "$tmp/config/ditio" "$rate" --target test "$@" \
	    "$tmp/one" && sent "$imports"
}
t 'a named target has its addresses, secret, ledger and rate' named 0 1000/s 1
t '... a ledger beside the file' test -s "$tmp/config/ditio/own"
t '... in which it has its name' sh -c "
	ditio-upload --ledger '$tmp/config/ditio/own' --status | grep '^test  '"
elsewhere() {
	cp "$tmp/config/ditio/secret" "$tmp/secret" && cp "$file" "$tmp/mine.json" &&
	    (cd "$tmp" && ditio-upload --config mine.json --target test \
		--sent 2025-01-15) 2>"$tmp/err"
	says 'no target test in this ledger' && test ! -e "$tmp/own"
}
t '--config names another file, and files beside it' elsewhere
mine() {
	status 0 ditio-upload --config "$tmp/mine.json" --target test \
	    --ledger "$tmp/config/ditio/own" --sent 2025-01-15 &&
	    says 'sent to test.*1 period, 0.50 h'
}
t 'an option goes before the file' mine

# refused WORD: the file is, with the place.
refused() {
	cat >"$file"
	status 2 ditio-upload --target test --status && says "targets.json:$1"
}
bad() { printf '%s' "$2" | refused "$1"; }
t 'a secret in the file is refused' bad '1:21: a secret does not' \
    '{"targets":{"test":{"clientSecret":"x"}}}'
t 'an unknown key' bad '1:22: a target has base' \
    '{"targets":{"other":{"bass":"x"}}}'
t 'a value that is no text' bad '1:21: a text' '{"targets":{"test":{"base":7}}}'
t 'a rate that is none' bad '1:21: a rate is' '{"targets":{"test":{"rate":"fast"}}}'
t 'a target that is no object' bad '1:13: a target' '{"targets":{"test":7}}'
t 'a file without targets' bad '1:1: wanted' '{"test":{}}'
t 'a file that is no JSON' bad 1:10 '{"targets"'
mistyped() {
	echo '{"targets":{"test":{"base":"https://a.dev"}}}' >"$file"
	DITIO_MASSTRANSPORT_BASE=https://b.dev status 2 ditio-upload \
	    --target tset --status && says 'no target tset in it'
}
t 'a name that is not in the file' mistyped
t '... unless its address is given' status 0 ditio-upload --target tset \
    --base https://b.dev --status
t 'a file that is not there' status 2 ditio-upload --target test \
    --config "$tmp/none" --status
t '--config without --target' status 2 ditio-upload --config "$file" --status
rm "$file"
t 'no file at all' status 0 ditio-upload --target test --status

schema() {
	jq '{ "targets.schema.json": . }' "$SRCDIR/schemas/targets.schema.json" \
	    >"$tmp/schema" && for f in '{"targets":{"t":{"base":"b","rate":"2.5/min"}}}' \
	    '{"targets":{"t":{"clientSecret":"b"}}}'; do
		echo "$f" | jq -r --slurpfile schemas "$tmp/schema" --arg name \
		    targets.schema.json -f "$SRCDIR/tests/cli/schema.jq" | wc -l
	done | xargs | grep -x '0 1'
}
t 'its schema says the same' schema
done_testing
