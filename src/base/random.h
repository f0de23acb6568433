/* random.h - bytes nobody can foresee. */

#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fill ${len} bytes from the system's generator; ends the program if it has
 * none. */
void random_fill(void *to, size_t len);

/* A number from 0 to ${below} - 1, evenly; ${below} is at least 1. */
uint64_t random_below(uint64_t below);

#endif
