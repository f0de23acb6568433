/* status_json.h - what the ledger holds, for programs. */

#ifndef UPLOAD_STATUS_JSON_H
#define UPLOAD_STATUS_JSON_H

#include "base/buf.h"
#include "upload/ledger.h"

/*
 * Put the ledger ${l}, which is at ${path}, as JSON
 * (schemas/status.schema.json) at the end of ${to}.  ${doubt} becomes true if a
 * batch is UNKNOWN or HELD,
 * ${broken} if a promise of the ledger is.  0, or -1 after a message.
 */
int status_json(struct ledger *l, const char *path, struct buf *to, int *doubt,
    int *broken);

#endif
