/* profile_total.c - what a profile says of totals. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/profile_field.h"
#include "parse/profile_total.h"

#define DAY 86400000

static void
read_totals(struct profile_keys *k, const struct json *j)
{
	struct profile *p = k->profile;

	if (j->type != JSON_OBJECT || j->count == 0) {
		profile_keys_wrong(
		    k, j, "\"totals\" is an object: a state to a field");
		return;
	}
	p->total = xcalloc(j->count, sizeof *p->total);
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		struct profile_total *t = &p->total[p->total_count++];

		if (m->key_len == 0)
			profile_keys_wrong(k, m, "a state must not be empty");
		t->state = xstrdup(m->key);
		profile_field_read(k, m, &t->field);
	}
}

static void
read_day_start(struct profile_keys *k, const struct json *j)
{
	static const struct number_style style = { '.', NULL };
	int64_t *ms = &k->profile->day_start;

	if (unit_read(UNIT_CLOCK, j->text, j->len, &style, ms, NULL) != 0 ||
	    *ms < 0 || *ms >= DAY)
		profile_keys_wrong(k, j,
		    "\"dayStart\" is a clock time such as \"06:00\", or a "
		    "field");
}

int
profile_total_read(struct profile_keys *k, const struct json *j)
{
	if (strcmp(j->key, "totals") == 0)
		read_totals(k, j);
	else if (strcmp(j->key, "rest") == 0)
		profile_keys_text(k, j, &k->profile->rest);
	else if (strcmp(j->key, "dayStart") == 0 && j->type == JSON_STRING)
		read_day_start(k, j);
	else
		return 0;
	return 1;
}

static int
has(const struct profile *p, enum profile_key key)
{
	return p->field[key].kind != PROFILE_ABSENT;
}

static void
wrong(struct profile_keys *k, const char *text)
{
	const struct json *fields = json_get(k->profile->json, "fields");

	profile_keys_wrong(
	    k, fields != NULL ? fields : k->profile->json, "%s", text);
}

void
profile_total_check(struct profile_keys *k)
{
	const struct profile *p = k->profile;
	int has_day = p->day_start >= 0 || has(p, PROFILE_DAY_START);

	if (p->rows != PROFILE_TOTAL) {
		if (p->total_count > 0 || p->rest != NULL || p->day_start >= 0)
			wrong(k, "\"totals\", \"rest\" and \"dayStart\" are of "
				 "rows of totals alone");
		return;
	}
	if (p->total_count == 0)
		wrong(k, "rows of totals need \"totals\"");
	if (!has(p, PROFILE_DATE) && !has(p, PROFILE_START))
		wrong(k,
		    "rows of totals need a \"date\", or a \"startTime\" and "
		    "\"endTime\"");
	if (has(p, PROFILE_START) == has_day)
		wrong(k, "totals begin at a \"startTime\", or at the "
			 "\"dayStart\" of a \"date\": say one of them");
	if (has_day && has(p, PROFILE_END))
		wrong(k, "an \"endTime\" needs a \"startTime\"");
	if (p->rest != NULL && !has(p, PROFILE_END))
		wrong(k, "there is a \"rest\" where there is an \"endTime\"");
}
