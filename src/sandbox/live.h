/* live.h - what has arrived, kept ready for whoever watches. */

#ifndef SANDBOX_LIVE_H
#define SANDBOX_LIVE_H

#include <stdint.h>

#include "base/buf.h"
#include "sandbox/store.h"

struct live;

struct live *live_new(void);

/* Count a record in; a store_each.  Memory grows with the machines alone. */
void live_load(void *live, const struct store_record *record);

/*
 * All that lies in the store was counted in: from now on live_add counts.
 * Whoever is watched by nobody need not pay for it.
 */
void live_begin(struct live *l);
int live_has_begun(const struct live *l);

/* ${n} records were stored, of one request. */
void live_add(struct live *l, const struct store_record *records, size_t n);

/* Columns of the timeline; its step doubles whenever it becomes too long. */
#define LIVE_COLUMNS 96

/* States told apart, first the usual ones; further ones are together the
 * last. */
#define LIVE_STATES 6

/* Machines told one by one, in order of their ids. */
#define LIVE_MACHINES 200

/*
 * One line of JSON at the end of ${to}: totals, the last batch, and each
 * machine's hours and share of every column of the timeline, by state.
 */
void live_json(const struct live *l, struct buf *to);

/* NULL is welcome. */
void live_free(struct live *l);

#endif
