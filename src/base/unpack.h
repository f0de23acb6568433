/* unpack.h - files as they were before they were compressed. */

#ifndef BASE_UNPACK_H
#define BASE_UNPACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/tap.h"

struct unpack;

/*
 * Read the open file ${fd}, known to messages as ${name} (both borrowed).
 * gzip, zstd, xz and bzip2 are told by their first bytes; anything else comes
 * as it is.  The bytes of the file go by ${tap}, if it is not NULL, as they are
 * read.
 */
struct unpack *unpack_open(int fd, const char *name, struct tap *tap);

/* Read the file to its end, for the tap.  0, or -1 after a message, also when
 * it could not be read before. */
int unpack_drain(struct unpack *u);

/* Bytes that come from elsewhere: ${read} is called with ${from}, does as
 * unpack_read does, and says itself what is wrong. */
struct unpack_source {
	long (*read)(void *from, void *to, size_t len);
	void *from;
};

/* The same of ${source}, which outlives what is opened. */
struct unpack *unpack_over(struct unpack_source source, const char *name);

/* The most that unpack_head shows. */
#define UNPACK_HEAD 512

/*
 * The first bytes, which unpack_read will give again: UNPACK_HEAD of them, or
 * less if they have a newline or the file ends sooner.  To be called before
 * unpack_read.  They belong to ${u}.
 */
const unsigned char *unpack_head(struct unpack *u, size_t *len);

/*
 * Read up to ${len} bytes into ${to}.  The number of bytes, 0 at the end, -1
 * after a message: the system could not read, or the file is cut or damaged.
 */
long unpack_read(struct unpack *u, void *to, size_t len);

/*
 * The file itself, if what comes of it are its own bytes from the first on and
 * it can be read from anywhere: it is compressed by none of these and no pipe.
 * -1 if not.
 */
int unpack_own_fd(const struct unpack *u);

/* Bytes read from the file itself so far. */
uint64_t unpack_raw_bytes(const struct unpack *u);

/* ${fd} stays open.  NULL is welcome. */
void unpack_close(struct unpack *u);

#endif
