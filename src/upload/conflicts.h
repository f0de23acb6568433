/* conflicts.h - what overlaps what was delivered, as a list to mail. */

#ifndef UPLOAD_CONFLICTS_H
#define UPLOAD_CONFLICTS_H

#include "upload/ledger.h"

/* The file in "csv:FILE".  NULL after a message when ${given} is none. */
const char *conflicts_file(const char *given);

/*
 * Write the conflicts of the ledger's target (all, where none is set) to
 * ${path} as CSV, a line for each delivered period a conflict overlaps;
 * ditio-upload(1) names the columns. 0, or -1 after a message.
 */
int conflicts_write(struct ledger *l, const char *path);

#endif
