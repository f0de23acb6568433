/* http.c - one request and what came of it: the door to libcurl. */

#include "config.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/http.h"
#include "upload/target.h"

/* An answer's body is read up to this. */
#define BODY_READ ((size_t)16 << 20)
#define HEADER_KEPT 200
#define CONNECT_MS 30000L

struct http {
	CURL *curl;
	char *cacert;
	long timeout;
	char why[CURL_ERROR_SIZE];
};

/* What the callbacks of one request write to. */
struct taking {
	struct http_answer *answer;
	size_t read, keep;
};

struct http *
http_new(const char *cacert, int64_t timeout)
{
	struct http *h = xcalloc(1, sizeof *h);

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (h->curl = curl_easy_init()) == NULL)
		msg_die("libcurl cannot be started");
	h->cacert = cacert != NULL ? xstrdup(cacert) : NULL;
	h->timeout = (long)timeout;
	return h;
}

static size_t
take_body(char *s, size_t size, size_t n, void *context)
{
	struct taking *t = context;
	size_t len = size * n, room = t->keep - t->answer->body.len;

	buf_put(&t->answer->body, s, len < room ? len : room);
	t->read += len;
	return t->read <= BODY_READ ? len : 0;
}

/* Keep the value of the header ${name} in ${to}. */
static void
take_value(struct buf *to, const char *name, const char *s, size_t len)
{
	size_t skip = strlen(name);

	if (len <= skip || strncasecmp(s, name, skip) != 0)
		return;
	s += skip;
	len -= skip;
	while (len > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		len--;
	}
	while (len > 0 && (unsigned char)s[len - 1] <= ' ')
		len--;
	buf_clear(to);
	buf_put(to, s, len < HEADER_KEPT ? len : HEADER_KEPT);
}

static size_t
take_header(char *s, size_t size, size_t n, void *context)
{
	struct taking *t = context;

	take_value(&t->answer->retry_after, "Retry-After:", s, size * n);
	take_value(&t->answer->date, "Date:", s, size * n);
	return size * n;
}

static enum http_result
result_of(CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return HTTP_DONE;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
		return HTTP_NO_HOST;
	case CURLE_COULDNT_CONNECT:
		return HTTP_NO_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
		return HTTP_NO_TLS;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
		return HTTP_NO_TRUST;
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		return HTTP_RESET;
	case CURLE_GOT_NOTHING:
		return HTTP_EMPTY;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TIMEOUT;
	case CURLE_PARTIAL_FILE:
		return HTTP_CUT;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
		return HTTP_GARBAGE;
	default:
		return HTTP_OTHER;
	}
}

/* Every option about trust and protocol is said aloud, whatever its default
 * is today: a default that changes must not change what we send to whom. */
static void
say_protocol(struct http *h, const char *url)
{
	CURL *c = h->curl;
	int loopback = target_is_loopback(url);

#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(
	    c, CURLOPT_PROTOCOLS_STR, loopback ? "http,https" : "https");
	curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
	curl_easy_setopt(c, CURLOPT_PROTOCOLS,
	    loopback ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS);
	curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTPS);
#endif
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_UNRESTRICTED_AUTH, 0L);
	curl_easy_setopt(c, CURLOPT_HTTP09_ALLOWED, 0L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
	    h->timeout < CONNECT_MS ? h->timeout : CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, h->timeout);
	if (h->cacert != NULL)
		curl_easy_setopt(c, CURLOPT_CAINFO, h->cacert);
	if (loopback) /* never hand a loopback token to a proxy */
		curl_easy_setopt(c, CURLOPT_PROXY, "");
}

/* ${list} with "${name}: ${value}" added. */
static struct curl_slist *
header(struct curl_slist *list, const char *name, const char *value)
{
	struct buf line = { 0 };
	struct curl_slist *longer;

	buf_printf(&line, "%s:%s%s", name, *value != '\0' ? " " : "", value);
	longer = curl_slist_append(list, buf_text(&line));
	if (longer == NULL)
		msg_die("out of memory");
	if (line.len > 0)
		memset(line.data, 0, line.len);
	buf_free(&line);
	return longer;
}

static struct curl_slist *
headers_of(const struct http_request *q)
{
	struct curl_slist *list = header(NULL, "Accept", "application/json");
	struct buf who = { 0 };

	if (q->bearer != NULL)
		buf_printf(&who, "Bearer %s", q->bearer);
	else if (q->basic != NULL)
		buf_printf(&who, "Basic %s", q->basic);
	if (who.len > 0) {
		list = header(list, "Authorization", buf_text(&who));
		memset(who.data, 0, who.len);
		buf_free(&who);
	}
	if (q->body != NULL) {
		list = header(list, "Content-Type", q->content_type);
		/* Without it libcurl waits a second for bodies over 1 MiB. */
		list = header(list, "Expect", "");
	}
	return list;
}

static enum http_sent
sent_of(CURL *c, const struct http_request *q)
{
	long request = 0;
	curl_off_t body = 0;

	curl_easy_getinfo(c, CURLINFO_REQUEST_SIZE, &request);
	curl_easy_getinfo(c, CURLINFO_SIZE_UPLOAD_T, &body);
	if (request == 0 && body == 0)
		return HTTP_SENT_NOTHING;
	if (q->body == NULL || body >= (curl_off_t)q->body_len)
		return HTTP_SENT_WHOLE;
	return body == 0 ? HTTP_SENT_HEADERS : HTTP_SENT_PART;
}

static void
clear_answer(struct http_answer *a)
{
	a->result = HTTP_OTHER;
	a->sent = HTTP_SENT_NOTHING;
	a->status = 0;
	buf_clear(&a->body);
	buf_clear(&a->retry_after);
	buf_clear(&a->date);
	buf_clear(&a->trouble);
}

void
http_do(struct http *h, const struct http_request *q, struct http_answer *a)
{
	struct taking t = { .answer = a,
		.keep = q->keep > 0 ? q->keep : HTTP_KEPT };
	struct curl_slist *list = headers_of(q);
	CURL *c = h->curl;
	CURLcode code;
	long status = 0;

	clear_answer(a);
	curl_easy_reset(c);
	say_protocol(h, q->url);
	h->why[0] = '\0';
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->why);
	curl_easy_setopt(c, CURLOPT_URL, q->url);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "ditio-upload/" PACKAGE_VERSION);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &t);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, &t);
	if (q->body != NULL) {
		curl_easy_setopt(c, CURLOPT_POST, 1L);
		curl_easy_setopt(
		    c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body_len);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, q->body);
	}
	/* On a reused connection that closes before the first byte of an
	 * answer libcurl sends a POST again without telling anyone. */
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, q->once ? 1L : 0L);
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE, q->once ? 1L : 0L);
	code = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	a->result = result_of(code);
	a->status = status >= 200 && status <= 999 ? (int)status : 0;
	a->sent = sent_of(c, q);
	if (code != CURLE_OK)
		buf_puts(&a->trouble,
		    h->why[0] != '\0' ? h->why : curl_easy_strerror(code));
	curl_slist_free_all(list);
}

void
http_answer_free(struct http_answer *a)
{
	if (a == NULL)
		return;
	buf_free(&a->body);
	buf_free(&a->retry_after);
	buf_free(&a->date);
	buf_free(&a->trouble);
}

void
http_free(struct http *h)
{
	if (h == NULL)
		return;
	curl_easy_cleanup(h->curl);
	curl_global_cleanup();
	free(h->cacert);
	free(h);
}
