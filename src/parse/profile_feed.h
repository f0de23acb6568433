/* profile_feed.h - what a profile says of feeds alone. */

#ifndef PARSE_PROFILE_FEED_H
#define PARSE_PROFILE_FEED_H

#include "parse/profile_keys.h"

/*
 * A counter and its unit as people write them, "idle" and "min", into
 * ${profile}.  0; -1 if there is no such counter, -2 if no such unit.
 */
int profile_feed_unit(
    struct profile *profile, const char *counter, const char *unit);

/* The key "units": an object of these. */
void profile_feed_units(struct profile_keys *k, const struct json *j);

/* The key "dayStart": where in a day what was counted begins. */
void profile_feed_day_start(struct profile_keys *k, const struct json *j);

/* The key "resolution". */
void profile_feed_resolution(struct profile_keys *k, const struct json *j);

/* The key "movement": the least "speed" (km/h) and "distance" (m) between two
 * positions, one of them at least. */
void profile_feed_movement(struct profile_keys *k, const struct json *j);

/* The key "switches": an object of numbers to states. */
void profile_feed_switches(struct profile_keys *k, const struct json *j);

#endif
