/* hash.h - a keyed hash: no file can choose texts that collide. */

#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/*
 * SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF") of
 * ${len} bytes at ${s}, under a key drawn once a run.
 */
uint64_t hash_of(const void *s, size_t len);

#endif
