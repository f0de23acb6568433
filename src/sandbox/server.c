/* server.c - HTTP in front of the routes; the door to libmicrohttpd. */

#include "config.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "sandbox/server.h"

struct server {
	struct MHD_Daemon *daemon;
	struct routes *routes;
	size_t max_body;
};

/* A request on its way in. */
struct request {
	struct buf body;
	int too_large;
	struct fault_deed deed;
};

static void
header(struct MHD_Response *r, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0')
		MHD_add_response_header(r, name, value);
}

static enum MHD_Result
reply(struct MHD_Connection *connection, const struct routes_reply *a)
{
	struct MHD_Response *r;
	enum MHD_Result queued;

	r = MHD_create_response_from_buffer(a->body.len,
	    (void *)(uintptr_t)buf_text(&a->body), MHD_RESPMEM_MUST_COPY);
	if (r == NULL)
		return MHD_NO;
	header(r, "Content-Type", a->type);
	header(r, "Location", a->location);
	header(r, "Retry-After", a->retry_after);
	header(r, "Content-Security-Policy", a->policy);
	header(r, "X-Content-Type-Options", "nosniff");
	header(r, "Cache-Control", "no-store");
	queued = MHD_queue_response(connection, (unsigned)a->status, r);
	MHD_destroy_response(r);
	return queued;
}

/* Past the library, which would not: what is no whole answer. */
static void
reply_badly(struct MHD_Connection *connection, const struct routes_reply *a)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct buf bytes = { 0 };
	const char *at;
	ssize_t n = 1;

	if (a->form == ROUTES_HALF)
		buf_puts(&bytes, "HTTP/1.1 20");
	else if (a->form == ROUTES_GARBAGE)
		buf_puts(&bytes, "\x16\x03\x01 garbage\r\n\r\n");
	else if (a->form == ROUTES_HALF_BODY)
		buf_printf(&bytes,
		    "HTTP/1.1 %d Said\r\nContent-Type: %s\r\n"
		    "Content-Length: %zu\r\n\r\n%.*s",
		    a->status, a->type, a->body.len + 1, (int)(a->body.len / 2),
		    buf_text(&a->body));
	at = buf_text(&bytes);
	while (info != NULL && bytes.len > 0 && n > 0) {
		n = send(info->connect_fd, at, bytes.len, MSG_NOSIGNAL);
		if (n > 0) {
			at += n;
			bytes.len -= (size_t)n;
		}
	}
	buf_free(&bytes);
}

static enum MHD_Result
finish(struct server *s, struct MHD_Connection *c, const char *url,
    const char *method, const struct request *q)
{
	struct routes_request request = { .method = method,
		.path = url,
		.body = buf_text(&q->body),
		.body_len = q->body.len,
		.deed = q->deed };
	struct routes_reply answer = { .status = 413,
		.type = "application/json" };
	enum MHD_Result result = MHD_NO;

	request.authorization =
	    MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization");
	request.content_type =
	    MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Content-Type");
	if (q->too_large)
		buf_puts(&answer.body, "{\"error\":\"PayloadTooLarge\"}");
	else
		routes_answer(s->routes, &request, &answer);
	/* MHD_NO closes the connection without a word. */
	if (answer.form == ROUTES_WHOLE)
		result = reply(c, &answer);
	else
		reply_badly(c, &answer);
	buf_free(&answer.body);
	return result;
}

static enum MHD_Result
on_request(void *context, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *data, size_t *len,
    void **own)
{
	struct server *s = context;
	struct request *q = *own;

	(void)version;
	if (q == NULL) {
		*own = q = xcalloc(1, sizeof *q);
		q->deed = routes_begin(s->routes, method, url);
		return q->deed.act == FAULT_DROP_UNREAD ? MHD_NO : MHD_YES;
	}
	if (*len == 0)
		return finish(s, c, url, method, q);
	if (*len > s->max_body - q->body.len)
		q->too_large = 1;
	if (!q->too_large)
		buf_put(&q->body, data, *len);
	*len = 0;
	return MHD_YES;
}

static void
on_completed(void *context, struct MHD_Connection *c, void **own,
    enum MHD_RequestTerminationCode why)
{
	struct request *q = *own;

	(void)context;
	(void)c;
	(void)why;
	if (q == NULL)
		return;
	buf_free(&q->body);
	free(q);
	*own = NULL;
}

/* Percent escapes stay: an escaped slash is no slash. */
static size_t
keep_escapes(void *context, struct MHD_Connection *c, char *s)
{
	(void)context;
	(void)c;
	return strlen(s);
}

struct server *
server_start(
    const char *address, uint16_t port, size_t max_body, struct routes *routes)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(port) };
	struct server *s;

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1) {
		msg_warn("%s: no IPv4 address", address);
		return NULL;
	}
	s = xcalloc(1, sizeof *s);
	s->routes = routes;
	s->max_body = max_body;
	s->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD, port, NULL,
	    NULL, on_request, s, MHD_OPTION_SOCK_ADDR, &to,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
	    MHD_OPTION_CONNECTION_TIMEOUT, 120u, MHD_OPTION_END);
	if (s->daemon == NULL) {
		msg_warn_errno(
		    "cannot listen on %s:%u", address, (unsigned)port);
		free(s);
		return NULL;
	}
	return s;
}

uint16_t
server_port(const struct server *s)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info != NULL ? info->port : 0;
}

void
server_stop(struct server *s)
{
	if (s == NULL)
		return;
	MHD_stop_daemon(s->daemon);
	free(s);
}
