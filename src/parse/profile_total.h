/* profile_total.h - what a profile says of totals. */

#ifndef PARSE_PROFILE_TOTAL_H
#define PARSE_PROFILE_TOTAL_H

#include "parse/profile_keys.h"

/* Read ${j} if it is "totals", "rest" or a "dayStart" that is a clock time, of
 * "fields".  True if it is one of these. */
int profile_total_read(struct profile_keys *k, const struct json *j);

/* What of these does not fit rows of totals, or rows of another kind. */
void profile_total_check(struct profile_keys *k);

#endif
