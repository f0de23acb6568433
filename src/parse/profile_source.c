/* profile_source.c - where a profile's rows and fields come from. */

#include "config.h"

#include <string.h>

#include "parse/path.h"
#include "parse/paths.h"
#include "parse/profile_source.h"

void
profile_source_record(struct profile_keys *k, const struct json *j)
{
	profile_keys_text(k, j, &k->profile->record);
	if (k->profile->record != NULL && k->profile->record[0] == '\0')
		profile_keys_wrong(k, j, "\"record\" must not be empty");
}

/* A document's record is a path, which only the format tells. */
static void
check_record(struct profile_keys *k)
{
	const struct json *j = json_get(k->profile->json, "record");
	const char *why;

	if (j == NULL)
		profile_keys_wrong(k, k->profile->json,
		    "\"record\" is missing: the path of a row's element");
	else if ((why = path_fault(k->profile->record, 1)) != NULL)
		profile_keys_wrong(k, j, "%s", why);
}

/* Of what is said of tables of text, ${keys} mean nothing for ${what}. */
static void
check_csv(struct profile_keys *k, const char *const keys[], const char *what)
{
	const struct json *csv = json_get(k->profile->json, "csv"), *j;

	for (; csv != NULL && *keys != NULL; keys++)
		if ((j = json_get(csv, *keys)) != NULL)
			profile_keys_wrong(
			    k, j, "\"%s\" has no meaning for %s", *keys, what);
}

/* A sheet is a table, but not one that is written as text. */
static void
check_sheet(struct profile_keys *k)
{
	static const char *const keys[] = { "delimiter", "quote", "encoding",
		"comment", NULL };
	const struct json *j = json_get(k->profile->json, "tests");

	if (j != NULL)
		profile_keys_wrong(k, j,
		    "\"tests\" are lines of text, and a workbook is none");
	check_csv(k, keys, "a workbook");
}

/* A document is no table, but has numbers. */
static void
check_document(struct profile_keys *k)
{
	static const char *const keys[] = { "delimiter", "quote", "encoding",
		"comment", "header", "skipLines", "skipAfterHeader", NULL };

	check_record(k);
	check_csv(k, keys, "a document");
}

int
profile_source_check(struct profile_keys *k)
{
	unsigned before = k->wrong;

	if (profile_is_document(k->profile))
		check_document(k);
	if (k->profile->format == PROFILE_XLSX)
		check_sheet(k);
	return k->wrong == before ? 0 : -1;
}

/* The paths of a profile, each once. */
struct known {
	const char *path[PATHS_MOST];
	size_t count; /* PATHS_MOST + 1: there are more */
};

static void
add(struct known *known, const char *path)
{
	for (size_t i = 0; i < known->count && i < PATHS_MOST; i++)
		if (strcmp(known->path[i], path) == 0)
			return;
	if (known->count < PATHS_MOST)
		known->path[known->count] = path;
	if (known->count <= PATHS_MOST)
		known->count++;
}

/* Steps up from the record that lead out of the document. */
static int
leads_out(const struct profile *p, const char *text)
{
	struct path record, path;

	path_read(&record, p->record);
	path_read(&path, text);
	return path.ups > record.count;
}

/* What is wrong with where the field comes from, or NULL. */
static const char *
fault(
    const struct profile *p, const struct profile_field *f, struct known *known)
{
	const char *why = NULL;

	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++)
		if ((why = fault(p, &f->any[i], known)) != NULL)
			return why;
	for (size_t i = 0; i < f->where_count; i++)
		if ((why = fault(p, &f->where[i].field, known)) != NULL)
			return why;
	if (f->kind != PROFILE_COLUMNS)
		return NULL;
	if (!profile_is_document(p))
		return f->column[0].is_path ? "a table has columns, no paths"
					    : NULL;
	if (!f->column[0].is_path)
		return "a document has paths, no columns";
	add(known, f->column[0].name);
	return leads_out(p, f->column[0].name)
		   ? "the path leads up beyond the document"
		   : NULL;
}

static void
check(struct profile_keys *k, const struct profile_field *f,
    const struct json *at, const char *name, struct known *known)
{
	const char *why = fault(k->profile, f, known);

	if (why != NULL)
		profile_keys_wrong(k, at, "\"%s\": %s", name, why);
}

/* A document is known by what its first record has. */
static void
check_match(struct profile_keys *k, const struct known *known)
{
	const struct profile *p = k->profile;

	for (size_t i = 0; profile_is_document(p) && i < p->match_count; i++) {
		size_t n = 0;

		while (n < known->count && n < PATHS_MOST &&
		       strcmp(known->path[n], p->match_header[i]) != 0)
			n++;
		if (n == known->count || n == PATHS_MOST)
			profile_keys_wrong(k, json_get(p->json, "match"),
			    "\"header\" names paths of the fields, and "
			    "\"%s\" is none",
			    p->match_header[i]);
	}
}

void
profile_source_fields(struct profile_keys *k)
{
	const struct json *fields = json_get(k->profile->json, "fields");
	const struct json *where = json_get(k->profile->json, "where");
	struct known known = { .count = 0 };

	for (int i = 0; i < PROFILE_FIELDS; i++) {
		const char *name = profile_key_name((enum profile_key)i);

		check(k, &k->profile->field[i], json_get(fields, name), name,
		    &known);
	}
	for (size_t i = 0; i < k->profile->total_count; i++)
		check(k, &k->profile->total[i].field, fields,
		    k->profile->total[i].state, &known);
	for (size_t i = 0; i < k->profile->zone_froms; i++)
		check(k, k->profile->zone_from[i], fields, "zone", &known);
	for (size_t i = 0; i < k->profile->where_count; i++)
		check(k, &k->profile->where[i].field, where, "where", &known);
	if (known.count > PATHS_MOST)
		profile_keys_wrong(k, fields,
		    "the fields have more than %d paths", PATHS_MOST);
	check_match(k, &known);
}
