/* members.h - the files in a zip or tar archive, one after another. */

#ifndef BASE_MEMBERS_H
#define BASE_MEMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/unpack.h"

struct members;

/* The longest name a member may have, in bytes. */
#define MEMBERS_NAME 1024

/*
 * The archive, known to messages as ${name}, of at most ${most} members,
 * directories among them.  A tar file is read from its front, a zip file by
 * the directory at its end: ${fd} is one that can be read from anywhere, its
 * own place is left alone.  All is borrowed.
 */
struct members *members_open_tar(
    struct unpack *from, const char *name, uint64_t most);
struct members *members_open_zip(int fd, const char *name, uint64_t most);

/*
 * Go to the next member that is a file, whether or not the one before was read
 * to its end, and give its name as it stands in the archive, with bytes that
 * are not UTF-8 as "%XX"; it belongs to ${m} and lives until the next call.
 * 1; 0 when none is left; -1 after a message about a member that cannot be
 * read (it is encrypted, or its name is too long: the next call goes on), or
 * about the archive (it is cut or damaged, or has too many members: the next
 * call gives 0).  Directories are passed over; so are links, devices and what
 * Macintoshes add, which a warning counts at the end.
 */
int members_next(struct members *m, const char **name);

/* Bytes of the member, as unpack_read; for a struct unpack_source. */
long members_read(void *m, void *to, size_t len);

/* Bytes read from the archive so far. */
uint64_t members_raw_bytes(const struct members *m);

/* What it was opened over stays open.  NULL is welcome. */
void members_close(struct members *m);

#endif
