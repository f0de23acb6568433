/* progress.c - how far the work is, on a terminal only. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/progress.h"

static int shown; /* a line of ours stands on the terminal */
static struct timespec began, last;

static double
between(const struct timespec *a, const struct timespec *b)
{
	return (double)(b->tv_sec - a->tv_sec) +
	       (double)(b->tv_nsec - a->tv_nsec) / 1e9;
}

void
progress_show(const char *what, uint64_t rows, uint64_t bytes, uint64_t total)
{
	struct timespec now;
	char line[160];
	double spent;
	int n;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (began.tv_sec == 0)
		began = last = now;
	if (between(&last, &now) < 0.5)
		return;
	last = now;
	if (!msg_shows(MSG_INFO) || !isatty(STDERR_FILENO))
		return;
	spent = between(&began, &now);
	n = snprintf(line, sizeof line,
	    "\r%s: %" PRIu64 " rows, %" PRIu64 " MB", what, rows,
	    bytes / 1000000);
	if (total > 0 && bytes > 0 && bytes <= total)
		n += snprintf(line + n, sizeof line - (size_t)n,
		    ", %d %%, %.0f s left", (int)(bytes * 100 / total),
		    spent * (double)(total - bytes) / (double)bytes);
	msg_raw(line, (size_t)n);
	msg_raw("\033[K", 3);
	msg_flush();
	shown = 1;
}

void
progress_clear(void)
{
	if (!shown)
		return;
	msg_raw("\r\033[K", 4);
	shown = 0;
}
