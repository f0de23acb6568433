/* sort_chunk.h - as many items as fit the cache, put in order. */

#ifndef BASE_SORT_CHUNK_H
#define BASE_SORT_CHUNK_H

#include <stddef.h>
#include <stdint.h>

#include "base/sort_rule.h"

/* An item's key, and its place in the chunk. */
struct sort_chunk_place {
	uint64_t key;
	uint32_t at;
};

/* How many of the ${n} items, 1 or more, stand in order from the first. */
size_t sort_chunk_run(const struct sort_rule *r, const char *items, size_t n);

/*
 * A copy of the ${n} items in order, stable; the caller frees.  ${scratch}
 * has room for 2 * ${n} places.
 */
char *sort_chunk_order(const struct sort_rule *r, const char *items, size_t n,
    struct sort_chunk_place *scratch);

#endif
