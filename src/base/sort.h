/* sort.h - order items in memory, or beyond it through temporary files. */

#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

struct sort;

/*
 * How two items compare: below, at or above 0.  Called with the ${context}
 * given to sort_new.
 */
typedef int sort_compare(const void *a, const void *b, void *context);

/*
 * A number that never falls along the order: items whose keys differ are in
 * the order of their keys, those with equal keys are compared.  Called between
 * a call of sort_keys' ${begin} and the next sort_put.
 */
typedef uint64_t sort_key(const void *item, void *context);

/*
 * A sorter of items of ${size} bytes (at most 64).  It is stable.  Beyond
 * ${memory} bytes of items it writes sorted runs to an unlinked temporary
 * file in ${TMPDIR} (or /tmp) and merges them when read.  Input that is
 * already in order is one run: it costs one pass, no second buffer.
 */
struct sort *sort_new(
    size_t size, sort_compare *compare, void *context, size_t memory);

/*
 * Items have keys, which are much faster to order.  ${begin}, if not NULL, is
 * called with the context before keys are asked for: what they rest on does
 * not change until the next item is put.  Before the first sort_put.
 */
typedef void sort_begin(void *context);
void sort_keys(struct sort *s, sort_key *key, sort_begin *begin);

/* Change the limit, e.g. when interned text takes more of the memory. */
void sort_memory(struct sort *s, size_t memory);

/*
 * Take a copy of the item.  0, or -1 after a message (the temporary file
 * could not be written); nothing more may then be put or read.
 */
int sort_put(struct sort *s, const void *item);

/* The same of ${n} items, side by side.  Takes ${items}, which is of the heap:
 * blocks of a MiB or two are kept as they are. */
int sort_put_block(struct sort *s, void *items, size_t n);

/*
 * The next item in order, or NULL at the end or on failure (see
 * sort_failed).  The first call ends the putting.  The item belongs to ${s}
 * and lives until the next call.
 */
const void *sort_next(struct sort *s);

/*
 * Whether items are kept as they are read, so that sort_again can go back; if
 * not (at first) their memory is given back on the way.  Said before anything
 * is read, and may be again after sort_again.
 */
void sort_hold(struct sort *s, int hold);

/* Read from the first item on again.  Items were held until now. */
void sort_again(struct sort *s);

/* True after a failure, which was reported. */
int sort_failed(const struct sort *s);

/* Items taken, and bytes written to temporary files. */
uint64_t sort_count(const struct sort *s);
uint64_t sort_spilled(const struct sort *s);

/* NULL is welcome. */
void sort_free(struct sort *s);

/*
 * The memory filters may use by default: an eighth of the machine's, or of
 * the control group's limit where that is smaller; in bytes.
 */
size_t sort_default_memory(void);

#endif
