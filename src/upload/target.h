/* target.h - whom we send to: base URLs and the routes below them. */

#ifndef UPLOAD_TARGET_H
#define UPLOAD_TARGET_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Check the base URL ${url} and put it, without trailing slashes, at the end
 * of ${to}: https to a host, or http to loopback; no user, query, fragment,
 * blank or control byte.  ${what} names it in the message.  0, or -1 after a
 * message.
 */
int target_base(struct buf *to, const char *url, const char *what);

/* Put the host of a checked base, in lower case and without its port. */
void target_host(struct buf *to, const char *base);

/* True if ${url} leads to this machine. */
int target_is_loopback(const char *url);

/* Put ${s} as one segment of a path, percent-encoded. */
void target_segment(struct buf *to, const char *s, size_t len);

/* Put ${s} as a value of a form, percent-encoded. */
void target_form(struct buf *to, const char *s);

#endif
