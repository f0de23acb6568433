/* target.c - whom we send to: base URLs and the routes below them. */

#include "config.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/msg.h"
#include "upload/target.h"

#define HOST_MAX 255

/* Where the host of ${url} stands.  NULL without "scheme://". */
static const char *
host_of(const char *url, size_t *len)
{
	const char *s = strstr(url, "://");

	if (s == NULL)
		return NULL;
	s += 3;
	if (*s == '[') {
		*len = strcspn(++s, "]/?#");
		return s[*len] == ']' ? s : NULL;
	}
	*len = strcspn(s, ":/?#");
	return s;
}

int
target_is_loopback(const char *url)
{
	char host[HOST_MAX + 1];
	struct in6_addr six;
	struct in_addr four;
	size_t len = 0;
	const char *s = host_of(url, &len);

	if (s == NULL || len == 0 || len > HOST_MAX)
		return 0;
	memcpy(host, s, len);
	host[len] = '\0';
	if (strcasecmp(host, "localhost") == 0)
		return 1;
	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, host, &six) == 1 &&
	       IN6_IS_ADDR_LOOPBACK(&six);
}

int
target_base(struct buf *to, const char *url, const char *what)
{
	size_t len = strlen(url), host = 0;

	for (const char *s = url; *s != '\0'; s++) {
		if (strchr("?#@\\\"<>", *s) == NULL && *s > ' ' && *s < 0x7f)
			continue;
		msg_warn("%s: a base URL has no blank, control byte, user, "
			 "query or fragment: %s",
		    what, url);
		return -1;
	}
	if (strncmp(url, "https://", 8) != 0 &&
	    strncmp(url, "http://", 7) != 0) {
		msg_warn(
		    "%s: not a URL that starts with https://: %s", what, url);
		return -1;
	}
	if (host_of(url, &host) == NULL || host == 0 || host > HOST_MAX) {
		msg_warn("%s: no host in %s", what, url);
		return -1;
	}
	if (url[4] == ':' && !target_is_loopback(url)) {
		msg_warn("%s: http is for loopback only, because the token "
			 "would travel in the clear; use https: %s",
		    what, url);
		return -1;
	}
	while (len > 0 && url[len - 1] == '/')
		len--;
	buf_put(to, url, len);
	return 0;
}

void
target_host(struct buf *to, const char *base)
{
	size_t len = 0;
	const char *s = host_of(base, &len);

	for (size_t i = 0; s != NULL && i < len; i++)
		buf_putc(to, s[i] >= 'A' && s[i] <= 'Z'
				 ? (char)(s[i] - 'A' + 'a')
				 : s[i]);
}

void
target_segment(struct buf *to, const char *s, size_t len)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-_~";
	/* A whole segment of dots would climb the path. */
	int dots = strspn(s, ".") >= len;

	for (size_t i = 0; i < len; i++) {
		if ((s[i] != '\0' && strchr(plain, s[i]) != NULL) ||
		    (s[i] == '.' && !dots))
			buf_putc(to, s[i]);
		else
			buf_printf(to, "%%%02X", (unsigned char)s[i]);
	}
}

void
target_form(struct buf *to, const char *s)
{
	target_segment(to, s, strlen(s));
}
