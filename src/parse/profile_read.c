/* profile_read.c - a profile's JSON, held to the contract. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/profile.h"
#include "parse/profile_check.h"
#include "parse/profile_csv.h"
#include "parse/profile_feed.h"
#include "parse/profile_field.h"
#include "parse/profile_keys.h"
#include "parse/profile_marks.h"
#include "parse/profile_source.h"
#include "parse/profile_where.h"
#include "json/json_read.h"

/* No profile is larger; a vendor file given by mistake is. */
#define MOST_BYTES ((size_t)4 * 1024 * 1024)

static void
read_name(struct profile_keys *k, const struct json *j)
{
	profile_keys_text(k, j, &k->profile->name);
}

static void
read_title(struct profile_keys *k, const struct json *j)
{
	profile_keys_text(k, j, &k->profile->title);
}

static void
read_format(struct profile_keys *k, const struct json *j)
{
	static const char *const words[] = { "csv", "aemp", "xml", "json",
		"xlsx", "records", NULL };
	int i = profile_keys_word(k, j, words);

	if (i >= 0)
		k->profile->format = (enum profile_format)i;
	k->profile->is_format_set = 1;
}

static void
read_rows(struct profile_keys *k, const struct json *j)
{
	static const char *const words[] = { "period", "event", "reading",
		"total", NULL };
	int i = profile_keys_word(k, j, words);

	if (i >= 0)
		k->profile->rows = (enum profile_rows)i;
	k->profile->is_rows_set = 1;
}

static void
read_nulls(struct profile_keys *k, const struct json *j)
{
	k->profile->nulls = profile_keys_texts(k, j, &k->profile->null_count);
}

static void
read_where(struct profile_keys *k, const struct json *j)
{
	profile_where_read(k, j, &k->profile->where, &k->profile->where_count);
}

static void
read_preamble(struct profile_keys *k, const struct json *j)
{
	if (j->type != JSON_OBJECT || j->count == 0) {
		profile_keys_wrong(k, j,
		    "\"preamble\" is an object: a value's name to a pattern");
		return;
	}
	k->profile->preamble = preamble_new();
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		char *text = NULL;
		struct pattern *pattern = profile_keys_pattern(k, m, &text);

		if (pattern != NULL)
			preamble_add(k->profile->preamble, m->key, pattern);
		free(text);
	}
}

static void
read_formats(struct profile_keys *k, const struct json *j)
{
	struct profile *p = k->profile;
	const char *why;

	p->time_patterns = profile_keys_texts(k, j, &p->time_count);
	p->times = xcalloc(p->time_count, sizeof *p->times);
	j = j->child;
	for (size_t i = 0; i < p->time_count; i++, j = j->next) {
		if ((p->times[i] = timefmt_new(p->time_patterns[i], &why)) ==
		    NULL)
			profile_keys_wrong(
			    k, j, "\"%s\": %s", p->time_patterns[i], why);
	}
}

static void
read_zone(struct profile_keys *k, const struct json *j)
{
	k->profile->zone = profile_keys_zone(k, j);
}

static void
read_dst(struct profile_keys *k, const struct json *j)
{
	static const char *const words[] = { "reject", "earlier", "later",
		NULL };
	int i = profile_keys_word(k, j, words);

	if (i >= 0)
		k->profile->dst = (enum dst_choice)i;
}

static void
read_time(struct profile_keys *k, const struct json *j)
{
	static const struct profile_keys_row rows[] = {
		{ "formats", read_formats },
		{ "zone", read_zone },
		{ "dst", read_dst },
		{ NULL, NULL },
	};

	profile_keys_object(k, j, rows);
}

static void
read_states(struct profile_keys *k, const struct json *j)
{
	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(
		    k, j, "\"states\" is an object: state to a list of words");
		return;
	}
	for (const struct json *s = j->child; s != NULL; s = s->next) {
		size_t n;
		char **words = profile_keys_texts(k, s, &n);

		if (s->key_len == 0)
			profile_keys_wrong(k, s, "a state must not be empty");
		for (size_t i = 0; i < n; i++) {
			profile_add_word(
			    k->profile, words[i], PROFILE_STATE_WORD, s->key);
			free(words[i]);
		}
		free(words);
	}
}

static void
read_sayings(
    struct profile_keys *k, const struct json *j, enum profile_saying saying)
{
	size_t n;
	char **words = profile_keys_texts(k, j, &n);

	for (size_t i = 0; i < n; i++) {
		profile_add_word(k->profile, words[i], saying, NULL);
		free(words[i]);
	}
	free(words);
}

static void
read_off(struct profile_keys *k, const struct json *j)
{
	read_sayings(k, j, PROFILE_OFF);
}

static void
read_ignore(struct profile_keys *k, const struct json *j)
{
	read_sayings(k, j, PROFILE_IGNORE);
}

static void
read_end_before_start(struct profile_keys *k, const struct json *j)
{
	static const char *const words[] = { "reject", "next-day", NULL };

	k->profile->next_day = profile_keys_word(k, j, words) == 1;
}

static void
read_running(struct profile_keys *k, const struct json *j)
{
	profile_keys_text(k, j, &k->profile->running);
	k->profile->rules.running = k->profile->running;
}

static void
read_engine_status(struct profile_keys *k, const struct json *j)
{
	static const char *const words[] = { "change", "heartbeat", NULL };
	int i = profile_keys_word(k, j, words);

	if (i >= 0)
		k->profile->rules.status =
		    i == 0 ? EVIDENCE_CHANGE : EVIDENCE_HEARTBEAT;
}

static void
read_placement(struct profile_keys *k, const struct json *j)
{
	static const char *const words[] = { "start", "end", NULL };

	if (profile_keys_word(k, j, words) == 1)
		k->profile->rules.placement = EVIDENCE_END;
}

static void
read_max_hold(struct profile_keys *k, const struct json *j)
{
	profile_keys_duration(k, j, &k->profile->rules.max_hold);
}

static void
read_max_piece(struct profile_keys *k, const struct json *j)
{
	profile_keys_duration(k, j, &k->profile->rules.max_piece);
}

/* "0.1h": a number of hours, or any other duration. */
static void
read_meter_step(struct profile_keys *k, const struct json *j)
{
	static const struct number_style style = { '.', NULL };
	const char *s = json_string(j);
	size_t n = s != NULL ? strlen(s) : 0;

	if (n > 1 && s[n - 1] == 'h' &&
	    number_scaled(s, n - 1, &style, 3600000,
		&k->profile->rules.meter_step, NULL) == 0 &&
	    k->profile->rules.meter_step > 0)
		return;
	profile_keys_duration(k, j, &k->profile->rules.meter_step);
}

static void
read_includes_idle(struct profile_keys *k, const struct json *j)
{
	if (j->type != JSON_BOOL)
		profile_keys_wrong(
		    k, j, "\"operatingIncludesIdle\" is true or false");
	else
		k->profile->rules.operating_excludes_idle = !j->truth;
}

/* A list of ${type}, called ${what}. */
static void
check_list(struct profile_keys *k, const struct json *j, enum json_type type,
    const char *what)
{
	if (j->type != JSON_ARRAY) {
		profile_keys_wrong(k, j, "this must be a list of %s", what);
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next)
		if (m->type != type)
			profile_keys_wrong(k, m, "this list is of %s", what);
}

/* Texts that nobody reads here, but that must be right when somebody does. */
static void
read_texts(struct profile_keys *k, const struct json *j)
{
	check_list(k, j, JSON_STRING, "texts");
}

static void
read_match_name(struct profile_keys *k, const struct json *j)
{
	char *text = NULL;

	k->profile->match_name = profile_keys_pattern(k, j, &text);
	free(text);
}

static void
read_match_header(struct profile_keys *k, const struct json *j)
{
	struct profile *p = k->profile;

	p->match_header = profile_keys_texts(k, j, &p->match_count);
	if (j->type == JSON_ARRAY && j->count == 0)
		profile_keys_wrong(k, j, "without a word every file would fit");
}

static void
read_match(struct profile_keys *k, const struct json *j)
{
	static const struct profile_keys_row rows[] = {
		{ "header", read_match_header },
		{ "fileName", read_match_name },
		{ NULL, NULL },
	};

	profile_keys_object(k, j, rows);
}

static void
read_test_records(struct profile_keys *k, const struct json *j)
{
	check_list(k, j, JSON_OBJECT, "objects");
}

static void
read_test_name(struct profile_keys *k, const struct json *j)
{
	char *name = NULL;

	profile_keys_text(k, j, &name);
	if (name != NULL && (name[0] == '\0' || strchr(name, '/') != NULL ||
				strcmp(name, ".") == 0 ||
				strcmp(name, "..") == 0 || strlen(name) > 200))
		profile_keys_wrong(k, j, "no name of a file");
	free(name);
}

/* A key misspelt here would make a test that tests nothing. */
static void
read_tests(struct profile_keys *k, const struct json *j)
{
	static const struct profile_keys_row rows[] = {
		{ "lines", read_texts },
		{ "fileName", read_test_name },
		{ "records", read_test_records },
		{ "rejects", read_texts },
		{ NULL, NULL },
	};

	check_list(k, j, JSON_OBJECT, "objects");
	if (j->type != JSON_ARRAY || k->wrong > 0)
		return;
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		profile_keys_object(k, m, rows);
		if (json_get(m, "lines") == NULL)
			profile_keys_wrong(
			    k, m, "a test needs \"lines\", a list of texts");
	}
}

static void
read_fields(struct profile_keys *k, const struct json *j)
{
	profile_field_read_all(k, j);
}

static const struct profile_keys_row top[] = {
	{ "name", read_name },
	{ "title", read_title },
	{ "match", read_match },
	{ "format", read_format },
	{ "rows", read_rows },
	{ "csv", profile_csv_read },
	{ "record", profile_source_record },
	{ "nulls", read_nulls },
	{ "where", read_where },
	{ "preamble", read_preamble },
	{ "time", read_time },
	{ "fields", read_fields },
	{ "states", read_states },
	{ "off", read_off },
	{ "ignore", read_ignore },
	{ "endBeforeStart", read_end_before_start },
	{ "running", read_running },
	{ "engineStatus", read_engine_status },
	{ "maxHold", read_max_hold },
	{ "operatingIncludesIdle", read_includes_idle },
	{ "meterStep", read_meter_step },
	{ "placement", read_placement },
	{ "units", profile_feed_units },
	{ "switches", profile_feed_switches },
	{ "movement", profile_feed_movement },
	{ "maxPiece", read_max_piece },
	{ "resolution", profile_feed_resolution },
	{ "dayStart", profile_feed_day_start },
	{ "tests", read_tests },
	{ NULL, NULL },
};

struct profile *
profile_read(const char *path)
{
	struct profile_keys k = { .path = path };
	struct profile *p;

	p = profile_new();
	k.profile = p;
	p->json = json_read_file(path, MOST_BYTES, JSON_READ_COMMENTS);
	if (p->json != NULL) {
		profile_marks(&k, p->json);
		if (k.wrong == 0)
			profile_keys_object(&k, p->json, top);
		if (k.wrong == 0)
			profile_check(&k);
		if (k.wrong == 0)
			return p;
	}
	profile_free(p);
	return NULL;
}
