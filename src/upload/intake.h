/* intake.h - batches compared with the ledger, and what is new taken in. */

#ifndef UPLOAD_INTAKE_H
#define UPLOAD_INTAKE_H

#include <stddef.h>

#include "base/out.h"
#include "record/names.h"
#include "record/origins.h"
#include "upload/canary.h"
#include "upload/envelope.h"
#include "upload/ledger.h"
#include "upload/rejects.h"
#include "upload/spool.h"
#include "upload/tally.h"

/* What an intake works with; all borrowed. */
struct intake_with {
	struct ledger *ledger; /* with a transaction open */
	struct spool *spool;   /* NULL in a dry run */
	struct names *names;
	struct rejects *rejects;
	struct tally *tally;
	struct out *bodies; /* where to show what would be sent, or NULL */
	int again;	    /* take in again what the server refused before */
	/* From where on a project's new periods are taken in: 0, or -1 after a
	 * message.  NULL: all of them. */
	int (*since)(void *context, int64_t project, int64_t *first);
	void *since_context;
	const struct canary *only; /* all else waits; NULL: nothing does */
	int64_t hold_back; /* seconds: what ended later than that ago waits */
};

struct intake;

struct intake *intake_new(const struct intake_with *with);

/* The digests of the vendor's files stand in ${origins}, borrowed, once they
 * are known; files met before have none. */
void intake_origins(struct intake *in, const struct origins *origins);

/*
 * Take in the batch ${e}, read from ${line}, or from files when that is NULL:
 * skip it when it is in the ledger; leave out periods that are delivered or
 * waiting, that overlap such a one (but for its tail, see overlap.h), that
 * Ditio took back, that are too young yet or before the checkpoint, that end in
 * the future or do not end after their start, and make the batch again without
 * them.  0, or -1 after a message.
 */
int intake_take(
    struct intake *in, struct envelope *e, const char *line, size_t len);

/* What came of each project, as notes.  For --dry-run. */
void intake_report(const struct intake *in);

/* NULL is welcome. */
void intake_free(struct intake *in);

#endif
