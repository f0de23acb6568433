/* help.h - what many suites need: chance, the edge of memory, files, an ear. */

#ifndef TESTS_HELP_H
#define TESTS_HELP_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Numbers that come again for the same seed. */
struct help_chance {
	uint64_t state;
};

/*
 * Begin a trial of ${what}: by DITIO_SEED, or by a seed nobody chose; it is
 * printed either way.
 */
struct help_chance help_chance(const char *what);

/* How often to try: ${n} times, or a thirtieth of it when DITIO_BRIEF is set,
 * as under valgrind. */
int help_trials(int n);

/* A number from 0 to ${below} - 1. */
uint64_t help_below(struct help_chance *c, uint64_t below);

/* One of ${n} texts. */
const char *help_pick(
    struct help_chance *c, const char *const texts[], size_t n);

/*
 * A copy of ${len} bytes (at most 2 MiB) that end where memory ends: reading
 * one more is death.  Lives until the next call.
 */
const char *help_edge(const void *s, size_t len);

/* A new file with these bytes; its path.  help_remove takes it away. */
char *help_file(const void *s, size_t len);
void help_remove(char *path);

/* A new empty directory; its path.  help_remove takes it away. */
char *help_dir(void);

/* All bytes of a file, put at the end of ${b}. */
void help_slurp(const char *path, struct buf *b);

/* What ${command}, a filter, makes of these bytes, put at the end of ${b}. */
void help_filter(const char *command, const void *s, size_t len, struct buf *b);

/* Catch what is said on stderr, by a tool called ditio; give it back, and what
 * was heard.  The text lives until the next call. */
void help_listen(void);
const char *help_heard(void);

/* Make stdin give these bytes, ${step} of them a read; and end that. */
void help_dribble(const void *s, size_t len, size_t step);
void help_dribble_end(void);

/* The status a process ends with that calls ${f}, or -1 after a signal.  What
 * it says goes nowhere. */
int help_status(void (*f)(int), int with);

/* Let files grow no larger than ${bytes}; and end that. */
void help_disk(size_t bytes);
void help_disk_end(void);

#endif
