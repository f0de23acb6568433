#!/bin/sh
# tokens.t - who ditio-upload is, and that nobody else learns of it.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

rec M 09:00 09:10 >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/one"
{ rec M 08:00 08:10; rec N 08:00 08:20; rec M 08:10 08:30; } >"$tmp/r"
framed "$tmp/r" | batches 1 >"$tmp/three"

# Where the client is named.
style() {
	style=$1; shift
	up 0 201 "$tmp/one" "$@" && grep -q "^style $style" "$tmp/requests" ||
	    { cat "$tmp/requests"; return 1; }
}
t 'in the form' style body
t '... if so said' style body --auth-style body
t 'in a header' style basic --auth-style basic
wrong_style() { up 2 201 "$tmp/one" --auth-style digest && sent 0 && says 'body or basic'; }
t 'in no other way' wrong_style

# Where the secret comes from.
from() { # WANT COMMAND...: with no secret in the environment
	want=$1; shift
	rm -rf "$tmp"/led*
	status "$want" "$scripted" "$tmp/requests" 201 sh -c \
	    'unset DITIO_CLIENT_SECRET; exec "$@"' sh "$@"
}
echo canary-secret >"$tmp/secret"; chmod 600 "$tmp/secret"
file() {
	from 0 ditio-upload --ledger "$tmp/led" --client-secret-file "$tmp/secret" \
	    "$tmp/one" && grep -q '^style body' "$tmp/requests"
}
t 'from a file' file
descriptor() {
	from 0 sh -c 'exec ditio-upload --ledger "$1" --client-secret-fd 7 "$2" 7<"$3"' \
	    sh "$tmp/led" "$tmp/one" "$tmp/secret" && grep -q '^style body' "$tmp/requests"
}
t 'from a descriptor' descriptor
piped() {
	from 0 sh -c 'cat "$3" | ditio-upload --ledger "$1" --client-secret-fd 7 "$2" 7<&0' \
	    sh "$tmp/led" "$tmp/one" "$tmp/secret" && grep -q '^style body' "$tmp/requests"
}
t '... that is a pipe' piped
closed() {
	from 2 ditio-upload --ledger "$tmp/led" --client-secret-fd 7 "$tmp/one" &&
	    says 'descriptor 7'
}
t 'from a closed descriptor: refused' closed
open_descriptor() {
	cp "$tmp/secret" "$tmp/public"; chmod 644 "$tmp/public"
	from 2 sh -c 'exec ditio-upload --ledger "$1" --client-secret-fd 7 "$2" 7<"$3"' \
	    sh "$tmp/led" "$tmp/one" "$tmp/public" && says 'chmod 600'
}
t 'from a descriptor of a file that others may read: refused' open_descriptor
none() { from 2 ditio-upload --ledger "$tmp/led" "$tmp/one" && says 'no client secret'; }
t 'from nowhere: refused' none
both() {
	up 2 201 "$tmp/one" --client-secret-file "$tmp/secret" --client-secret-fd 7 &&
	    says 'one of the two'
}
t 'from two places: refused' both

# Renewal.
renewed() {
	with SCRIPTED_TOKEN='{"access_token":"canary-token","expires_in":0}' \
	    up 0 201 "$tmp/three" && sent 3 &&
	    test "$(grep -c '^token' "$tmp/requests")" -gt 3
}
t 'a token that is over is renewed before it is used' renewed
kept() { up 0 201 "$tmp/three" && test "$(grep -c '^token' "$tmp/requests")" -eq 1; }
t 'one that is not is kept' kept

# OAuth errors, in words.
oauth() {
	with SCRIPTED_TOKEN="$2" SCRIPTED_TOKEN_SAYS="{\"error\":\"$3\"}" \
	    up "$1" 201 "$tmp/one" && sent 0 && says "$3" && says "$4"
}
t 'invalid_client' oauth 4 400 invalid_client 'test and production do not share'
t 'invalid_scope' oauth 4 400 invalid_scope 'is not granted to this client'
t 'unauthorized_client' oauth 4 400 unauthorized_client 'may not ask for tokens'
t 'unsupported_grant_type' oauth 4 400 unsupported_grant_type 'check --identity-base'
t 'invalid_request' oauth 4 400 invalid_request 'see --auth-style'
t 'another' oauth 4 401 tired 'secret of this environment'
for s in 301 302 307 308; do
	moved() {
		with SCRIPTED_TOKEN=$s up 2 201 "$tmp/one" && sent 0 &&
		    ! grep -q ^other "$tmp/requests"
	}
	t "a token request answered $s goes nowhere else" moved
done

# Nothing secret is kept or said, wherever one looks.
trace() {
	rm -rf "$tmp"/led* "$tmp"/o.*
	"$scripted" "$tmp/requests" '400 500 401 apply-hang' sh -c '
	    unset DITIO_CLIENT_SECRET
	    "$@" 7<"$0" & pid=$!
	    until grep -q hang "$LOG"; do
		kill -0 $pid || exit 1
	    done
	    tr "\\0" "\\n" <"/proc/$pid/cmdline" >"$OUT.argv"
	    grep core "/proc/$pid/limits" >"$OUT.limits"
	    wait $pid' "$tmp/secret" ditio-upload --ledger "$tmp/led" \
	    --client-secret-fd 7 --settle 20ms --timeout 1s --verbose \
	    --rejects "$tmp/o.rejects" --receipts "$tmp/o.receipts" \
	    --conflicts "csv:$tmp/o.conflicts" "$@" "$tmp/three" \
	    >"$tmp/o.out" 2>"$tmp/o.err"
	ditio-upload --ledger "$tmp/led" --status >"$tmp/o.status" 2>&1
	ditio-upload --ledger "$tmp/led" --export "$tmp/o.export" 2>"$tmp/o.err2"
	test -s "$tmp/o.rejects" && test -s "$tmp/o.receipts" &&
	    test -s "$tmp/o.export" && test -s "$tmp/o.argv" &&
	    grep -q ditio-upload "$tmp/o.argv" &&
	    grep -Eq 'size +0 +0' "$tmp/o.limits" &&
	    ! grep -rl -e canary -e c29tZW9uZTpjYW5hcnktc2VjcmV0 \
		"$tmp"/o.* "$tmp"/led* || { cat "$tmp"/o.err "$tmp"/o.limits; return 1; }
}
OUT=$tmp/o LOG=$tmp/requests; export OUT LOG
if [ -r /proc/self/limits ]; then
	echo_says='{"message":"you sent Bearer canary-token, canary-secret, c29tZW9uZTpjYW5hcnktc2VjcmV0"}'
	SCRIPTED_SAYS=$echo_says; export SCRIPTED_SAYS
	t 'the secret is in no argument, file, message or core' trace
	t '... nor in messages as JSON' trace --log json
	t '... nor where it goes in a header' trace --auth-style basic
	unset SCRIPTED_SAYS
fi
done_testing
