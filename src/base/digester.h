/* digester.h - a digest made beside other work, on a thread of its own. */

#ifndef BASE_DIGESTER_H
#define BASE_DIGESTER_H

#include <stddef.h>

#include "base/digest.h"

struct digester;

/* Where no thread can be had the work is done by digester_finish. */
struct digester *digester_new(void);

/*
 * Begin to digest the ${len} bytes at ${data}, borrowed and unchanged until
 * digester_finish.  One at a time.
 */
void digester_start(struct digester *d, const void *data, size_t len);

/* Wait for it; what digest_of gives. */
void digester_finish(struct digester *d, char to[DIGEST_TEXT]);

/* NULL is welcome.  What was started is finished first. */
void digester_free(struct digester *d);

#endif
