/* scripted.c - a server that answers imports as a script says, for upload.t.
 *
 * usage: scripted LOG SCRIPT COMMAND [ARGUMENT ...]
 *
 * Listens on a loopback port, sets the DITIO_* variables, runs COMMAND and
 * returns its status.  SCRIPT has a word for each import, the last one for
 * all that follow.  "apply-" before a word applies the batch first.  LOG gets
 * a line for each request: what it was, and what was done.
 *
 * Words: a status (201), with "+N" a Retry-After of N ("_" is a blank), with
 * "-cut" a body that is cut, with "-drip" one that never ends; drop, early
 * (closes with the body unread), hang, half (a cut status line), garbage, 100
 * (that alone, then closes), with "-slow" an answer that comes a second later.
 *
 * From the environment: SCRIPTED_MARK is "end" or "start", what the latest
 * timestamp is; or words by commas, each the answer to one reading ("none", a
 * time, "html", "empty" or a status), "end" to go on truthfully.
 * SCRIPTED_TOKEN is the status of token requests, or the body of a 200;
 * SCRIPTED_TOKEN_SAYS the body of others.
 * SCRIPTED_BAD is a text: imports that hold it are answered 400, whatever the
 * script says; with SCRIPTED_PART set, after the records before it were
 * applied.  SCRIPTED_LIMIT is a size in bytes: larger imports are answered 413.
 * SCRIPTED_SAYS is the body of refusals.
 * SCRIPTED_AGGREGATE has bodies by bars, each the answer to one question for
 * the aggregate, the last one for all that follow. */

#include "config.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOM (1 << 20)

/* Where redirects lead: here, too, so that who follows is seen. */
#define ELSEWHERE "Location: /elsewhere\r\n"

/* What all connections share. */
struct shared {
	int imports, marks, tokens, aggregates;
	char newest_end[32], newest_start[32];
};

static struct shared *shared;
static const char *script;
static int log_fd;
static char request[ROOM];

/* The ${n}th word of ${s}, from 0; past the end the last. */
static const char *
word(const char *s, int n, const char *between, char *to, size_t room)
{
	size_t len = strcspn(s, between);

	while (n-- > 0 && s[len] != '\0') {
		s += len + 1;
		len = strcspn(s, between);
	}
	snprintf(to, room, "%.*s", (int)len, s);
	return to;
}

static void
note(const char *what, const char *done, int nth)
{
	char line[200];
	int len = snprintf(line, sizeof line, "%s %s %d\n", what, done, nth);

	if (write(log_fd, line, (size_t)len) != len)
		_exit(99);
}

static void
answer(int fd, const char *status, const char *more, const char *body,
    size_t promised)
{
	char text[2048];
	int len = snprintf(text, sizeof text,
	    "HTTP/1.1 %s Said\r\nContent-Type: application/json\r\n"
	    "Content-Length: %zu\r\n%s\r\n%s",
	    status, promised > 0 ? promised : strlen(body), more, body);

	if (write(fd, text, (size_t)len) != len)
		return;
}

/* Keep the newest ${key} of ${body} in ${to}: UTC texts sort as times. */
static void
newest(const char *body, const char *key, char *to)
{
	for (const char *s = body; (s = strstr(s, key)) != NULL;) {
		s += strlen(key);
		if (strncmp(s, to, 20) > 0)
			snprintf(to, 32, "%.20s", s);
	}
}

static void
do_mark(int fd)
{
	const char *mark = getenv("SCRIPTED_MARK");
	char w[64], body[128];

	word(mark != NULL ? mark : "end", shared->marks++, ",", w, sizeof w);
	note("mark", w, shared->marks);
	if (strcmp(w, "end") == 0)
		snprintf(w, sizeof w, "%s", shared->newest_end);
	else if (strcmp(w, "start") == 0)
		snprintf(w, sizeof w, "%s", shared->newest_start);
	if (strlen(w) == 3 && strspn(w, "0123456789") == 3) {
		answer(fd, w, "", "{\"message\":\"said the script\"}", 0);
		return;
	}
	if (strcmp(w, "empty") == 0)
		*body = '\0';
	else if (strcmp(w, "html") == 0)
		snprintf(body, sizeof body, "<html>hello</html>");
	else if (*w == '\0' || strcmp(w, "none") == 0)
		snprintf(body, sizeof body, "{\"latestTimestamp\":null}");
	else
		snprintf(body, sizeof body, "{\"latestTimestamp\":\"%s\"}", w);
	answer(fd, "200", "", body, 0);
}

static void
do_token(int fd, const char *asked)
{
	/* someone:canary-secret */
	const char *basic = "Basic c29tZW9uZTpjYW5hcnktc2VjcmV0\r\n";
	int form = strstr(asked, "client_secret=canary-secret") != NULL;
	const char *status = getenv("SCRIPTED_TOKEN");
	const char *body =
	    "{\"access_token\":\"canary-token\",\"expires_in\":1800}";
	const char *says = getenv("SCRIPTED_TOKEN_SAYS");

	if (status != NULL && (*status < '0' || *status > '9')) {
		body = status;
		status = NULL;
	}
	note("style",
	    form			   ? "body"
	    : strstr(asked, basic) != NULL ? "basic"
					   : "nobody",
	    shared->tokens);
	note("token", status != NULL ? status : "200", ++shared->tokens);
	if (status == NULL)
		answer(fd, "200", "", body, 0);
	else
		answer(fd, status, *status == '3' ? ELSEWHERE : "",
		    says != NULL ? says : "{\"error\":\"invalid_client\"}", 0);
}

static void
do_aggregate(int fd, const char *question)
{
	const char *bodies = getenv("SCRIPTED_AGGREGATE");
	const char *dates = strstr(question, "\"fromDate\"");
	char w[1024];

	word(bodies != NULL ? bodies : "", shared->aggregates++, "|", w,
	    sizeof w);
	note("aggregate", dates != NULL ? dates : "of no dates",
	    shared->aggregates);
	answer(fd, "200", "", w, 0);
}

/* What the server says of a batch it will not have. */
static const char *
says(void)
{
	const char *s = getenv("SCRIPTED_SAYS");

	return s != NULL ? s : "{\"message\":\"said the script\"}";
}

/* What is answered instead of the script's ${w}, if the batch is not one that
 * the server takes. */
static void
mind(const char *body, char *w, size_t room)
{
	const char *bad = getenv("SCRIPTED_BAD"), *limit;
	const char *hit = bad != NULL ? strstr(body, bad) : NULL;

	limit = getenv("SCRIPTED_LIMIT");
	if (limit != NULL && strlen(body) > strtoul(limit, NULL, 10)) {
		snprintf(w, room, "413");
	} else if (hit != NULL) {
		snprintf(w, room, "400");
		if (getenv("SCRIPTED_PART") != NULL) {
			char *before = strndup(body, (size_t)(hit - body));

			newest(before, "\"endTime\":\"", shared->newest_end);
			free(before);
		}
	}
}

/* Returns 0 when the connection is to be closed. */
static int
do_import(int fd, const char *body)
{
	char w[64], code[4], more[64] = "";
	const char *s, *plus;

	word(script, shared->imports++, " ", w, sizeof w);
	mind(body, w, sizeof w);
	note("import", w, shared->imports);
	s = w;
	if (strncmp(s, "apply-", 6) == 0 || strncmp(s, "201", 3) == 0) {
		newest(body, "\"endTime\":\"", shared->newest_end);
		newest(body, "\"startTime\":\"", shared->newest_start);
		s += strncmp(s, "apply-", 6) == 0 ? 6 : 0;
	}
	if ((plus = strchr(s, '+')) != NULL)
		snprintf(more, sizeof more, "Retry-After: %s\r\n", plus + 1);
	for (char *c = more; *c != '\0'; c++)
		if (*c == '_')
			*c = ' ';
	if (strncmp(s, "30", 2) == 0)
		snprintf(more, sizeof more, ELSEWHERE);
	if (strcmp(s, "drop") == 0 || strcmp(s, "early") == 0)
		return 0;
	if (strcmp(s, "hang") == 0)
		sleep(20);
	else if (strcmp(s, "half") == 0)
		return (void)!write(fd, "HTTP/1.1 2", 10), 0;
	else if (strcmp(s, "garbage") == 0)
		return (void)!write(fd, "\x16\x03\x01 hello\r\n\r\n", 13), 0;
	else if (strcmp(s, "100") == 0)
		return (void)!write(fd, "HTTP/1.1 100 Go\r\n\r\n", 19), 0;
	if (strstr(s, "-slow") != NULL) {
		poll(NULL, 0, 1000);
		*strchr(w, '-') = '\0';
	}
	snprintf(code, sizeof code, "%.3s", s);
	answer(fd, code, more, *s == '2' ? "not json" : says(),
	    strchr(s, '-') != NULL ? 100 : 0);
	for (int i = 0; strstr(s, "-drip") != NULL && i < 200; i++) {
		if (write(fd, " ", 1) != 1)
			break;
		poll(NULL, 0, 100);
	}
	return strchr(s, '-') == NULL;
}

/* Read one request; the length of its head, or 0 at the end. */
static size_t
read_request(int fd)
{
	size_t len = 0, head = 0, want = 0;

	while (head == 0 || len < head + want) {
		ssize_t n = read(fd, request + len, ROOM - 1 - len);
		const char *s;

		if (n <= 0)
			return 0;
		len += (size_t)n;
		request[len] = '\0';
		if (head == 0 && (s = strstr(request, "\r\n\r\n")) != NULL) {
			head = (size_t)(s - request) + 4;
			if ((s = strstr(request, "Content-Length: ")) != NULL)
				want = (size_t)atol(s + 16);
		}
	}
	return head;
}

static void
serve(int fd)
{
	size_t head;
	char w[64];

	word(script, shared->imports, " ", w, sizeof w);
	if (strcmp(w, "early") == 0) {
		/* The body stays unread when it is long: closing resets. */
		ssize_t n = recv(fd, request, 200, MSG_PEEK | MSG_WAITALL);

		request[n > 0 ? n : 0] = '\0';
		if (strstr(request, "/import") != NULL) {
			note("import", w, ++shared->imports);
			return;
		}
	}
	while ((head = read_request(fd)) > 0) {
		if (strstr(request, "/connect/token") != NULL)
			do_token(fd, request);
		else if (strstr(request, "/latest-timestamp/") != NULL)
			do_mark(fd);
		else if (strstr(request, "/aggregated-data-per-state") != NULL)
			do_aggregate(fd, request + head);
		else if (strstr(request, "/import ") == NULL &&
			 strstr(request, "/api/external-excavator-state ") ==
			     NULL)
			note("other", "404", 0), answer(fd, "404", "", "", 0);
		else if (strncmp(request, "POST ", 5) != 0 ||
			 strstr(request, "Bearer canary-token\r\n") == NULL)
			note("import", "unsound", 0);
		else if (!do_import(fd, request + head))
			return;
	}
}

int
main(int argc, char *argv[])
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t size = sizeof a;
	char base[64];
	int s = socket(AF_INET, SOCK_STREAM, 0), status;
	pid_t child, done;

	if (argc < 4)
		return 99;
	script = argv[2];
	log_fd = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (log_fd < 0 || shared == MAP_FAILED ||
	    bind(s, (struct sockaddr *)&a, sizeof a) != 0 ||
	    listen(s, 16) != 0 ||
	    getsockname(s, (struct sockaddr *)&a, &size) != 0)
		return 99;
	snprintf(
	    base, sizeof base, "http://127.0.0.1:%d", (int)ntohs(a.sin_port));
	setenv("DITIO_MASSTRANSPORT_BASE", base, 1);
	setenv("DITIO_IDENTITY_BASE", base, 1);
	setenv("DITIO_CLIENT_ID", "someone", 1);
	setenv("DITIO_CLIENT_SECRET", "canary-secret", 1);
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
			if (done == child)
				return WIFEXITED(status) ? WEXITSTATUS(status)
							 : 98;
		if (poll(&p, 1, 20) < 1 || (fd = accept(s, NULL, NULL)) < 0)
			continue;
		if (fork() == 0) {
			close(s);
			serve(fd);
			_exit(0);
		}
		close(fd);
	}
}
