/* sort_merge.h - runs of a sorter, and many of them read as one. */

#ifndef BASE_SORT_MERGE_H
#define BASE_SORT_MERGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/sort_rule.h"
#include "base/sort_spill.h"

/* Items in order: blocks in memory, or a stretch of the temporary file. */
struct sort_run {
	struct sort_block *first, *last; /* NULL: on disk */
	uint64_t offset;		 /* in the file */
	uint64_t count;			 /* items on disk */
	char end[SORT_RULE_ITEM];	 /* the last item on disk */
};

/* Runs in the order they were made; = {0} then sort_runs_clear. */
struct sort_runs {
	struct sort_run *run;
	size_t count;
	size_t room;
};

struct sort_merge;

/* A merge of nothing yet.  ${rule} is borrowed until sort_merge_free. */
struct sort_merge *sort_merge_new(const struct sort_rule *rule);

/*
 * Put ${n} items in order at the end of ${runs}: after the last run where
 * they follow it, else as a new one.  Takes ${items}.
 */
void sort_merge_keep(
    const struct sort_merge *m, struct sort_runs *runs, char *items, size_t n);

/*
 * Merge the runs from ${from} to before ${to} as well.  Runs on disk are read
 * from ${file} (NULL: none is) through buffers of ${memory} bytes together.
 * Equal items come in the order of their runs.  Blocks are freed as they are
 * used up.
 */
void sort_merge_add(struct sort_merge *m, struct sort_runs *runs, size_t from,
    size_t to, struct sort_spill *file, size_t memory);

/* Whether blocks are kept when they are used up, for another merge. */
void sort_merge_hold(struct sort_merge *m, int hold);

/* The next item, or NULL.  Lives until the next call. */
const void *sort_merge_next(struct sort_merge *m);

/* True if the temporary file could not be read (it was said). */
int sort_merge_failed(const struct sort_merge *m);

/*
 * Write all that ${m} still gives to ${file}, as a new run of ${runs} or at
 * the end of its last one where it follows.  0, or -1 after a message.
 */
int sort_merge_write(
    struct sort_merge *m, struct sort_runs *runs, struct sort_spill *file);

/*
 * Merge runs on disk until they can all be read at once in ${memory} bytes.
 * 0, or -1 after a message.
 */
int sort_merge_narrow(const struct sort_merge *m, struct sort_runs *runs,
    struct sort_spill *file, size_t memory);

/* Forget all runs and free their blocks. */
void sort_merge_clear(struct sort_runs *runs);

/* NULL is welcome. */
void sort_merge_free(struct sort_merge *m);

#endif
