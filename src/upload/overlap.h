/* overlap.h - a new period held against what the ledger has of its machine. */

#ifndef UPLOAD_OVERLAP_H
#define UPLOAD_OVERLAP_H

#include "upload/ledger.h"

enum overlap {
	OVERLAP_NONE,	  /* meets nothing */
	OVERLAP_SAME,	  /* is there, in one piece or several that touch */
	OVERLAP_LONGER,	  /* its beginning is there, the rest is new */
	OVERLAP_CONFLICT, /* anything else */
	OVERLAP_TROUBLE,  /* after a message */
};

/*
 * Compare ${mine} with the periods of ${machine}.  Other than NONE, ${met} is
 * the last that it meets, but its end: LONGER, what is new starts there.  Its
 * accepted is true if all that were met are ACCEPTED.
 */
enum overlap overlap_judge(struct ledger *l, int64_t machine,
    const struct ledger_period *mine, struct ledger_period *met);

#endif
