/* aside.c - files that appear whole or not at all. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"

#define ROOM 65536

struct aside {
	int fd;
	int failed;
	char *name;    /* what it shall be called */
	char *working; /* what it is called until then */
	size_t len;
	char buffer[ROOM];
};

struct aside *
aside_open(const char *dir, const char *name)
{
	struct aside *a = xmalloc(sizeof *a);
	struct buf path = { 0 };

	a->failed = 0;
	a->len = 0;
	buf_printf(&path, "%s/%s", dir, name);
	a->name = xstrdup(path.data);
	buf_clear(&path);
	/* The dot keeps it out of "*.json" if a kill leaves it behind. */
	buf_printf(&path, "%s/.%s.XXXXXX", dir, name);
	a->working = xstrdup(path.data);
	buf_free(&path);
	if ((a->fd = mkostemp(a->working, O_CLOEXEC)) < 0) {
		msg_warn_errno("%s", a->name);
		free(a->working);
		free(a->name);
		free(a);
		return NULL;
	}
	return a;
}

static void
fail(struct aside *a)
{
	if (!a->failed)
		msg_warn_errno("%s", a->name);
	a->failed = 1;
}

static void
flush(struct aside *a)
{
	const char *p = a->buffer;

	while (a->len > 0 && !a->failed) {
		ssize_t n = write(a->fd, p, a->len);

		if (n >= 0) {
			p += n;
			a->len -= (size_t)n;
		} else if (errno != EINTR) {
			fail(a);
		}
	}
	a->len = 0;
}

void
aside_put(struct aside *a, const void *s, size_t len)
{
	const char *p = s;

	while (len > 0) {
		size_t n = ROOM - a->len < len ? ROOM - a->len : len;

		memcpy(a->buffer + a->len, p, n);
		a->len += n;
		p += n;
		len -= n;
		if (a->len == ROOM)
			flush(a);
	}
}

/* True if two open files hold the same bytes. */
static int
same_bytes(FILE *a, FILE *b)
{
	char x[ROOM], y[ROOM];
	size_t n, m;

	do {
		n = fread(x, 1, sizeof x, a);
		m = fread(y, 1, sizeof y, b);
		if (n != m || memcmp(x, y, n) != 0)
			return 0;
	} while (n > 0);
	return !ferror(a) && !ferror(b);
}

int
aside_same(const char *path, const char *other)
{
	FILE *a = fopen(path, "r");
	FILE *b = fopen(other, "r");
	int same = a != NULL && b != NULL && same_bytes(a, b);

	if (a != NULL)
		fclose(a);
	if (b != NULL)
		fclose(b);
	return same;
}

int
aside_commit(struct aside *a)
{
	int failed;

	flush(a);
	if (!a->failed && fsync(a->fd) != 0)
		fail(a);
	if (fchmod(a->fd, 0644) != 0 && !a->failed)
		fail(a);
	if (close(a->fd) != 0 && !a->failed)
		fail(a);
	a->fd = -1;
	/* link refuses a name that is taken; rename would overwrite it. */
	if (!a->failed && link(a->working, a->name) != 0) {
		if (errno != EEXIST) {
			fail(a);
		} else if (!aside_same(a->name, a->working)) {
			msg_warn("%s: is there already, with other content",
			    a->name);
			a->failed = 1;
		}
	}
	failed = a->failed;
	aside_drop(a);
	return failed ? -1 : 0;
}

void
aside_drop(struct aside *a)
{
	if (a == NULL)
		return;
	if (a->fd >= 0)
		close(a->fd);
	unlink(a->working);
	free(a->working);
	free(a->name);
	free(a);
}

int
aside_make_dir(const char *path, unsigned mode)
{
	size_t len = strlen(path);
	struct buf parent = { 0 };
	int failed;

	if (mkdir(path, (mode_t)mode) != 0) {
		if (errno == EEXIST)
			return 0;
		msg_warn_errno("%s", path);
		return -1;
	}
	while (len > 0 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	if (len > 0)
		buf_put(&parent, path, len);
	else
		buf_puts(&parent, ".");
	failed = aside_sync_dir(parent.data);
	buf_free(&parent);
	return failed;
}

int
aside_sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) != 0;

	if (failed)
		msg_warn_errno("%s", dir);
	if (fd >= 0)
		close(fd);
	return failed ? -1 : 0;
}
