/* paths_seen.h - what stands in a document, for who looks for something else.
 */

#ifndef PARSE_PATHS_SEEN_H
#define PARSE_PATHS_SEEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Names kept, and records looked at. */
#define PATHS_SEEN_NAMES 40
#define PATHS_SEEN_RECORDS 100

/* = {0} at first. */
struct paths_seen {
	struct buf trail;    /* "/export/entry" that is open */
	size_t at[80];	     /* its length before each level */
	size_t record_level; /* of the record that is open */
	char *name[PATHS_SEEN_NAMES];
	size_t names;
	int is_inside; /* the names are those within records */
};

/*
 * Something opens at ${level}.  Until a record does, its path from the
 * document on is kept; then, in the first records, those within them.
 */
void paths_seen_open(struct paths_seen *s, size_t level, const char *name,
    size_t len, int is_inside, uint64_t records);
void paths_seen_close(struct paths_seen *s, size_t level);

/* Put that there is no ${path}, and which one is nearest. */
void paths_seen_miss(
    const struct paths_seen *s, const char *path, struct buf *to);

/* Put the first of what there is. */
void paths_seen_list(const struct paths_seen *s, struct buf *to);

/* NULL is welcome. */
void paths_seen_free(struct paths_seen *s);

#endif
