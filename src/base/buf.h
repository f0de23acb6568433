/* buf.h - a byte string that grows. */

#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "base/msg.h"

/* Bytes live in data[0..len); data[len] is always NUL once anything was put. */
struct buf {
	char *data;
	size_t len;
	size_t room;
};

/* Put ${len} bytes from ${src} at the end of ${b}. */
void buf_put(struct buf *b, const void *src, size_t len);

/* Put the string ${s}. */
void buf_puts(struct buf *b, const char *s);

/* Put ${n} in decimal. */
void buf_putu(struct buf *b, uint64_t n);

/* Make room for ${n} more bytes: where they go.  For buf_room. */
char *buf_grow(struct buf *b, size_t n);

/*
 * Room for ${n} more bytes, to be written in place and declared with
 * buf_used.  Never NULL.
 */
static inline char *
buf_room(struct buf *b, size_t n)
{
	return n < b->room - b->len ? b->data + b->len : buf_grow(b, n);
}

static inline void
buf_used(struct buf *b, size_t n)
{
	b->len += n;
	b->data[b->len] = '\0';
}

/* Put one byte. */
static inline void
buf_putc(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	buf_used(b, 1);
}

/* Put formatted text.  Not for hot paths. */
void buf_printf(struct buf *b, const char *fmt, ...) MSG_PRINTF(2, 3);

/* Put the string ${s} for people: what could drive a terminal comes as in
 * messages (msg_safe). */
void buf_safe(struct buf *b, const char *s);

/* The text as a string, "" when nothing was put.  Belongs to ${b}. */
const char *buf_text(const struct buf *b);

/* Forget the bytes, keep the room. */
void buf_clear(struct buf *b);

/* Give the room back.  ${b} may be used again.  NULL is welcome. */
void buf_free(struct buf *b);

#endif
