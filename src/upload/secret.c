/* secret.c - the client's secret, and keeping it. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/msg.h"
#include "upload/secret.h"

#define SECRET_MAX 4096

void
secret_guard(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifdef PR_SET_DUMPABLE
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* Overwrite.  Volatile, or the compiler would not write what nobody reads. */
static void
wipe(char *s, size_t len)
{
	volatile char *p = s;

	while (len-- > 0)
		*p++ = '\0';
}

/* Read on to the end of the first line, or of ${room}: a pipe gives it in
 * pieces.  The bytes read, or -1. */
static ssize_t
read_line(int fd, char *to, size_t room)
{
	size_t len = 0;

	while (len < room && memchr(to, '\n', len) == NULL) {
		ssize_t n = read(fd, to + len, room - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

/* Read the secret from ${fd}, called ${name}, and close it. */
static int
read_open(int fd, const char *name, struct buf *to)
{
	char text[SECRET_MAX + 2]; /* a CRLF, or one byte too many */
	struct stat st;
	size_t len = 0;
	ssize_t n = -1;
	int bad = -1;

	if (fd < 0 || fstat(fd, &st) != 0 ||
	    (n = read_line(fd, text, sizeof text)) < 0) {
		msg_warn_errno("%s", name);
		goto done;
	}
	while (len < (size_t)n && text[len] != '\n' && text[len] != '\r')
		len++;
	if (S_ISREG(st.st_mode) && (st.st_mode & 077) != 0) {
		msg_warn("%s: others may read this secret; chmod 600 it", name);
	} else if (len > SECRET_MAX) {
		msg_warn(
		    "%s: no secret is longer than %d bytes", name, SECRET_MAX);
	} else {
		buf_put(to, text, len);
		bad = 0;
	}
	wipe(text, (size_t)n);
done:
	if (fd >= 0)
		close(fd);
	return bad;
}

int
secret_read(const char *path, int fd, struct buf *to)
{
	const char *value = getenv("DITIO_CLIENT_SECRET");
	char name[32];

	snprintf(name, sizeof name, "descriptor %d", fd);
	if (path != NULL) {
		if (read_open(open(path, O_RDONLY | O_CLOEXEC), path, to) != 0)
			return -1;
	} else if (fd >= 0) {
		if (read_open(fd, path = name, to) != 0)
			return -1;
	} else if (value != NULL) {
		buf_puts(to, value);
	}
	if (to->len > 0 && strlen(to->data) == to->len)
		return 0;
	if (path != NULL)
		msg_warn("%s: no secret in its first line", path);
	else
		msg_warn("no client secret: set DITIO_CLIENT_SECRET, or better "
			 "name a file with --client-secret-file");
	return -1;
}

void
secret_free(struct buf *b)
{
	if (b->data != NULL)
		wipe(b->data, b->room);
	buf_free(b);
}
