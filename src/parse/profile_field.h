/* profile_field.h - the fields of a profile, and whether they fit together. */

#ifndef PARSE_PROFILE_FIELD_H
#define PARSE_PROFILE_FIELD_H

#include "parse/profile_keys.h"
#include "json/json.h"

/* Read "fields". */
void profile_field_read_all(struct profile_keys *k, const struct json *j);

/*
 * After all keys are read: what must be there and is not, what contradicts,
 * two time formats that read one text differently.
 */
void profile_field_check(struct profile_keys *k);

#endif
