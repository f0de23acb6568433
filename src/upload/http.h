/* http.h - one request and what came of it: the door to libcurl. */

#ifndef UPLOAD_HTTP_H
#define UPLOAD_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct http;

/* How a request ended; the numbers of libcurl's results in brackets. */
enum http_result {
	HTTP_DONE,	 /* an answer came, whole (0) */
	HTTP_NO_HOST,	 /* the name was not found (5, 6) */
	HTTP_NO_CONNECT, /* nobody listens (7) */
	HTTP_NO_TLS,	 /* no secure connection (35) */
	HTTP_NO_TRUST,	 /* the certificate is not trusted (60, 77) */
	HTTP_RESET,	 /* broken off while sending or receiving (55, 56) */
	HTTP_EMPTY,	 /* closed without an answer (52) */
	HTTP_TIMEOUT,	 /* took too long (28) */
	HTTP_CUT,	 /* the answer's body was cut (18) */
	HTTP_GARBAGE,	 /* an answer that is no HTTP (1, 8) */
	HTTP_OTHER,	 /* anything else */
};

/* How much of a request left this machine. */
enum http_sent {
	HTTP_SENT_NOTHING, /* not a byte */
	HTTP_SENT_HEADERS, /* no byte of the body */
	HTTP_SENT_PART,	   /* fewer bytes of the body than it has */
	HTTP_SENT_WHOLE,   /* all of it, as far as we can know */
};

#define HTTP_KEPT ((size_t)64 << 10)

struct http_request {
	const char *url;
	const char *bearer;	  /* an access token, or NULL */
	const char *basic;	  /* what else says who we are, or NULL */
	const char *content_type; /* of the body */
	const char *body;	  /* NULL: GET; else POST */
	size_t body_len;
	int once; /* on a connection of its own, never sent again by itself */
	size_t keep; /* so much of the answer's body; 0: HTTP_KEPT */
};

struct http_answer {
	enum http_result result;
	enum http_sent sent;
	int status;		/* 200 to 999; 0 when there was none */
	struct buf body;	/* as much of it as is to be kept */
	struct buf retry_after; /* that header, "" without */
	struct buf date;	/* likewise */
	struct buf trouble;	/* what went wrong, in words */
};

/*
 * A client.  ${cacert} is a file of certificates to trust instead of the
 * system's, or NULL; ${timeout} the longest a request may take, in
 * milliseconds.  https only, but http to loopback; TLS 1.2 at least, always
 * verified; redirects are never followed.
 */
struct http *http_new(const char *cacert, int64_t timeout);

/*
 * Do ${request} and fill in ${answer}, which was zeroed or used before.
 * Never prints: what an answer means is the caller's to say.
 */
void http_do(struct http *h, const struct http_request *request,
    struct http_answer *answer);

/* NULL is welcome. */
void http_answer_free(struct http_answer *answer);
void http_free(struct http *h);

#endif
