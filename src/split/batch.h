/* batch.h - records of one project cut into import-sized batches. */

#ifndef SPLIT_BATCH_H
#define SPLIT_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "split/order.h"

/* A batch on its way out; all of it belongs to the cutter. */
struct batch {
	char id[DIGEST_TEXT]; /* SHA-256 of the body */
	const struct record *record;
	size_t count;
	const char *body; /* exactly what is sent */
	size_t body_len;
	struct buf head; /* the envelope up to its body, open */
	int is_tied;	 /* cut inside a tie: no watermark can decide it */
	int64_t first_start, last_end;
};

/* Who takes batches.  0, or -1 after a message. */
typedef int batch_sink(void *context, const struct batch *batch);

struct batch_limits {
	size_t records; /* 1 or more */
	size_t bytes;	/* of the body, at most BATCH_BYTES */
};

/* An envelope is a line of at most 16 MiB; what stands beside it
 * needs room. */
#define BATCH_BYTES ((size_t)8 * 1024 * 1024)

struct batch_cutter;

/* Everything is borrowed until batch_free. */
struct batch_cutter *batch_new(struct names *names, const struct order *order,
    const struct batch_limits *limits, batch_sink *sink, void *context);

/*
 * The next record in order.  0; -1 after a message, and from then on; 1 when
 * the record alone is larger than a batch: it was not taken.  A batch that is
 * full goes to the sink when the next one is.
 */
int batch_put(struct batch_cutter *c, const struct record *r);

/* No more records: hand over the last batches.  0, or -1 after a message. */
int batch_end(struct batch_cutter *c);

/* Batches and bytes of bodies so far. */
uint64_t batch_count(const struct batch_cutter *c);
uint64_t batch_bytes(const struct batch_cutter *c);

/* NULL is welcome. */
void batch_free(struct batch_cutter *c);

#endif
