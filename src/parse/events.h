/* events.h - "in this state from now on" becomes periods. */

#ifndef PARSE_EVENTS_H
#define PARSE_EVENTS_H

#include "parse/job.h"

/* The periods of the machine's events. */
void events_periods(struct job *j);

#endif
