/* when.c - when the period of a row starts and ends. */

#include "config.h"

#include "base/instant.h"
#include "parse/when.h"

#define DAY 86400000

int64_t
when_midnight(const struct values_time *t)
{
	int64_t into_day = t->ms % DAY;

	return t->ms - (into_day < 0 ? into_day + DAY : into_day);
}

void
when_settle(
    const struct values_time *start, struct values_time *end, int next_day)
{
	if (start->has_zone || end->has_zone)
		return;
	if (!end->has_date) {
		end->ms += when_midnight(start);
		end->has_date = 1;
	}
	if (next_day && end->ms < start->ms &&
	    when_midnight(end) == when_midnight(start))
		end->ms += DAY;
}

static int
wrong(struct problem *p, const char *code, const char *text)
{
	problem_set(p, code, SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&p->text, text);
	return -1;
}

/* The end as the row gives it, before any pause. */
static int
read_end(struct values *v, const struct profile *profile,
    const struct values_time *from, int64_t start, int64_t *end, int *leaps,
    struct problem *p)
{
	const struct profile_field *f = profile->field;
	struct values_time to;
	int64_t length;

	if (f[PROFILE_END].kind == PROFILE_ABSENT) {
		if (values_duration(
			v, &f[PROFILE_DURATION], "duration", &length, p) != 0)
			return -1;
		if (__builtin_add_overflow(start, length, end))
			*end = INT64_MAX;
		return 0;
	}
	if (values_time(v, &f[PROFILE_END], "endTime", &to, p) != 0)
		return -1;
	when_settle(from, &to, profile->next_day);
	*leaps += to.is_leap;
	return values_instant(v, &to, end, p);
}

static int
take_pause(struct values *v, const struct profile_field *minus, int64_t *end,
    struct problem *p)
{
	int64_t length;

	if (minus->kind == PROFILE_ABSENT || values_get(v, minus).len == 0)
		return 0;
	if (values_duration(v, minus, "minus", &length, p) != 0)
		return -1;
	if (length < 0)
		return wrong(
		    p, "bad-number", "a pause is no less than nothing");
	if (__builtin_sub_overflow(*end, length, end))
		*end = INT64_MIN;
	return 0;
}

/* As most rows are, at a fraction of the cost. */
static int
read_quickly(struct values *v, const struct profile *profile, int64_t *start,
    int64_t *end)
{
	const struct profile_field *f = profile->field;

	return !profile->next_day && f[PROFILE_END].kind == PROFILE_COLUMNS &&
	       values_quick(v, &f[PROFILE_START], start) &&
	       values_quick(v, &f[PROFILE_END], end);
}

static int
read_carefully(struct values *v, const struct profile *profile, int64_t *start,
    int64_t *end, int *leaps, struct problem *p)
{
	struct values_time from;

	if (values_time(v, &profile->field[PROFILE_START], "startTime", &from,
		p) != 0 ||
	    values_instant(v, &from, start, p) != 0)
		return -1;
	*leaps = from.is_leap;
	return read_end(v, profile, &from, *start, end, leaps, p);
}

int
when_read(struct values *v, const struct profile *profile, int64_t *start,
    int64_t *end, int *leaps, struct problem *p)
{
	*leaps = 0;
	if (!read_quickly(v, profile, start, end) &&
	    read_carefully(v, profile, start, end, leaps, p) != 0)
		return -1;
	if (take_pause(v, &profile->field[PROFILE_MINUS], end, p) != 0)
		return -1;
	if (*end > INSTANT_MAX * 1000 || *start < INSTANT_MIN * 1000)
		return wrong(
		    p, "bad-time", "the period goes beyond the year 9999");
	if (*end < *start)
		return wrong(p, "end-before-start",
		    "the period ends before it starts (endBeforeStart: "
		    "next-day is for clock times across midnight)");
	return 0;
}
