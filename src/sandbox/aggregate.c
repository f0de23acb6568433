/* aggregate.c - hours per state, in the shapes that an API may give them. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "sandbox/aggregate.h"

#define DAY 86400

/* States of a project; who has more is not told of the others. */
#define MOST 64

struct sums {
	char state[MOST][64];
	int64_t seconds[MOST];
	size_t n;
};

const char *
aggregate_word(int shape)
{
	static const char *const words[] = {
		[AGGREGATE_ROWS] = "rows",
		[AGGREGATE_STATES] = "states",
		[AGGREGATE_LIST] = "list",
		[AGGREGATE_NESTED] = "nested",
		[AGGREGATE_DAYS] = "days",
		[AGGREGATE_NOTHING] = "nothing",
	};

	return shape < (int)(sizeof words / sizeof words[0]) ? words[shape]
							     : NULL;
}

/* A store_sum: one row of a machine. */
static void
write_row(
    void *context, const char *machine, const char *state, int64_t seconds)
{
	struct json_write *w = context;

	json_write_object(w);
	json_write_member(w, "machineId", machine);
	json_write_member(w, "state", state);
	json_write_key(w, "hours");
	json_write_hours(w, seconds);
	json_write_end(w);
}

/* A store_sum: machines together. */
static void
add(void *context, const char *machine, const char *state, int64_t seconds)
{
	struct sums *to = context;
	size_t i = 0;

	(void)machine;
	while (i < to->n && strcmp(to->state[i], state) != 0)
		i++;
	if (i == MOST)
		return;
	if (i == to->n) {
		snprintf(to->state[i], sizeof to->state[i], "%s", state);
		to->seconds[i] = 0;
		to->n++;
	}
	to->seconds[i] += seconds;
}

static int
sum(struct store *s, const struct aggregate_asked *a, int64_t from, int64_t to,
    struct sums *sums)
{
	sums->n = 0;
	return store_aggregate(s, a->company, a->project, from, to, add, sums);
}

static int
rows(struct store *s, const struct aggregate_asked *a, struct json_write *w)
{
	int failed;

	json_write_object(w);
	json_write_member(w, "companyId", a->company);
	json_write_member(w, "projectId", a->project);
	json_write_member(w, "fromDate", a->from_text);
	json_write_member(w, "toDate", a->to_text);
	json_write_key(w, "rows");
	json_write_array(w);
	failed = store_aggregate(
	    s, a->company, a->project, a->from, a->to, write_row, w);
	json_write_end(w);
	json_write_end(w);
	return failed;
}

/* Hours by the state's name, an object. */
static void
write_states(const struct sums *sums, struct json_write *w)
{
	json_write_object(w);
	for (size_t i = 0; i < sums->n; i++) {
		json_write_key(w, sums->state[i]);
		json_write_hours(w, sums->seconds[i]);
	}
	json_write_end(w);
}

static void
write_list(const struct sums *sums, struct json_write *w)
{
	json_write_array(w);
	for (size_t i = 0; i < sums->n; i++) {
		json_write_object(w);
		json_write_member(w, "state", sums->state[i]);
		json_write_key(w, "totalSeconds");
		json_write_int(w, sums->seconds[i]);
		json_write_end(w);
	}
	json_write_end(w);
}

static void
write_nested(const struct sums *sums, struct json_write *w)
{
	char minutes[32];

	json_write_object(w);
	json_write_key(w, "data");
	json_write_object(w);
	json_write_key(w, "items");
	json_write_array(w);
	for (size_t i = 0; i < sums->n; i++) {
		json_write_object(w);
		json_write_member(w, "stateName", sums->state[i]);
		json_write_key(w, "duration");
		json_write_object(w);
		snprintf(
		    minutes, sizeof minutes, "%" PRId64, sums->seconds[i] / 60);
		json_write_member(w, "minutes", minutes);
		json_write_end(w);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
}

static int
write_days(struct store *s, const struct aggregate_asked *a, struct sums *sums,
    struct json_write *w)
{
	char time[INSTANT_TEXT];
	int failed = 0;

	json_write_object(w);
	json_write_key(w, "days");
	json_write_array(w);
	for (int64_t day = a->from; day < a->to && !failed; day += DAY) {
		failed = sum(s, a, day, day + DAY, sums);
		if (sums->n == 0)
			continue;
		instant_text(time, day);
		time[10] = '\0';
		json_write_object(w);
		json_write_member(w, "date", time);
		json_write_key(w, "states");
		write_states(sums, w);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_end(w);
	return failed;
}

int
aggregate(struct store *s, const struct aggregate_asked *a,
    enum aggregate_shape shape, struct json_write *w)
{
	struct sums sums = { .n = 0 };
	int failed;

	if (shape == AGGREGATE_ROWS)
		return rows(s, a, w);
	if (shape == AGGREGATE_DAYS)
		return write_days(s, a, &sums, w);
	failed =
	    shape != AGGREGATE_NOTHING ? sum(s, a, a->from, a->to, &sums) : 0;
	switch (shape) {
	case AGGREGATE_LIST:
		write_list(&sums, w);
		break;
	case AGGREGATE_NESTED:
		write_nested(&sums, w);
		break;
	default:
		write_states(&sums, w);
		break;
	}
	return failed;
}
