/* aemp_queue.h - readings that wait until their machines are known. */

#ifndef PARSE_AEMP_QUEUE_H
#define PARSE_AEMP_QUEUE_H

#include <stddef.h>

#include "parse/evidence.h"

struct aemp_queue;

/* Beyond ${memory} bytes readings wait in a temporary file.  Never NULL. */
struct aemp_queue *aemp_queue_new(size_t memory);

/* Take a reading.  0, or -1 after a message (the disk). */
int aemp_queue_put(struct aemp_queue *q, const struct evidence_reading *r);

/*
 * The next of them, as they came: ${n} in a block that the caller frees.  The
 * first call ends the putting.  NULL at the end, or on failure.
 */
struct evidence_reading *aemp_queue_next(struct aemp_queue *q, size_t *n);

/* True when the temporary file could not be read; it was said. */
int aemp_queue_failed(const struct aemp_queue *q);

/* NULL is welcome. */
void aemp_queue_free(struct aemp_queue *q);

#endif
