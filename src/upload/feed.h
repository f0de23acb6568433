/* feed.h - batches from stdin, batch files and manifests. */

#ifndef UPLOAD_FEED_H
#define UPLOAD_FEED_H

#include "base/status.h"
#include "record/names.h"
#include "upload/intake.h"

/* What the user allows. */
struct feed_rules {
	int unframed;	     /* a stream without first and last line */
	int accept_findings; /* a stream whose verdict is "findings" */
};

/*
 * Read all of ${paths} (NULL-terminated; empty or "-": stdin) and give each
 * batch to ${in}.  Streams of batches are told by their first bytes from
 * manifests (their directory's files are read) and single batch files (the
 * .meta.json beside them is read).  STATUS_OK when everything came and is
 * whole; else STATUS_TROUBLE after a message, and nothing may be sent.
 */
enum status feed_read(char *const paths[], const struct feed_rules *rules,
    struct names *names, struct intake *in);

#endif
