/* tell.h - what is told of files instead of a stream. */

#ifndef PARSE_TELL_H
#define PARSE_TELL_H

#include "base/input.h"
#include "base/status.h"
#include "parse/run.h"

/* Parse all of ${in} for a machine table to fill in, on stdout. */
enum status tell_machines(struct run *run, struct input *in);

/* Parse all of ${in} and tell where the periods of ${what} come from (as
 * explain_new has it), on stdout.  STATUS_FINDINGS when there are none. */
enum status tell_periods(struct run *run, struct input *in, const char *what);

#endif
