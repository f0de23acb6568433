/* out.h - where data goes, and the promise that it arrived. */

#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stddef.h>

#include "base/status.h"

struct out;

/*
 * Standard output, buffered by 256 KiB; a pipe is made 1 MiB wide where the
 * system allows.  Belongs to this module, lives until out_close.
 */
struct out *out_std(void);

/*
 * Open ${path} for writing (created or cut to nothing).  "-" is out_std().
 * NULL after a message.
 */
struct out *out_open(const char *path);

/* The same, but what ${path} holds already stays before what is written. */
struct out *out_append(const char *path);

/* Write ${len} bytes.  A failure is reported once and remembered. */
void out_put(struct out *out, const void *s, size_t len);

/*
 * Room for ${n} more bytes, at most OUT_ROOM, to be written in place and
 * declared with out_used.  Never NULL.
 */
#define OUT_ROOM 65536
char *out_room(struct out *out, size_t n);
void out_used(struct out *out, size_t n);

/* Hand what is buffered to the system.  0, or -1 after a message. */
int out_flush(struct out *out);

/* True once a write failed: a loop may as well stop. */
int out_failed(const struct out *out);

/*
 * Flush, close and free ${out}.  0, or -1 after a message.  out_std() is
 * only flushed.  NULL is welcome.
 */
int out_finish(struct out *out);

/*
 * Flush and close stdout.  Return ${status} if every byte was taken, else say
 * so and return STATUS_TROUBLE.  A stdout that was never used is not touched,
 * unless it is closed.  Last call in every main().
 */
enum status out_close(enum status status);

#endif
