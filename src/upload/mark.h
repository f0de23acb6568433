/* mark.h - the server's latest timestamp as evidence: pure judgement. */

#ifndef UPLOAD_MARK_H
#define UPLOAD_MARK_H

#include <stddef.h>
#include <stdint.h>

#include "upload/ledger.h"

/* One reading. */
struct mark {
	int known;  /* the answer was understood */
	int zoned;  /* its time had a zone */
	int64_t ms; /* since 1970; LEDGER_NONE: nothing was received yet */
};

/*
 * Read an answer of status 200, 204 or 404: {"latestTimestamp":"..."};
 * missing, null, empty, 404 and years before 1900 are "nothing yet"; anything
 * else is not known.
 */
struct mark mark_read(int status, const char *body, size_t len);

/* True if two readings say the same. */
int mark_same(const struct mark *a, const struct mark *b);

/* What a reading before a delivery says, beside what the ledger knows. */
enum mark_news {
	MARK_STEADY,	    /* as it must be */
	MARK_LEARNED_START, /* likewise, and it is the newest start */
	MARK_LEARNED_END,   /* likewise, and it is the newest end */
	MARK_LAGS,	    /* what was accepted does not show yet */
	MARK_MOVED,	    /* it moved without us */
	MARK_UNCLEAR,	    /* not understood: no evidence */
};
enum mark_news mark_news(const struct mark *mark,
    const struct ledger_project *project, enum ledger_mark kind);

/*
 * True if every record of ${b} is beyond the watermark, so that it moves
 * when, and only when, the batch is applied.
 */
int mark_is_forward(const struct mark *mark, enum ledger_mark kind,
    const struct ledger_batch *b);

/* What a settled reading says of a forward batch of unknown fate. */
enum mark_fate {
	MARK_APPLIED,	  /* it is at the batch's newest, and nowhere between */
	MARK_NOT_APPLIED, /* it is where it was before */
	MARK_UNDECIDED,	  /* anything else */
};
enum mark_fate mark_fate(const struct mark *mark, enum ledger_mark kind,
    const struct ledger_batch *b);

/* A watermark for people; LEDGER_NONE is "nothing". */
#define MARK_TEXT 32
const char *mark_text(char to[MARK_TEXT], int64_t ms);

#endif
