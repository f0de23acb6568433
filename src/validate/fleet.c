/* fleet.c - when the machines of a fleet fell silent and came back. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/fleet.h"

#define YEARS 136 /* of 366 days, from 1970 */
#define YEAR 366
#define DAYS (YEARS * YEAR)
#define MOST 8192 /* days */

#define LEAST 5 /* machines */
#define SHARE 3 /* of five */
#define OF 5

struct day {
	uint16_t silenced[FLEET_SLOTS], returned[FLEET_SLOTS];
	/* How many more are at work after each slot; from fleet_end on, how
	 * many are at work before it. */
	int32_t work[FLEET_SLOTS];
};

struct year {
	struct day *day[YEAR];
	int32_t after[YEAR]; /* at work when the day has ended */
};

struct fleet {
	struct year *year[YEARS];
	int32_t after[YEARS]; /* at work when the year has ended */
	unsigned days;
	const struct zone *zone;
};

struct fleet *
fleet_new(const struct zone *zone)
{
	struct fleet *f = xcalloc(1, sizeof *f);

	f->zone = zone;
	return f;
}

const struct zone *
fleet_zone(const struct fleet *f)
{
	return f->zone;
}

/* The day of an instant, made where it is not; NULL beyond our calendar. */
static struct day *
day_of(struct fleet *f, int64_t at, unsigned *slot)
{
	int64_t n = at / FLEET_SLOT;
	struct year **year;
	struct day **day;

	if (at < 0 || n / FLEET_SLOTS >= DAYS)
		return NULL;
	*slot = (unsigned)(n % FLEET_SLOTS);
	n /= FLEET_SLOTS;
	year = &f->year[n / YEAR];
	if (*year == NULL)
		*year = xcalloc(1, sizeof **year);
	day = &(*year)->day[n % YEAR];
	if (*day == NULL && f->days < MOST) {
		*day = xcalloc(1, sizeof **day);
		f->days++;
	}
	return *day;
}

static void
count(uint16_t *n)
{
	*n += *n < UINT16_MAX;
}

void
fleet_first(struct fleet *f, int64_t at)
{
	unsigned slot;
	struct day *d = day_of(f, at, &slot);

	if (d != NULL)
		d->work[slot]++;
}

void
fleet_last(struct fleet *f, int64_t at)
{
	unsigned slot;
	struct day *d = day_of(f, at, &slot);

	if (d != NULL)
		d->work[slot]--;
}

void
fleet_silence(struct fleet *f, int64_t from, int64_t to)
{
	unsigned begin, end;
	struct day *d = day_of(f, from, &begin), *e = day_of(f, to, &end);

	/* Both or none, or the machine would be silent for ever. */
	if (d == NULL || e == NULL)
		return;
	count(&d->silenced[begin]);
	d->work[begin]--;
	count(&e->returned[end]);
	e->work[end]++;
}

/* How many are at work before each slot of a day, from ${now} on. */
static int32_t
end_day(struct day *d, int32_t now)
{
	for (unsigned s = 0; d != NULL && s < FLEET_SLOTS; s++) {
		int32_t more = d->work[s];

		d->work[s] = now;
		now += more;
	}
	return now;
}

void
fleet_end(struct fleet *f)
{
	int32_t now = 0;

	for (unsigned y = 0; y < YEARS; y++) {
		struct year *year = f->year[y];

		for (unsigned n = 0; year != NULL && n < YEAR; n++)
			year->after[n] = now = end_day(year->day[n], now);
		f->after[y] = now;
	}
}

/* The day of a slot, or NULL when nothing happened on it. */
static const struct day *
known(const struct fleet *f, int64_t slot)
{
	int64_t n = slot / FLEET_SLOTS;

	if (slot < 0 || n >= DAYS || f->year[n / YEAR] == NULL)
		return NULL;
	return f->year[n / YEAR]->day[n % YEAR];
}

int64_t
fleet_day(const struct fleet *f, int64_t slot)
{
	int64_t n = slot < 0 ? 0 : slot / FLEET_SLOTS;

	while (n < DAYS && known(f, n * FLEET_SLOTS) == NULL)
		n = f->year[n / YEAR] == NULL ? (n / YEAR + 1) * YEAR : n + 1;
	return n < DAYS ? n * FLEET_SLOTS : -1;
}

unsigned
fleet_days(const struct fleet *f)
{
	return f->days;
}

uint32_t
fleet_silenced(const struct fleet *f, int64_t slot, unsigned slots)
{
	uint32_t n = 0;

	for (; slots > 0; slots--, slot++) {
		const struct day *d = known(f, slot);

		n += d != NULL ? d->silenced[slot % FLEET_SLOTS] : 0;
	}
	return n;
}

uint32_t
fleet_returned(const struct fleet *f, int64_t slot, unsigned slots)
{
	uint32_t n = 0;

	for (; slots > 0; slots--, slot++) {
		const struct day *d = known(f, slot);

		n += d != NULL ? d->returned[slot % FLEET_SLOTS] : 0;
	}
	return n;
}

uint32_t
fleet_at_work(const struct fleet *f, int64_t slot)
{
	const struct day *d = known(f, slot);
	int64_t day = slot / FLEET_SLOTS;
	int32_t n;

	if (slot < 0 || day >= DAYS)
		return 0;
	if (d != NULL)
		n = d->work[slot % FLEET_SLOTS];
	else if (f->year[day / YEAR] != NULL)
		n = f->year[day / YEAR]->after[day % YEAR];
	else
		n = f->after[day / YEAR];
	return n > 0 ? (uint32_t)n : 0;
}

int
fleet_is_most(uint64_t n, uint64_t of)
{
	return n >= LEAST && n * OF >= of * SHARE;
}

void
fleet_free(struct fleet *f)
{
	if (f == NULL)
		return;
	for (unsigned y = 0; y < YEARS; y++) {
		for (unsigned n = 0; f->year[y] != NULL && n < YEAR; n++)
			free(f->year[y]->day[n]);
		free(f->year[y]);
	}
	free(f);
}
