/* vendors.h - the ids by which vendors call one machine. */

#ifndef RECORD_VENDORS_H
#define RECORD_VENDORS_H

#include <stddef.h>
#include <stdint.h>

struct vendors;

struct vendors *vendors_new(void);

/*
 * The number, from 1, of the id ${s} (canonical) among those of ${owner}, a
 * number of names.h.  Where it would be the 65,536th the program ends with a
 * message.
 */
uint16_t vendors_id(
    struct vendors *v, uint32_t owner, const char *s, size_t len);

/* The same if it is known already, else 0. */
uint16_t vendors_find(
    struct vendors *v, uint32_t owner, const char *s, size_t len);

/* The id of that number; NULL when ${owner} has none.  As intern_text. */
const char *vendors_text(
    const struct vendors *v, uint32_t owner, uint16_t id, size_t *len);

/* Memory taken, in bytes; and its limit, as intern_limit has it. */
size_t vendors_memory(const struct vendors *v);
void vendors_limit(struct vendors *v, size_t memory);

/* NULL is welcome. */
void vendors_free(struct vendors *v);

#endif
