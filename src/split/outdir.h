/* outdir.h - batches as files, whole or not at all, and their manifest. */

#ifndef SPLIT_OUTDIR_H
#define SPLIT_OUTDIR_H

#include "record/frame.h"
#include "split/batch.h"

struct outdir;

/*
 * Files in ${path}, which is made where it is missing.  They are written
 * aside in a directory of their own within it; those of runs that were killed
 * are removed.  NULL after a message.
 */
struct outdir *outdir_open(
    const char *path, const struct names *names, const struct order *order);

/* A batch_sink; ${outdir} is a struct outdir *. */
int outdir_put(void *outdir, const struct batch *batch);

/*
 * Give the files their names, the manifest last; it tells the files, records,
 * verdict and unframed of ${frame}, as a stream would.  Refused, with
 * nothing changed, where the directory holds batches of another run, or a file
 * of one of the names with other bytes.  0, or -1 after a message.
 */
int outdir_commit(struct outdir *d, const struct frame *frame, uint64_t bytes);

/*
 * A manifest ends with the SHA-256 of what stands before that, so that a
 * directory can be verified whole.  Put that end, OUTDIR_SEAL bytes, for the
 * ${len} bytes at ${text}, at the end of ${to}.
 */
#define OUTDIR_MANIFEST "manifest.json"
#define OUTDIR_SEAL (15 + DIGEST_TEXT - 1 + 4)
void outdir_seal(const char *text, size_t len, struct buf *to);

/* What was not committed is removed.  NULL is welcome. */
void outdir_close(struct outdir *d);

#endif
