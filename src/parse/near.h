/* near.h - how far one word is from another, for "is X meant?". */

#ifndef PARSE_NEAR_H
#define PARSE_NEAR_H

#include <stddef.h>

/* Letters to change, add or leave out (Levenshtein), case not counted.  Words
 * of more than 64 bytes are infinitely far. */
size_t near_distance(const char *a, const char *b);

/* The same of two headers, the first of ${len} bytes: one that is the other and
 * more ("Status", "Statuskode") is nearer than any but the same. */
size_t near_header(const char *a, size_t len, const char *b);

#endif
