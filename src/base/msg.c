/* msg.c - everything a filter says on stderr goes through here. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/status.h"
#include "base/utf8.h"

/* A million findings must not be a million writes. */
#define ROOM 65536

static const char *tool = "ditio";
static enum msg_level threshold = MSG_INFO;
static void (*sink)(const struct msg *);
static char held[ROOM];
static size_t held_len;

/*
 * A program may be started with its standard files closed.  The next file it
 * opens must not take their place: what is meant for stdout would end up in
 * the ledger.  What stands there instead refuses to be read or written.
 */
static void
guard_standard_files(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			exit(STATUS_TROUBLE);
}

void
msg_init(const char *progname)
{
	tool = progname;
	guard_standard_files();
	atexit(msg_flush);
}

const char *
msg_tool(void)
{
	return tool;
}

void
msg_threshold(enum msg_level least)
{
	threshold = least;
}

int
msg_shows(enum msg_level level)
{
	return level >= threshold;
}

const char *
msg_word(enum msg_level level)
{
	static const char *const words[] = {
		[MSG_DEBUG] = "debug",
		[MSG_INFO] = "info",
		[MSG_NOTE] = "note",
		[MSG_WARNING] = "warning",
		[MSG_ERROR] = "error",
	};

	return words[level];
}

void
msg_sink(void (*to)(const struct msg *))
{
	sink = to;
}

void
msg_flush(void)
{
	const char *p = held;
	int saved = errno;

	while (held_len > 0) {
		ssize_t n = write(STDERR_FILENO, p, held_len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break; /* nobody listens, and nobody can be told */
		p += n;
		held_len -= (size_t)n;
	}
	held_len = 0;
	errno = saved;
}

void
msg_raw(const char *s, size_t len)
{
	while (len > 0) {
		size_t n = ROOM - held_len < len ? ROOM - held_len : len;

		memcpy(held + held_len, s, n);
		held_len += n;
		s += n;
		len -= n;
		if (held_len == ROOM)
			msg_flush();
	}
}

/* What terminals obey: C0 and C1 controls, DEL, and bytes that are no UTF-8,
 * which some read as C1. */
static int
is_unsafe(const char *s, size_t len)
{
	unsigned char c = (unsigned char)s[0];

	return len == 0 || c < 0x20 || c == 0x7f ||
	       (c == 0xc2 && (unsigned char)s[1] < 0xa0);
}

size_t
msg_escape(const char *s, size_t len, char to[MSG_ESCAPE])
{
	size_t n = utf8_character(s, len);

	if (!is_unsafe(s, n))
		return 0;
	n = n > 0 ? n : 1;
	for (size_t i = 0; i < n; i++)
		snprintf(to + 4 * i, 5, "\\x%02x", (unsigned char)s[i]);
	return n;
}

void
msg_safe(const char *s)
{
	size_t left = strlen(s), n;
	char escape[MSG_ESCAPE];

	for (; left > 0; s += n, left -= n) {
		if ((n = msg_escape(s, left, escape)) > 0)
			msg_raw(escape, 4 * n);
		else
			msg_raw(s, n = utf8_character(s, left));
	}
}

static void
put_text(const char *s)
{
	msg_raw(s, strlen(s));
}

void
msg_place(const struct msg *m)
{
	char number[24];

	if (!msg_shows(m->level))
		return;
	if (sink != NULL) {
		sink(m);
		return;
	}
	msg_safe(m->file != NULL ? m->file : tool);
	put_text(":");
	if (m->file != NULL && m->line > 0) {
		snprintf(number, sizeof number,
		    "%llu:", (unsigned long long)m->line);
		put_text(number);
	}
	if (m->file != NULL && m->line > 0 && m->column > 0) {
		snprintf(number, sizeof number,
		    "%llu:", (unsigned long long)m->column);
		put_text(number);
	}
	put_text(" ");
	put_text(msg_word(m->level));
	put_text(": ");
	msg_safe(m->text);
	if (m->code != NULL) {
		put_text(" [");
		put_text(m->code);
		put_text("]");
	}
	put_text("\n");
}

static void say(enum msg_level, const char *why, const char *fmt, va_list ap)
    MSG_PRINTF(3, 0);

static void
say(enum msg_level level, const char *why, const char *fmt, va_list ap)
{
	struct msg m = { .tool = tool, .level = level };
	char *text = NULL;
	char *whole = NULL;

	if (!msg_shows(level))
		return;
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	if (why != NULL && text != NULL &&
	    asprintf(&whole, "%s: %s", text, why) < 0)
		whole = NULL;
	m.text = whole != NULL ? whole : text != NULL ? text : fmt;
	if (sink != NULL) {
		sink(&m);
	} else {
		put_text(tool);
		put_text(": ");
		msg_safe(m.text);
		put_text("\n");
	}
	msg_flush();
	free(whole);
	free(text);
}

#define SAY(level, why)                                                        \
	do {                                                                   \
		va_list ap;                                                    \
                                                                               \
		va_start(ap, fmt);                                             \
		say(level, why, fmt, ap);                                      \
		va_end(ap);                                                    \
	} while (0)

void
msg_warn(const char *fmt, ...)
{
	SAY(MSG_ERROR, NULL);
}

void
msg_warn_errno(const char *fmt, ...)
{
	const char *why = strerror(errno);

	SAY(MSG_ERROR, why);
}

void
msg_info(const char *fmt, ...)
{
	SAY(MSG_INFO, NULL);
}

void
msg_note(const char *fmt, ...)
{
	SAY(MSG_NOTE, NULL);
}

void
msg_debug(const char *fmt, ...)
{
	SAY(MSG_DEBUG, NULL);
}

void
msg_die(const char *fmt, ...)
{
	SAY(MSG_ERROR, NULL);
	exit(STATUS_TROUBLE);
}
