/* calendar.c - when a site works. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "validate/calendar.h"
#include "validate/complain.h"
#include "json/json_read.h"

#define MOST_BYTES ((size_t)1024 * 1024)

#define DAY 86400

/* Local days from 1970-01-01 to before 2100-01-01. */
#define DAYS 47482

/* More breaks than a day has. */
#define RANGES 16

#define WEEK 7

/* Seconds of the local clock since midnight. */
struct range {
	int64_t from, to;
};

struct day {
	struct range range[RANGES];
	size_t count;
};

struct calendar {
	const struct zone *zone;
	struct day week[WEEK]; /* from Monday on */
	uint8_t *is_holiday;   /* by day */
	int64_t *before;       /* working seconds of all days before one */
};

/* A file being read. */
struct reader {
	struct complain complain;
	struct calendar *calendar;
	struct day hours; /* of days that have none of their own */
	int works[WEEK], has_own[WEEK];
};

/* "07:30" to seconds; "24:00" ends a day.  -1: it is none. */
static int64_t
clock_of(const char *s)
{
	uint64_t hour, minute;

	if (s[2] != ':' || number_whole(s, 2, 24, &hour) != 0 ||
	    number_whole(s + 3, 2, 59, &minute) != 0 ||
	    (hour == 24 && minute > 0))
		return -1;
	return (int64_t)(hour * 3600 + minute * 60);
}

static void
read_hours(struct reader *r, const struct json *j, struct day *to)
{
	int64_t last = 0;

	to->count = 0;
	if (j->type != JSON_ARRAY || j->count > RANGES) {
		complain_at(&r->complain, j,
		    "this must be a list of hours such as \"07:00-15:30\"");
		return;
	}
	for (const struct json *h = j->child; h != NULL; h = h->next) {
		struct range *range = &to->range[to->count];

		if (json_string(h) == NULL || h->len != 11 ||
		    h->text[5] != '-' ||
		    (range->from = clock_of(h->text)) < 0 ||
		    (range->to = clock_of(h->text + 6)) < 0) {
			complain_at(&r->complain, h,
			    "this must be hours such as \"07:00-15:30\"");
		} else if (range->from < last || range->to <= range->from) {
			complain_at(&r->complain, h,
			    "hours go forward, each after the one before; a "
			    "shift over midnight is two, to 24:00 and from "
			    "00:00");
		} else {
			last = range->to;
			to->count++;
		}
	}
}

/* The place of a weekday in the week, or -1 after saying so. */
static int
weekday(struct reader *r, const struct json *j, const char *word)
{
	static const char *const words[WEEK] = { "mon", "tue", "wed", "thu",
		"fri", "sat", "sun" };

	for (int i = 0; i < WEEK; i++)
		if (word != NULL && strcmp(words[i], word) == 0)
			return i;
	complain_at(&r->complain, j,
	    "this must be one of mon, tue, wed, thu, fri, sat, sun");
	return -1;
}

static void
read_weekdays(struct reader *r, const struct json *j)
{
	memset(r->works, 0, sizeof r->works);
	if (j->type != JSON_ARRAY)
		complain_at(&r->complain, j,
		    "this must be a list of days such as \"mon\"");
	for (const struct json *w = j->child; w != NULL; w = w->next) {
		int i = weekday(r, w, json_string(w));

		if (i >= 0)
			r->works[i] = 1;
	}
}

static void
read_days(struct reader *r, const struct json *j)
{
	if (j->type != JSON_OBJECT)
		complain_at(&r->complain, j,
		    "this must be an object: a day such as \"fri\" to its "
		    "hours");
	for (const struct json *d = j->child; d != NULL; d = d->next) {
		int i = j->type == JSON_OBJECT ? weekday(r, d, d->key) : -1;

		if (i >= 0) {
			r->has_own[i] = 1;
			read_hours(r, d, &r->calendar->week[i]);
		}
	}
}

/* "2025-05-17" to days since 1970-01-01.  -1: it is none, or before. */
static int64_t
date_of(const struct json *j)
{
	char text[sizeof "2025-05-17T00:00:00Z"];
	int64_t ms;

	if (json_string(j) == NULL || j->len != 10)
		return -1;
	snprintf(text, sizeof text, "%.10sT00:00:00Z", j->text);
	if (instant_read(text, strlen(text), &ms, NULL) != INSTANT_OK || ms < 0)
		return -1;
	return ms / 1000 / DAY;
}

static void
read_holidays(struct reader *r, const struct json *j)
{
	if (j->type != JSON_ARRAY)
		complain_at(&r->complain, j,
		    "this must be a list of dates such as \"2025-05-17\"");
	for (const struct json *d = j->child; d != NULL; d = d->next) {
		int64_t day = date_of(d);

		if (day < 0 || day >= DAYS)
			complain_at(&r->complain, d,
			    "this must be a date from 1970 to 2099 such as "
			    "\"2025-05-17\"");
		else
			r->calendar->is_holiday[day] = 1;
	}
}

static void
read_zone(struct reader *r, const struct json *j)
{
	const char *name = json_string(j);

	if (name != NULL)
		r->calendar->zone = zone_find(name, strlen(name));
	if (r->calendar->zone == NULL)
		complain_at(&r->complain, j,
		    "this must be a zone such as \"Europe/Oslo\" or "
		    "\"+01:00\"");
}

static void
read_hours_of_all(struct reader *r, const struct json *j)
{
	read_hours(r, j, &r->hours);
}

static void
read_member(struct reader *r, const struct json *j)
{
	static const struct {
		const char *key;
		void (*read)(struct reader *, const struct json *);
	} rows[] = {
		{ "zone", read_zone },
		{ "weekdays", read_weekdays },
		{ "hours", read_hours_of_all },
		{ "days", read_days },
		{ "holidays", read_holidays },
	};

	if (strcmp(j->key, "$schema") == 0)
		return; /* for editors */
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(rows[i].key, j->key) == 0) {
			rows[i].read(r, j);
			return;
		}
	complain_at(&r->complain, j,
	    "no such key: \"%.80s\"; there are zone, weekdays, hours, days "
	    "and holidays",
	    j->key);
}

static int64_t
day_of(int64_t local)
{
	return local / DAY - (local % DAY < 0);
}

/* Working seconds of a local day, of those before ${until} alone. */
static int64_t
work(const struct calendar *c, int64_t day, int64_t until)
{
	/* 1970-01-01 was a Thursday. */
	const struct day *d = &c->week[(day + 3) % WEEK];
	int64_t sum = 0;

	if (c->is_holiday[day])
		return 0;
	for (size_t i = 0; i < d->count; i++) {
		int64_t from, to, other;

		(void)zone_instant(
		    c->zone, day * DAY + d->range[i].from, &from, &other);
		(void)zone_instant(
		    c->zone, day * DAY + d->range[i].to, &other, &to);
		if (to > until)
			to = until;
		if (to > from)
			sum += to - from;
	}
	return sum;
}

/* All was read: put the days together. */
static void
finish(struct reader *r)
{
	struct calendar *c = r->calendar;

	for (int i = 0; i < WEEK; i++)
		if (!r->has_own[i] && r->works[i])
			c->week[i] = r->hours;
	for (int64_t day = 0; day < DAYS; day++)
		c->before[day + 1] = c->before[day] + work(c, day, INT64_MAX);
}

struct calendar *
calendar_read(const char *path)
{
	struct reader r = { .complain = { .path = path },
		.works = { 1, 1, 1, 1, 1, 0, 0 },
		.hours = { .range = { { 0, DAY } }, .count = 1 } };
	struct json *j = json_read_file(path, MOST_BYTES, JSON_READ_COMMENTS);

	if (j == NULL)
		return NULL;
	r.calendar = xcalloc(1, sizeof *r.calendar);
	r.calendar->is_holiday = xcalloc(DAYS, 1);
	r.calendar->before = xcalloc(DAYS + 1, sizeof *r.calendar->before);
	if (j->type != JSON_OBJECT)
		complain_at(&r.complain, j, "this must be an object");
	else
		for (const struct json *m = j->child; m != NULL; m = m->next)
			read_member(&r, m);
	if (r.complain.count == 0 && r.calendar->zone == NULL)
		complain_at(&r.complain, j,
		    "a zone is needed, whose clock the hours go by");
	json_free(j);
	if (r.complain.count == 0) {
		finish(&r);
		return r.calendar;
	}
	calendar_free(r.calendar);
	return NULL;
}

/* Working seconds from the beginning to before ${instant}. */
static int64_t
until(const struct calendar *c, int64_t instant)
{
	int64_t day = day_of(instant + zone_offset(c->zone, instant));

	if (day < 0)
		return 0;
	if (day >= DAYS)
		return c->before[DAYS];
	return c->before[day] + work(c, day, instant);
}

int64_t
calendar_seconds(const struct calendar *c, int64_t from, int64_t to)
{
	int64_t seconds = to > from ? until(c, to) - until(c, from) : 0;

	/* Where a clock goes back over midnight, days come in pieces. */
	return seconds > 0 ? seconds : 0;
}

int64_t
calendar_of_day(const struct calendar *c, int64_t day)
{
	return day >= 0 && day < DAYS ? c->before[day + 1] - c->before[day] : 0;
}

const struct zone *
calendar_zone(const struct calendar *c)
{
	return c->zone;
}

void
calendar_free(struct calendar *c)
{
	if (c == NULL)
		return;
	free(c->is_holiday);
	free(c->before);
	free(c);
}
