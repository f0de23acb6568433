/* test_http.c - upload/http.c and token.c, against canned answers on
 * loopback */

#include "config.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"
#include "suites.h"
#include "upload/http.h"
#include "upload/retry.h"
#include "upload/token.h"

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

static struct http *http;
static struct http_answer answer;
static pid_t server;
static char *requests; /* the file of what the server got */
static char base[64];

static void
set_up(void)
{
	scratch_new();
	scratch_listen();
	requests = scratch_path("requests");
	http = http_new(NULL, 5000);
	server = -1;
}

static void
tear_down(void)
{
	if (server > 0)
		waitpid(server, &(int){ 0 }, 0);
	http_answer_free(&answer);
	http_free(http);
	msg_sink(NULL);
}

/* Read one request: its head, and as much body as it says it has. */
static void
read_request(int c, struct buf *to)
{
	const char *head_end, *length;
	char piece[4096];
	ssize_t n;

	while ((n = read(c, piece, sizeof piece)) > 0) {
		buf_put(to, piece, (size_t)n);
		head_end = strstr(to->data, "\r\n\r\n");
		if (head_end == NULL)
			continue;
		length = strstr(to->data, "Content-Length: ");
		if (to->len - (size_t)(head_end + 4 - to->data) >=
		    (length != NULL ? strtoul(length + 16, NULL, 10) : 0))
			break;
	}
}

/* What was asked so far. */
static void
keep(const struct buf *all)
{
	FILE *f = fopen(requests, "w");

	if (f == NULL || fwrite(all->data, 1, all->len, f) != all->len ||
	    fclose(f) != 0)
		_exit(1);
}

/* In a process of its own: give each connection one of ${n} answers, NULL
 * being none at all, and keep what was asked. */
static void
serve(const char *const answers[], int n)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof a;
	int s = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(s, (struct sockaddr *)&a, size), 0);
	ck_assert_int_eq(listen(s, 8), 0);
	getsockname(s, (struct sockaddr *)&a, &size);
	snprintf(
	    base, sizeof base, "http://127.0.0.1:%d", (int)ntohs(a.sin_port));
	server = fork();
	if (server == 0) {
		struct buf all = { 0 };

		for (int i = 0; i < n; i++) {
			struct buf request = { 0 };
			int c = accept(s, NULL, NULL);

			read_request(c, &request);
			buf_puts(&all, buf_text(&request));
			buf_puts(&all, "\n===\n");
			buf_free(&request);
			keep(&all);
			if (answers[i] != NULL &&
			    write(c, answers[i], strlen(answers[i])) < 0)
				_exit(1);
			close(c);
		}
		_exit(0);
	}
	close(s);
}

static void
ask(const char *url, const char *body, const char *bearer)
{
	struct http_request q = { .url = url,
		.body = body,
		.body_len = body != NULL ? strlen(body) : 0,
		.content_type = "application/json",
		.bearer = bearer,
		.once = body != NULL };

	http_do(http, &q, &answer);
}

START_TEST(http_gives_the_answer_whole)
{
	static const char *const answers[] = {
		"HTTP/1.1 201 Created\r\nRetry-After:  120 \r\nDate: Wed, 15 "
		"Jan 2025 08:00:00 GMT\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
	};

	serve(answers, 2);
	ask(base, "[1]", "t0ken");
	ck_assert_int_eq(answer.result, HTTP_DONE);
	ck_assert_int_eq(answer.status, 201);
	ck_assert_int_eq(answer.sent, HTTP_SENT_WHOLE);
	ck_assert_str_eq(buf_text(&answer.body), "hello");
	ck_assert_str_eq(buf_text(&answer.retry_after), "120");
	ck_assert_str_eq(
	    buf_text(&answer.date), "Wed, 15 Jan 2025 08:00:00 GMT");
	ask(base, NULL, NULL);
	ck_assert_int_eq(answer.status, 404);
	ck_assert_str_eq(buf_text(&answer.body), "");
	ck_assert_str_eq(buf_text(&answer.retry_after), "");
	ck_assert_str_eq(scratch_heard(), "");
}
END_TEST

START_TEST(http_sends_what_was_asked_and_no_more)
{
	static const char *const answers[] = { OK, OK };
	const char *got;

	serve(answers, 2);
	ask(base, "[1,2]", "t0ken");
	ask(base, NULL, NULL);
	waitpid(server, &(int){ 0 }, 0);
	server = -1;
	got = buf_text(scratch_read(requests));
	ck_assert_int_eq(strncmp(got, "POST / HTTP/1.1\r\n", 17), 0);
	ck_assert_ptr_nonnull(
	    strstr(got, "\r\nAuthorization: Bearer t0ken\r\n"));
	ck_assert_ptr_nonnull(
	    strstr(got, "\r\nContent-Type: application/json\r\n"));
	ck_assert_ptr_nonnull(strstr(got, "\r\nContent-Length: 5\r\n"));
	ck_assert_ptr_nonnull(strstr(got, "\r\n\r\n[1,2]\n===\nGET / "));
	got = strstr(got, "===");
	ck_assert_ptr_null(strstr(got, "Authorization"));
}
END_TEST

/* No redirect is followed: a POST would become a GET, or meet a stranger. */
START_TEST(http_follows_nowhere)
{
	static const char *const answers[] = {
		"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n"
		"Content-Length: 0\r\n\r\n",
		"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:9/\r\n"
		"Content-Length: 0\r\n\r\n",
	};

	serve(answers, 2);
	ask(base, "[]", NULL);
	ck_assert_int_eq(answer.status, 302);
	ck_assert_int_eq(answer.result, HTTP_DONE);
	ask(base, "[]", NULL);
	ck_assert_int_eq(answer.status, 307);
	ck_assert_int_eq(answer.result, HTTP_DONE);
}
END_TEST

/* An import on a connection that closes unanswered is not sent again. */
START_TEST(http_sends_an_import_once)
{
	static const char *const answers[] = { NULL, OK };
	const char *got;

	serve(answers, 2);
	ask(base, "[1]", NULL);
	ck_assert_int_eq(answer.result, HTTP_EMPTY);
	ck_assert_int_eq(answer.status, 0);
	ck_assert_int_eq(answer.sent, HTTP_SENT_WHOLE);
	ck_assert_str_ne(buf_text(&answer.trouble), "");
	got = strstr(buf_text(scratch_read(requests)), "===");
	ck_assert_ptr_nonnull(got);
	ck_assert_ptr_null(strstr(got + 3, "==="));
	ask(base, "[2]", NULL);
	ck_assert_int_eq(answer.status, 200);
}
END_TEST

START_TEST(http_names_what_went_wrong)
{
	static const char *const answers[] = { "garbage\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut",
		"HTTP/1.1 100 Continue\r\n\r\n" };
	char url[80];

	serve(answers, 3);
	ask(base, "[1]", NULL);
	ck_assert_int_eq(answer.result, HTTP_GARBAGE);
	ck_assert_int_eq(answer.status, 0);
	ask(base, "[1]", NULL);
	ck_assert_int_eq(answer.result, HTTP_CUT);
	ck_assert_int_eq(answer.status, 200);
	ck_assert_str_eq(buf_text(&answer.body), "cut");
	ask(base, "[1]", NULL);
	ck_assert_int_eq(answer.result, HTTP_EMPTY);
	ck_assert_int_eq(answer.status, 0);
	waitpid(server, &(int){ 0 }, 0);
	server = -1;
	ask(base, "[1]", NULL); /* nobody listens any more */
	ck_assert_int_eq(answer.result, HTTP_NO_CONNECT);
	ck_assert_int_eq(answer.sent, HTTP_SENT_NOTHING);
	snprintf(url, sizeof url, "https%s", base + 4);
	ask(url, "[1]", NULL);
	ck_assert_int_eq(answer.sent, HTTP_SENT_NOTHING);
}
END_TEST

/* Plain http is for this machine alone. */
START_TEST(http_speaks_plainly_to_loopback_alone)
{
	ask("http://192.0.2.1/", "[1]", "t0ken");
	ck_assert_int_eq(answer.result, HTTP_GARBAGE);
	ck_assert_int_eq(answer.sent, HTTP_SENT_NOTHING);
	ask("file:///etc/passwd", NULL, NULL);
	ck_assert_int_ne(answer.result, HTTP_DONE);
	ck_assert_str_eq(buf_text(&answer.body), "");
}
END_TEST

START_TEST(http_keeps_so_much_of_a_body)
{
	size_t len = 100000;
	struct buf b = { 0 };
	const char *answers[1];

	buf_printf(&b, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", len);
	while (len-- > 0)
		buf_putc(&b, 'x');
	answers[0] = b.data;
	serve(answers, 1);
	ask(base, NULL, NULL);
	ck_assert_int_eq(answer.result, HTTP_DONE);
	ck_assert_uint_eq(answer.body.len, 65536);
	buf_free(&b);
}
END_TEST

/* An answer with this status and body, one of the last sixteen. */
static const char *
reply(int status, const char *body)
{
	static char text[16][200];
	static unsigned n;
	char *to = text[n++ % 16];

	snprintf(to, sizeof text[0],
	    "HTTP/1.1 %d X\r\nContent-Length: %zu\r\nRetry-After: 7\r\n\r\n%s",
	    status, strlen(body), body);
	return to;
}

static struct token *
token(const char *const answers[], int n)
{
	serve(answers, n);
	return token_new(http, base, "my id", "s&cret", TOKEN_BODY);
}

START_TEST(token_is_asked_for_once_and_kept)
{
	const char *answers[] = { reply(200, "{\"access_token\":\"T1\","
					     "\"expires_in\":3600}"),
		reply(200, "{\"access_token\":\"T2\",\"expires_in\":3600}") };
	struct token *t = token(answers, 2);
	struct buf why = { 0 };
	const char *text, *got;
	int64_t wait;

	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(token_get(t, &text, &why, &wait), TOKEN_OK);
		ck_assert_str_eq(text, "T1");
	}
	ck_assert_str_eq(token_secrets(t)[0], "s&cret");
	/* "my%20id:s%26cret", as a header has it */
	ck_assert_str_eq(token_secrets(t)[1], "bXklMjBpZDpzJTI2Y3JldA==");
	ck_assert_str_eq(token_secrets(t)[2], "T1");
	ck_assert_ptr_null(token_secrets(t)[3]);
	token_drop(t);
	ck_assert_ptr_null(token_secrets(t)[2]);
	ck_assert_int_eq(token_get(t, &text, &why, &wait), TOKEN_OK);
	ck_assert_str_eq(text, "T2");
	got = buf_text(scratch_read(requests));
	ck_assert_int_eq(strncmp(got, "POST /connect/token ", 20), 0);
	ck_assert_ptr_nonnull(strstr(got, "application/x-www-form-urlencoded"));
	ck_assert_ptr_nonnull(
	    strstr(got, "grant_type=client_credentials&client_id=my%20id&"
			"client_secret=s%26cret&scope=masstransportapiv1"));
	token_free(t);
	token_free(NULL);
	buf_free(&why);
}
END_TEST

/* One whose time is over is asked for again. */
START_TEST(token_is_renewed)
{
	const char *answers[] = {
		reply(200, "{\"access_token\":\"T1\",\"expires_in\":0}"),
		reply(200, "{\"access_token\":\"T2\"}"),
	};
	struct token *t = token(answers, 2);
	struct buf why = { 0 };
	const char *text;
	int64_t wait;

	ck_assert_int_eq(token_get(t, &text, &why, &wait), TOKEN_OK);
	ck_assert_str_eq(text, "T1");
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(token_get(t, &text, &why, &wait), TOKEN_OK);
		ck_assert_str_eq(text, "T2");
	}
	token_free(t);
	buf_free(&why);
}
END_TEST

START_TEST(token_says_why_it_has_none)
{
	static const struct {
		int status;
		const char *body;
		enum token_got got;
	} rows[] = {
		{ 400, "{\"error\":\"invalid_client\"}", TOKEN_DENIED },
		{ 401, "s&cret", TOKEN_DENIED },
		{ 403, "", TOKEN_DENIED },
		{ 404, "", TOKEN_BROKEN },
		{ 302, "", TOKEN_BROKEN },
		{ 408, "", TOKEN_LATER },
		{ 429, "", TOKEN_LATER },
		{ 503, "", TOKEN_LATER },
		{ 200, "", TOKEN_BROKEN },
		{ 200, "{}", TOKEN_BROKEN },
		{ 200, "{\"access_token\":\"\"}", TOKEN_BROKEN },
		{ 200, "{\"access_token\":1}", TOKEN_BROKEN },
		{ 200, "{\"access_token\":\"a\\r\\nX: y\"}", TOKEN_BROKEN },
		{ 200, "{\"access_token\":\"a\\u0000b\"}", TOKEN_BROKEN },
	};
	const size_t n = sizeof rows / sizeof rows[0];
	const char *answers[sizeof rows / sizeof rows[0]], *text;
	struct buf why = { 0 };
	struct token *t;
	int64_t wait;

	for (size_t i = 0; i < n; i++)
		answers[i] = reply(rows[i].status, rows[i].body);
	t = token(answers, (int)n);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&why);
		ck_assert_msg(token_get(t, &text, &why, &wait) == rows[i].got,
		    "%d %s: %s", rows[i].status, rows[i].body, why.data);
		ck_assert_ptr_null(text);
		ck_assert_ptr_nonnull(strstr(buf_text(&why), base));
		ck_assert_ptr_null(strstr(buf_text(&why), "s&cret"));
		ck_assert_int_eq(
		    wait, rows[i].status == 200 ? RETRY_NONE : 7000);
	}
	waitpid(server, &(int){ 0 }, 0);
	server = -1;
	ck_assert_int_eq(token_get(t, &text, &why, &wait), TOKEN_LATER);
	token_free(t);
	buf_free(&why);
}
END_TEST

Suite *
http_suite(void)
{
	Suite *s = suite_create("http");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, http_gives_the_answer_whole);
	tcase_add_test(tc, http_sends_what_was_asked_and_no_more);
	tcase_add_test(tc, http_follows_nowhere);
	tcase_add_test(tc, http_sends_an_import_once);
	tcase_add_test(tc, http_names_what_went_wrong);
	tcase_add_test(tc, http_speaks_plainly_to_loopback_alone);
	tcase_add_test(tc, http_keeps_so_much_of_a_body);
	tcase_add_test(tc, token_is_asked_for_once_and_kept);
	tcase_add_test(tc, token_is_renewed);
	tcase_add_test(tc, token_says_why_it_has_none);
	suite_add_tcase(s, tc);
	return s;
}
