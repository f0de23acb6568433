/* profile_check.c - whether the parts of a profile fit together. */

#include "config.h"

#include <string.h>

#include "base/buf.h"
#include "parse/profile_check.h"
#include "parse/profile_source.h"
#include "parse/profile_total.h"
#include "parse/vocabulary.h"

/* The place of ${key} in the document, or the document itself. */
static const struct json *
place(const struct profile_keys *k, const char *key)
{
	const struct json *j = json_get(k->profile->json, key);

	return j != NULL ? j : k->profile->json;
}

/* The place of a field, or of all. */
static const struct json *
field_place(const struct profile_keys *k, enum profile_key key)
{
	const struct json *fields = place(k, "fields");
	const struct json *j = json_get(fields, profile_key_name(key));

	return j != NULL ? j : fields;
}

/* The kinds of row, as bits, and feeds. */
enum {
	PERIODS = 1 << PROFILE_PERIOD,
	EVENTS = 1 << PROFILE_EVENT,
	READINGS = 1 << PROFILE_READING,
	TOTALS = 1 << PROFILE_TOTAL,
	ROWS = PERIODS | EVENTS | READINGS | TOTALS,
	FEEDS = 1 << 8,
	TABLES = 1 << 9,
	DOCUMENTS = 1 << 10,
	SHEETS = 1 << 11,
	OWN = 1 << 12,
};

static const char *
rows_word(const struct profile *p)
{
	static const char *const words[] = {
		[PROFILE_PERIOD] = "rows of periods",
		[PROFILE_EVENT] = "rows of events",
		[PROFILE_READING] = "rows of readings",
		[PROFILE_TOTAL] = "rows of totals",
	};

	return p->format == PROFILE_AEMP ? "a feed" : words[p->rows];
}

static int
has(const struct profile_keys *k, enum profile_key key)
{
	return k->profile->field[key].kind != PROFILE_ABSENT;
}

/* Which fields there must be, and which may be. */
static void
check_presence(struct profile_keys *k)
{
	static const struct {
		int needed, allowed;
	} use[PROFILE_FIELDS] = {
		[PROFILE_MACHINE] = { ROWS, ROWS },
		[PROFILE_COMPANY] = { 0, ROWS },
		[PROFILE_PROJECT] = { 0, ROWS },
		[PROFILE_STATE] = { PERIODS | EVENTS, PERIODS | EVENTS },
		[PROFILE_START] = { PERIODS, PERIODS | TOTALS },
		[PROFILE_END] = { 0, PERIODS | TOTALS },
		[PROFILE_DURATION] = { 0, PERIODS },
		[PROFILE_MINUS] = { 0, PERIODS },
		[PROFILE_TIME] = { EVENTS | READINGS, EVENTS | READINGS },
		[PROFILE_OPERATING] = { 0, READINGS },
		[PROFILE_IDLE] = { 0, READINGS },
		[PROFILE_MOVING] = { 0, READINGS },
		[PROFILE_ON] = { 0, READINGS },
		[PROFILE_DATE] = { 0, TOTALS },
		[PROFILE_DAY_START] = { 0, TOTALS },
	};
	int here = 1 << k->profile->rows;

	for (int i = 0; i < PROFILE_FIELDS; i++) {
		enum profile_key key = (enum profile_key)i;

		if ((use[i].needed & here) && !has(k, key))
			profile_keys_wrong(k, place(k, "fields"),
			    "%s need the field \"%s\"", rows_word(k->profile),
			    profile_key_name(key));
		if (!(use[i].allowed & here) && has(k, key))
			profile_keys_wrong(k, field_place(k, key),
			    "%s have no field \"%s\"", rows_word(k->profile),
			    profile_key_name(key));
	}
}

/* A unit of its own, or all that it may be have one by now. */
static int
has_unit(const struct profile_field *f)
{
	if (f->kind != PROFILE_ANY) /* what is refined has its own */
		return f->unit != UNIT_NONE;
	for (size_t i = 0; i < f->count; i++)
		if (!has_unit(&f->any[i]))
			return 0;
	return 1;
}

/* Whether any part of a field says its unit or zone, has an empty text or
 * goes by a column's name. */
static int
any_part(const struct profile_field *f, int (*is)(const struct profile_field *))
{
	if (is(f))
		return 1;
	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++)
		if (any_part(&f->any[i], is))
			return 1;
	for (size_t i = 0; i < f->where_count; i++)
		if (any_part(&f->where[i].field, is))
			return 1;
	return 0;
}

static int
says_unit(const struct profile_field *f)
{
	return f->unit != UNIT_NONE;
}

static int
says_zone(const struct profile_field *f)
{
	return f->zone != NULL || f->zone_from != NULL;
}

static int
is_empty(const struct profile_field *f)
{
	if (f->kind == PROFILE_CONST)
		return f->text[0] == '\0';
	for (size_t i = 0; f->kind == PROFILE_COLUMNS && i < f->count; i++)
		if (f->column[i].number == 0 && f->column[i].name[0] == '\0')
			return 1;
	return 0;
}

static int
is_named(const struct profile_field *f)
{
	for (size_t i = 0; f->kind == PROFILE_COLUMNS && i < f->count; i++)
		if (f->column[i].number == 0)
			return 1;
	return 0;
}

/* A value that nobody looks for above the header. */
static int
is_nowhere(const struct profile_field *f, const struct preamble *preamble)
{
	if (f->kind == PROFILE_PREAMBLE)
		return preamble == NULL || !preamble_knows(preamble, f->from);
	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++)
		if (is_nowhere(&f->any[i], preamble))
			return 1;
	return 0;
}

/* A column that can be found. */
static void
check_source(struct profile_keys *k, const struct profile_field *f,
    const struct json *at, const char *name)
{
	if (any_part(f, is_empty))
		profile_keys_wrong(
		    k, at, "\"%s\" comes from an empty text", name);
	if (is_nowhere(f, k->profile->preamble))
		profile_keys_wrong(k, at,
		    "\"%s\": no such value in the profile's \"preamble\"",
		    name);
	if (!k->profile->has_header && any_part(f, is_named))
		profile_keys_wrong(k, at,
		    "without a header a column is known by its number, from 1");
}

/* What a field says of itself must be of use to it. */
static void
check_field(struct profile_keys *k, enum profile_key key)
{
	const struct profile_field *f = &k->profile->field[key];
	const struct json *at = field_place(k, key);
	const char *name = profile_key_name(key);
	int is_length = key == PROFILE_DURATION || key == PROFILE_MINUS ||
			key == PROFILE_OPERATING || key == PROFILE_IDLE ||
			key == PROFILE_MOVING;
	int is_time = key == PROFILE_START || key == PROFILE_END ||
		      key == PROFILE_TIME || key == PROFILE_DATE ||
		      key == PROFILE_DAY_START;

	if (is_length && f->kind != PROFILE_ABSENT && !has_unit(f))
		profile_keys_wrong(k, at,
		    "\"%s\" is a length of time: say its \"unit\"", name);
	if (!is_length && any_part(f, says_unit))
		profile_keys_wrong(
		    k, at, "\"%s\" is no length of time: no \"unit\"", name);
	if (!is_time && any_part(f, says_zone))
		profile_keys_wrong(
		    k, at, "\"%s\" is no time: no \"zone\"", name);
	check_source(k, f, at, name);
}

static void
check_total(struct profile_keys *k, const struct profile_total *t)
{
	const struct json *totals = json_get(place(k, "fields"), "totals");
	const struct json *at = json_get(totals, t->state);

	if (t->field.kind != PROFILE_ABSENT && !has_unit(&t->field))
		profile_keys_wrong(k, at,
		    "\"%s\" is a length of time: say its \"unit\"", t->state);
	if (any_part(&t->field, says_zone))
		profile_keys_wrong(
		    k, at, "\"%s\" is no time: no \"zone\"", t->state);
	check_source(k, &t->field, at, t->state);
}

static void
check_fields(struct profile_keys *k)
{
	check_presence(k);
	if (k->profile->rows == PROFILE_PERIOD &&
	    has(k, PROFILE_END) == has(k, PROFILE_DURATION))
		profile_keys_wrong(k, place(k, "fields"),
		    "rows of periods need \"endTime\" or \"duration\", not "
		    "both");
	if (k->profile->rows == PROFILE_READING && !has(k, PROFILE_OPERATING) &&
	    !has(k, PROFILE_IDLE) && !has(k, PROFILE_MOVING) &&
	    !has(k, PROFILE_ON))
		profile_keys_wrong(k, place(k, "fields"),
		    "rows of readings need \"operatingHours\", \"idleHours\", "
		    "\"movingHours\" or \"running\"");
	for (int i = 0; i < PROFILE_FIELDS; i++)
		check_field(k, (enum profile_key)i);
	for (size_t i = 0; i < k->profile->total_count; i++)
		check_total(k, &k->profile->total[i]);
	profile_total_check(k);
	for (size_t i = 0; i < k->profile->zone_froms; i++)
		check_source(
		    k, k->profile->zone_from[i], place(k, "fields"), "zone");
	for (size_t i = 0; i < k->profile->where_count; i++)
		check_source(
		    k, &k->profile->where[i].field, place(k, "where"), "where");
	profile_source_fields(k);
}

/* Keys that are of use to some files alone: elsewhere they would promise what
 * nobody keeps. */
static void
check_use(struct profile_keys *k)
{
	static const struct {
		const char *key;
		int use;
	} keys[] = {
		{ "rows", ROWS },
		{ "csv", TABLES | SHEETS | DOCUMENTS },
		{ "record", DOCUMENTS | SHEETS },
		{ "nulls", ROWS | OWN },
		{ "preamble", TABLES | SHEETS },
		{ "where", ROWS },
		{ "fields", ROWS },
		{ "states", PERIODS | EVENTS | OWN },
		{ "off", PERIODS | EVENTS | OWN },
		{ "ignore", PERIODS | EVENTS | OWN },
		{ "endBeforeStart", PERIODS | TOTALS },
		{ "running", READINGS | FEEDS },
		{ "engineStatus", READINGS | FEEDS },
		{ "maxHold", EVENTS | READINGS | FEEDS },
		{ "maxPiece", READINGS | FEEDS },
		{ "meterStep", READINGS | FEEDS },
		{ "operatingIncludesIdle", READINGS | FEEDS },
		{ "placement", READINGS | FEEDS },
		{ "units", FEEDS },
		{ "resolution", READINGS | FEEDS },
		{ "dayStart", READINGS | FEEDS },
		{ "switches", FEEDS },
		{ "movement", FEEDS },
	};
	const struct profile *p = k->profile;
	int here = p->format == PROFILE_AEMP	  ? FEEDS
		   : p->format == PROFILE_RECORDS ? OWN
						  : 1 << p->rows;
	int form = p->format == PROFILE_CSV    ? TABLES
		   : p->format == PROFILE_XLSX ? SHEETS
		   : profile_is_document(p)    ? DOCUMENTS
					       : 0;

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		const struct json *j = json_get(p->json, keys[i].key);

		if (j != NULL && !(keys[i].use & (here | form)))
			profile_keys_wrong(k, j, "\"%s\" has no meaning for %s",
			    keys[i].key,
			    here == FEEDS	      ? "a feed"
			    : here == OWN	      ? "records"
			    : keys[i].use & TABLES    ? "a document"
			    : keys[i].use & DOCUMENTS ? "a table"
						      : rows_word(p));
	}
}

/* Two formats read one text as one moment. */
static int
agree(const struct timefmt_value *a, const struct timefmt_value *b)
{
	return a->ms == b->ms && a->has_zone == b->has_zone &&
	       a->has_date == b->has_date;
}

/*
 * Two formats that read one text as two moments would make the order they
 * stand in decide what day it was.  Each format writes some moments that
 * differ in every part; no other may read them otherwise.
 */
static void
check_times(struct profile_keys *k)
{
	static const struct instant_civil moments[] = {
		{ 2025, 1, 2, 3, 4, 5 },
		{ 2011, 12, 10, 9, 8, 7 },
		{ 2009, 10, 11, 12, 13, 14 },
	};
	const struct profile *p = k->profile;
	struct timefmt_value a, b;
	struct buf text = { 0 };

	for (size_t i = 0; i < p->time_count; i++)
		for (size_t m = 0; m < 3; m++) {
			buf_clear(&text);
			timefmt_write(p->times[i], &moments[m], &text);
			if (timefmt_read(
				p->times[i], text.data, text.len, &a) != 0)
				continue;
			for (size_t n = 0; n < p->time_count; n++)
				if (timefmt_read(p->times[n], text.data,
					text.len, &b) == 0 &&
				    !agree(&a, &b)) {
					profile_keys_wrong(k, place(k, "time"),
					    "\"%s\" and \"%s\" read \"%s\" as "
					    "two different times; keep one",
					    p->time_patterns[i],
					    p->time_patterns[n], text.data);
					goto done;
				}
		}
done:
	buf_free(&text);
}

static void
check_status(struct profile_keys *k)
{
	const struct profile *p = k->profile;

	for (size_t i = 0; i < p->on_count; i++)
		for (size_t n = 0; n < p->off_count; n++)
			if (vocabulary_is_same(p->on_words[i], p->off_words[n]))
				profile_keys_wrong(k,
				    field_place(k, PROFILE_ON),
				    "the word \"%s\" stands for two things",
				    p->on_words[i]);
}

static void
check_words(struct profile_keys *k)
{
	const struct profile *p = k->profile;

	for (size_t i = 0; i < p->word_count; i++)
		for (size_t n = 0; n < i; n++)
			if (vocabulary_is_same(
				p->word[i].word, p->word[n].word) &&
			    (p->word[i].saying != p->word[n].saying ||
				(p->word[i].state != NULL &&
				    strcmp(p->word[i].state,
					p->word[n].state) != 0)))
				profile_keys_wrong(k, place(k, "states"),
				    "the word \"%s\" stands for two things",
				    p->word[i].word);
}

static void
check_csv(struct profile_keys *k)
{
	const struct profile *p = k->profile;
	const struct json *csv = place(k, "csv");

	if (p->dialect.delimiter == p->dialect.quote)
		profile_keys_wrong(k, csv, "delimiter and quote are the same");
	if (p->thousands != NULL && p->thousands[0] == p->numbers.decimal)
		profile_keys_wrong(
		    k, csv, "decimal and thousands are the same");
	if (!p->has_header && p->skip_after_header > 0)
		profile_keys_wrong(k, csv,
		    "\"skipAfterHeader\" needs a header; without one there is "
		    "\"skipLines\"");
	if (p->preamble != NULL && p->skip_lines == 0 && p->header_count == 0)
		profile_keys_wrong(k, place(k, "preamble"),
		    "nothing stands above the header: say \"skipLines\", or "
		    "the header's words");
}

/* By what a file is known: its header, where it has one. */
static void
check_match(struct profile_keys *k)
{
	const struct profile *p = k->profile;
	const struct json *match = json_get(p->json, "match");

	if (match != NULL && match->count == 0)
		profile_keys_wrong(k, match, "\"match\" says nothing");
	if (p->match_count == 0 || profile_is_document(p))
		return;
	if (p->format != PROFILE_CSV && p->format != PROFILE_XLSX)
		profile_keys_wrong(k, match,
		    "\"match\" goes by the header of a table, and this is "
		    "none");
	else if (!p->has_header)
		profile_keys_wrong(k, match,
		    "\"match\" goes by a header, and \"csv\" says there is "
		    "none");
}

static void
check_day(struct profile_keys *k)
{
	const struct profile *p = k->profile;
	const struct json *day = json_get(p->json, "dayStart");

	if (day == NULL)
		return;
	if (p->zone == NULL)
		profile_keys_wrong(
		    k, day, "\"dayStart\" needs the clocks of a \"zone\"");
	if (json_get(p->json, "placement") != NULL)
		profile_keys_wrong(
		    k, day, "\"dayStart\" is a placement of its own; keep one");
}

void
profile_check(struct profile_keys *k)
{
	const struct profile *p = k->profile;

	if (!p->is_format_set) {
		profile_keys_wrong(k, p->json, "\"format\" is missing");
		return;
	}
	if (p->format != PROFILE_AEMP && p->format != PROFILE_RECORDS &&
	    !p->is_rows_set) {
		profile_keys_wrong(k, p->json, "\"rows\" is missing");
		return;
	}
	check_use(k);
	check_day(k);
	check_match(k);
	if (p->format == PROFILE_AEMP)
		return;
	if (p->format == PROFILE_RECORDS) {
		check_times(k);
		check_words(k);
		if (k->wrong == 0)
			profile_be_own(k->profile);
		return;
	}
	if (profile_source_check(k) != 0)
		return;
	if (p->time_count == 0)
		profile_keys_wrong(
		    k, place(k, "time"), "\"time\" needs \"formats\"");
	check_csv(k);
	check_fields(k);
	check_times(k);
	check_words(k);
	check_status(k);
}
