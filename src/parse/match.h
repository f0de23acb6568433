/* match.h - whether a file is one that a profile speaks of. */

#ifndef PARSE_MATCH_H
#define PARSE_MATCH_H

#include "parse/profile.h"

/*
 * Hold the file ${path} (each of its members, where it is an archive) to the
 * "match" of ${p}: its name has match.fileName, and its header, found as the
 * profile says, all words of match.header, as far as ${p} has these; of XML
 * and JSON the first record, which ends in the file's first MiB, values on all
 * paths that match.header names.  1 if it fits, 0 if not, -1 after a message
 * when the file cannot be read.
 */
int match_fits(struct profile *p, const char *path);

#endif
