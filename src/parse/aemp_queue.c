/* aemp_queue.c - readings that wait until their machines are known. */

#include "config.h"

#include <stdlib.h>

#include "base/sort_spill.h"
#include "base/xalloc.h"
#include "parse/aemp_queue.h"

/* Readings in a block, of at most 2 MiB: a page where pages are big.  The first
 * begins small. */
#define BLOCK ((size_t)2 * 1024 * 1024 / sizeof(struct evidence_reading))
#define FIRST 256

struct aemp_queue {
	size_t most; /* blocks in memory */
	struct evidence_reading **block;
	size_t blocks;
	size_t filled, room; /* readings in the last block */
	size_t next;	     /* block to be given */

	struct sort_spill *file; /* of all that came after those */
	uint64_t spilled, read;	 /* readings */
	int reading, failed;
};

struct aemp_queue *
aemp_queue_new(size_t memory)
{
	struct aemp_queue *q = xcalloc(1, sizeof *q);

	q->most = memory / sizeof(struct evidence_reading) / BLOCK;
	if (q->most == 0)
		q->most = 1;
	return q;
}

/* Room for one more in memory; false when there must be no more. */
static int
make_room(struct aemp_queue *q)
{
	struct evidence_reading **last;

	if (q->blocks > 0 && q->filled < q->room)
		return 1;
	if (q->blocks > 0 && q->room < BLOCK) {
		last = &q->block[q->blocks - 1];
		q->room = q->room < BLOCK / 2 ? q->room * 2 : BLOCK;
		*last = xreallocarray(*last, q->room, sizeof **last);
		return 1;
	}
	if (q->blocks == q->most)
		return 0;
	q->block = xreallocarray(q->block, q->blocks + 1, sizeof *q->block);
	q->room = q->blocks == 0 ? FIRST : BLOCK;
	q->block[q->blocks++] = xblock(q->room, sizeof **q->block);
	q->filled = 0;
	return 1;
}

int
aemp_queue_put(struct aemp_queue *q, const struct evidence_reading *r)
{
	if (q->file == NULL && make_room(q)) {
		q->block[q->blocks - 1][q->filled++] = *r;
		return 0;
	}
	if (q->file == NULL && (q->file = sort_spill_new()) == NULL)
		return -1;
	q->spilled++;
	return sort_spill_put(q->file, r, sizeof *r);
}

/* The next block of the file, or NULL. */
static struct evidence_reading *
read_back(struct aemp_queue *q, size_t *n)
{
	struct evidence_reading *block;
	uint64_t left = q->spilled - q->read;

	*n = left < BLOCK ? (size_t)left : BLOCK;
	if (*n == 0 || q->failed)
		return NULL;
	block = xblock(*n, sizeof *block);
	if (sort_spill_read(q->file, block, *n * sizeof *block,
		q->read * sizeof *block) != 0) {
		q->failed = 1;
		free(block);
		return NULL;
	}
	q->read += *n;
	return block;
}

struct evidence_reading *
aemp_queue_next(struct aemp_queue *q, size_t *n)
{
	struct evidence_reading *block;

	if (!q->reading) {
		q->reading = 1;
		q->failed = q->file != NULL && sort_spill_flush(q->file) != 0;
	}
	if (q->next == q->blocks)
		return read_back(q, n);
	block = q->block[q->next];
	q->block[q->next++] = NULL;
	*n = q->next == q->blocks ? q->filled : BLOCK;
	return block;
}

int
aemp_queue_failed(const struct aemp_queue *q)
{
	return q->failed;
}

void
aemp_queue_free(struct aemp_queue *q)
{
	if (q == NULL)
		return;
	for (size_t i = q->next; i < q->blocks; i++)
		free(q->block[i]);
	free(q->block);
	sort_spill_free(q->file);
	free(q);
}
