/* lock.c - one run at a time on a ledger. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/msg.h"
#include "upload/clock.h"
#include "upload/disk.h"
#include "upload/lock.h"

#define LOOK_AGAIN_MS 100

int
lock_take(const char *path, int64_t wait)
{
	int64_t until = clock_now() + wait;
	struct buf name = { 0 };
	int fd;

	if (disk_check(path) != 0)
		return -1;
	buf_printf(&name, "%s.lock", path);
	fd = open(buf_text(&name), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		msg_warn_errno("%s", buf_text(&name));
	while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EINTR)
			continue;
		if (errno == EWOULDBLOCK && clock_now() < until) {
			clock_wait(clock_now() + LOOK_AGAIN_MS);
			continue;
		}
		if (errno == EWOULDBLOCK) {
			msg_warn("%s: another run has this ledger; run again "
				 "later, or use --wait",
			    path);
			close(fd);
			fd = LOCK_HELD;
			break;
		}
		msg_warn_errno("%s", buf_text(&name));
		close(fd);
		fd = -1;
	}
	buf_free(&name);
	return fd;
}
