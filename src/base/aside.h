/* aside.h - files that appear whole or not at all. */

#ifndef BASE_ASIDE_H
#define BASE_ASIDE_H

#include <stddef.h>

struct aside;

/*
 * Start writing what shall be ${dir}/${name}: a file of another name in the
 * same directory, created new.  NULL after a message.
 */
struct aside *aside_open(const char *dir, const char *name);

/* Write.  A failure is reported once and told by aside_commit. */
void aside_put(struct aside *a, const void *s, size_t len);

/*
 * Sync, give it its name and free ${a}.  Never overwrites: a file of the same
 * name and bytes is left as it is, which is success; one of other bytes is an
 * error.  The name is durable only after aside_sync_dir(dir).  0, or -1 after
 * a message, nothing left behind.
 */
int aside_commit(struct aside *a);

/* Throw away what was written.  NULL is welcome. */
void aside_drop(struct aside *a);

/* True if both files can be read and hold the same bytes. */
int aside_same(const char *path, const char *other);

/* Make the directory ${path}, durably, unless it is there.  0, or -1 after a
 * message. */
int aside_make_dir(const char *path, unsigned mode);

/* Make the names in ${dir} durable.  0, or -1 after a message. */
int aside_sync_dir(const char *dir);

#endif
