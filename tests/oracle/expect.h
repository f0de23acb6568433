/* expect.h - the naive oracle: which seconds of a machine are in what state */

#ifndef TESTS_ORACLE_EXPECT_H
#define TESTS_ORACLE_EXPECT_H

#include "feed.h"

enum code {
	CODE_RESET,	  /* counter-reset */
	CODE_CLOCK,	  /* beyond-clock */
	CODE_DISAGREES,	  /* status-disagrees */
	CODE_CARRIED,	  /* carried-over */
	CODE_UNKNOWN,	  /* idle-unknown */
	CODE_IDLE_LEFT,	  /* idle-left-over */
	CODE_MOVING_LEFT, /* moving-left-over */
	CODE_UNSAID,	  /* running-unsaid */
	CODE_CONFLICT,	  /* conflicting-reading */
	CODE_SILENCE,	  /* silence */
	CODE_MISSED,	  /* missed-edge */
	CODE_OPEN,	  /* open-end */
	CODES,
};

/* Of these the number is compared, of those before the hours. */
#define CODES_COUNTED CODE_CONFLICT

extern const char *const code_names[CODES];

struct expect {
	/* Per second: 0 nothing, W, M, I, or r: the state --running. */
	char state[SPAN + 1];
	bool estimated[SPAN + 1];
	const struct reading *source[SPAN + 1]; /* lives until the next call
						 * for the same machine */
	int count[CODES];
	long hours[CODES][KINDS];	/* seconds named, per counter */
	long growth[KINDS];		/* last less first, seconds */
	long first[KINDS], last[KINDS]; /* times; first is -1 without any */
	bool refused;			/* --running is needed and not said */
	/* After these times nothing is owed to a later piece. */
	bool settled[SPAN + 1];
};

/* expect_make(e, f, machine): what must come of ${machine} of ${f}. */
void expect_make(struct expect *e, const struct feed *f, int machine);

/* The same where ${f} is rows of events. */
void expect_events(struct expect *e, const struct feed *f, int machine);

#endif
