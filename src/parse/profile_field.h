/* profile_field.h - the fields of a profile. */

#ifndef PARSE_PROFILE_FIELD_H
#define PARSE_PROFILE_FIELD_H

#include "parse/profile_keys.h"
#include "json/json.h"

/* Read "fields". */
void profile_field_read_all(struct profile_keys *k, const struct json *j);

/* Read ${j}, a field, into ${f}. */
void profile_field_read(
    struct profile_keys *k, const struct json *j, struct profile_field *f);

/*
 * Read ${j}, a member of an object, into ${f} if it says from which of the
 * row's cells a value comes.  True if it does.
 */
int profile_field_cells(
    struct profile_keys *k, const struct json *j, struct profile_field *f);

#endif
