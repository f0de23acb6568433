#!/bin/sh
# tls.t - ditio-upload over TLS: whom it trusts, and what a proxy sees.
. "$SRCDIR/tests/lib.sh"
. "$SRCDIR/tests/upload.sh"

tls=$BUILDDIR/tests/cli/tls
if [ ! -x "$tls" ]; then
	echo '1..0 # SKIP there is no libssl to speak TLS with'
	exit 0
fi
unset https_proxy HTTPS_PROXY http_proxy all_proxy ALL_PROXY no_proxy NO_PROXY
rec M 09:00 09:10 >"$tmp/r"
framed "$tmp/r" | batches 2 >"$tmp/one"

# over WANT NAME OPTION...: upload by TLS, the far end having a certificate of NAME.
over() {
	want=$1 who=$2; shift 2
	rm -rf "$tmp"/led* "$tmp/asked"
	status "$want" timeout 60 "$scripted" "$tmp/requests" 201 "$tls" \
	    "$tmp/ca.pem" "$who" ditio-upload --ledger "$tmp/led" \
	    --settle 100ms --timeout 5s --retry-for 0s "$@" "$tmp/one"
}
nothing_sent() { ! grep -q . "$tmp/requests" || { cat "$tmp/requests"; return 1; }; }

trusted() { over 0 IP:127.0.0.1 --cacert "$tmp/ca.pem" && sent 1; }
t 'a certificate that --cacert names is trusted' trusted
stranger() { over 2 IP:127.0.0.1 && nothing_sent && says 'certificate\|not trusted'; }
t 'one that nobody names is not: nothing is sent' stranger
other_name() {
	over 2 IP:127.0.0.2 --cacert "$tmp/ca.pem" && nothing_sent
}
t 'nor one for another address' other_name
by_name() { over 2 DNS:localhost --cacert "$tmp/ca.pem" && nothing_sent; }
t 'nor one for another name' by_name
old() {
	TLS_MAX=1.1 over 75 IP:127.0.0.1 --cacert "$tmp/ca.pem" && nothing_sent
}
t 'TLS 1.1 is spoken with nobody' old
no_file() { over 2 IP:127.0.0.1 --cacert "$tmp/none.pem" && nothing_sent && says none.pem; }
t 'certificates that are not there' no_file

# A proxy sees where to, and no more.
proxied() {
	TLS_PROXY=$tmp/asked over 0 DNS:ditio.test --cacert "$tmp/ca.pem" \
	    --confirm-target ditio.test && sent 1 &&
	    grep -q '^CONNECT ditio.test:' "$tmp/asked" &&
	    ! grep -qi -e authorization -e canary "$tmp/asked"
}
t 'through a proxy, which sees neither token nor secret' proxied
proxied_stranger() {
	TLS_PROXY=$tmp/asked over 2 DNS:else.where --cacert "$tmp/ca.pem" \
	    --confirm-target ditio.test && nothing_sent
}
t 'a proxy that leads elsewhere is noticed' proxied_stranger
around() {
	https_proxy=http://127.0.0.1:1 http_proxy=http://127.0.0.1:1 \
	    over 0 IP:127.0.0.1 --cacert "$tmp/ca.pem" && sent 1
}
t 'loopback goes through none' around
done_testing
