/* draft_paths.h - the first records of an unknown document, as rows. */

#ifndef PARSE_DRAFT_PATHS_H
#define PARSE_DRAFT_PATHS_H

#include "parse/draft_head.h"

/*
 * Read at most ${most} rows of ${h}->path, whose names are paths, as of a
 * profile: the records that draft_tree_record finds in the first MiB.  1; 0 if
 * it is neither XML nor JSON; -1 after a message, as for a feed, which needs no
 * profile.
 */
int draft_paths_read(struct draft_head *h, size_t most);

#endif
