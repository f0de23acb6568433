/* movement.c - how far a machine went between two positions says that it moved.
 */

#include "config.h"

#include <math.h>

#include "parse/movement.h"

/* Metres of a degree of latitude: of a sphere of the earth's mean radius. */
#define METRES 111195.08

/* Longitude has 32 bits, latitude those above. */
#define PLACES (INT64_C(1) << 32)
#define MOST_LATITUDE (90 * MOVEMENT_DEGREE)
#define MOST_LONGITUDE (180 * MOVEMENT_DEGREE)

int64_t
movement_place(int64_t latitude, int64_t longitude)
{
	return (latitude + MOST_LATITUDE) * PLACES + longitude + MOST_LONGITUDE;
}

static double
degrees(int64_t parts)
{
	return (double)parts / (double)MOVEMENT_DEGREE;
}

double
movement_metres(int64_t a, int64_t b)
{
	const double pi = 3.14159265358979323846;
	double north = degrees(b / PLACES - a / PLACES);
	double east = fabs(degrees(b % PLACES - a % PLACES));
	double middle =
	    degrees((a / PLACES + b / PLACES) / 2 - MOST_LATITUDE) * pi / 180;

	/* The other way round is shorter. */
	if (east > 180)
		east = 360 - east;
	return METRES * hypot(north, east * cos(middle));
}

static int
has_moved(const struct evidence_rules *rules, const struct evidence_reading *a,
    const struct evidence_reading *b)
{
	double metres = movement_metres(a->value, b->value);
	double hours = (double)(b->time - a->time) / 3600000;

	return b->time - a->time <= rules->max_piece &&
	       metres * 1000 >= (double)rules->move_distance &&
	       metres >= (double)rules->move_speed * hours;
}

void
movement_readings(struct job *j)
{
	const struct job_series *s = &j->series[EVIDENCE_LOCATION];
	int64_t moved = 0;

	if (j->series[EVIDENCE_MOVING].count > 0)
		return;
	for (size_t i = 0; i < s->count; i++) {
		struct evidence_reading r = s->at[i];

		if (i > 0 && has_moved(j->rules, &s->at[i - 1], &r))
			moved += r.time - s->at[i - 1].time;
		r.kind = EVIDENCE_MOVING;
		r.value = moved;
		job_take(j, &r);
	}
}
