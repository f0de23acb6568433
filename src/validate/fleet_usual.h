/* fleet_usual.h - what most of a fleet does at a clock time, day by day. */

#ifndef VALIDATE_FLEET_USUAL_H
#define VALIDATE_FLEET_USUAL_H

#include "validate/fleet.h"

/*
 * Is it usual that much of the fleet falls silent (or comes back, if
 * ${returned}) at the local clock time of ${slot}, give or take a quarter of an
 * hour?  ${at_work} machines are when all are.  Of a fleet that was seen on
 * fewer than some eight days of work it is, as nobody can tell.
 */
int fleet_usual(
    const struct fleet *f, int64_t slot, int returned, uint32_t at_work);

#endif
