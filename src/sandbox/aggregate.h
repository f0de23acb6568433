/* aggregate.h - hours per state, in the shapes that an API may give them. */

#ifndef SANDBOX_AGGREGATE_H
#define SANDBOX_AGGREGATE_H

#include <stdint.h>

#include "sandbox/store.h"

enum aggregate_shape {
	AGGREGATE_ROWS,	   /* "rows": machineId, state, hours */
	AGGREGATE_STATES,  /* hours by the state's name */
	AGGREGATE_LIST,	   /* a list of state and totalSeconds */
	AGGREGATE_NESTED,  /* deep within, minutes as text */
	AGGREGATE_DAYS,	   /* "days", each with its states' hours */
	AGGREGATE_NOTHING, /* an empty object */
};

/* The word for a shape, from 0 on; NULL beyond the last. */
const char *aggregate_word(int shape);

/* What was asked for. */
struct aggregate_asked {
	const char *company, *project;
	const char *from_text, *to_text; /* as they came */
	int64_t from,
	    to; /* seconds since 1970; midnights, ${to} not included */
};

/* One whole value to ${w}.  0, or -1 after a message. */
int aggregate(struct store *s, const struct aggregate_asked *asked,
    enum aggregate_shape shape, struct json_write *w);

#endif
