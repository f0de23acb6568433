/* test_api.c - upload/api.c: every row of the verdict table, over a socket */

#include "config.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "suites.h"
#include "upload/api.h"
#include "upload/retry.h"

/* More than the sockets of both sides hold. */
#define HUGE ((size_t)15 << 20)

/* What the far end does with a connection. */
enum far {
	ANSWERS, /* reads the request and answers with the status */
	ABSENT,	 /* there is no such host */
	DEAF,	 /* nobody listens */
	PLAIN,	 /* speaks no TLS */
	UNKNOWN, /* is not trusted */
	EARLY,	 /* answers with the status, the body unread */
	RESETS,	 /* breaks off, the body unread */
	SLEEPS,	 /* reads nothing */
	CLOSES,	 /* reads the request and closes */
};

/* A row of this for each row of the table, in its order. */
static const struct {
	enum far far;
	int status;
	enum http_result result;
	enum http_sent sent;
} rows[] = {
	{ ANSWERS, 201, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 200, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 301, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 307, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 302, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 400, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 422, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 401, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 403, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 404, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 411, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 415, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 408, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 429, HTTP_DONE, HTTP_SENT_WHOLE },
	{ EARLY, 413, HTTP_DONE, HTTP_SENT_PART },
	{ EARLY, 503, HTTP_DONE, HTTP_SENT_PART },
	{ ANSWERS, 503, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ANSWERS, 402, HTTP_DONE, HTTP_SENT_WHOLE },
	{ ABSENT, 0, HTTP_NO_HOST, HTTP_SENT_NOTHING },
	{ DEAF, 0, HTTP_NO_CONNECT, HTTP_SENT_NOTHING },
	{ PLAIN, 0, HTTP_NO_TLS, HTTP_SENT_NOTHING },
	{ UNKNOWN, 0, HTTP_NO_TRUST, HTTP_SENT_NOTHING },
	{ RESETS, 0, HTTP_RESET, HTTP_SENT_PART },
	{ SLEEPS, 0, HTTP_TIMEOUT, HTTP_SENT_PART },
	{ CLOSES, 0, HTTP_EMPTY, HTTP_SENT_WHOLE },
};

/* Read a request to the end of its body; how much comes is told by its head. */
static void
read_all(int c)
{
	struct buf b = { 0 };
	char piece[4096];
	const char *body = NULL, *length;
	ssize_t n;

	while ((n = read(c, piece, sizeof piece)) > 0) {
		buf_put(&b, piece, (size_t)n);
		body = strstr(b.data, "\r\n\r\n");
		length = strstr(b.data, "Content-Length: ");
		if (body != NULL && length != NULL &&
		    b.len - (size_t)(body + 4 - b.data) >=
			strtoul(length + 16, NULL, 10))
			break;
	}
	buf_free(&b);
}

static void
be_far(int c, enum far far, int status)
{
	struct linger now = { .l_onoff = 1 };
	char text[100];
	int len = snprintf(text, sizeof text,
	    "HTTP/1.1 %d Said\r\nContent-Length: 2\r\n\r\nno", status);

	if (far == ANSWERS || far == CLOSES)
		read_all(c);
	if (far == PLAIN || far == RESETS)
		(void)!read(c, (char[64]){ 0 }, 64);
	if (far == ANSWERS || far == EARLY || far == PLAIN)
		(void)!write(c, text, (size_t)len);
	if (far == RESETS)
		setsockopt(c, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	if (far == SLEEPS || far == EARLY)
		pause();
	close(c);
}

/* A far end in a process of its own; its port. */
static int
serve(enum far far, int status, pid_t *pid)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof a;
	int s = socket(AF_INET, SOCK_STREAM, 0), port;

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(s, (struct sockaddr *)&a, size), 0);
	ck_assert_int_eq(listen(s, 8), 0);
	getsockname(s, (struct sockaddr *)&a, &size);
	port = ntohs(a.sin_port);
	*pid = -1;
	if (far != DEAF && (*pid = fork()) == 0) {
		be_far(accept(s, NULL, NULL), far, status);
		_exit(0);
	}
	close(s);
	return port;
}

/* Where to send, so that it happens. */
static void
put_base(struct buf *to, enum far far, int port)
{
	buf_clear(to);
	if (far == ABSENT) {
		/* A label may have 63 letters: no server need be asked. */
		buf_puts(to, "https://");
		for (int i = 0; i < 64; i++)
			buf_putc(to, 'x');
		buf_puts(to, ".invalid");
	} else {
		buf_printf(to, "http%s://127.0.0.1:%d",
		    far == PLAIN || far == UNKNOWN ? "s" : "", port);
	}
}

START_TEST(api_meets_every_row_of_the_table)
{
	size_t n, len;
	const struct verdict_row *table = verdict_rows(&n), *row;
	struct buf base = { 0 }, body = { 0 };

	ck_assert_uint_eq(n, sizeof rows / sizeof rows[0]);
	while (body.len < HUGE)
		buf_puts(&body, "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] ");
	for (size_t i = 0; i < n; i++) {
		enum far far = rows[i].far;
		struct http *http =
		    http_new(far == UNKNOWN ? scratch_path("none") : NULL,
			far == SLEEPS ? 500 : 20000);
		struct token *token =
		    token_new(http, "", "id", "s3cret", TOKEN_BODY);
		struct api api = { .http = http,
			.token = token,
			.bearer = "t0ken",
			.wait = RETRY_NONE };
		pid_t pid;

		put_base(&base, far, serve(far, rows[i].status, &pid));
		api.base = buf_text(&base);
		len = rows[i].sent == HTTP_SENT_PART ? body.len : 45;
		row = api_import(&api, body.data, len);
		ck_assert_msg(row == &table[i],
		    "row %zu: status %d, result %d, sent %d: %s", i,
		    api.answer.status, api.answer.result, api.answer.sent,
		    buf_text(&api.why));
		ck_assert_int_eq(api.answer.status, rows[i].status);
		ck_assert_int_eq(api.answer.result, rows[i].result);
		/* How far it came before it was stopped, chance decides. */
		ck_assert_int_le(api.answer.sent, rows[i].sent);
		ck_assert_ptr_nonnull(strstr(buf_text(&api.why), row->words));
		if (pid > 0) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
		}
		api_free(&api);
		token_free(token);
		http_free(http);
	}
	buf_free(&base);
	buf_free(&body);
}
END_TEST

Suite *
api_suite(void)
{
	Suite *s = suite_create("api");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, api_meets_every_row_of_the_table);
	suite_add_tcase(s, tc);
	return s;
}
