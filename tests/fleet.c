/* fleet.c - a fleet's periods as telematics see them, and what went wrong. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"

/*
 * fleet KIND SEED [PLANT ...]: some weeks of 2025 by the clock of Oslo.  Kinds
 * differ in when machines are at work; plants are faults, put in by whoever
 * writes the periods down.  Everything but the kind comes of the seed.
 */
#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define NEW_YEAR 1735689600 /* 2025-01-01T00:00:00Z, a Wednesday */
#define SPRING 1743296400   /* 2025-03-30T01:00:00Z: one hour ahead more */
#define AUTUMN 1761440400   /* 2025-10-26T01:00:00Z: and back */

enum kind {
	DAYS,
	SHIFTS,
	NIGHTS,
	SPARSE,
	ONE,
	SHEETS,
	ALWAYS,
	RAIN,
	SLOTS,
	OWLS,
	KINDS
};
static const char *const kinds[] = { "days", "shifts", "nights", "sparse",
	"one", "sheets", "always", "rain", "slots", "owls" };

static struct {
	enum kind kind;
	uint64_t seed;
	unsigned machines, days;
	int64_t first; /* local midnight of the first day, as if UTC */
	int64_t holiday, half_day; /* days from the first */
	uint64_t line;
	/* Plants; 0: none. */
	int64_t outage, back; /* instants */
	int lost;	      /* what was under way then */
	int midnight;	      /* 1: it ends there, 2: a second before */
	int hourly;	      /* the same at every full hour */
	int64_t export;	      /* when everything ends */
	int64_t frozen;	      /* when the clock of machine 3 stops */
	int64_t change;	      /* of the clock, which is not heeded: */
	int64_t moved_until;  /* until then it is another hour */
	int64_t moved;
	int64_t beside; /* by so much is machine 2 or a file shifted */
	int64_t late;	/* by so much is all of it shifted */
	int file;	/* it is a file, of machines 2 to 4 */
} fleet;

/* A small generator (splitmix64): the same seed, the same bytes. */
static uint64_t
draw(void)
{
	uint64_t z = fleet.seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static int64_t
between(int64_t from, int64_t to)
{
	return from + (int64_t)(draw() % (uint64_t)(to - from + 1));
}

/* About ${middle}, rarely further than ${spread} from it. */
static int64_t
about(int64_t middle, int64_t spread)
{
	int64_t half = spread / 2;

	return middle + between(-half, half) + between(-half, half);
}

static int64_t
ahead(int64_t instant)
{
	return instant >= SPRING && instant < AUTUMN ? 2 * HOUR : HOUR;
}

static int64_t
instant_of(int64_t local)
{
	int64_t at = local - HOUR;

	return local - ahead(at);
}

static int64_t
midnight_after(int64_t at)
{
	int64_t local = at + ahead(at);

	return instant_of((local / DAY + 1) * DAY);
}

static int
is_beside(unsigned machine)
{
	return fleet.beside != 0 &&
	       (machine == 2 || (fleet.file && machine > 2 && machine < 5));
}

static int64_t
read_clock(unsigned machine, int64_t at)
{
	if (is_beside(machine))
		at += fleet.beside;
	at += fleet.late;
	if (fleet.change != 0 && at >= fleet.change && at < fleet.moved_until)
		at += fleet.moved;
	return at;
}

static void
put(unsigned machine, int64_t start, int64_t end, const char *state)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT], line[320];
	int len;

	if (fleet.export != 0 && end > fleet.export)
		end = fleet.export;
	if (end <= start)
		return;
	start = read_clock(machine, start);
	end = read_clock(machine, end);
	if (machine == 3 && fleet.frozen != 0 && start >= fleet.frozen &&
	    start < fleet.frozen + 8 * HOUR) {
		end -= start - fleet.frozen;
		start = fleet.frozen;
	}
	len = snprintf(line, sizeof line,
	    "{\"companyId\":\"c\",\"projectId\":\"p\",\"machineId\":\"M-%03u\","
	    "\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"%s\","
	    "\"source\":\"%s.csv:%" PRIu64 "\"}\n",
	    machine, instant_text(from, start), instant_text(to, end), state,
	    is_beside(machine) && fleet.file ? "other" : "fleet", ++fleet.line);
	out_put(out_std(), line, (size_t)len);
}

/* What the provider makes of a period. */
static void
deliver(unsigned machine, int64_t start, int64_t end, const char *state)
{
	if (fleet.outage != 0 && start < fleet.back && end > fleet.outage) {
		if (!fleet.lost)
			put(machine, start, fleet.outage - between(0, MINUTE),
			    state);
		start = fleet.back + between(0, 2 * MINUTE);
	}
	if (fleet.midnight != 0 && end > midnight_after(start))
		end = midnight_after(start) - (fleet.midnight == 2);
	if (fleet.hourly && end > (start / HOUR + 1) * HOUR)
		end = (start / HOUR + 1) * HOUR;
	put(machine, start, end, state);
}

/* Hours that people write down. */
static int
is_sheet(void)
{
	return fleet.kind == SHEETS || fleet.kind == OWLS;
}

/* At work without a stop, in periods of some minutes. */
static void
work(unsigned machine, int64_t start, int64_t end)
{
	static const char *const states[] = { "Working", "Idle", "Moving" };

	while (start < end) {
		int64_t length = fleet.kind == SLOTS ? 15 * MINUTE
				 : is_sheet()
				     ? end - start
				     : between(2 * MINUTE, 18 * MINUTE);
		int64_t stop = start + length < end ? start + length : end;

		deliver(machine, start, stop, states[draw() % 3]);
		start = stop;
	}
}

static int64_t
slotted(int64_t at)
{
	return fleet.kind == SLOTS ? at / 900 * 900 : at;
}

/* A stretch of local time with the stops that engines make. */
static void
stretch(unsigned machine, int64_t start, int64_t end)
{
	start = instant_of(start);
	end = instant_of(end);
	if (is_sheet()) {
		work(machine, start, end);
		return;
	}
	while (start < end) {
		int64_t stop = start + between(10 * MINUTE, 150 * MINUTE);

		stop = slotted(stop < end ? stop : end);
		work(machine, start, stop);
		start =
		    slotted(stop + (draw() % 6 == 0 ? between(20, 90) * MINUTE
						    : between(1, 15) * MINUTE));
	}
}

/* A shift with a meal in it; times are local. */
static void
shift(unsigned machine, int64_t from, int64_t meal, int64_t to)
{
	int64_t habit;

	if (is_sheet()) {
		stretch(machine, from, meal);
		stretch(machine, meal + HOUR / 2, to);
		return;
	}
	/* Its driver has habits: one begins and goes home early. */
	habit = (int64_t)(machine * 7919 % 21) * MINUTE - 10 * MINUTE;
	if (machine == 5 && fleet.kind == DAYS)
		habit = -HOUR;
	from = slotted(about(from + habit, 15 * MINUTE));
	to = slotted(about(to + habit, 25 * MINUTE));
	meal = slotted(about(meal, 10 * MINUTE));
	stretch(machine, from, meal);
	stretch(machine, slotted(meal + between(22, 38) * MINUTE), to);
}

/* Site after site stops for the weather, and goes on when it is over. */
static void
rainy(unsigned machine, int64_t day, int64_t at)
{
	uint64_t saved = fleet.seed;
	int64_t from, to;

	fleet.seed = (uint64_t)day * 977;
	(void)draw();
	from = at + between(9 * HOUR, 11 * HOUR);
	to = from + between(HOUR, 3 * HOUR);
	fleet.seed = saved;
	stretch(machine, about(at + 7 * HOUR, 15 * MINUTE),
	    about(from, 30 * MINUTE));
	stretch(machine, about(to, 30 * MINUTE),
	    about(at + 15 * HOUR + HOUR / 2, 25 * MINUTE));
}

static int
is_off(unsigned machine, int64_t day, int weekday)
{
	int weekend = weekday == 5 || weekday == 6;

	if (fleet.kind == ALWAYS)
		return draw() % 40 == 0;
	if (day == fleet.holiday)
		return 1;
	if (fleet.kind == SPARSE)
		return weekend || draw() % 5 != 0;
	if (weekend)
		return weekday == 6 || (machine + (uint64_t)day) % 9 != 0;
	return draw() % 25 == 0;
}

static void
day_of(unsigned machine, int64_t day)
{
	int64_t at = fleet.first + day * DAY;
	int weekday = (int)((at / DAY + 3) % 7); /* Monday is 0 */
	int64_t end =
	    fleet.kind == SHEETS && weekday == 4 ? 13 * HOUR : 15 * HOUR + 1800;

	if (is_off(machine, day, weekday))
		return;
	if (day == fleet.half_day)
		end = 12 * HOUR;
	switch (fleet.kind) {
	case SHIFTS:
		shift(machine, at + 6 * HOUR, at + 10 * HOUR, at + 14 * HOUR);
		if (machine % 3 != 0)
			shift(machine, at + 14 * HOUR + 600, at + 18 * HOUR,
			    at + 22 * HOUR + machine % 2 * 2 * HOUR);
		break;
	case NIGHTS:
	case OWLS:
		shift(machine, at + 19 * HOUR, at + 24 * HOUR, at + 29 * HOUR);
		break;
	case SPARSE:
		at += between(7, 13) * HOUR;
		stretch(machine, at, at + between(1, 3) * HOUR);
		break;
	case ALWAYS:
		/* All day, until it goes to another site. */
		stretch(machine, at + 1200,
		    day + 1 < fleet.days ? at + DAY + 600
					 : at + about(12 * HOUR, 9 * HOUR));
		break;
	case RAIN:
		if (day % 7 == 2) {
			rainy(machine, day, at);
			break;
		}
		/* fall through */
	default:
		if (machine % 8 == 7 && fleet.kind == SHEETS)
			shift(machine, at + 19 * HOUR, at + 24 * HOUR,
			    at + 29 * HOUR);
		else
			shift(machine, at + 7 * HOUR, at + 11 * HOUR, at + end);
	}
}

/* A day of work in the middle. */
static int64_t
middle_day(void)
{
	int64_t day = fleet.days / 2;

	while ((fleet.first / DAY + day + 3) % 7 > 3 || day == fleet.holiday ||
	       day == fleet.half_day)
		day++;
	return day;
}

/* The provider is down between the beginning and the meal. */
static void
plant_outage(int64_t day)
{
	int64_t at = fleet.kind == NIGHTS || fleet.kind == OWLS ? 21 * HOUR
		     : fleet.kind == SHIFTS			? 7 * HOUR
								: 8 * HOUR;

	fleet.outage = instant_of(day + at + between(0, 30) * MINUTE);
	fleet.back = fleet.outage + between(80, 110) * MINUTE;
	fleet.lost = draw() % 3 == 0 && !is_sheet();
}

/* A change of the clock in the middle, and what the reader makes of it. */
static void
plant_change(int64_t change, int64_t until, int64_t moved)
{
	fleet.first = change / DAY * DAY - (fleet.days / 2) * DAY;
	fleet.change = change;
	fleet.moved_until = until;
	fleet.moved = moved;
}

static void
plant_beside(int file)
{
	static const int64_t by[] = { -2, 2, 4, -4, 3, 11 };

	fleet.beside = by[draw() % 6] * HOUR / 2;
	fleet.file = file;
}

static void
plant(const char *what)
{
	int64_t day = fleet.first + middle_day() * DAY;

	if (strcmp(what, "outage") == 0)
		plant_outage(day);
	else if (strcmp(what, "midnight") == 0)
		fleet.midnight = 1;
	else if (strcmp(what, "second") == 0)
		fleet.midnight = 2;
	else if (strcmp(what, "hourly") == 0)
		fleet.hourly = 1;
	else if (strcmp(what, "export") == 0)
		fleet.export = instant_of(day + 9 * HOUR) + between(0, HOUR);
	else if (strcmp(what, "frozen") == 0)
		fleet.frozen = instant_of(day + 8 * HOUR) + between(0, HOUR);
	else if (strcmp(what, "spring") == 0)
		plant_change(SPRING, INT64_MAX, HOUR);
	else if (strcmp(what, "autumn") == 0)
		plant_change(AUTUMN, AUTUMN + HOUR, -HOUR);
	else if (strcmp(what, "summer") == 0)
		plant_change(AUTUMN, INT64_MAX, -HOUR);
	else if (strcmp(what, "change") == 0)
		plant_change(draw() % 2 == 0 ? SPRING : AUTUMN, 0, 0);
	else if (strcmp(what, "late") == 0)
		fleet.late = between(1, 2) * HOUR;
	else if (strcmp(what, "early") == 0)
		fleet.late = between(-2, -1) * HOUR;
	else if (strcmp(what, "beside") == 0)
		plant_beside(0);
	else if (strcmp(what, "file") == 0)
		plant_beside(1);
	else
		msg_die("no plant '%s'", what);
}

int
main(int argc, char *argv[])
{
	unsigned kind = 0;

	msg_init("fleet");
	while (argc > 2 && kind < KINDS && strcmp(kinds[kind], argv[1]) != 0)
		kind++;
	if (argc < 3 || kind == KINDS)
		msg_die("usage: fleet KIND SEED [PLANT ...]");
	fleet.kind = (enum kind)kind;
	fleet.seed = strtoull(argv[2], NULL, 10);
	fleet.machines = kind == ONE ? 1 : (unsigned)between(8, 30);
	fleet.days = (unsigned)between(24, 60);
	fleet.first = NEW_YEAR + between(5, 75) * DAY;
	fleet.holiday = between(8, 20);
	fleet.half_day = fleet.holiday - 1;
	for (int i = 3; i < argc; i++)
		plant(argv[i]);
	for (unsigned m = 0; m < fleet.machines; m++)
		for (unsigned d = 0; d < fleet.days; d++)
			day_of(m, d);
	return out_close(STATUS_OK);
}
