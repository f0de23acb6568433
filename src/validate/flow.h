/* flow.h - records from the stream through the judge to where they go. */

#ifndef VALIDATE_FLOW_H
#define VALIDATE_FLOW_H

#include <stddef.h>

#include "base/input.h"
#include "base/out.h"
#include "base/status.h"
#include "record/names.h"
#include "validate/causes.h"
#include "validate/copies.h"
#include "validate/daily.h"
#include "validate/findings.h"
#include "validate/judge.h"
#include "validate/settings.h"
#include "validate/summary.h"

/* What a run is made of; all is borrowed. */
struct flow {
	const struct settings *settings;
	struct input *in;
	struct names *names;
	struct judge *judge;
	struct findings *findings; /* closed by flow_run, not freed */
	struct out *out;
	struct out *withheld;	    /* NULL: nowhere */
	struct causes *causes;	    /* NULL: not looked for */
	struct copies *copies;	    /* NULL: not looked for */
	struct daily *daily;	    /* is told of records; NULL: nobody asks */
	struct summary **summaries; /* closed by flow_run when all went well */
	char *rejects;		    /* parse's; NULL: none */
	const char *fix_plan;	    /* where the fix is only planned; or NULL */
	char *apply_plan;	    /* a plan to make good; or NULL */
	size_t memory;		    /* for texts and records, in bytes */
	int sorted; /* keep the input's order, refuse disorder */
	int plain;  /* without a frame */
};

/*
 * Read all of the input and write what passes, in record order, once all of
 * it was read and found whole; or, when it comes sorted, at once and in its
 * own order.  A last line is written only when all went well.
 */
enum status flow_run(const struct flow *flow);

#endif
