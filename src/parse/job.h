/* job.h - one machine's evidence at work. */

#ifndef PARSE_JOB_H
#define PARSE_JOB_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "parse/evidence.h"

/* Readings of one kind, in order of time, one a time. */
struct job_series {
	struct evidence_reading *at;
	int64_t seen; /* value of the one taken last, kept or not */
	size_t count;
	size_t room;
};

/* Whether the engine ran, as far as its status tells. */
enum job_engine { JOB_UNKNOWN, JOB_OFF, JOB_ON };

#define JOB_NO_STATE UINT32_MAX

/* From ${from} (ms) to where the next stretch begins. */
struct job_stretch {
	int64_t from;
	enum job_engine engine;
	const struct evidence_reading *reading; /* that begins it, or NULL */
	uint32_t state; /* that of a switch, or JOB_NO_STATE */
};

struct job {
	const struct evidence_rules *rules;
	struct names *names;
	struct emit *emit;
	struct reject *reject;
	struct explain *explain; /* or NULL */
	const struct intern *machines;
	const struct intern *ids;

	size_t memory; /* that one machine's readings may take, in bytes */

	uint32_t machine;
	struct job_series series[EVIDENCE_KINDS]; /* by kind */
	struct job_stretch *stretch; /* the first begins at INT64_MIN */
	size_t stretches, stretch_room;

	/* The period to be written unless the next one continues it. */
	struct emit_period pending;
	uint32_t pending_ids;
	int is_pending;
	uint64_t periods; /* of this machine */
	uint64_t merged;  /* of all machines */

	struct problem problem;
	struct buf file;   /* of the problem, as plain text */
	int needs_running; /* a running engine, and nobody said what it does */
};

/* Forget the machine before, keep the room. */
void job_start(struct job *j, uint32_t machine);

/*
 * Take the next reading in order of time, of one time in order of values.  Of
 * equal ones the first is kept.  Of two values the one of the later snapshot
 * wins (none is the earliest), else the larger counter or Running=false.  Too
 * many end the program.
 */
void job_take(struct job *j, const struct evidence_reading *r);

/* Make the machine's periods and say what could not be. */
void job_finish(struct job *j);

/*
 * A period of the machine, in whole seconds; an empty one is nothing.  One
 * that touches the last, in the same state, basis and ids, continues it.
 */
void job_period(struct job *j, int64_t start, int64_t end, uint32_t state,
    enum record_basis basis, const struct evidence_reading *source);

/* Start a finding about ${r} (may be NULL); its text is put by the caller,
 * who ends it with job_say. */
struct buf *job_finding(struct job *j, const char *code, enum severity severity,
    const struct evidence_reading *r, int64_t price);
void job_say(struct job *j);

/* The number of the state called ${name}. */
uint32_t job_state(struct job *j, const char *name);

/* NULL is welcome. */
void job_free(struct job *j);

#endif
