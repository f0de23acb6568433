/* files_path.c - one file, opened by its path. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files_path.h"
#include "base/msg.h"
#include "base/xalloc.h"

#define PIPE_SIZE (1024 * 1024)
#define ROOM ((size_t)256 * 1024)

uint64_t
files_path_sizes(char *const paths[])
{
	uint64_t sum = 0;
	struct stat st;

	for (; *paths != NULL; paths++) {
		if (strcmp(*paths, "-") == 0 ? fstat(STDIN_FILENO, &st) != 0
					     : stat(*paths, &st) != 0)
			return 0;
		if (!S_ISREG(st.st_mode))
			return 0;
		sum += (uint64_t)st.st_size;
	}
	return sum;
}

int
files_path_open(const char *path)
{
	struct stat st;
	int fd;

	fd = strcmp(path, "-") == 0 ? STDIN_FILENO
				    : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		msg_warn_errno("%s", fd == STDIN_FILENO ? "<stdin>" : path);
	} else if (S_ISDIR(st.st_mode)) {
		msg_warn("%s: is a directory; name the files in it", path);
	} else {
#ifdef F_SETPIPE_SZ
		if (S_ISFIFO(st.st_mode))
			(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE);
#endif
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
		return fd;
	}
	if (fd > STDIN_FILENO)
		close(fd);
	return -1;
}

int
files_path_tap(int fd, const char *path, struct tap *tap)
{
	char *some = xmalloc(ROOM);
	uint64_t at = 0;
	ssize_t n;

	while ((n = pread(fd, some, ROOM, (off_t)at)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		tap_put(tap, some, (size_t)n);
		at += (uint64_t)n;
	}
	if (n < 0)
		msg_warn_errno("%s", path);
	free(some);
	return n < 0 ? -1 : 0;
}
