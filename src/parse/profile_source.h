/* profile_source.h - where a profile's rows and fields come from. */

#ifndef PARSE_PROFILE_SOURCE_H
#define PARSE_PROFILE_SOURCE_H

#include "parse/profile_keys.h"

/* Read the key "record". */
void profile_source_record(struct profile_keys *k, const struct json *j);

/* Say what is wrong with the record, and which keys are not for a workbook.  0,
 * or -1 after saying so. */
int profile_source_check(struct profile_keys *k);

/* Say what is wrong with the columns and paths of the fields: those that the
 * format has not, those that lead nowhere, too many. */
void profile_source_fields(struct profile_keys *k);

#endif
