/* spool.h - batches on disk beside the ledger, until their fate is final. */

#ifndef UPLOAD_SPOOL_H
#define UPLOAD_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "upload/ledger.h"

struct spool;

/*
 * The spool of the ledger ${path}: the directory ${path}.spool, made when
 * missing.  New batches go to a file of run ${run}.  NULL after a message.
 */
struct spool *spool_open(const char *path, int64_t run);

/* The name of this run's file, for the ledger.  Belongs to ${s}. */
const char *spool_name(const struct spool *s);

/* Put a line; where it starts, or -1 after a message. */
int64_t spool_put(struct spool *s, const char *line, size_t len);

/* Make all that was put, and the file's name, durable.  0, or -1 after a
 * message. */
int spool_sync(struct spool *s);

/* Remove this run's file: nothing in it will ever be named. */
void spool_abandon(struct spool *s);

/* Read ${len} bytes at ${at} of the file ${name} into ${to}, which is cleared
 * first.  0, or -1 after a message. */
int spool_get(
    struct spool *s, const char *name, int64_t at, int64_t len, struct buf *to);

/* Remove every file that holds no open batch, and give back the room that other
 * batches take in the rest, where the disk can: final ones are never read. */
void spool_sweep(struct spool *s, struct ledger *l);

/* NULL is welcome. */
void spool_close(struct spool *s);

#endif
