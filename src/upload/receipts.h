/* receipts.h - what became of each batch of a run, for programs. */

#ifndef UPLOAD_RECEIPTS_H
#define UPLOAD_RECEIPTS_H

#include "upload/ledger.h"

/*
 * Write a line of JSON (schemas/receipt.schema.json) to ${path} for each batch
 * that this run, or one before it that was killed, put in or changed.  0, or -1
 * after a message.
 */
int receipts_write(struct ledger *l, const char *path);

#endif
