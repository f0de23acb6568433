/* sort_spill.c - the unlinked temporary file behind a sorter. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/sort_spill.h"
#include "base/temp.h"
#include "base/xalloc.h"

#define ROOM ((size_t)256 * 1024)

struct sort_spill {
	int fd;
	const char *dir;
	uint64_t written; /* bytes in the file */
	size_t held;	  /* bytes in the buffer */
	char buffer[ROOM];
};

struct sort_spill *
sort_spill_new(void)
{
	const char *dir = temp_dir();
	struct sort_spill *f;
	int fd;

	if ((fd = temp_open()) < 0) {
		msg_warn_errno("%s: cannot create a temporary file "
			       "(set TMPDIR, or give more --memory)",
		    dir);
		return NULL;
	}
	f = xmalloc(sizeof *f);
	f->fd = fd;
	f->dir = dir;
	f->written = 0;
	f->held = 0;
	return f;
}

int
sort_spill_flush(struct sort_spill *f)
{
	const char *p = f->buffer;

	while (f->held > 0) {
		ssize_t n = pwrite(f->fd, p, f->held, (off_t)f->written);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			msg_warn_errno("%s: cannot write a temporary file "
				       "(set TMPDIR, or give more --memory)",
			    f->dir);
			return -1;
		}
		p += n;
		f->held -= (size_t)n;
		f->written += (uint64_t)n;
	}
	return 0;
}

int
sort_spill_put(struct sort_spill *f, const void *s, size_t len)
{
	const char *p = s;

	while (len > 0) {
		size_t n = ROOM - f->held < len ? ROOM - f->held : len;

		memcpy(f->buffer + f->held, p, n);
		f->held += n;
		p += n;
		len -= n;
		if (f->held == ROOM && sort_spill_flush(f) != 0)
			return -1;
	}
	return 0;
}

uint64_t
sort_spill_size(const struct sort_spill *f)
{
	return f->written + f->held;
}

int
sort_spill_read(struct sort_spill *f, void *to, size_t len, uint64_t offset)
{
	char *p = to;

	while (len > 0) {
		ssize_t n = pread(f->fd, p, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (n == 0)
				errno = EIO;
			msg_warn_errno(
			    "%s: cannot read a temporary file", f->dir);
			return -1;
		}
		p += n;
		len -= (size_t)n;
		offset += (uint64_t)n;
	}
	return 0;
}

void
sort_spill_free(struct sort_spill *f)
{
	if (f == NULL)
		return;
	close(f->fd);
	free(f);
}
