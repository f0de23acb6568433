/* daily.h - machine time by local day, state and basis. */

#ifndef VALIDATE_DAILY_H
#define VALIDATE_DAILY_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"
#include "record/names.h"
#include "record/record.h"

struct daily;

/* Sums of periods; seconds. */
struct daily_sum {
	uint64_t periods;			/* that passed */
	uint64_t withheld_count;		/* that did not */
	int64_t by_basis[RECORD_ESTIMATED + 1]; /* of those that passed */
	int64_t overlap;  /* of these, what periods of the same owner that
			     started earlier cover already */
	int64_t withheld; /* of those that did not pass */
	int64_t first;	  /* start of those that passed, or INT64_MAX */
	int64_t last;	  /* and their end, or INT64_MIN */
};

/* What one owner had in one state on one day of the local calendar. */
struct daily_cell {
	int64_t day; /* since 1970-01-01 */
	uint32_t owner, state;
	struct daily_sum sum;
};

/*
 * Days by the clock of ${zone}.  A cell is kept for each owner, day and state:
 * where they take more than half of ${memory} bytes, and more than 8 MiB, the
 * program ends with a message.  All is borrowed until daily_free.
 */
struct daily *daily_new(
    struct names *names, const struct zone *zone, size_t memory);

/*
 * ${r} passes.  It is counted on the day it starts, its seconds on the days
 * they are of.  Empty and negative ones count, and have none.  Periods of one
 * owner come in the order of their starts.
 */
void daily_pass(struct daily *d, const struct record *r);

/*
 * ${r} does not pass.  All of it is counted on the day it starts: what is
 * wrong with it may be its end.
 */
void daily_withhold(struct daily *d, const struct record *r);

/*
 * Put all in order: owners in record order, each one's cells by day, those of
 * a day by the bytes of the state.  Nothing passes any more.
 */
void daily_end(struct daily *d);

/* All cells, in that order.  They belong to ${d}, live as long. */
const struct daily_cell *daily_cells(const struct daily *d, size_t *count);

/* How many states the names know, and a state's place among them. */
uint32_t daily_states(const struct daily *d);
uint32_t daily_rank(const struct daily *d, uint32_t state);

const struct names *daily_names(const struct daily *d);
const struct zone *daily_zone(const struct daily *d);

/* A time in which the clock is of one local day and does not change. */
struct daily_stretch {
	int64_t from, until; /* instants; the second is not included */
	int64_t day;
};

/* The one that ${instant} is in. */
void daily_stretch(
    const struct zone *zone, int64_t instant, struct daily_stretch *s);

/*
 * Seconds of a local day: 86400, but where a clock changes.  ${first}, unless
 * NULL, gets the instant at which it begins.
 */
int64_t daily_length(const struct zone *zone, int64_t day, int64_t *first);

/* Add ${part} to ${sum}, which starts as DAILY_NOTHING. */
#define DAILY_NOTHING                                                          \
	(struct daily_sum)                                                     \
	{                                                                      \
		.first = INT64_MAX, .last = INT64_MIN,                         \
	}
void daily_add(struct daily_sum *sum, const struct daily_sum *part);

/* All seconds that passed, and those of them that are covered: each once. */
int64_t daily_seconds(const struct daily_sum *sum);
int64_t daily_covered(const struct daily_sum *sum);

/* NULL is welcome. */
void daily_free(struct daily *d);

#endif
