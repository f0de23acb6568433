/* unpack.c - files as they were before they were compressed. */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/msg.h"
#include "base/unpack.h"
#include "base/xalloc.h"

#define ROOM ((size_t)256 * 1024)

enum kind { PLAIN, GZIP, OTHER };

struct unpack {
	int fd; /* read if there is no other source */
	struct unpack_source source;
	const char *name;
	struct tap *tap; /* sees what is read from fd; or NULL */
	enum kind kind;
	uint64_t raw;	/* bytes read from fd */
	size_t at, end; /* of what is in the buffer */
	int at_end;	/* fd gave its end */
	int failed;	/* fd could not be read; it was said */
	int done;	/* the last member is over */
	z_stream gzip;
	struct archive *archive;
	size_t head_at, head_end; /* of what unpack_head has shown */
	int head_failed;	  /* after it nothing can be read */
	unsigned char head[UNPACK_HEAD];
	unsigned char buffer[ROOM + 8]; /* a few beyond: see fill_magic */
};

/* As read(2), but what is wrong is said. */
static long
read_source(struct unpack *u, void *to, size_t len)
{
	struct pollfd p = { .fd = u->fd, .events = POLLIN };
	ssize_t n;

	if (u->source.read != NULL)
		return u->source.read(u->source.from, to, len);
	while ((n = read(u->fd, to, len)) < 0) {
		if (errno == EAGAIN || errno == EWOULDBLOCK) {
			(void)poll(&p, 1, -1);
		} else if (errno != EINTR) {
			msg_warn_errno("%s", u->name);
			return -1;
		}
	}
	if (u->tap != NULL && n > 0)
		tap_put(u->tap, to, (size_t)n);
	return (long)n;
}

/* Fill the empty buffer from the file. */
static void
fill(struct unpack *u)
{
	long n;

	u->at = u->end = 0;
	if (u->at_end || u->failed)
		return;
	n = read_source(u, u->buffer, ROOM);
	if (n > 0) {
		u->end = (size_t)n;
		u->raw += (uint64_t)n;
	} else if (n == 0) {
		u->at_end = 1;
	} else {
		u->failed = 1;
	}
}

/* The first bytes may come one by one: six are needed to tell the kind. */
static void
fill_magic(struct unpack *u)
{
	unsigned char first[6];
	size_t n = 0;

	while (n < sizeof first) {
		fill(u);
		if (u->end == 0)
			break;
		if (n == 0 && u->end >= sizeof first)
			return;
		if (n + u->end > sizeof first) {
			/* Put the few earlier bytes before these. */
			memmove(u->buffer + n, u->buffer, u->end);
			memcpy(u->buffer, first, n);
			u->end += n;
			return;
		}
		memcpy(first + n, u->buffer, u->end);
		n += u->end;
	}
	memcpy(u->buffer, first, n);
	u->at = 0;
	u->end = n;
}

static int
starts(const struct unpack *u, const char *magic, size_t len)
{
	return u->end >= len && memcmp(u->buffer, magic, len) == 0;
}

/* A frame, or one of the sixteen to be skipped, as pzstd puts first. */
static int
is_zstd(const struct unpack *u)
{
	return starts(u, "\x28\xb5\x2f\xfd", 4) ||
	       (u->end >= 4 && (u->buffer[0] & 0xf0) == 0x50 &&
		   memcmp(u->buffer + 1, "\x2a\x4d\x18", 3) == 0);
}

static la_ssize_t
feed_archive(struct archive *a, void *data, const void **bytes)
{
	struct unpack *u = data;
	size_t n;

	if (u->at == u->end)
		fill(u);
	if (u->failed) {
		archive_set_error(a, EIO, "cannot be read");
		return -1;
	}
	*bytes = u->buffer + u->at;
	n = u->end - u->at;
	u->at = u->end;
	return (la_ssize_t)n;
}

/* What libarchive has to say, which may be nothing at all. */
static void
say_damaged(const struct unpack *u, const char *why)
{
	if (u->failed)
		return; /* it was said */
	msg_warn("%s: the compressed data is cut or damaged: %s; "
		 "copy the file again",
	    u->name, why != NULL ? why : "no more is known");
}

static int
start_archive(struct unpack *u)
{
	struct archive_entry *entry;
	struct archive *a = archive_read_new();
	int verdict = ARCHIVE_FATAL;

	if (a == NULL)
		msg_die("out of memory");
	u->archive = a;
	/* Raw and empty only: given its head, libarchive takes "a;b" for an
	 * mtree. */
	archive_read_support_filter_zstd(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_bzip2(a);
	archive_read_support_format_raw(a);
	archive_read_support_format_empty(a);
	if (archive_read_open(a, u, NULL, feed_archive, NULL) == ARCHIVE_OK)
		verdict = archive_read_next_header(a, &entry);
	if (verdict < ARCHIVE_WARN) {
		say_damaged(u, archive_error_string(a));
		return -1;
	}
	/* Nothing was packed, and nothing may be asked for. */
	u->done = verdict == ARCHIVE_EOF;
	return 0;
}

static int
start(struct unpack *u)
{
	fill_magic(u);
	if (u->failed)
		return -1;
	if (starts(u, "\x1f\x8b", 2)) {
		u->kind = GZIP;
		if (inflateInit2(&u->gzip, 16 + MAX_WBITS) != Z_OK)
			msg_die("out of memory");
		return 0;
	}
	if (!is_zstd(u) && !starts(u, "BZh", 3) &&
	    !starts(u, "\xfd\x37zXZ\0", 6))
		return 0;
	u->kind = OTHER;
	return start_archive(u);
}

static struct unpack *
new_unpack(const char *name)
{
	struct unpack *u = xmalloc(sizeof *u);

	memset(u, 0, offsetof(struct unpack, head));
	u->name = name;
	return u;
}

struct unpack *
unpack_open(int fd, const char *name, struct tap *tap)
{
	struct unpack *u = new_unpack(name);

	u->fd = fd;
	u->tap = tap;
	if (start(u) != 0)
		u->failed = 1;
	return u;
}

struct unpack *
unpack_over(struct unpack_source source, const char *name)
{
	struct unpack *u = new_unpack(name);

	u->source = source;
	if (start(u) != 0)
		u->failed = 1;
	return u;
}

static long
read_plain(struct unpack *u, void *to, size_t len)
{
	size_t n = u->end - u->at;
	long got;

	if (n == 0 && len >= ROOM) {
		/* Straight to its place, without a copy. */
		if ((got = read_source(u, to, len)) > 0)
			u->raw += (uint64_t)got;
		return got;
	}
	if (n == 0) {
		fill(u);
		n = u->end;
	}
	if (u->failed)
		return -1;
	if (n > len)
		n = len;
	memcpy(to, u->buffer + u->at, n);
	u->at += n;
	return (long)n;
}

static void
say_garbage(const struct unpack *u)
{
	struct msg m = { .level = MSG_WARNING,
		.file = u->name,
		.code = "trailing-garbage",
		.text = "bytes after the end of the compressed data are "
			"ignored" };

	msg_place(&m);
}

/*
 * A member of a gzip file is over: another may follow, as after "cat a.gz
 * b.gz".  Anything else that follows is padding or rubbish, and said.
 */
static void
next_member(struct unpack *u)
{
	if (u->at == u->end)
		fill(u);
	if (u->at == u->end) {
		u->done = 1;
	} else if (u->buffer[u->at] == 0x1f) {
		inflateReset(&u->gzip);
	} else {
		say_garbage(u);
		u->done = 1;
	}
}

static long
read_gzip(struct unpack *u, void *to, size_t len)
{
	u->gzip.next_out = to;
	u->gzip.avail_out = (uInt)(len < ROOM ? len : ROOM);
	len = u->gzip.avail_out;
	while (u->gzip.avail_out == len && !u->done) {
		int verdict;

		if (u->at == u->end)
			fill(u);
		if (u->failed)
			return -1;
		if (u->at == u->end) {
			say_damaged(u, "it ends inside the gzip data");
			return -1;
		}
		u->gzip.next_in = u->buffer + u->at;
		u->gzip.avail_in = (uInt)(u->end - u->at);
		verdict = inflate(&u->gzip, Z_NO_FLUSH);
		u->at = u->end - u->gzip.avail_in;
		if (verdict == Z_STREAM_END) {
			next_member(u);
		} else if (verdict != Z_OK && verdict != Z_BUF_ERROR) {
			say_damaged(
			    u, u->gzip.msg != NULL ? u->gzip.msg : "not gzip");
			return -1;
		}
	}
	return (long)(len - u->gzip.avail_out);
}

static long
read_archive(struct unpack *u, void *to, size_t len)
{
	long n = (long)archive_read_data(u->archive, to, len);

	if (n < 0)
		say_damaged(u, archive_error_string(u->archive));
	if (n != 0 || len == 0)
		return n;
	u->done = 1;
	/* libarchive passes over what follows bzip2 without a word. */
	if (u->raw == (uint64_t)archive_filter_bytes(u->archive, -1))
		fill(u);
	if (u->raw > (uint64_t)archive_filter_bytes(u->archive, -1))
		say_garbage(u);
	return u->failed ? -1 : 0;
}

static long
read_on(struct unpack *u, void *to, size_t len)
{
	long n = -1;

	if (u->failed)
		return -1;
	switch (u->kind) {
	case PLAIN:
		n = read_plain(u, to, len);
		break;
	case GZIP:
		n = u->done ? 0 : read_gzip(u, to, len);
		break;
	case OTHER:
		n = u->done ? 0 : read_archive(u, to, len);
		break;
	}
	if (n < 0)
		u->failed = 1;
	return n < 0 ? -1 : n;
}

/*
 * Whoever waits at the other end of a pipe for an answer to one line must not
 * be waited for: with a whole line there is enough to see.
 */
const unsigned char *
unpack_head(struct unpack *u, size_t *len)
{
	while (!u->head_failed && u->head_end < UNPACK_HEAD &&
	       memchr(u->head, '\n', u->head_end) == NULL) {
		long n = read_on(
		    u, u->head + u->head_end, UNPACK_HEAD - u->head_end);

		if (n == 0)
			break;
		if (n < 0)
			u->head_failed = 1;
		else
			u->head_end += (size_t)n;
	}
	*len = u->head_end;
	return u->head;
}

long
unpack_read(struct unpack *u, void *to, size_t len)
{
	size_t n = u->head_end - u->head_at;

	if (n == 0)
		return u->head_failed ? -1 : read_on(u, to, len);
	if (n > len)
		n = len;
	memcpy(to, u->head + u->head_at, n);
	u->head_at += n;
	return (long)n;
}

int
unpack_drain(struct unpack *u)
{
	while (!u->failed && !u->at_end)
		fill(u);
	return u->failed ? -1 : 0;
}

/* stdin may be a file of which the shell has read some. */
int
unpack_own_fd(const struct unpack *u)
{
	struct stat st;

	if (u->kind != PLAIN || u->source.read != NULL || u->failed ||
	    fstat(u->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    lseek(u->fd, 0, SEEK_CUR) != (off_t)u->raw)
		return -1;
	return u->fd;
}

uint64_t
unpack_raw_bytes(const struct unpack *u)
{
	return u->raw;
}

void
unpack_close(struct unpack *u)
{
	if (u == NULL)
		return;
	if (u->kind == GZIP)
		inflateEnd(&u->gzip);
	if (u->archive != NULL)
		archive_read_free(u->archive);
	free(u);
}
