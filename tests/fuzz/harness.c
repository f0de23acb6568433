/* harness.c - one run of a filter, and what must hold of every run. */

#include "config.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yajl/yajl_parse.h>

#include "base/utf8.h"
#include "base/zone.h"

/* The filter's own, under another name. */
int filter_main(int argc, char *argv[]);
#undef main

/* What the filter writes goes to files that are read when it ends. */
static FILE *output, *messages;
static FILE *to; /* where we say what broke */

static _Noreturn void
broken(const char *what)
{
	fprintf(to, "harness: %s\n", what);
	fflush(to);
	abort();
}

static FILE *
take_over(int fd)
{
	FILE *f = tmpfile();

	if (f == NULL || dup2(fileno(f), fd) != fd)
		broken("no temporary file");
	return f;
}

/* All of a file, ended by NUL.  The caller frees. */
static char *
whole(FILE *f, size_t *len)
{
	off_t size = lseek(fileno(f), 0, SEEK_END);
	char *s = malloc((size_t)size + 1);

	if (size < 0 || s == NULL ||
	    pread(fileno(f), s, (size_t)size, 0) != (ssize_t)size)
		broken("what was written cannot be read");
	s[size] = '\0';
	*len = (size_t)size;
	return s;
}

static int depth;
static uint64_t objects;

static int
on_open(void *context)
{
	(void)context;
	depth++;
	return 1;
}

static int
on_close(void *context)
{
	(void)context;
	objects += --depth == 0;
	return 1;
}

/* Every line is one object, by somebody else's reader. */
static uint64_t
check_lines(const char *s, size_t len)
{
	const yajl_callbacks callbacks = { .yajl_start_map = on_open,
		.yajl_end_map = on_close };
	yajl_handle h = yajl_alloc(&callbacks, NULL, NULL);
	uint64_t lines = 0;

	yajl_config(h, yajl_allow_multiple_values, 1);
	for (const char *p = s, *end; p < s + len; p = end + 1, lines++) {
		if ((end = memchr(p, '\n', (size_t)(s + len - p))) == NULL)
			broken("the output ends within a line");
		if (yajl_parse(h, (const unsigned char *)p,
			(size_t)(end - p) + 1) != yajl_status_ok ||
		    objects != lines + 1)
			broken("a line of the output is not one object");
	}
	yajl_free(h);
	return lines;
}

/* The last line: a stream has it if, and only if, all of it is there. */
static void
check_last(const char *s, size_t len, uint64_t lines, int status)
{
	const char *last = len > 1 ? memrchr(s, '\n', len - 1) : NULL;
	uint64_t records;
	int ends;

	last = last != NULL ? last + 1 : s;
	ends = sscanf(last, "{\"ditioEnd\":{\"records\":%" SCNu64, &records);
	if (status == 2 ? ends == 1 : ends != 1)
		broken("the last line does not go with the status");
	if (ends == 1 && records + 2 != lines)
		broken("the last line counts other records");
}

/* What was read is accounted for. */
static void
check_sum(const char *s)
{
	uint64_t read, used, rejected, skipped;
	const char *line = strstr(s, ": read ");

	if (line == NULL ||
	    sscanf(line,
		": read %" SCNu64 " %*s = %" SCNu64 " used + %" SCNu64
		" rejected + %" SCNu64 " skipped",
		&read, &used, &rejected, &skipped) != 4)
		broken("no sum of what was read");
	if (read != used + rejected + skipped)
		broken("the sum of what was read is wrong");
}

/* Whether the output is a stream, and no draft for a person. */
static int
is_stream(char *const argv[])
{
	for (; *argv != NULL; argv++)
		if (strncmp(*argv, "--draft", 7) == 0)
			return 0;
	return 1;
}

static void
judge(int status, void *argv)
{
	size_t output_len, messages_len;
	char *out = whole(output, &output_len);
	char *said = whole(messages, &messages_len);
	const char *program = ((char **)argv)[0];

	if (status < 0 || status > 2)
		broken("an exit status that is not documented");
	if (status == 2 && messages_len == 0)
		broken("trouble without a word");
	if (utf8_prefix(said, messages_len) != messages_len)
		broken("the messages are not UTF-8");
	if (utf8_prefix(out, output_len) != output_len)
		broken("the output is not UTF-8");
	if (output_len > 0 && is_stream(argv)) {
		check_last(
		    out, output_len, check_lines(out, output_len), status);
		if (strstr(program, "fuzz-parse") != NULL && status < 2)
			check_sum(said);
	}
	free(out);
	free(said);
}

int
main(int argc, char *argv[])
{
	int error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);

	to = error >= 0 ? fdopen(error, "w") : NULL;
	if (to == NULL)
		abort();
	/* The better part of a run: done once, before AFL++ makes copies. */
	(void)zone_find("Europe/Oslo", strlen("Europe/Oslo"));
#ifdef __AFL_HAVE_MANUAL_CONTROL
	__AFL_INIT();
#endif
	output = take_over(STDOUT_FILENO);
	messages = take_over(STDERR_FILENO);
	on_exit(judge, argv);
	return filter_main(argc, argv);
}
