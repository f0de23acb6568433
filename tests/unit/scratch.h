/* scratch.h - files a test may make, and what was said while it ran. */

#ifndef TESTS_SCRATCH_H
#define TESTS_SCRATCH_H

#include <stddef.h>

#include "base/buf.h"

/* Begin a test: the files of those before are gone. */
void scratch_new(void);

/*
 * The path of ${name} in a directory of this process's own, which goes with
 * it.  Lives until the process ends.
 */
char *scratch_path(const char *name);

/* Write ${len} bytes, or a string, to such a file; its path. */
char *scratch_bytes(const char *name, const void *bytes, size_t len);
char *scratch_text(const char *name, const char *text);

/* The bytes of the file ${path}; "" when there is none.  Until the next
 * call. */
const struct buf *scratch_read(const char *path);

/* From now on messages are kept instead of printed. */
void scratch_listen(void);

/*
 * What was said since, "file:line: level: text [code]\n" for each without what
 * is absent; and forget it.  Until the next call.
 */
const char *scratch_heard(void);

#endif
