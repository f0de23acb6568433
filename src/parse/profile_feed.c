/* profile_feed.c - what a profile says of feeds alone. */

#include "config.h"

#include <string.h>

#include "base/number.h"
#include "parse/profile_feed.h"

#define DAY_MS ((int64_t)86400 * 1000)

int
profile_feed_unit(
    struct profile *profile, const char *counter, const char *unit)
{
	/* In the order of enum evidence_kind. */
	static const char *const counters[] = { "operating", "idle", "moving" };
	enum unit u = unit_find(unit);

	for (int i = 0; i <= EVIDENCE_MOVING; i++) {
		if (strcmp(counters[i], counter) != 0)
			continue;
		if (u == UNIT_NONE)
			return -2;
		profile->counter_unit[i] = u;
		return 0;
	}
	return -1;
}

void
profile_feed_units(struct profile_keys *k, const struct json *j)
{
	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(
		    k, j, "\"units\" is an object: counter to unit");
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		const char *unit = json_string(m);
		int got = profile_feed_unit(
		    k->profile, m->key, unit != NULL ? unit : "");

		if (got == -1)
			profile_keys_wrong(k, m,
			    "no such counter: \"%s\"; there are operating, "
			    "idle and moving",
			    m->key);
		else if (got == -2)
			profile_keys_wrong(k, m, "no such unit");
	}
}

void
profile_feed_day_start(struct profile_keys *k, const struct json *j)
{
	static const struct number_style style = { '.', NULL };
	const char *s = json_string(j);
	int64_t ms;

	if (s == NULL ||
	    (unit_read(UNIT_CLOCK, s, strlen(s), &style, &ms, NULL) != 0 &&
		unit_read(UNIT_CLOCK_SEC, s, strlen(s), &style, &ms, NULL) !=
		    0) ||
	    ms >= DAY_MS) {
		profile_keys_wrong(
		    k, j, "\"dayStart\" is a clock time such as \"07:00\"");
		return;
	}
	k->profile->rules.placement = EVIDENCE_DAY;
	k->profile->rules.day_start = ms / 1000;
}

void
profile_feed_resolution(struct profile_keys *k, const struct json *j)
{
	profile_keys_duration(k, j, &k->profile->rules.resolution);
}

/* A number above 0 in thousandths. */
static void
read_least(struct profile_keys *k, const struct json *j, int64_t *to)
{
	static const struct number_style style = { '.', NULL };

	if (j->type != JSON_NUMBER ||
	    number_scaled(j->text, j->len, &style, 1000, to, NULL) != 0 ||
	    *to < 1 || *to > INT64_C(1000000000))
		profile_keys_wrong(k, j,
		    "this is a number above 0, such as 3 or 2.5: km/h of a "
		    "speed, metres of a distance");
}

static void
read_speed(struct profile_keys *k, const struct json *j)
{
	read_least(k, j, &k->profile->rules.move_speed);
}

static void
read_distance(struct profile_keys *k, const struct json *j)
{
	read_least(k, j, &k->profile->rules.move_distance);
}

void
profile_feed_movement(struct profile_keys *k, const struct json *j)
{
	static const struct profile_keys_row rows[] = {
		{ "speed", read_speed },
		{ "distance", read_distance },
		{ NULL, NULL },
	};

	if (j->type != JSON_OBJECT || j->count == 0) {
		profile_keys_wrong(k, j,
		    "\"movement\" is an object: the least \"speed\" in km/h, "
		    "the least \"distance\" in metres, or both");
		return;
	}
	k->profile->rules.moves = 1;
	profile_keys_object(k, j, rows);
}

/* The texts belong to the document, which the profile keeps. */
void
profile_feed_switches(struct profile_keys *k, const struct json *j)
{
	struct profile *p = k->profile;

	if (j->type != JSON_OBJECT || j->count == 0 ||
	    j->count > EVIDENCE_SWITCHES) {
		profile_keys_wrong(k, j,
		    "\"switches\" is an object: number to state, at most %d",
		    EVIDENCE_SWITCHES);
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		const char *state = json_string(m);

		if (state == NULL || state[0] == '\0' || m->key_len == 0) {
			profile_keys_wrong(
			    k, m, "a switch needs a number and a state");
			continue;
		}
		p->switch_number[p->switch_count] = m->key;
		p->rules.switch_state[p->switch_count++] = state;
	}
}
