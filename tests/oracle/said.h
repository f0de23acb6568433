/* said.h - what ditio-parse said of a feed, second by second */

#ifndef TESTS_ORACLE_SAID_H
#define TESTS_ORACLE_SAID_H

#include "expect.h"

/* What ditio-parse said of one machine. */
struct said {
	char state[SPAN + 1]; /* first letter; 0: nothing */
	char project[SPAN + 1];
	bool estimated[SPAN + 1], begins[SPAN + 1];
	const struct reading *source[SPAN + 1]; /* NULL: none of ours */
	int count[CODES];
	long hours[CODES][KINDS]; /* seconds */
	long unassigned;	  /* seconds */
};

/*
 * said_read(s, f, dir, run): from ${dir}/out.${run} and rejects.${run} fill in
 * ${s}, one for each machine.  Returns false, having said why, where records
 * are wrong in themselves: empty, overlapping, touching and equal.
 */
bool said_read(
    struct said *s, const struct feed *f, const char *dir, const char *run);

/* The exit status in ${dir}/status.${run}, or -1. */
int said_status(const char *dir, const char *run);

#endif
