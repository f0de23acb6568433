/* sort_spill.h - the unlinked temporary file behind a sorter. */

#ifndef BASE_SORT_SPILL_H
#define BASE_SORT_SPILL_H

#include <stddef.h>
#include <stdint.h>

struct sort_spill;

/* A new file without a name in ${TMPDIR} or /tmp.  NULL after a message. */
struct sort_spill *sort_spill_new(void);

/* Add bytes at the end.  0, or -1 after a message. */
int sort_spill_put(struct sort_spill *f, const void *s, size_t len);

/* Write out what is buffered, so that it can be read.  0, or -1 likewise. */
int sort_spill_flush(struct sort_spill *f);

/* Bytes put so far. */
uint64_t sort_spill_size(const struct sort_spill *f);

/* Read exactly ${len} bytes from ${offset}.  0, or -1 after a message. */
int sort_spill_read(
    struct sort_spill *f, void *to, size_t len, uint64_t offset);

/* NULL is welcome. */
void sort_spill_free(struct sort_spill *f);

#endif
