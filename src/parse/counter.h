/* counter.h - one cumulative counter, walked along with the engine's stretches.
 */

#ifndef PARSE_COUNTER_H
#define PARSE_COUNTER_H

#include "parse/job.h"

struct counter {
	const struct job_series *s;
	const char *name;
	size_t i;     /* the segment at i .. i+1 we are in, or SIZE_MAX */
	int is_sound; /* it grew, and not faster than the clock */
	int64_t on, unknown; /* ms of it that the engine ran, or may have */
	int64_t on_passed, unknown_passed; /* of these, so far */
	int64_t waits;			   /* seconds grown, not placed yet */
	int64_t homeless; /* seconds grown where no operating hours are known */
};

/* Begin before the first reading of ${kind}. */
void counter_start(struct counter *c, const struct job *j,
    enum evidence_kind kind, const char *name);

/*
 * Be in the segment that holds [from, ...) and say whether there is one and
 * it is sound.  ${from} never goes back.  A segment that fell, or outran the
 * clock by more than ${limit} seconds, is a finding with its hours.
 */
int counter_know(struct counter *c, struct job *j, int64_t from, int64_t limit);

/*
 * Whole seconds that a sound counter grows from ${from} to ${to}, in which the
 * engine is in one state.  Between two readings it grows evenly while the
 * engine was on; what that time cannot hold, evenly over the time of which
 * nothing is known; over off time only where there is no other.
 */
int64_t counter_growth(
    struct counter *c, int64_t from, int64_t to, enum job_engine engine);

/* Milliseconds between the readings around, where the counter is known. */
int64_t counter_apart(const struct counter *c);

/* Milliseconds of the segment we are in that the engine was off. */
int64_t counter_off(const struct counter *c);

#endif
