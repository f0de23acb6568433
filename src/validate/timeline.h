/* timeline.h - what machines did on days worth looking at, within bounds. */

#ifndef VALIDATE_TIMELINE_H
#define VALIDATE_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"
#include "record/names.h"
#include "record/problem.h"
#include "record/record.h"
#include "validate/report.h"

struct timeline;

/* A piece of a day, in seconds since it began. */
struct timeline_piece {
	int32_t from, to;
	uint32_t state;
	uint32_t periods; /* more than one where there were too many to keep:
			     the state is that of the longest */
	int32_t longest;  /* seconds of it */
	uint8_t basis;
	uint8_t withheld;
};

/* Where a finding is on a day, and what it is about. */
struct timeline_mark {
	int32_t from, to;
	unsigned id; /* its code's row in the summary's totals */
	enum severity severity;
	int64_t start, end; /* of its record, */
	uint64_t line;	    /* and its line */
};

/* One day of one owner; pieces that passed in the order of their starts, and
 * those that were withheld likewise, among them. */
struct timeline_strip {
	uint32_t owner;
	int64_t day;   /* of the local calendar */
	int64_t first; /* the instant at which it begins */
	int64_t length;
	struct timeline_piece *piece;
	size_t pieces, piece_room;
	struct timeline_mark *mark;
	size_t marks, mark_room;
	uint64_t findings; /* as many as there are, or more than marks */
	enum severity worst;
	int64_t price;
	uint64_t number; /* in the order in which days began */
};

/* What was found of one owner. */
struct timeline_owner {
	uint64_t findings;
	enum severity worst; /* SEVERITY_OFF: nothing */
};

/*
 * Days by the clock of ${zone}.  Keeps the 1000 days with the gravest, of these
 * with the dearest findings, of these the latest; fewer where they have more
 * than 18 000 pieces.  Besides these it takes memory for each owner, and for
 * the days of each that are not over yet.
 */
struct timeline *timeline_new(const struct zone *zone);

/* ${f} was found, ... */
void timeline_finding(struct timeline *t, const struct report_finding *f);

/* ... and then ${r} passes, or does not.  Records of one owner come in the
 * order of their starts. */
void timeline_record(struct timeline *t, const struct record *r, int passed);

/* No more come: put the days that are kept in record order. */
void timeline_end(struct timeline *t, struct names *names);

/* How many there are, the ${i}th, and how many there were. */
size_t timeline_strips(const struct timeline *t);
const struct timeline_strip *timeline_strip(const struct timeline *t, size_t i);
uint64_t timeline_days(const struct timeline *t);

/* What was found of ${owner}. */
struct timeline_owner timeline_owner(const struct timeline *t, uint32_t owner);

/* NULL is welcome. */
void timeline_free(struct timeline *t);

#endif
