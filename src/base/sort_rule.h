/* sort_rule.h - how the items of a sorter compare. */

#ifndef BASE_SORT_RULE_H
#define BASE_SORT_RULE_H

#include "base/sort.h"

/* The largest item a sorter takes, in bytes. */
#define SORT_RULE_ITEM 64

struct sort_rule {
	size_t size; /* of an item, in bytes */
	sort_compare *compare;
	sort_key *key; /* NULL: none is known */
	void *context;
};

/* The item's key, 0 where none is known. */
static inline uint64_t
sort_rule_key(const struct sort_rule *r, const void *item)
{
	return r->key != NULL ? r->key(item, r->context) : 0;
}

#endif
