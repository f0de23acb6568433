/* rejects.h - periods that were not sent or not taken, with the reason. */

#ifndef UPLOAD_REJECTS_H
#define UPLOAD_REJECTS_H

#include "record/names.h"
#include "record/problem.h"
#include "upload/envelope.h"

struct rejects;

/*
 * Rejects go to ${path} as NDJSON, a line for each period: tool, file, line,
 * code, severity, message, batch, raw (the period as it stands in the
 * request).  NULL: nowhere.  NULL after a message.
 */
struct rejects *rejects_open(const char *path);

/* The period ${x} of batch ${id} is not delivered because of ${p}. */
void rejects_put(struct rejects *r, const struct problem *p, const char *id,
    const struct envelope_record *x);

/* Close.  0, or -1 after a message.  NULL is welcome. */
int rejects_close(struct rejects *r);

#endif
