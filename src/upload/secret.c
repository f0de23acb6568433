/* secret.c - the client's secret, and keeping it. */

#include "config.h"

#include <fcntl.h>
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

static int
read_file(const char *path, struct buf *to)
{
	char text[SECRET_MAX];
	struct stat st;
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0 ||
	    (n = read(fd, text, sizeof text)) < 0) {
		msg_warn_errno("%s", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	close(fd);
	if (S_ISREG(st.st_mode) && (st.st_mode & 077) != 0) {
		msg_warn("%s: others may read this secret; chmod 600 it", path);
		return -1;
	}
	for (ssize_t i = 0; i < n && text[i] != '\n' && text[i] != '\r'; i++)
		buf_putc(to, text[i]);
	memset(text, 0, sizeof text);
	return 0;
}

int
secret_read(const char *path, struct buf *to)
{
	const char *value = getenv("DITIO_CLIENT_SECRET");

	if (path != NULL && read_file(path, to) != 0)
		return -1;
	if (path == NULL && value != NULL)
		buf_puts(to, value);
	if (to->len > 0 && strlen(to->data) == to->len)
		return 0;
	msg_warn("no client secret: set DITIO_CLIENT_SECRET, or better name a "
		 "file with --client-secret-file");
	return -1;
}

void
secret_free(struct buf *b)
{
	if (b->data != NULL)
		memset(b->data, 0, b->room);
	buf_free(b);
}
