/* origins.h - the vendor's files by their digests, as the stream tells them. */

#ifndef RECORD_ORIGINS_H
#define RECORD_ORIGINS_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/out.h"
#include "json/json.h"

struct origins;

/* A file; texts belong to the list and live as long. */
struct origin {
	const char
	    *name;	/* plain, as sources have it; of an archive, its own */
	uint64_t bytes; /* as they lie on disk */
	char sha256[DIGEST_TEXT]; /* of them */
};

struct origins *origins_new(void);

/* Take in a file, if it is not in already with this digest.  ${origins} is a
 * struct origins *: a files_each. */
void origins_put(
    void *origins, const char *name, uint64_t bytes, const char *sha256);

/*
 * The same from the object {"name":…,"bytes":…,"sha256":…}.  -1 when ${j} is
 * anything else, or there are ORIGINS_MOST of them already.
 */
#define ORIGINS_MOST 1000000
int origins_take(struct origins *o, const struct json *j);

/* True if ${j} is such an object. */
int origins_is(const struct json *j);

/* How many there are, and each, in order of first sight. */
size_t origins_count(const struct origins *o);
const struct origin *origins_at(const struct origins *o, size_t i);

/*
 * The file that the vendor's file ${name} of a record comes from: that of this
 * name, or an archive with it inside.  NULL when none is known, or several have
 * that name, as *${count} says.
 */
const struct origin *origins_find(
    const struct origins *o, const char *name, size_t *count);

/* Write {"$ditioFile":{…}} for each as a line. */
void origins_write(const struct origins *o, struct out *out);

/* NULL is welcome. */
void origins_free(struct origins *o);

#endif
