/* override.h - the command line beats the profile. */

#ifndef PARSE_OVERRIDE_H
#define PARSE_OVERRIDE_H

#include <stddef.h>

#include "parse/profile.h"

/* Values of options as they were typed, or NULL; all borrowed. */
struct override {
	const char *zone, *dst, *encoding, *delimiter, *running, *close_at;
	const char **state; /* "WORD=STATE"; the list is the caller's to free */
	size_t states;
	const char **unit; /* "COUNTER=UNIT"; likewise */
	size_t units;
};

/* One more "WORD=STATE". */
void override_add_state(struct override *o, const char *state);

/* One more "COUNTER=UNIT". */
void override_add_unit(struct override *o, const char *unit);

/* Put them into ${profile}.  0, or -1 after saying which is none. */
int override(const struct override *o, struct profile *profile);

#endif
