/* fault.c - how the sandbox misbehaves on request. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "sandbox/aggregate.h"
#include "sandbox/errors.h"
#include "sandbox/fault.h"

static uint64_t state = 1;

/* What stands between a deed's "=" and its ":". */
enum argument { NOTHING, STATUS, LENGTH };

static const struct deed {
	const char *name;
	enum fault_act act;
	enum argument argument;
} deeds[] = {
	{ "drop-unread", FAULT_DROP_UNREAD, NOTHING },
	{ "drop-before", FAULT_DROP_BEFORE, NOTHING },
	{ "drop-after", FAULT_DROP_AFTER, NOTHING },
	{ "half", FAULT_HALF, NOTHING },
	{ "half-body", FAULT_HALF_BODY, NOTHING },
	{ "garbage", FAULT_GARBAGE, NOTHING },
	{ "part", FAULT_PART, NOTHING },
	{ "intruder", FAULT_INTRUDER, NOTHING },
	{ "status", FAULT_STATUS, STATUS },
	{ "apply-status", FAULT_APPLY_STATUS, STATUS },
	{ "late", FAULT_LATE, LENGTH },
	{ "delay", FAULT_DELAY, LENGTH },
};

static const char *const targets[FAULT_TARGETS] = {
	[FAULT_API] = "api/",
	[FAULT_IMPORT] = "import/",
	[FAULT_LATEST] = "latest/",
	[FAULT_AGGREGATE] = "aggregate/",
	[FAULT_TOKEN] = "token/",
};

static int
whole(const char *s, size_t len, uint64_t *n)
{
	return number_whole(s, len, UINT64_MAX, n);
}

static int
share(const char *s, unsigned *to)
{
	static const struct number_style style = { '.', NULL };
	size_t n = strlen(s);
	int64_t value;
	int digits;

	if (n < 2 || s[n - 1] != '%' ||
	    number_scaled(s, n - 1, &style, 100, &value, &digits) != 0 ||
	    digits > 2 || value < 0 || value > 10000)
		return -1;
	*to = (unsigned)value;
	return 0;
}

/* "P%", "@K", "@K-M" or "@K-". */
static int
when(const char *s, struct fault_rule *r)
{
	const char *dash;

	if (*s != '@')
		return share(s, &r->share);
	s++;
	if ((dash = strchr(s, '-')) == NULL) {
		if (whole(s, strlen(s), &r->from) != 0)
			return -1;
		r->to = r->from;
	} else if (whole(s, (size_t)(dash - s), &r->from) != 0) {
		return -1;
	} else if (dash[1] == '\0') {
		r->to = UINT64_MAX;
	} else if (whole(dash + 1, strlen(dash + 1), &r->to) != 0) {
		return -1;
	}
	return r->from >= 1 && r->from <= r->to ? 0 : -1;
}

/* "ARGUMENT:WHEN": cuts ${value} at its last colon. */
static int
argument_and_when(char *value, enum argument what, struct fault_rule *r)
{
	char *colon = strrchr(value, ':');
	uint64_t n;

	if (colon == NULL)
		return -1;
	*colon = '\0';
	if (when(colon + 1, r) != 0)
		return -1;
	if (what == LENGTH)
		return duration_read(value, &r->value);
	if (number_whole(value, strlen(value), 599, &n) != 0 || n < 200)
		return -1;
	r->value = (int64_t)n;
	return 0;
}

static int
read_deed(struct fault *f, const struct deed *d, enum fault_target target,
    char *value)
{
	struct fault_rule r = { .target = target, .act = d->act };
	int failed = d->argument == NOTHING
			 ? when(value, &r)
			 : argument_and_when(value, d->argument, &r);

	if (failed != 0 || f->rules == FAULT_RULES)
		return -1;
	f->rule[f->rules++] = r;
	return 0;
}

static int
text(char to[FAULT_TEXT], const char *value)
{
	int len = snprintf(to, FAULT_TEXT, "%s", value);

	return len > 0 && len < FAULT_TEXT ? 0 : -1;
}

/* "7" requests, or "5s". */
static int
token_dies(struct fault *f, const char *value)
{
	return whole(value, strlen(value), &f->token_dies) == 0
		   ? 0
		   : duration_read(value, &f->token_lives);
}

/* The word's number. */
static int
shape(const char *(*word)(int), const char *value, int *to)
{
	for (int i = 0; word(i) != NULL; i++)
		if (strcmp(word(i), value) == 0) {
			*to = i;
			return 0;
		}
	return -1;
}

/* What holds for all requests. */
static int
read_setting(struct fault *f, const char *name, const char *value)
{
	if (strcmp(name, "token-dies") == 0)
		return token_dies(f, value);
	if (strcmp(name, "lag") == 0)
		return duration_read(value, &f->lag);
	if (strcmp(name, "max-records") == 0)
		return whole(value, strlen(value), &f->max_records);
	if (strcmp(name, "errors") == 0)
		return shape(errors_word, value, &f->errors);
	if (strcmp(name, "aggregate") == 0)
		return shape(aggregate_word, value, &f->aggregate);
	if (strcmp(name, "type") == 0)
		return text(f->type, value);
	if (strcmp(name, "retry-after") == 0 ||
	    strcmp(name, "retry-after-date") == 0) {
		f->retry_date = name[strlen("retry-after")] != '\0';
		return duration_read(value, &f->retry_after);
	}
	if (strcmp(name, "refuse") == 0 || strcmp(name, "refuse-part") == 0) {
		f->refuses_part = name[strlen("refuse")] != '\0';
		return text(f->refuse, value);
	}
	return -1;
}

static int
read_one(struct fault *f, char *s)
{
	enum fault_target target = FAULT_API;
	char *value = strchr(s, '=');

	if (value == NULL)
		return -1;
	*value++ = '\0';
	for (int t = 0; t < FAULT_TARGETS; t++)
		if (strncmp(s, targets[t], strlen(targets[t])) == 0) {
			s += strlen(targets[t]);
			target = (enum fault_target)t;
		}
	for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
		if (strcmp(s, deeds[i].name) == 0)
			return read_deed(f, &deeds[i], target, value);
	return target == FAULT_API ? read_setting(f, s, value) : -1;
}

int
fault_read(struct fault *f, const char *script)
{
	char *copy = xstrdup(script), *rest = copy, *one;
	int failed = 0;

	while (!failed && (one = strsep(&rest, ",")) != NULL)
		failed = read_one(f, one);
	free(copy);
	return failed;
}

void
fault_seed(uint64_t seed)
{
	state = seed | 1;
}

int
fault_strikes(unsigned of_ten_thousand)
{
	if (of_ten_thousand == 0)
		return 0;
	/* Knuth's linear congruence; the high bits are the good ones. */
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % 10000 < of_ten_thousand;
}

static int
is_for(const struct fault_rule *r, enum fault_target target)
{
	return r->target == target ||
	       (r->target == FAULT_API && target != FAULT_TOKEN);
}

struct fault_deed
fault_choose(struct fault *f, enum fault_target target)
{
	struct fault_deed deed = { .act = FAULT_NONE };

	for (size_t i = 0; i < f->rules; i++) {
		struct fault_rule *r = &f->rule[i];
		int strikes;

		if (!is_for(r, target))
			continue;
		r->seen++;
		strikes = r->from > 0 ? r->seen >= r->from && r->seen <= r->to
				      : fault_strikes(r->share);
		if (strikes && r->act == FAULT_DELAY) {
			deed.delay += r->value;
		} else if (strikes && r->act == FAULT_INTRUDER) {
			deed.intruder = 1;
		} else if (strikes && deed.act == FAULT_NONE) {
			deed.act = r->act;
			deed.value = r->value;
		}
	}
	return deed;
}
