/* help.c - what many suites need: chance, the edge of memory, files, an ear. */

#include "config.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/random.h"
#include "base/xalloc.h"
#include "help.h"

#define EDGE ((size_t)2 * 1024 * 1024)

struct help_chance
help_chance(const char *what)
{
	const char *given = getenv("DITIO_SEED");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 10)
				      : random_below(1000000000);

	printf("# %s: DITIO_SEED=%llu\n", what, (unsigned long long)seed);
	fflush(stdout);
	return (struct help_chance){ seed };
}

int
help_trials(int n)
{
	return getenv("DITIO_BRIEF") != NULL ? n / 30 + 1 : n;
}

/* Weyl's sequence, stirred. */
uint64_t
help_below(struct help_chance *c, uint64_t below)
{
	uint64_t n = c->state += 0x9e3779b97f4a7c15;

	n = (n ^ n >> 32) * 0xd6e8feb86659fd93;
	n = (n ^ n >> 32) * 0xd6e8feb86659fd93;
	return (n ^ n >> 32) % below;
}

const char *
help_pick(struct help_chance *c, const char *const texts[], size_t n)
{
	return texts[help_below(c, n)];
}

const char *
help_edge(const void *s, size_t len)
{
	static char *map;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	ck_assert_uint_le(len, EDGE);
	if (map == NULL) {
		map = mmap(NULL, EDGE + page, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		ck_assert(map != MAP_FAILED);
		ck_assert_int_eq(mprotect(map + EDGE, page, PROT_NONE), 0);
	}
	if (len > 0)
		memcpy(map + EDGE - len, s, len);
	return map + EDGE - len;
}

static char *
new_path(void)
{
	const char *dir = getenv("TMPDIR");
	struct buf path = { 0 };

	buf_printf(&path, "%s/ditio-unit-XXXXXX", dir != NULL ? dir : "/tmp");
	return path.data;
}

char *
help_file(const void *s, size_t len)
{
	char *path = new_path();
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, s, len), (ssize_t)len);
	ck_assert_int_eq(close(fd), 0);
	return path;
}

char *
help_dir(void)
{
	char *path = new_path();

	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

void
help_remove(char *path)
{
	ck_assert_int_eq(remove(path), 0);
	free(path);
}

static void
slurp(FILE *f, struct buf *b)
{
	char some[4096];
	size_t n;

	while ((n = fread(some, 1, sizeof some, f)) > 0)
		buf_put(b, some, n);
	ck_assert(!ferror(f));
}

void
help_slurp(const char *path, struct buf *b)
{
	FILE *f = fopen(path, "r");

	ck_assert_ptr_nonnull(f);
	slurp(f, b);
	fclose(f);
}

void
help_filter(const char *command, const void *s, size_t len, struct buf *b)
{
	char *path = help_file(s, len);
	struct buf line = { 0 };
	FILE *f;

	buf_printf(&line, "%s <'%s'", command, path);
	f = popen(line.data, "r");
	ck_assert_ptr_nonnull(f);
	slurp(f, b);
	ck_assert_int_eq(pclose(f), 0);
	buf_free(&line);
	help_remove(path);
}

static FILE *ear;
static int mouth = -1;

void
help_listen(void)
{
	/* Where suites share one process, another may have set a name. */
	if (strcmp(msg_tool(), "ditio") != 0)
		msg_init("ditio");
	msg_flush();
	ear = tmpfile();
	ck_assert_ptr_nonnull(ear);
	mouth = dup(STDERR_FILENO);
	ck_assert_int_ge(dup2(fileno(ear), STDERR_FILENO), 0);
}

const char *
help_heard(void)
{
	static struct buf heard;

	msg_flush();
	ck_assert_int_ge(dup2(mouth, STDERR_FILENO), 0);
	close(mouth);
	rewind(ear);
	buf_clear(&heard);
	slurp(ear, &heard);
	fclose(ear);
	return buf_text(&heard);
}

static pid_t dribbler;
static int saved_stdin;

void
help_dribble(const void *s, size_t len, size_t step)
{
	const char *p = s;
	int pair[2];

	/* Each packet is one read, never two of them. */
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	dribbler = fork();
	ck_assert_int_ge(dribbler, 0);
	if (dribbler == 0) {
		signal(SIGPIPE, SIG_DFL);
		close(pair[0]);
		for (size_t i = 0; i < len; i += step) {
			size_t n = len - i < step ? len - i : step;

			if (write(pair[1], p + i, n) != (ssize_t)n)
				_exit(1);
		}
		_exit(0);
	}
	close(pair[1]);
	saved_stdin = dup(STDIN_FILENO);
	ck_assert_int_eq(dup2(pair[0], STDIN_FILENO), STDIN_FILENO);
	close(pair[0]);
}

void
help_dribble_end(void)
{
	ck_assert_int_eq(dup2(saved_stdin, STDIN_FILENO), STDIN_FILENO);
	close(saved_stdin);
	ck_assert_int_eq(waitpid(dribbler, NULL, 0), dribbler);
}

int
help_status(void (*f)(int), int with)
{
	int status;
	pid_t pid;

	fflush(stdout);
	help_listen();
	if ((pid = fork()) == 0) {
		f(with);
		_exit(0);
	}
	ck_assert_int_ge(pid, 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	(void)help_heard();
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static struct rlimit saved_limit;
static void (*saved_signal)(int);

void
help_disk(size_t bytes)
{
	struct rlimit limit;

	saved_signal = signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &saved_limit), 0);
	limit = saved_limit;
	limit.rlim_cur = bytes;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

void
help_disk_end(void)
{
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &saved_limit), 0);
	signal(SIGXFSZ, saved_signal);
}
