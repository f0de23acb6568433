/* envelope.h - a batch as ditio-split writes it, read and made again. */

#ifndef UPLOAD_ENVELOPE_H
#define UPLOAD_ENVELOPE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/digest.h"
#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"

/* The longest envelope, as a line. */
#define ENVELOPE_MAX ((size_t)16 << 20)

struct envelope_record {
	struct record r;
	const char *text; /* as it stands in the body */
	size_t len;
	size_t at;	    /* where in it the start time stands */
	const char *vendor; /* its vendor's id; of length 0: the machineId */
	size_t vendor_len;
	int drop;    /* leave it out of the envelope made again */
	int shorter; /* put the record's own start into it */
};

/* Valid when zeroed; texts belong to the line that was read. */
struct envelope {
	char id[DIGEST_TEXT];
	struct buf company, project; /* canonical */
	const char *order;	     /* "end" or "start" */
	int tied;
	const char *body;
	size_t body_len;
	struct envelope_record *records;
	int has_vendors; /* some record has a vendor's id */
	size_t n, room;
};

/*
 * Read the line ${line}.  The form is strict, since one program writes it:
 * the keys and their order, no white space, canonical strings, an id that is
 * the SHA-256 of the body's bytes, records of one company and project.  0, or
 * -1 with ${p}: its code is bad-envelope or bad-id, its column is set.
 */
int envelope_read(struct envelope *e, struct names *names, const char *line,
    size_t len, struct problem *p);

/* The same from two files: the envelope without its body, and the body. */
int envelope_read_pair(struct envelope *e, struct names *names,
    const char *meta, size_t meta_len, const char *body, size_t body_len,
    struct problem *p);

/*
 * Put an envelope of the records that are not to be dropped (one at least),
 * those made shorter with their new start, at
 * the end of ${to}, its id in ${id}.  Returns where in ${to} its body starts.
 */
size_t envelope_make(const struct envelope *e, const struct names *names,
    struct buf *to, char id[DIGEST_TEXT]);

/*
 * Where to cut the batch, of two records at least: before this one, as near to
 * the middle as the time it is in order of changes.  In the middle where that
 * is one time throughout.
 */
size_t envelope_middle(const struct envelope *e);

/* NULL is welcome. */
void envelope_free(struct envelope *e);

#endif
