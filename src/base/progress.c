/* progress.c - how far the work is, on a terminal only. */

#include "config.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/progress.h"

/* Bytes of a name that are shown. */
#define MOST 40

static int shown; /* a line of ours stands on the terminal */
static struct timespec began, last;

static double
between(const struct timespec *a, const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) +
	       (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

/* A line that wraps cannot be wiped; the end of a path tells most. */
static const char *
tail(const char *what)
{
	size_t len = strlen(what);
	const char *s = len > MOST ? what + len - MOST : what;

	while ((*s & 0xc0) == 0x80)
		s++;
	return s;
}

/* Begin the line, if it is time for it and somebody looks. */
static int
begin(struct timespec *now)
{
	clock_gettime(CLOCK_MONOTONIC, now);
	if (began.tv_sec == 0)
		began = last = *now;
	if (between(&last, now) < 0.5)
		return 0;
	last = *now;
	if (!msg_shows(MSG_INFO) || !isatty(STDERR_FILENO))
		return 0;
	msg_raw("\r", 1);
	return 1;
}

static void
end(void)
{
	msg_raw("\033[K", 3);
	msg_flush();
	shown = 1;
}

void
progress_text(const char *text)
{
	struct timespec now;

	if (!begin(&now))
		return;
	msg_safe(text);
	end();
}

void
progress_show(const char *what, uint64_t rows, uint64_t bytes, uint64_t total)
{
	struct timespec now;
	struct buf line = { 0 };
	double spent;

	if (!begin(&now))
		return;
	spent = between(&began, &now);
	msg_safe(tail(what));
	buf_printf(
	    &line, ": %" PRIu64 " rows, %" PRIu64 " MB", rows, bytes / 1000000);
	if (total > 0 && bytes > 0 && bytes <= total)
		buf_printf(&line, ", %d %%, %.0f s left",
		    (int)(bytes * 100 / total),
		    spent * (double)(total - bytes) / (double)bytes);
	msg_raw(line.data, line.len);
	buf_free(&line);
	end();
}

void
progress_clear(void)
{
	if (!shown)
		return;
	msg_raw("\r\033[K", 4);
	shown = 0;
}
