/* lookalike.h - ids that are one but for what is easily lost on the way. */

#ifndef BASE_LOOKALIKE_H
#define BASE_LOOKALIKE_H

#include <stddef.h>

/*
 * A set of ids, in which those look alike that differ in case (of ASCII),
 * blanks, signs and leading zeros of numbers only: "EX-001", "ex 1".
 */
struct lookalike;

struct lookalike *lookalike_new(void);

/* Add ${id}, which is kept, unless one that looks like it is there. */
void lookalike_add(struct lookalike *l, const char *id, size_t len);

/* The first that looks like ${id}, or NULL.  It has a NUL, belongs to ${l} and
 * lives as long. */
const char *lookalike_find(struct lookalike *l, const char *id, size_t len);

/* NULL is welcome. */
void lookalike_free(struct lookalike *l);

#endif
