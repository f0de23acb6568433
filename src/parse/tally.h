/* tally.h - what became of the rows: read = used + rejected + skipped. */

#ifndef PARSE_TALLY_H
#define PARSE_TALLY_H

#include <stdint.h>

/*
 * Rows are counted once, in read and in one of the three others: a CSV row,
 * or one section of a feed that can say something of a state (an
 * EngineStatus, a counter).  Records are counted apart.
 */
struct tally {
	uint64_t read;
	uint64_t used;	   /* gave a record, or evidence for one */
	uint64_t rejected; /* wrong; in the rejects, with the reason */
	uint64_t skipped;  /* nothing wrong and nothing to say: not wanted */

	uint64_t decided; /* doubtful local times that --dst decided */

	uint64_t emitted; /* records written */
	uint64_t cut;	  /* records more than periods: table borders */
	uint64_t merged;  /* records fewer than periods: equal neighbours */
};

#endif
