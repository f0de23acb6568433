/* roster.h - the machines that files speak of, and a machine table to fill in.
 */

#ifndef PARSE_ROSTER_H
#define PARSE_ROSTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "parse/assign.h"

struct roster;

struct roster *roster_new(void);

/* There is a machine ${id}. */
void roster_add(struct roster *r, const char *id, size_t len);

/* One more row of it, which tells of times ${first} to ${last}, milliseconds,
 * or INSTANT_NONE. */
void roster_row(
    struct roster *r, const char *id, size_t len, int64_t first, int64_t last);

/* Its make and serial number, each of which may be NULL; what was said first
 * stays. */
void roster_describe(struct roster *r, const char *id, size_t len,
    const char *make, const char *serial);

/*
 * Write the draft of a machine table for those machines that ${table} (may be
 * NULL) does not have, by id: sourceId, an empty machineId, ${company} and
 * ${project} (empty where NULL), and above each row a comment of what is known.
 */
void roster_write(const struct roster *r, struct out *out, struct assign *table,
    const char *company, const char *project);

/* NULL is welcome. */
void roster_free(struct roster *r);

#endif
