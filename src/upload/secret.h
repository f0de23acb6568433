/* secret.h - the client's secret, and keeping it. */

#ifndef UPLOAD_SECRET_H
#define UPLOAD_SECRET_H

#include "base/buf.h"

/* No core dump and no look into this process by others. */
void secret_guard(void);

/*
 * The secret from the file ${path}, its first line of at most 4096 bytes; when
 * that is NULL from the descriptor ${fd}, likewise, which is closed; when that
 * is -1 from the environment's DITIO_CLIENT_SECRET.  A file that its group or
 * others may read is refused.  0, or -1 after a message.
 */
int secret_read(const char *path, int fd, struct buf *to);

/* Overwrite and free. */
void secret_free(struct buf *b);

#endif
