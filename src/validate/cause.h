/* cause.h - one thing that went wrong, which shows as many findings. */

#ifndef VALIDATE_CAUSE_H
#define VALIDATE_CAUSE_H

#include <stdint.h>

#include "base/buf.h"
#include "record/record.h"

/*
 * A cause is a finding itself, of a rule of the catalogue; findings that it
 * explains, its symptoms, name it.  Whoever finds it fills in all but the last
 * three, which count while findings are told.
 */
struct cause {
	unsigned rule;	   /* enum rule_id */
	unsigned instance; /* from 1 in each rule */
	int64_t from, to;  /* when it was; instants */
	uint64_t machines; /* how many it struck */
	uint64_t of;	   /* out of so many that it could strike; or 0 */
	uint64_t times;	   /* how often, in all */
	int64_t shift;	   /* of clocks: ahead, in seconds; or 0 */
	int64_t price;	   /* seconds of machine time, or PROBLEM_NO_PRICE */
	int is_of_machine; /* it is about the machine of ${at} alone */
	struct record at;  /* a record where it shows: its place */
	uint64_t symptoms; /* findings that name it */
	int64_t explained; /* seconds that they cost */
	unsigned kept;	   /* of them, to be printed */
};

/* Put its name, "provider-outage-1", which no other cause of a run has. */
void cause_name(struct buf *b, const struct cause *c);

#endif
