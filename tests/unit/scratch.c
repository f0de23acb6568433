/* scratch.c - files a test may make, and what was said while it ran. */

#include "config.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "scratch.h"

/* Every path given, so that none counts as lost. */
struct given {
	struct given *next;
	struct buf path;
};

static struct given *given;
static char dir[4096];
static pid_t owner;
static struct buf said, heard, bytes_read;

/* One level of directories is all a test makes. */
static void
empty(const char *path, int depth)
{
	DIR *d = opendir(path);
	const struct dirent *e;
	char name[8192];

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof name, "%.4095s/%s", path, e->d_name);
		if (unlink(name) != 0 && depth < 3)
			empty(name, depth + 1);
	}
	if (d != NULL)
		closedir(d);
	rmdir(path);
}

static void
sweep(void)
{
	if (owner == getpid())
		empty(dir, 0);
}

void
scratch_new(void)
{
	if (owner != getpid())
		return;
	empty(dir, 0);
	ck_assert_int_eq(mkdir(dir, 0700), 0);
}

char *
scratch_path(const char *name)
{
	struct given *g = xcalloc(1, sizeof *g);
	const char *tmp = getenv("TMPDIR");

	if (owner != getpid()) {
		snprintf(dir, sizeof dir, "%s/unit-XXXXXX",
		    tmp != NULL ? tmp : "/tmp");
		ck_assert_ptr_nonnull(mkdtemp(dir));
		owner = getpid();
		atexit(sweep);
	}
	g->next = given;
	given = g;
	buf_printf(&g->path, "%s/%s", dir, name);
	return g->path.data;
}

char *
scratch_bytes(const char *name, const void *bytes, size_t len)
{
	char *path = scratch_path(name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, len, f), len);
	ck_assert_int_eq(fclose(f), 0);
	return path;
}

char *
scratch_text(const char *name, const char *text)
{
	return scratch_bytes(name, text, strlen(text));
}

const struct buf *
scratch_read(const char *path)
{
	FILE *f = fopen(path, "r");
	char piece[4096];
	size_t n;

	buf_clear(&bytes_read);
	buf_put(&bytes_read, "", 0);
	while (f != NULL && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_put(&bytes_read, piece, n);
	if (f != NULL)
		fclose(f);
	return &bytes_read;
}

static void
keep(const struct msg *m)
{
	if (m->file != NULL)
		buf_printf(&said, "%s:", m->file);
	if (m->line > 0)
		buf_printf(&said, "%llu:", (unsigned long long)m->line);
	buf_printf(&said, "%s%s: %s", m->file != NULL ? " " : "",
	    msg_word(m->level), m->text);
	if (m->code != NULL)
		buf_printf(&said, " [%s]", m->code);
	buf_putc(&said, '\n');
}

void
scratch_listen(void)
{
	buf_clear(&said);
	msg_sink(keep);
}

const char *
scratch_heard(void)
{
	buf_clear(&heard);
	buf_puts(&heard, buf_text(&said));
	buf_clear(&said);
	return buf_text(&heard);
}
