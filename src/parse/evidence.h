/* evidence.h - events, engine status and counters become periods. */

#ifndef PARSE_EVIDENCE_H
#define PARSE_EVIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/zone.h"
#include "parse/emit.h"
#include "parse/reject.h"
#include "parse/roster.h"
#include "record/names.h"

struct evidence;

enum evidence_kind {
	EVIDENCE_OPERATING, /* cumulative operating time; value in ms */
	EVIDENCE_IDLE,	    /* cumulative idle time; ms */
	EVIDENCE_MOVING,    /* cumulative moving time; ms */
	EVIDENCE_RUNNING,   /* engine status; value 0 or 1 */
	EVIDENCE_EVENT,	    /* in a state from now on; value as below */
	EVIDENCE_LOCATION,  /* where it is; value by movement_place */
	EVIDENCE_SWITCH,    /* the first of those that the profile names;
			       value 0 or 1 */
};

/* Switches, each a kind of its own; and all kinds. */
#define EVIDENCE_SWITCHES 8
#define EVIDENCE_KINDS (EVIDENCE_SWITCH + EVIDENCE_SWITCHES)

/* Values of an event: a names_state number, or one of these. */
#define EVIDENCE_OFF (-1) /* no state from now on */
#define EVIDENCE_EDGE                                                          \
	(-2) /* a rejected row: something else begins here, we                 \
		know not what; it ends the period before */

enum evidence_status {
	EVIDENCE_BY_SOURCE, /* heartbeat in time series, change in snapshots */
	EVIDENCE_CHANGE,
	EVIDENCE_HEARTBEAT,
};

enum evidence_placement {
	EVIDENCE_START,
	EVIDENCE_END,
	EVIDENCE_DAY, /* from day_start on, in pieces that hold it */
};

/* profile.md "Evidence"; durations in milliseconds. */
struct evidence_rules {
	const char *running; /* state of a running engine, or NULL: unsaid */
	const char *working, *idle, *moving; /* "Working", "Idle", "Moving" */
	const char *switch_state[EVIDENCE_SWITCHES]; /* while it is on */
	enum evidence_status status;
	enum evidence_placement placement;
	int64_t max_hold;   /* default 24 h */
	int64_t max_piece;  /* default 30 min */
	int64_t meter_step; /* 0: the finest seen per machine */
	int64_t resolution; /* 0: pieces are not merged */
	int64_t day_start;  /* of EVIDENCE_DAY: seconds since midnight, by */
	const struct zone *zone;     /* the clocks of this zone */
	int64_t close_at;	     /* --close-at, or INSTANT_NONE */
	int operating_excludes_idle; /* operatingIncludesIdle: false */
	int moves;		     /* "movement": positions are evidence */
	int64_t move_speed;	     /* of the least speed; metres an hour */
	int64_t move_distance;	     /* and the least way; millimetres */
};

/* One piece of evidence. */
struct evidence_reading {
	int64_t time;	  /* ms since 1970 */
	int64_t value;	  /* by kind */
	int64_t snapshot; /* snapshotTime of the page, ms; or INSTANT_NONE */
	uint64_t line;
	uint32_t machine; /* evidence_machine */
	uint32_t ids;	  /* evidence_ids; 0: none */
	uint32_t file;	  /* names_file */
	uint8_t kind;	  /* enum evidence_kind */
	uint8_t series;	  /* 1: of a time series; 0: of a snapshot */
};

/*
 * Collect evidence for periods that go to ${emit}; findings go to
 * ${reject}.  All borrowed.  Beyond ${memory} bytes readings are sorted on
 * disk; a machine whose own take more than that, and 64 MiB, ends the program.
 */
struct evidence *evidence_new(const struct evidence_rules *rules,
    struct names *names, struct emit *emit, struct reject *reject,
    size_t memory);

/* From now on only note in ${roster} whose evidence it is: no periods. */
void evidence_survey(struct evidence *e, struct roster *roster);

/* What is known of a machine besides; either may be NULL. */
void evidence_describe(
    struct evidence *e, uint32_t machine, const char *make, const char *serial);

/* The number of the machine with the vendor's ${id}; ids that the machine
 * table says are one have one number. */
uint32_t evidence_machine(struct evidence *e, const char *id, size_t len);

/* The same if there is one yet, else EVIDENCE_NONE. */
#define EVIDENCE_NONE UINT32_MAX
uint32_t evidence_known(const struct evidence *e, const char *id, size_t len);

/* The number of a row's own company and project, each of which may be NULL;
 * 0 when both are. */
uint32_t evidence_ids(
    struct evidence *e, const char *company, const char *project);

/* Take a reading.  0, or -1 after a message (the disk). */
int evidence_put(struct evidence *e, const struct evidence_reading *r);

/* The same of ${n} at once.  Takes ${block}, which is of the heap. */
int evidence_put_block(
    struct evidence *e, struct evidence_reading *block, size_t n);

/*
 * Make the periods of all machines, one machine after another in order of
 * their numbers.  0, or -1 after a message: the disk, or running needed and
 * not said.
 */
int evidence_finish(struct evidence *e);

/* Equal touching periods that were made one, so far. */
uint64_t evidence_merged(const struct evidence *e);

/* NULL is welcome. */
void evidence_free(struct evidence *e);

#endif
