/* digester.h - a digest made beside other work, on a thread of its own. */

#ifndef BASE_DIGESTER_H
#define BASE_DIGESTER_H

#include <stddef.h>

#include "base/digest.h"

struct digester;

/* Where no thread can be had the work is done by digester_start. */
struct digester *digester_new(void);

/*
 * Go on with the ${len} bytes at ${data}, borrowed and unchanged until
 * digester_finish or the end of the next call, which waits until these are
 * done.
 */
void digester_start(struct digester *d, const void *data, size_t len);

/* Wait for all that was started: its digest.  Then start anew. */
void digester_finish(struct digester *d, char to[DIGEST_TEXT]);

/* NULL is welcome.  What was started is finished first. */
void digester_free(struct digester *d);

#endif
