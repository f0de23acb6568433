/* bench.c - run commands in turns and say what they took. */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/status.h"
#include "base/xalloc.h"

/*
 * The plan, on standard input, is a line for each command:
 *
 *	name|against|rows|file|command
 *
 * ${against} names the command whose speed is 1, ${file} what it reads.  All
 *are run once in turn, then again: what disturbs the machine disturbs them all.
 */

struct command {
	char *name, *against, *line;
	double rows, megabytes; /* per run; the latter of the file it reads */
	double *wall, *cpu;	/* seconds, by run */
	double peak;		/* MB, of its largest process, of all runs */
};

static struct command
read_command(char *text)
{
	struct command c = { 0 };
	char *field[5];
	struct stat st;

	text[strcspn(text, "\n")] = '\0';
	for (int i = 0; i < 5; i++) {
		field[i] = text;
		if (i < 4 && (text = strchr(text, '|')) == NULL)
			msg_die("the plan: five fields are needed");
		if (i < 4)
			*text++ = '\0';
	}
	c.name = xstrdup(field[0]);
	c.against = xstrdup(field[1]);
	c.rows = strtod(field[2], NULL);
	if (stat(field[3], &st) != 0)
		msg_die("%s: %s", field[3], strerror(errno));
	c.megabytes = (double)st.st_size / 1e6;
	c.line = xstrdup(field[4]);
	return c;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void
run(struct command *c, int k)
{
	double start = now();
	struct rusage use;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", c->line, (char *)NULL);
		_exit(127);
	}
	while (pid > 0 && wait4(pid, &status, 0, &use) < 0)
		if (errno != EINTR)
			pid = -1;
	if (pid < 0)
		msg_die("%s: %s", c->name, strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		msg_die("%s: failed; what it took says nothing", c->name);
	c->wall[k] = now() - start;
	c->cpu[k] = seconds(use.ru_utime) + seconds(use.ru_stime);
	if ((double)use.ru_maxrss / 1024 > c->peak)
		c->peak = (double)use.ru_maxrss / 1024;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *of, int n)
{
	qsort(of, (size_t)n, sizeof *of, by_size);
	return n % 2 != 0 ? of[n / 2] : (of[n / 2 - 1] + of[n / 2]) / 2;
}

/* After median, which puts the runs in order. */
static void
print(const struct command *all, size_t n, const struct command *c, int runs)
{
	double wall = c->wall[runs / 2];
	const struct command *against = NULL;

	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].name, c->against) == 0)
			against = &all[i];
	printf("%-30s %7.2f %7.2f %6.2f %6.2f %7.2f %7.0f %7.1f", c->name, wall,
	    c->wall[0], c->wall[runs - 1], c->cpu[runs / 2],
	    c->rows / wall / 1e6, c->megabytes / wall, c->peak);
	if (against != NULL && against != c)
		printf("  %5.2f x %s",
		    c->rows / wall / (against->rows / against->wall[runs / 2]),
		    against->name);
	putchar('\n');
}

int
main(int argc, char *argv[])
{
	struct command *c = NULL;
	char *line = NULL;
	size_t n = 0, room = 0;
	int runs = argc == 2 ? atoi(argv[1]) : 0;

	msg_init("bench");
	if (runs < 1)
		msg_die("usage: bench RUNS <PLAN");
	while (getline(&line, &room, stdin) > 0) {
		c = xreallocarray(c, n + 1, sizeof *c);
		c[n] = read_command(line);
		c[n].wall = xcalloc((size_t)runs, sizeof *c[n].wall);
		c[n].cpu = xcalloc((size_t)runs, sizeof *c[n].cpu);
		n++;
	}
	for (int k = 0; k < runs; k++)
		for (size_t i = 0; i < n; i++) {
			fprintf(stderr, "\rrun %d of %d: %-40s", k + 1, runs,
			    c[i].name);
			/* Once before, not counted: a virtual machine may have
			 * to borrow its memory anew, page by page. */
			run(&c[i], k);
			run(&c[i], k);
		}
	fprintf(stderr, "\r%60s\r", "");
	printf("%-30s %7s %7s %6s %6s %7s %7s %7s  speed\n", "median of runs",
	    "wall s", "least", "most", "CPU s", "M row/s", "MB/s", "peak MB");
	for (size_t i = 0; i < n; i++) {
		(void)median(c[i].wall, runs);
		(void)median(c[i].cpu, runs);
	}
	for (size_t i = 0; i < n; i++)
		print(c, n, &c[i], runs);
	return fflush(stdout) == 0 ? STATUS_OK : STATUS_TROUBLE;
}
