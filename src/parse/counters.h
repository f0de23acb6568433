/* counters.h - cumulative counters and engine stretches become periods. */

#ifndef PARSE_COUNTERS_H
#define PARSE_COUNTERS_H

#include "parse/job.h"

/*
 * The periods of the machine's counters and stretches.  What is emitted from
 * the operating counter, and the hours named in the findings counter-reset,
 * beyond-clock, status-disagrees, idle-unknown and carried-over, together
 * equal its growth, to the second.
 */
void counters_periods(struct job *j);

#endif
