/* deliver.h - each batch sent, its fate settled: the state machine. */

#ifndef UPLOAD_DELIVER_H
#define UPLOAD_DELIVER_H

#include <stdint.h>

#include "base/status.h"
#include "record/names.h"
#include "upload/api.h"
#include "upload/breaker.h"
#include "upload/figures.h"
#include "upload/ledger.h"
#include "upload/rejects.h"
#include "upload/spool.h"
#include "upload/tally.h"

/* What a delivery works with; all borrowed.  Times in milliseconds. */
struct deliver_with {
	struct api *api;
	const struct figures_map *map; /* how to read the aggregate, or NULL */
	struct ledger *ledger;
	struct spool *spool;
	struct names *names;
	struct rejects *rejects;
	struct tally *tally;
	int64_t settle;		/* before the watermark is believed */
	int64_t retry_for;	/* how long one project is tried in vain */
	struct breaker breaker; /* so much refused ends the run */
	int single;		/* each period goes in a request of its own */
	int64_t max_duration;	/* ends the run in order; 0: never */
	int64_t max_halves;	/* requests for halves of what was refused */
	int adopt;		/* a person said that data of a project new to
				 * the ledger is no other ledger's */
	int atomic;		/* an import that is refused took no part */
};

/*
 * Deliver the open batches of the ledger's target: in order within a project,
 * one in flight at a time, other projects while one waits.  Returns when
 * nothing is left to do in this run:
 *
 *	STATUS_OK	all accepted (or nothing was open)
 *	STATUS_FINDINGS	some were refused
 *	STATUS_LATER	some were put off too often, or we were asked to stop
 *	STATUS_DENIED	not allowed
 *	STATUS_UNKNOWN	a batch's fate is not known, or is a person's to say
 *	STATUS_TROUBLE	after a message
 */
enum status deliver_run(const struct deliver_with *with);

#endif
