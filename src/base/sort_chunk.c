/* sort_chunk.c - as many items as fit the cache, put in order. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort_chunk.h"
#include "base/xalloc.h"

/*
 * Keys are put in order digit by digit, from the lowest (a radix sort), which
 * compares nothing and keeps equal keys as they came.  Only what has equal
 * keys is compared, and merged from the stretches that are in order already.
 * Places move until all is known; then each item moves once.
 */
#define DIGIT 10 /* bits: so many heads of lists stay in the cache */
#define VALUES (1 << DIGIT)

struct chunk {
	const struct sort_rule *rule;
	const char *items;
};

static inline const char *
item(const struct chunk *c, struct sort_chunk_place p)
{
	return c->items + p.at * c->rule->size;
}

static inline int
compare(
    const struct chunk *c, struct sort_chunk_place a, struct sort_chunk_place b)
{
	return c->rule->compare(item(c, a), item(c, b), c->rule->context);
}

size_t
sort_chunk_run(const struct sort_rule *r, const char *items, size_t n)
{
	uint64_t key = sort_rule_key(r, items);
	size_t i = 1;

	for (; i < n; i++, items += r->size) {
		uint64_t next = sort_rule_key(r, items + r->size);

		if (next < key ||
		    (next == key &&
			r->compare(items, items + r->size, r->context) > 0))
			break;
		key = next;
	}
	return i;
}

/* Order by one digit, which begins at bit ${shift} of the keys. */
static void
order_digit(const struct sort_chunk_place *from, struct sort_chunk_place *to,
    size_t n, int shift)
{
	uint32_t count[VALUES] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		count[from[i].key >> shift & (VALUES - 1)]++;
	for (int v = 0; v < VALUES; v++) {
		uint32_t here = count[v];

		count[v] = sum;
		sum += here;
	}
	for (size_t i = 0; i < n; i++)
		to[count[from[i].key >> shift & (VALUES - 1)]++] = from[i];
}

/* Order by the bits that are not the same in all keys, ${differ}.  The places
 * are left in ${from} or ${to}: which is returned, and the other is free. */
static struct sort_chunk_place *
order_keys(struct sort_chunk_place *from, struct sort_chunk_place *to, size_t n,
    uint64_t differ)
{
	for (int shift = 0; shift < 64 && differ >> shift != 0;) {
		struct sort_chunk_place *swap = from;

		if ((differ >> shift & 1) == 0) {
			shift++;
			continue;
		}
		order_digit(from, to, n, shift);
		from = to;
		to = swap;
		shift += DIGIT;
	}
	return from;
}

/* Merge two neighbouring stretches of ${from} into ${to}. */
static void
merge(const struct chunk *c, const struct sort_chunk_place *from, size_t middle,
    size_t end, struct sort_chunk_place *to)
{
	size_t a = 0, b = middle, n = 0;

	while (a < middle && b < end)
		if (compare(c, from[a], from[b]) <= 0)
			to[n++] = from[a++];
		else
			to[n++] = from[b++];
	memcpy(to + n, from + a, (middle - a) * sizeof *to);
	n += middle - a;
	memcpy(to + n, from + b, (end - b) * sizeof *to);
}

/* Where the stretch that is in order from ${i} on ends. */
static size_t
stretch_end(const struct chunk *c, const struct sort_chunk_place *place,
    size_t i, size_t n)
{
	for (i++; i < n; i++)
		if (compare(c, place[i - 1], place[i]) > 0)
			break;
	return i;
}

/* Order ${n} places of equal keys by comparing.  ${other} has room as well. */
static void
order_ties(const struct chunk *c, struct sort_chunk_place *place,
    struct sort_chunk_place *other, size_t n)
{
	struct sort_chunk_place *from = place, *to = other, *swap;
	size_t *ends, stretches = 0;

	if (stretch_end(c, place, 0, n) == n)
		return;
	ends = xreallocarray(NULL, n, sizeof *ends);
	for (size_t i = 0; i < n; stretches++)
		ends[stretches] = i = stretch_end(c, place, i, n);
	while (stretches > 1) {
		size_t start = 0, kept = 0;

		for (size_t i = 0; i < stretches; i += 2) {
			size_t middle = ends[i];
			size_t end = i + 1 < stretches ? ends[i + 1] : middle;

			merge(c, from + start, middle - start, end - start,
			    to + start);
			ends[kept++] = start = end;
		}
		stretches = kept;
		swap = from;
		from = to;
		to = swap;
	}
	if (from != place)
		memcpy(place, from, n * sizeof *place);
	free(ends);
}

char *
sort_chunk_order(const struct sort_rule *r, const char *items, size_t n,
    struct sort_chunk_place *scratch)
{
	struct chunk c = { r, items };
	struct sort_chunk_place *place, *other;
	char *block = xblock(n, r->size);
	uint64_t differ = 0;

	for (size_t i = 0; i < n; i++) {
		scratch[i].key = sort_rule_key(r, items + i * r->size);
		scratch[i].at = (uint32_t)i;
		differ |= scratch[i].key ^ scratch[0].key;
	}
	place = order_keys(scratch, scratch + n, n, differ);
	other = place == scratch ? scratch + n : scratch;
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && place[end].key == place[i].key;)
			end++;
		if (end - i > 1)
			order_ties(&c, place + i, other + i, end - i);
	}
	for (size_t i = 0; i < n; i++)
		memcpy(block + i * r->size, item(&c, place[i]), r->size);
	return block;
}
