/* profile_field.c - the fields of a profile, and whether they fit together. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "parse/profile_field.h"
#include "parse/vocabulary.h"

static void read_field(
    struct profile_keys *k, const struct json *j, struct profile_field *f);

static void
add_column(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	struct profile_column *c;
	uint64_t n = 0;

	f->kind = PROFILE_COLUMNS;
	f->column = xreallocarray(f->column, f->count + 1, sizeof *f->column);
	c = &f->column[f->count++];
	*c = (struct profile_column){ 0 };
	if (j->type == JSON_NUMBER) {
		if (number_whole(j->text, j->len, CSV_ROWS_CELLS, &n) != 0 ||
		    n == 0)
			profile_keys_wrong(k, j, "a column's number is 1 to %d",
			    CSV_ROWS_CELLS);
		c->number = (size_t)n;
	} else {
		profile_keys_text(k, j, &c->name);
	}
}

static void
read_columns(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	if (j->type != JSON_ARRAY || j->count == 0) {
		profile_keys_wrong(k, j, "\"columns\" is a list of columns");
		return;
	}
	for (j = j->child; j != NULL; j = j->next)
		add_column(k, j, f);
}

static void
read_any(struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	if (j->type != JSON_ARRAY || j->count == 0) {
		profile_keys_wrong(k, j, "\"anyOf\" is a list of fields");
		return;
	}
	f->kind = PROFILE_ANY;
	f->any = xcalloc(j->count, sizeof *f->any);
	for (j = j->child; j != NULL; j = j->next)
		read_field(k, j, &f->any[f->count++]);
}

/* What is said of the whole holds for its parts, unless they say it too. */
static void
inherit(struct profile_field *f)
{
	for (size_t i = 0; f->kind == PROFILE_ANY && i < f->count; i++) {
		struct profile_field *part = &f->any[i];

		if (part->unit == UNIT_NONE)
			part->unit = f->unit;
		if (part->zone == NULL)
			part->zone = f->zone;
		inherit(part);
	}
}

static void
read_unit(struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	const char *name = json_string(j);

	if (name == NULL || (f->unit = unit_find(name)) == UNIT_NONE)
		profile_keys_wrong(k, j,
		    "\"unit\" is d, h, min, s, ms, h:mm, h:mm:ss, iso8601 or "
		    "words");
}

static void
read_member(
    struct profile_keys *k, const struct json *m, struct profile_field *f)
{
	static const char *const later[] = { "path", "fileName", "preamble",
		"matches", "where", "fill" };

	for (size_t i = 0; i < sizeof later / sizeof later[0]; i++)
		if (strcmp(m->key, later[i]) == 0) {
			profile_keys_later(k, m, "the field's", m->key);
			return;
		}
	if (strcmp(m->key, "unit") == 0)
		read_unit(k, m, f);
	else if (strcmp(m->key, "zone") == 0)
		f->zone = profile_keys_zone(k, m);
	else if (f->kind != PROFILE_ABSENT)
		profile_keys_wrong(k, m,
		    "a field has one source: column, "
		    "columns, const or anyOf");
	else if (strcmp(m->key, "column") == 0)
		add_column(k, m, f);
	else if (strcmp(m->key, "columns") == 0)
		read_columns(k, m, f);
	else if (strcmp(m->key, "anyOf") == 0)
		read_any(k, m, f);
	else if (strcmp(m->key, "const") == 0) {
		f->kind = PROFILE_CONST;
		profile_keys_text(k, m, &f->text);
	} else
		profile_keys_wrong(k, m, "a field has no \"%.80s\"", m->key);
}

static void
read_field(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	unsigned before = k->wrong;

	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(k, j,
		    "a field is an object such as { \"column\": \"Status\" }");
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next)
		read_member(k, m, f);
	if (f->kind == PROFILE_ABSENT && k->wrong == before)
		profile_keys_wrong(k, j,
		    "a field needs a source: column, columns, const or anyOf");
}

static enum profile_key
key_of(const char *name)
{
	enum profile_key key = PROFILE_MACHINE;

	while (key < PROFILE_FIELDS && strcmp(profile_key_name(key), name) != 0)
		key++;
	return key;
}

void
profile_field_read_all(struct profile_keys *k, const struct json *j)
{
	static const char *const later[] = { "operatingHours", "idleHours",
		"movingHours", "running", "date", "totals" };

	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(k, j, "\"fields\" is an object");
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		enum profile_key key = key_of(m->key);
		size_t i = 0;

		if (key < PROFILE_FIELDS) {
			read_field(k, m, &k->profile->field[key]);
			inherit(&k->profile->field[key]);
			continue;
		}
		while (i < sizeof later / sizeof later[0] &&
		       strcmp(later[i], m->key) != 0)
			i++;
		if (i < sizeof later / sizeof later[0])
			profile_keys_later(k, m, "the field", m->key);
		else
			profile_keys_wrong(
			    k, m, "no such field: \"%.80s\"", m->key);
	}
}

/* The place of ${key} in the document, or the document itself. */
static const struct json *
place(const struct profile_keys *k, const char *key)
{
	const struct json *j = json_get(k->profile->json, key);

	return j != NULL ? j : k->profile->json;
}

static void
need(struct profile_keys *k, enum profile_key key)
{
	if (k->profile->field[key].kind == PROFILE_ABSENT)
		profile_keys_wrong(k, place(k, "fields"),
		    "rows of %s need the field \"%s\"",
		    k->profile->rows == PROFILE_EVENT ? "events" : "periods",
		    profile_key_name(key));
}

static void
refuse(struct profile_keys *k, enum profile_key key)
{
	if (k->profile->field[key].kind != PROFILE_ABSENT)
		profile_keys_wrong(k, place(k, "fields"),
		    "rows of %s have no field \"%s\"",
		    k->profile->rows == PROFILE_EVENT ? "events" : "periods",
		    profile_key_name(key));
}

/* A unit of its own, or all that it may be have one by now. */
static int
has_unit(const struct profile_field *f)
{
	if (f->kind != PROFILE_ANY)
		return f->unit != UNIT_NONE;
	for (size_t i = 0; i < f->count; i++)
		if (!has_unit(&f->any[i]))
			return 0;
	return 1;
}

static void
check_fields(struct profile_keys *k)
{
	const struct profile_field *f = k->profile->field;
	int is_event = k->profile->rows == PROFILE_EVENT;

	need(k, PROFILE_MACHINE);
	need(k, PROFILE_STATE);
	if (is_event) {
		need(k, PROFILE_TIME);
		refuse(k, PROFILE_START);
		refuse(k, PROFILE_END);
		refuse(k, PROFILE_DURATION);
		refuse(k, PROFILE_MINUS);
	} else {
		need(k, PROFILE_START);
		refuse(k, PROFILE_TIME);
		if ((f[PROFILE_END].kind == PROFILE_ABSENT) ==
		    (f[PROFILE_DURATION].kind == PROFILE_ABSENT))
			profile_keys_wrong(k, place(k, "fields"),
			    "rows of periods need \"endTime\" or "
			    "\"duration\", not both");
	}
	for (int i = PROFILE_DURATION; i <= PROFILE_MINUS; i++)
		if (f[i].kind != PROFILE_ABSENT && !has_unit(&f[i]))
			profile_keys_wrong(k, place(k, "fields"),
			    "\"%s\" is a length of time: say its \"unit\"",
			    profile_key_name((enum profile_key)i));
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

void
profile_field_check(struct profile_keys *k)
{
	const struct profile *p = k->profile;

	if (!p->is_format_set) {
		profile_keys_wrong(k, p->json, "\"format\" is missing");
		return;
	}
	if (p->format != PROFILE_CSV)
		return;
	if (!p->is_rows_set)
		profile_keys_wrong(k, p->json, "\"rows\" is missing");
	if (p->time_count == 0)
		profile_keys_wrong(
		    k, place(k, "time"), "\"time\" needs \"formats\"");
	if (p->dialect.delimiter == p->dialect.quote)
		profile_keys_wrong(
		    k, place(k, "csv"), "delimiter and quote are the same");
	if (p->thousands != NULL && p->thousands[0] == p->numbers.decimal)
		profile_keys_wrong(
		    k, place(k, "csv"), "decimal and thousands are the same");
	check_fields(k);
	check_times(k);
	check_words(k);
}
