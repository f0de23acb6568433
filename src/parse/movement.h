/* movement.h - how far a machine went between two positions says that it moved.
 */

#ifndef PARSE_MOVEMENT_H
#define PARSE_MOVEMENT_H

#include <stdint.h>

#include "parse/job.h"

/* Latitude and longitude in parts of a degree. */
#define MOVEMENT_DEGREE INT64_C(10000000)

/* The value of a reading of EVIDENCE_LOCATION; both within their range. */
int64_t movement_place(int64_t latitude, int64_t longitude);

/* How far two such places are apart, along the surface, in metres: to half a
 * percent where they are less than 100 km apart and no pole is near. */
double movement_metres(int64_t a, int64_t b);

/*
 * The machine's positions become a counter of moving time, unless it has one:
 * between two of them, no more than maxPiece apart, it moved all the time when
 * it went as far and as fast as the rules ask for, else not at all.
 */
void movement_readings(struct job *j);

#endif
