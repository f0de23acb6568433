/* run.h - files in, stream and rejects out: all of a parse but its options. */

#ifndef PARSE_RUN_H
#define PARSE_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "base/input.h"
#include "base/out.h"
#include "parse/aemp.h"
#include "parse/emit.h"
#include "parse/profile.h"
#include "parse/roster.h"
#include "parse/tally.h"
#include "record/frame.h"

/* What to do.  Everything is borrowed. */
struct run {
	struct profile *profile;
	struct emit_ids ids;
	enum aemp_id id_field; /* --id-field */
	const char *rejects;   /* --rejects, or NULL */
	size_t memory;	       /* bytes for sorting evidence */
	struct out *out;       /* records go here, without a frame */
	struct origins *origins; /* files that streams tell of go here */
	struct roster *roster; /* only note the machines here; or NULL */
	/* How many rows may be rejected before the verdict is "findings":
	 * a number, or per ten thousand of the rows where is_share is true. */
	uint64_t max_rejects;
	int is_share;
};

/* What came of it. */
struct run_result {
	struct tally tally;
	struct frame frame; /* of the records that were read */
	int findings;	    /* the stream's verdict */
	int wrong; /* some row was rejected or some error found: status 1 */
};

/*
 * Parse all of ${in}.  0, or -1 after a message: what came out must not be
 * trusted.
 */
int run_parse(
    const struct run *run, struct input *in, struct run_result *result);

#endif
