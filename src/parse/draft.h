/* draft.h - a profile to fill in, from the first rows of an unknown table.
 */

#ifndef PARSE_DRAFT_H
#define PARSE_DRAFT_H

#include "base/out.h"

/*
 * Write to ${out} the draft of a profile for the file ${path}: what could be
 * told, each with its evidence as a comment, and "FILL IN" where a person must
 * decide.  ${encoding} and ${delimiter} may be NULL.  0, or -1 after a message.
 */
int draft_profile(struct out *out, const char *path, const char *encoding,
    const char *delimiter);

#endif
