/* report.h - what a store holds, for people and for programs. */

#ifndef SANDBOX_REPORT_H
#define SANDBOX_REPORT_H

#include "base/buf.h"
#include "sandbox/store.h"

/* Both put their text at the end of ${to}.  0, or -1 after a message. */

/* A table: hours per company, project, machine and state; totals. */
int report_text(struct store *s, struct buf *to);

/* {"records", "duplicates", "overlaps", "machines": [...]}, one line. */
int report_json(struct store *s, struct buf *to);

#endif
