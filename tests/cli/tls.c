/* tls.c - TLS before a plain server, for tls.t.
 *
 * usage: tls CERTIFICATE NAME COMMAND [ARGUMENT ...]
 *
 * Listens on a loopback port and hands what comes by TLS on to the server of
 * DITIO_MASSTRANSPORT_BASE.  Makes a certificate for NAME, "IP:127.0.0.1" or
 * "DNS:x", which signs itself, and writes it to the file CERTIFICATE.  Sets the
 * DITIO_*BASE variables to https, runs COMMAND and returns its status.
 *
 * From the environment: TLS_MAX=1.1 speaks nothing newer.  TLS_PROXY is a file:
 * be a proxy, for https://ditio.test, and keep there what it is asked in the
 * clear. */

#include "config.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int
fail(const char *what)
{
	fprintf(stderr, "tls: %s\n", what);
	exit(99);
}

static EVP_PKEY *
make_key(void)
{
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
	EVP_PKEY *key = NULL;

	if (c == NULL || EVP_PKEY_keygen_init(c) != 1 ||
	    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(c, NID_X9_62_prime256v1) !=
		1 ||
	    EVP_PKEY_keygen(c, &key) != 1)
		fail("no key");
	EVP_PKEY_CTX_free(c);
	return key;
}

/* A certificate of ${key} for ${name}, good for a day. */
static X509 *
make_certificate(EVP_PKEY *key, const char *name)
{
	X509 *x = X509_new();
	X509_NAME *n = X509_get_subject_name(x);
	X509_EXTENSION *alt;
	X509V3_CTX c;

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -86400);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400);
	X509_NAME_add_entry_by_txt(
	    n, "CN", MBSTRING_ASC, (const unsigned char *)"a test", -1, -1, 0);
	X509_set_issuer_name(x, n);
	X509_set_pubkey(x, key);
	X509V3_set_ctx_nodb(&c);
	X509V3_set_ctx(&c, x, x, NULL, NULL, 0);
	alt = X509V3_EXT_conf_nid(NULL, &c, NID_subject_alt_name, name);
	if (alt == NULL || X509_add_ext(x, alt, -1) != 1 ||
	    X509_sign(x, key, EVP_sha256()) == 0)
		fail("no certificate");
	X509_EXTENSION_free(alt);
	return x;
}

static int
listen_at(int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof a;
	int s = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(s, (struct sockaddr *)&a, size) != 0 || listen(s, 16) != 0 ||
	    getsockname(s, (struct sockaddr *)&a, &size) != 0)
		fail("no port");
	*port = ntohs(a.sin_port);
	return s;
}

static int
connect_to(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int s = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_port = htons((unsigned short)port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(s, (struct sockaddr *)&a, sizeof a) != 0)
		fail("nobody behind");
	return s;
}

/* Be a proxy until the tunnel stands; what is asked goes to ${file}. */
static void
be_proxy(int fd, const char *file)
{
	static const char yes[] = "HTTP/1.1 200 Go\r\n\r\n";
	char head[4096] = "";
	size_t len = 0;
	FILE *f = fopen(file, "a");

	while (strstr(head, "\r\n\r\n") == NULL && len < sizeof head - 1) {
		ssize_t n = read(fd, head + len, 1);

		if (n != 1)
			_exit(0);
		len++;
	}
	if (f == NULL || fputs(head, f) < 0 || fclose(f) != 0 ||
	    write(fd, yes, strlen(yes)) != (ssize_t)strlen(yes))
		_exit(99);
}

/* Hand all on, both ways, until one of them ends. */
static void
serve(SSL *ssl, int fd, int behind)
{
	struct pollfd p[] = { { .fd = fd, .events = POLLIN },
		{ .fd = behind, .events = POLLIN } };
	char piece[65536];

	for (;;) {
		int n;

		if (SSL_pending(ssl) == 0 && poll(p, 2, 20000) < 1)
			return;
		if (SSL_pending(ssl) > 0 || p[0].revents != 0) {
			n = SSL_read(ssl, piece, sizeof piece);
			if (n <= 0 || write(behind, piece, (size_t)n) != n)
				return;
		}
		if (p[1].revents != 0) {
			n = (int)read(behind, piece, sizeof piece);
			if (n <= 0 || SSL_write(ssl, piece, n) != n)
				return;
		}
	}
}

static SSL_CTX *
make_context(const char *file, const char *name)
{
	SSL_CTX *c = SSL_CTX_new(TLS_server_method());
	EVP_PKEY *key = make_key();
	X509 *x = make_certificate(key, name);
	FILE *f = fopen(file, "w");

	if (f == NULL || PEM_write_X509(f, x) != 1 || fclose(f) != 0 ||
	    SSL_CTX_use_certificate(c, x) != 1 ||
	    SSL_CTX_use_PrivateKey(c, key) != 1)
		fail("no context");
	EVP_PKEY_free(key);
	X509_free(x);
	if (getenv("TLS_MAX") != NULL) {
		SSL_CTX_set_security_level(c, 0);
		SSL_CTX_set_min_proto_version(c, TLS1_VERSION);
		SSL_CTX_set_max_proto_version(c, TLS1_1_VERSION);
	}
	return c;
}

int
main(int argc, char *argv[])
{
	const char *plain = getenv("DITIO_MASSTRANSPORT_BASE");
	const char *proxy = getenv("TLS_PROXY");
	char base[64];
	int s, port, behind, status;
	pid_t child, done;
	SSL_CTX *c;

	if (argc < 4 || plain == NULL)
		return 99;
	behind = atoi(strrchr(plain, ':') + 1);
	c = make_context(argv[1], argv[2]);
	s = listen_at(&port);
	snprintf(base, sizeof base, "http://127.0.0.1:%d", port);
	if (proxy != NULL)
		setenv("https_proxy", base, 1);
	snprintf(base, sizeof base, "https://%s:%d",
	    proxy != NULL ? "ditio.test" : "127.0.0.1", port);
	setenv("DITIO_MASSTRANSPORT_BASE", base, 1);
	setenv("DITIO_IDENTITY_BASE", base, 1);
	signal(SIGPIPE, SIG_IGN);
	if ((child = fork()) == 0) {
		close(s);
		execvp(argv[3], argv + 3);
		_exit(99);
	}
	for (;;) {
		struct pollfd p = { .fd = s, .events = POLLIN };
		int fd;

		while ((done = waitpid(-1, &status, WNOHANG)) > 0)
			if (done == child) {
				SSL_CTX_free(c);
				return WIFEXITED(status) ? WEXITSTATUS(status)
							 : 98;
			}
		if (poll(&p, 1, 20) < 1 || (fd = accept(s, NULL, NULL)) < 0)
			continue;
		if (fork() == 0) {
			SSL *ssl = SSL_new(c);

			close(s);
			if (proxy != NULL)
				be_proxy(fd, proxy);
			SSL_set_fd(ssl, fd);
			if (SSL_accept(ssl) == 1)
				serve(ssl, fd, connect_to(behind));
			SSL_shutdown(ssl);
			_exit(0);
		}
		close(fd);
	}
}
