/* profile_check.h - whether the parts of a profile fit together. */

#ifndef PARSE_PROFILE_CHECK_H
#define PARSE_PROFILE_CHECK_H

#include "parse/profile_keys.h"

/*
 * After all keys are read: what must be there and is not, what contradicts or
 * has no meaning, two time formats that read one text differently.
 */
void profile_check(struct profile_keys *k);

#endif
