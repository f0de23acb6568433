/* unpack.h - files as they were before they were compressed. */

#ifndef BASE_UNPACK_H
#define BASE_UNPACK_H

#include <stddef.h>
#include <stdint.h>

struct unpack;

/*
 * Read the open file ${fd}, known to messages as ${name} (both borrowed).
 * gzip, zstd, xz and bzip2 are told by their first bytes; anything else comes
 * as it is.
 */
struct unpack *unpack_open(int fd, const char *name);

/*
 * Read up to ${len} bytes into ${to}.  The number of bytes, 0 at the end, -1
 * after a message: the system could not read, or the file is cut or damaged.
 */
long unpack_read(struct unpack *u, void *to, size_t len);

/* Bytes read from the file itself so far. */
uint64_t unpack_raw_bytes(const struct unpack *u);

/* ${fd} stays open.  NULL is welcome. */
void unpack_close(struct unpack *u);

#endif
