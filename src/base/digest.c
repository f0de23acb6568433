/* digest.c - SHA-256. */

#include "config.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/msg.h"
#include "base/xalloc.h"

struct digest {
	EVP_MD_CTX *ctx;
};

static void
start(struct digest *d)
{
	if (EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) != 1)
		msg_die("the crypto library has no SHA-256");
}

struct digest *
digest_new(void)
{
	struct digest *d = xmalloc(sizeof *d);

	if ((d->ctx = EVP_MD_CTX_new()) == NULL)
		msg_die("out of memory");
	start(d);
	return d;
}

void
digest_put(struct digest *d, const void *s, size_t len)
{
	if (EVP_DigestUpdate(d->ctx, s, len) != 1)
		msg_die("the crypto library cannot go on");
}

void
digest_take(struct digest *d, char hex[DIGEST_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int n = 0;

	if (EVP_DigestFinal_ex(d->ctx, bytes, &n) != 1 || n != 32)
		msg_die("the crypto library cannot go on");
	for (unsigned int i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[DIGEST_TEXT - 1] = '\0';
	start(d);
}

void
digest_free(struct digest *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->ctx);
	free(d);
}

void
digest_of(const void *s, size_t len, char hex[DIGEST_TEXT])
{
	struct digest *d = digest_new();

	digest_put(d, s, len);
	digest_take(d, hex);
	digest_free(d);
}
