/* fleet.h - when the machines of a fleet fell silent and came back. */

#ifndef VALIDATE_FLEET_H
#define VALIDATE_FLEET_H

#include <stdint.h>

#include "base/zone.h"

/*
 * The whole fleet's day, five minutes by five minutes: how many machines fell
 * silent, came back and were at work.  A day on which anything happened costs
 * 2.3 KB, whatever the number of machines; 1970 to 2106 is known, and 8192 days
 * of it at most (19 MB).  What lies beyond is not counted.
 */
struct fleet;

#define FLEET_SLOT 300 /* seconds */
#define FLEET_SLOTS 288
#define FLEET_WINDOW 3 /* slots: what happens within it happens together */

/* Breaks are shorter, nights are longer; seconds. */
#define FLEET_SILENCE (45 * 60)

/* The local clock is that of ${zone}; NULL: not known. */
struct fleet *fleet_new(const struct zone *zone);

const struct zone *fleet_zone(const struct fleet *f);

/* A machine's first period starts; its last one ends; in between it was silent
 * from ${from} to ${to}, for FLEET_SILENCE or longer.  Instants. */
void fleet_first(struct fleet *f, int64_t at);
void fleet_last(struct fleet *f, int64_t at);
void fleet_silence(struct fleet *f, int64_t from, int64_t to);

/* All was told: what follows may be asked. */
void fleet_end(struct fleet *f);

/*
 * Slots are counted from 1970.  The days that are known, in order: the first
 * slot of the first one at or after that of ${slot}, or -1.
 */
int64_t fleet_day(const struct fleet *f, int64_t slot);

/* How many days are known. */
unsigned fleet_days(const struct fleet *f);

/*
 * How many fell silent and came back in the ${slots} slots from ${slot} on, and
 * were at work when ${slot} began; each 65,535 at most in a slot.
 */
uint32_t fleet_silenced(const struct fleet *f, int64_t slot, unsigned slots);
uint32_t fleet_returned(const struct fleet *f, int64_t slot, unsigned slots);
uint32_t fleet_at_work(const struct fleet *f, int64_t slot);

/* Are ${n} machines most of ${of}: three of five, and five or more? */
int fleet_is_most(uint64_t n, uint64_t of);

/* NULL is welcome. */
void fleet_free(struct fleet *f);

#endif
