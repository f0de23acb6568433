/* profile_where.h - which rows are meant. */

#ifndef PARSE_PROFILE_WHERE_H
#define PARSE_PROFILE_WHERE_H

#include "parse/profile_keys.h"

/*
 * Read a condition, or a list of them, into *${where} and *${count}, which
 * belong to the profile.
 */
void profile_where_read(struct profile_keys *k, const struct json *j,
    struct profile_where **where, size_t *count);

#endif
