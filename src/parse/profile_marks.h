/* profile_marks.h - what a draft left for a person to decide. */

#ifndef PARSE_PROFILE_MARKS_H
#define PARSE_PROFILE_MARKS_H

#include "parse/profile_keys.h"

/* Say of each text and key in ${j} that begins with "FILL IN" that it waits. */
void profile_marks(struct profile_keys *k, const struct json *j);

#endif
