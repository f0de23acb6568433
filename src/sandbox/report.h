/* report.h - what a store holds, for people and for programs. */

#ifndef SANDBOX_REPORT_H
#define SANDBOX_REPORT_H

#include "base/buf.h"
#include "sandbox/store.h"

/* Both put their text at the end of ${to}.  0, or -1 after a message. */

/* Tables of 80 columns, one a project: hours per machine and state; totals;
 * the first ten that came twice, and the first ten that overlap another. */
int report_text(struct store *s, struct buf *to);

/* What only the running server knows. */
struct report_live {
	uint64_t faults;   /* requests that met one */
	uint64_t followed; /* redirects that somebody followed */
};

/* {"records", "duplicates", "overlaps", "machines", "twice", "overlapping"},
 * one line; with "faults" and "followed" where ${live} is not NULL. */
int report_json(
    struct store *s, const struct report_live *live, struct buf *to);

#endif
