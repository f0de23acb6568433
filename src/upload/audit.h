/* audit.h - did the server's figures grow by what a run delivered? */

#ifndef UPLOAD_AUDIT_H
#define UPLOAD_AUDIT_H

#include <stdint.h>

#include "upload/far.h"
#include "upload/ledger.h"

struct audit;

/* Read the aggregate of the dates of all that is open, project by project.
 * Both are borrowed; ${far} has a map. */
struct audit *audit_new(struct far *far, struct ledger *ledger);

/*
 * Read it again, and warn where it grew by something else than what this run
 * sent; what does not show yet is given ${settle} milliseconds.  It only
 * tells: nothing is changed.
 */
void audit_tell(struct audit *a, int64_t settle);

/* NULL is welcome. */
void audit_free(struct audit *a);

#endif
