/* splitter.h - a stream of records becomes batches, files or a plan. */

#ifndef SPLIT_SPLITTER_H
#define SPLIT_SPLITTER_H

#include <stddef.h>

#include "base/status.h"
#include "split/batch.h"
#include "split/plan.h"
#include "split/shard.h"

struct splitter_options {
	struct batch_limits limits; /* --max-records, --max-bytes */
	enum order_field field;	    /* --order */
	const char *output;	    /* --output: a directory; NULL: stdout */
	struct shard shard;	    /* --shard */
	struct rate rate;	    /* --rate */
	int plan;		    /* --plan: no output but that */
	int json;		    /* --json: the plan's form */
	int sorted;		    /* --sorted */
	int accept_findings;	    /* --accept-findings */
	size_t memory;		    /* --memory, bytes */
	char **files;		    /* as input_open has them */
};

/*
 * Read the files, and write batches in their order.  Without ${sorted} nothing
 * is written before all was read and found whole; with it what was written of
 * a stream that is not whole has no last line, or no directory.  The program's
 * status; problems were told: too-large, not-sorted.
 */
enum status splitter(const struct splitter_options *opt);

#endif
