/* verdict.h - what an answer to an import means: one table. */

#ifndef UPLOAD_VERDICT_H
#define UPLOAD_VERDICT_H

#include <stddef.h>

#include "upload/http.h"

/* What became of a batch that was sent. */
enum verdict {
	VERDICT_ACCEPTED,  /* delivered */
	VERDICT_LATER,	   /* not applied: again after a while */
	VERDICT_DOUBT,	   /* may be applied: evidence decides */
	VERDICT_REFUSED,   /* the server will not have these records */
	VERDICT_TOO_LARGE, /* not applied: more than the server takes */
	VERDICT_TOKEN,	   /* not applied: once more with a new token */
	VERDICT_DENIED,	   /* not applied: no right to, or no such route */
	VERDICT_BROKEN,	   /* not applied: a setting of ours is wrong */
};

/* One row.  Statuses 0 to 0 are "none came". */
struct verdict_row {
	int any_result; /* 1: whatever ${result} is */
	enum http_result result;
	enum http_sent sent_from, sent_to; /* both included */
	int status_from, status_to;	   /* likewise */
	enum verdict verdict;
	const char *words; /* what happened, for people */
};

/*
 * The first row of the table that fits.  There is always one: the last says
 * that anything else may be applied.
 */
const struct verdict_row *verdict_of(
    enum http_result result, enum http_sent sent, int status);

/* All ${n} rows of the table, in its order. */
const struct verdict_row *verdict_rows(size_t *n);

#endif
