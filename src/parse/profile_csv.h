/* profile_csv.h - how a profile says that tables are written. */

#ifndef PARSE_PROFILE_CSV_H
#define PARSE_PROFILE_CSV_H

#include "parse/profile_keys.h"

/* Read "csv". */
void profile_csv_read(struct profile_keys *k, const struct json *j);

#endif
