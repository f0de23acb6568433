/* fault.h - how the sandbox misbehaves on request. */

#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include <stdint.h>

/* Shares are in hundredths of a percent of the requests to /api. */
struct fault {
	unsigned drop_before; /* close the connection, nothing stored */
	unsigned drop_after;  /* store, then close without an answer */
	unsigned status_share;
	int status; /* answer this, nothing stored */
	unsigned delay_share;
	int64_t delay;	     /* ms */
	uint64_t token_dies; /* requests a token is good for; 0: no limit */
};

/*
 * Read "drop-before=P%", "drop-after=P%", "status=N:P%",
 * "delay=DURATION:P%", "token-dies=N", several separated by commas.  0, or
 * -1.
 */
int fault_read(struct fault *f, const char *script);

/* Start the dice from ${seed}. */
void fault_seed(uint64_t seed);

/* True for ${share} of the calls. */
int fault_strikes(unsigned share);

#endif
