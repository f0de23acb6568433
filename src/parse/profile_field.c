/* profile_field.c - the fields of a profile. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "parse/path.h"
#include "parse/profile_field.h"
#include "parse/profile_total.h"
#include "parse/profile_where.h"

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
		if (number_whole(j->text, j->len, ROWS_CELLS, &n) != 0 ||
		    n == 0)
			profile_keys_wrong(
			    k, j, "a column's number is 1 to %d", ROWS_CELLS);
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
read_path(struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	const char *why;

	f->kind = PROFILE_COLUMNS;
	f->column = xcalloc(1, sizeof *f->column);
	f->count = 1;
	f->column->is_path = 1;
	profile_keys_text(k, j, &f->column->name);
	if (f->column->name != NULL &&
	    (why = path_fault(f->column->name, 0)) != NULL)
		profile_keys_wrong(k, j, "%s", why);
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

static void
read_pattern(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->pattern = profile_keys_pattern(k, j, &f->from);
}

/* What is said of the whole holds for its parts, unless they say it too. */
static void
inherit(struct profile_field *f)
{
	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++) {
		struct profile_field *part = &f->any[i];

		if (part->unit == UNIT_NONE)
			part->unit = f->unit;
		if (part->zone == NULL && part->zone_from == NULL) {
			part->zone = f->zone;
			part->zone_from = f->zone_from;
		}
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
read_const(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->kind = PROFILE_CONST;
	profile_keys_text(k, j, &f->text);
}

static void
read_file_name(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->kind = PROFILE_FILE;
	read_pattern(k, j, f);
}

static void
read_preamble(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->kind = PROFILE_PREAMBLE;
	profile_keys_text(k, j, &f->from);
}

static void
read_zone(struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	struct profile *p = k->profile;

	if (j->type != JSON_OBJECT) {
		f->zone = profile_keys_zone(k, j);
		return;
	}
	p->zone_from = xreallocarray(
	    p->zone_from, p->zone_froms + 1, sizeof *p->zone_from);
	f->zone_from = xcalloc(1, sizeof *f->zone_from);
	p->zone_from[p->zone_froms++] = f->zone_from;
	read_field(k, j, f->zone_from);
}

static void
read_matches(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->kind = PROFILE_REFINED;
	read_pattern(k, j, f);
}

static void
read_where(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->kind = PROFILE_REFINED;
	profile_where_read(k, j, &f->where, &f->where_count);
}

static void
read_fill(struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	f->kind = PROFILE_REFINED;
	f->fills = 1;
	if (!json_is(j, "down"))
		profile_keys_wrong(k, j, "\"fill\" is \"down\"");
}

/* Words of one's own instead of those there are. */
static void
read_words(
    struct profile_keys *k, const struct json *j, char ***words, size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		free((*words)[i]);
	free(*words);
	*words = profile_keys_texts(k, j, count);
}

static void
read_on_words(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	(void)f;
	read_words(k, j, &k->profile->on_words, &k->profile->on_count);
}

static void
read_off_words(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	(void)f;
	read_words(k, j, &k->profile->off_words, &k->profile->off_count);
}

/* What a member of a field is for. */
enum member_use {
	SOURCE,	 /* where the value comes from */
	CELLS,	 /* the same, from the row's cells */
	QUALITY, /* what the value is */
	REFINES, /* what is made of it */
	STATUS,	 /* words of the field "running" */
};

static const struct member {
	const char *key;
	enum member_use use;
	void (*read)(
	    struct profile_keys *, const struct json *, struct profile_field *);
} members[] = {
	{ "column", CELLS, add_column },
	{ "columns", CELLS, read_columns },
	{ "path", CELLS, read_path },
	{ "const", SOURCE, read_const },
	{ "fileName", SOURCE, read_file_name },
	{ "preamble", SOURCE, read_preamble },
	{ "anyOf", SOURCE, read_any },
	{ "unit", QUALITY, read_unit },
	{ "zone", QUALITY, read_zone },
	{ "matches", REFINES, read_matches },
	{ "where", REFINES, read_where },
	{ "fill", REFINES, read_fill },
	{ "true", STATUS, read_on_words },
	{ "false", STATUS, read_off_words },
};

static const struct member *
member_of(const char *key)
{
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		if (strcmp(members[i].key, key) == 0)
			return &members[i];
	return NULL;
}

/* One member of a field: ${f} has its source, ${refined} what is made of it. */
static void
read_member(struct profile_keys *k, const struct json *m,
    struct profile_field *f, struct profile_field *refined)
{
	const struct member *member = member_of(m->key);

	if (member == NULL ||
	    (member->use == STATUS && f != &k->profile->field[PROFILE_ON]))
		profile_keys_wrong(k, m, "a field has no \"%.80s\"", m->key);
	else if (member->use == REFINES)
		member->read(k, m, refined);
	else if ((member->use == SOURCE || member->use == CELLS) &&
		 f->kind != PROFILE_ABSENT)
		profile_keys_wrong(k, m,
		    "a field has one source: column, "
		    "columns, path, const, fileName, preamble or anyOf");
	else
		member->read(k, m, f);
}

int
profile_field_cells(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	const struct member *member = member_of(j->key);

	if (member == NULL || member->use != CELLS)
		return 0;
	read_member(k, j, f, NULL);
	return 1;
}

/* A part of its own unit or zone; what is refined has lost it. */
static int
says_more(const struct profile_field *f)
{
	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++)
		if (f->any[i].unit != UNIT_NONE || f->any[i].zone != NULL ||
		    f->any[i].zone_from != NULL || says_more(&f->any[i]))
			return 1;
	return 0;
}

/* What was read into ${f} becomes the source of what is ${refined}. */
static void
refine_field(struct profile_keys *k, const struct json *j,
    struct profile_field *f, struct profile_field *refined)
{
	if (refined->kind != PROFILE_REFINED)
		return;
	if (says_more(f))
		profile_keys_wrong(k, j,
		    "beside \"matches\", \"where\" and \"fill\" the unit and "
		    "the zone are said of the whole");
	refined->unit = f->unit;
	refined->zone = f->zone;
	refined->zone_from = f->zone_from;
	refined->any = xcalloc(1, sizeof *refined->any);
	refined->any[0] = *f;
	refined->count = 1;
	*f = *refined;
}

static void
read_field(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	struct profile_field refined = { 0 };
	unsigned before = k->wrong;

	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(k, j,
		    "a field is an object such as { \"column\": \"Status\" }");
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next)
		read_member(k, m, f, &refined);
	if (f->kind == PROFILE_ABSENT && k->wrong == before)
		profile_keys_wrong(k, j,
		    "a field needs a source: column, columns, path, const, "
		    "fileName, preamble or anyOf");
	refine_field(k, j, f, &refined);
}

void
profile_field_read(
    struct profile_keys *k, const struct json *j, struct profile_field *f)
{
	read_field(k, j, f);
	inherit(f);
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
	if (j->type != JSON_OBJECT) {
		profile_keys_wrong(k, j, "\"fields\" is an object");
		return;
	}
	for (const struct json *m = j->child; m != NULL; m = m->next) {
		enum profile_key key = key_of(m->key);

		if (profile_total_read(k, m))
			continue;
		if (key < PROFILE_FIELDS)
			profile_field_read(k, m, &k->profile->field[key]);
		else
			profile_keys_wrong(
			    k, m, "no such field: \"%.80s\"", m->key);
	}
}
