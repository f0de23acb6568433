/* shard.h - a share of the machines, the same ones on every run. */

#ifndef SPLIT_SHARD_H
#define SPLIT_SHARD_H

#include <stdint.h>

#include "record/names.h"
#include "record/record.h"

/* The ${k}th share of ${n}; ${n} is 0 where all is wanted. */
struct shard {
	uint32_t k, n;
	unsigned char *state; /* by owner */
	uint32_t room;
};

#define SHARD_MOST 100000

/* Read "K/N", K from 1 to N, N up to SHARD_MOST.  0, or -1. */
int shard_read(struct shard *s, const char *text);

/*
 * True if the record's machine is in the share: the first eight bytes of the
 * SHA-256 of its id, a number with the high byte first, leave K - 1 when
 * divided by N.  By the machine alone, since it may go from one project to
 * another, and independent of this program, since others may want to know.
 */
int shard_has(
    struct shard *s, const struct names *names, const struct record *r);

/* What it knew of owners is forgotten. */
void shard_free(struct shard *s);

#endif
