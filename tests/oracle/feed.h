/* feed.h - a small random feed: what it holds, and how it is written down */

#ifndef TESTS_ORACLE_FEED_H
#define TESTS_ORACLE_FEED_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { MACHINES = 3, READINGS = 400, DOCS = 4, SPAN = 30 * 3600 };

/* All times here are seconds from this instant, 2025-05-05T00:00:00Z. */
#define EPOCH INT64_C(1746403200)

enum kind {
	OPERATING, /* counters, milliseconds */
	IDLE,
	MOVING,
	STATUS, /* 1 running, 0 not */
	KINDS,
	/* From now on in a state: W, I, M; o: off; ?: a word that nobody
	 * knows; -: one to ignore. */
	EVENT = KINDS,
};

struct reading {
	int machine, doc, line; /* line: of its element, in its document */
	int id;			/* the vendor's: M1 is 0 */
	enum kind kind;
	long time, value;
	long snapshot; /* seconds, or -1: the document does not say */
};

struct doc {
	bool series; /* one machine and kind, else a Fleet snapshot */
	int machine; /* of a series */
	enum kind kind;
	long snapshot; /* seconds, or -1 */
};

enum placement { PLACE_UNSAID, PLACE_START, PLACE_END };
enum semantics { STATUS_UNSAID, STATUS_CHANGE, STATUS_HEARTBEAT };

/* What the profile and the command line say. */
struct setup {
	enum placement placement;
	enum semantics semantics;
	long max_piece, max_hold; /* seconds; 0: unsaid */
	long step;		  /* milliseconds; 0: unsaid */
	long close_at;		  /* seconds, or -1 */
	const char *running;
	long move[MACHINES];	/* machine moves from p1 to p2 then; 0: never */
	long gap[MACHINES];	/* and is in no project for so long before */
	bool alias;		/* M3 is the table's other name of M1 */
	bool events;		/* all of it is rows of events, in CSV */
	bool table, excludes;	/* operatingIncludesIdle: false */
	int fraction[MACHINES]; /* milliseconds after each of its times */
};

struct feed {
	struct setup setup;
	struct reading reading[READINGS];
	int count;
	struct doc doc[DOCS];
	int docs;
	long window; /* of its readings, those from here on */
};

/* feed_make(f, seed): fill ${f}; one seed, one feed, on every machine. */
void feed_make(struct feed *f, uint64_t seed);

/*
 * feed_write(f, dir): documents 0.doc ..., the same backwards s0.doc ..., in
 * JSON j0.doc ..., the profile, the machine table and the arguments.  0, or -1
 * with a message.
 */
int feed_write(struct feed *f, const char *dir);

/* feed_write_json(f, d, path): document ${d} in JSON, readings on the same
 * lines.  0, or -1 with a message. */
int feed_write_json(const struct feed *f, int d, const char *path);

/* feed_cut(f): leave out the readings before the window. */
void feed_cut(struct feed *f);

#endif
