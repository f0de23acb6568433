/* far.h - the far end: where it is, who we are, and a client to speak to it. */

#ifndef UPLOAD_FAR_H
#define UPLOAD_FAR_H

#include "base/buf.h"
#include "upload/api.h"
#include "upload/figures.h"
#include "upload/job.h"

/* Valid when zeroed. */
struct far {
	struct buf base, identity, target, secret;
	struct figures_map *map; /* NULL: none was given */
	struct http *http;
	struct token *token;
	struct api api;
};

/* Check where to: the base (none is well where ${optional}) and the target's
 * name.  0, or -1 after a message. */
int far_base(struct far *f, const struct job *job, int optional);

/* Check who we are, and read what is needed for it.  Likewise. */
int far_who(struct far *f, const struct job *job);

/* Make the client; nothing is asked yet.  After the two others; a second
 * time does nothing. */
void far_open(struct far *f, const struct job *job);

/* NULL is welcome. */
void far_free(struct far *f);

#endif
