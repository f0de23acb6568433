/* spool.c - batches on disk beside the ledger, until their fate is final. */

#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/spool.h"

#define HELD_BACK ((size_t)256 << 10)

struct spool {
	char *dir;
	char name[32];
	int fd; /* this run's file, or -1 */
	int64_t size;
	struct buf held; /* not written yet */
	char *reading;	 /* the file open for reading */
	int in;
};

struct spool *
spool_open(const char *path, int64_t run)
{
	struct spool *s = xcalloc(1, sizeof *s);
	struct buf dir = { 0 };

	buf_printf(&dir, "%s.spool", path);
	s->dir = xstrdup(buf_text(&dir));
	buf_free(&dir);
	snprintf(s->name, sizeof s->name, "run-%lld.ndjson", (long long)run);
	s->fd = s->in = -1;
	if (aside_make_dir(s->dir, 0700) == 0)
		return s;
	spool_close(s);
	return NULL;
}

const char *
spool_name(const struct spool *s)
{
	return s->name;
}

/* The path of ${name} in the spool.  The caller frees. */
static char *
path_of(const struct spool *s, const char *name)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/%s", s->dir, name);
	return path.data;
}

static int
trouble(const struct spool *s, const char *name)
{
	msg_warn_errno("%s/%s", s->dir, name);
	return -1;
}

static int
write_held(struct spool *s)
{
	size_t done = 0;

	while (done < s->held.len) {
		ssize_t n =
		    write(s->fd, s->held.data + done, s->held.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return trouble(s, s->name);
		done += (size_t)n;
	}
	buf_clear(&s->held);
	return 0;
}

int64_t
spool_put(struct spool *s, const char *line, size_t len)
{
	int64_t at = s->size;

	if (s->fd < 0) {
		char *path = path_of(s, s->name);

		s->fd =
		    open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		free(path);
		if (s->fd < 0)
			return trouble(s, s->name);
	}
	buf_put(&s->held, line, len);
	buf_putc(&s->held, '\n');
	s->size += (int64_t)len + 1;
	if (s->held.len >= HELD_BACK && write_held(s) != 0)
		return -1;
	return at;
}

int
spool_sync(struct spool *s)
{
	if (s->fd < 0)
		return 0;
	if (write_held(s) != 0)
		return -1;
	if (fsync(s->fd) != 0)
		return trouble(s, s->name);
	return aside_sync_dir(s->dir);
}

void
spool_abandon(struct spool *s)
{
	char *path = path_of(s, s->name);

	if (s->fd >= 0 && unlink(path) != 0)
		msg_warn_errno("%s", path);
	free(path);
	buf_clear(&s->held);
}

/* Open ${name} for reading, unless it is already. */
static int
enter(struct spool *s, const char *name)
{
	char *path;

	if (s->in >= 0 && strcmp(s->reading, name) == 0)
		return 0;
	if (s->in >= 0)
		close(s->in);
	free(s->reading);
	s->reading = xstrdup(name);
	path = path_of(s, name);
	s->in = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	return s->in < 0 ? trouble(s, name) : 0;
}

int
spool_get(
    struct spool *s, const char *name, int64_t at, int64_t len, struct buf *to)
{
	char piece[65536];

	buf_clear(to);
	if (enter(s, name) != 0)
		return -1;
	while (len > 0) {
		size_t want =
		    len < (int64_t)sizeof piece ? (size_t)len : sizeof piece;
		ssize_t n = pread(s->in, piece, want, at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return trouble(s, name);
		if (n == 0) {
			msg_warn("%s/%s: shorter than the ledger says", s->dir,
			    name);
			return -1;
		}
		buf_put(to, piece, (size_t)n);
		at += n;
		len -= n;
	}
	return 0;
}

/* A hole in the file ${context}; where it cannot be, all stays as it is. */
static void
punch(void *context, int64_t at, int64_t len)
{
#ifdef FALLOC_FL_PUNCH_HOLE
	(void)!fallocate(*(int *)context,
	    FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, len);
#else
	(void)context;
	(void)at;
	(void)len;
#endif
}

/* Empty the file ${name} in ${dir} of what is final. */
static void
thin_out(int dir, const char *name, struct ledger *l)
{
	int fd = openat(dir, name, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	ledger_spool_final(l, name, punch, &fd);
	close(fd);
}

void
spool_sweep(struct spool *s, struct ledger *l)
{
	DIR *dir = opendir(s->dir);
	struct dirent *d;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		if (strncmp(d->d_name, "run-", 4) != 0)
			continue;
		if (ledger_spooled(l, d->d_name))
			thin_out(dirfd(dir), d->d_name, l);
		else
			unlinkat(dirfd(dir), d->d_name, 0);
	}
	if (dir != NULL)
		closedir(dir);
}

void
spool_close(struct spool *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		close(s->fd);
	if (s->in >= 0)
		close(s->in);
	buf_free(&s->held);
	free(s->reading);
	free(s->dir);
	free(s);
}
