/* verify.h - a directory of batches held to its manifest. */

#ifndef SPLIT_VERIFY_H
#define SPLIT_VERIFY_H

#include <stdint.h>

/* What was found whole. */
struct verify {
	uint64_t batches, records, bytes;
	uint64_t faults; /* told as changed-file, missing-file, stray-file */
};

/*
 * Hold ${dir}/manifest.json to its own digest, the files it names to theirs,
 * and every other .json to not being there.  Nothing is unpacked or followed:
 * what is digested are the bytes that lie there.  -1 after a message when the
 * directory, or a manifest in it, cannot be read; else 0.
 */
int verify(const char *dir, struct verify *found);

#endif
