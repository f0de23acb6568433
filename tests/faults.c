/* faults.c - a preload that kills its program before its k-th call into the
 * system, or lets that call fail.
 *
 * From the environment: FAULTS_AT, the number of the call from 1; FAULTS_HOW,
 * "kill" or the number of an error; FAULTS_ON, set: every call from then on
 * fails.  With FAULTS_COUNT, a file, nothing fails and the number of calls is
 * written there at the end.  FAULTS_DISK is the type all disks have. */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

static long calls;

__attribute__((destructor)) static void
say_count(void)
{
	const char *path = getenv("FAULTS_COUNT");
	FILE *f = path != NULL ? fopen(path, "w") : NULL;

	if (f == NULL)
		return;
	fprintf(f, "%ld\n", calls);
	fclose(f);
}

/* True, with errno set, if this call is to fail. */
static int
strikes(void)
{
	const char *at = getenv("FAULTS_AT"), *how = getenv("FAULTS_HOW");
	long k = at != NULL ? atol(at) : 0;

	calls++;
	if (k == 0 || how == NULL || calls < k ||
	    (calls > k && getenv("FAULTS_ON") == NULL))
		return 0;
	if (strcmp(how, "kill") == 0)
		raise(SIGKILL);
	errno = atoi(how);
	return 1;
}

/* A call ${name} that gives ${type} and -1 when it fails. */
#define CALL(type, name, params, args)                                         \
	type name params                                                       \
	{                                                                      \
		static type(*real) params;                                     \
                                                                               \
		if (real == NULL)                                              \
			*(void **)&real = dlsym(RTLD_NEXT, #name);             \
		return strikes() ? (type)-1 : real args;                       \
	}

/* Likewise for open, whose mode is there only sometimes. */
#define OPEN(name)                                                             \
	int name(const char *path, int flags, ...)                             \
	{                                                                      \
		static int (*real)(const char *, int, ...);                    \
		va_list ap;                                                    \
		mode_t mode = 0;                                               \
                                                                               \
		if (real == NULL)                                              \
			*(void **)&real = dlsym(RTLD_NEXT, #name);             \
		if ((flags & O_CREAT) != 0) {                                  \
			va_start(ap, flags);                                   \
			mode = va_arg(ap, mode_t);                             \
			va_end(ap);                                            \
		}                                                              \
		return strikes() ? -1 : real(path, flags, mode);               \
	}

#ifdef __linux__
/* Disks are of the type we are told. */
int
statfs(const char *path, struct statfs *fs)
{
	static int (*real)(const char *, struct statfs *);
	const char *type = getenv("FAULTS_DISK");
	int got;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "statfs");
	got = strikes() ? -1 : real(path, fs);
	if (got == 0 && type != NULL)
		fs->f_type = strtol(type, NULL, 0);
	return got;
}
#endif

OPEN(open)
CALL(ssize_t, read, (int fd, void *b, size_t n), (fd, b, n))
CALL(ssize_t, write, (int fd, const void *b, size_t n), (fd, b, n))
CALL(ssize_t, pread, (int fd, void *b, size_t n, off_t at), (fd, b, n, at))
CALL(ssize_t, pwrite, (int fd, const void *b, size_t n, off_t at),
    (fd, b, n, at))
CALL(int, close, (int fd), (fd))
CALL(int, fsync, (int fd), (fd))
CALL(int, fdatasync, (int fd), (fd))
CALL(int, ftruncate, (int fd, off_t n), (fd, n))
CALL(int, flock, (int fd, int how), (fd, how))
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode))
CALL(int, unlink, (const char *path), (path))
CALL(int, rename, (const char *from, const char *to), (from, to))
CALL(int, link, (const char *from, const char *to), (from, to))
CALL(int, connect, (int fd, const struct sockaddr *a, socklen_t n), (fd, a, n))
CALL(ssize_t, send, (int fd, const void *b, size_t n, int f), (fd, b, n, f))
CALL(ssize_t, recv, (int fd, void *b, size_t n, int f), (fd, b, n, f))

#ifdef __GLIBC__
OPEN(open64)
CALL(ssize_t, pread64, (int fd, void *b, size_t n, off64_t at), (fd, b, n, at))
CALL(ssize_t, pwrite64, (int fd, const void *b, size_t n, off64_t at),
    (fd, b, n, at))
CALL(int, ftruncate64, (int fd, off64_t n), (fd, n))
#endif
