/* json_rows.c - the rows of a JSON document, by a profile's paths. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "parse/json_rows.h"
#include "parse/paths.h"
#include "record/quote.h"
#include "json/json_events.h"

/* An object or a list that is open. */
struct level {
	int is_list;
	int is_empty;
	/* In the names: that of the member at hand, which is the last there
	 * is; a list's own for all that stands in it. */
	size_t name, name_len;
};

struct json_rows {
	struct input *in;
	struct json_events *events;
	struct paths *paths;
	struct json_event at;
	struct level level[JSON_READ_DEPTH + 1]; /* the first: the document */
	size_t depth;
	struct buf names;
	struct buf quoted;
	char decimal; /* the mark that values have */
};

static struct level *
innermost(struct json_rows *r)
{
	return &r->level[r->depth];
}

static void
keep(struct json_rows *r, const char *s)
{
	if (paths_has_room(r->paths))
		paths_keep(r->paths, s, strlen(s));
}

static void
keep_string(struct json_rows *r, const char *s, size_t len)
{
	if (!paths_has_room(r->paths))
		return;
	buf_clear(&r->quoted);
	buf_putc(&r->quoted, '"');
	quote_put(&r->quoted, s, len);
	buf_putc(&r->quoted, '"');
	paths_keep(r->paths, r->quoted.data, r->quoted.len);
}

/* Open what is about to stand in the innermost level. */
static void
open_value(struct json_rows *r, enum paths_kind kind)
{
	struct level *l = innermost(r);

	if (l->is_list && !l->is_empty)
		keep(r, ",");
	l->is_empty = 0;
	paths_open(r->paths, buf_text(&r->names) + l->name, l->name_len, kind,
	    r->at.line);
}

static void
open_object(struct json_rows *r)
{
	open_value(r, PATHS_TREE);
	keep(r, "{");
	r->level[++r->depth] =
	    (struct level){ .is_empty = 1, .name = r->names.len };
}

static void
close_object(struct json_rows *r)
{
	r->names.len = innermost(r)->name; /* or it would grow with the file */
	r->depth--;
	keep(r, "}");
	paths_close(r->paths);
}

/* A list opens nothing: what stands in it does. */
static void
open_list(struct json_rows *r)
{
	struct level *l = innermost(r);

	if (l->is_list && !l->is_empty)
		keep(r, ",");
	keep(r, "[");
	r->level[++r->depth] = (struct level){ .is_list = 1,
		.is_empty = 1,
		.name = l->name,
		.name_len = l->name_len };
	l->is_empty = 0;
}

static void
close_list(struct json_rows *r)
{
	if (innermost(r)->is_empty) {
		open_value(r, PATHS_NOTHING);
		paths_close(r->paths);
	}
	r->depth--;
	keep(r, "]");
}

static void
name_member(struct json_rows *r)
{
	struct level *l = innermost(r);

	if (r->at.is_again)
		paths_blame(r->paths, "duplicate-key");
	r->names.len = l->name;
	buf_put(&r->names, r->at.text, r->at.len);
	l->name_len = r->at.len;
	if (!l->is_empty)
		keep(r, ",");
	l->is_empty = 0;
	keep_string(r, r->at.text, r->at.len);
	keep(r, ":");
}

/* A number of JSON has a point, whatever mark those in texts have: a value has
 * the profile's. */
static void
tell_number(struct json_rows *r)
{
	const char *point = memchr(r->at.text, '.', r->at.len);
	size_t whole = point != NULL ? (size_t)(point - r->at.text) : r->at.len;

	paths_text(r->paths, r->at.text, whole);
	if (point == NULL)
		return;
	paths_text(r->paths, &r->decimal, 1);
	paths_text(r->paths, point + 1, r->at.len - whole - 1);
}

static void
tell_value(struct json_rows *r)
{
	int is_null = r->at.type == JSON_EVENTS_NULL;

	open_value(r, is_null ? PATHS_NOTHING : PATHS_VALUE);
	if (r->at.type == JSON_EVENTS_NUMBER)
		tell_number(r);
	else if (!is_null)
		paths_text(r->paths, r->at.text, r->at.len);
	if (r->at.type == JSON_EVENTS_STRING)
		keep_string(r, r->at.text, r->at.len);
	else
		keep(r, is_null ? "null" : r->at.text);
	paths_close(r->paths);
}

static void
tell(struct json_rows *r)
{
	switch (r->at.type) {
	case JSON_EVENTS_OBJECT:
		open_object(r);
		break;
	case JSON_EVENTS_OBJECT_END:
		close_object(r);
		break;
	case JSON_EVENTS_ARRAY:
		open_list(r);
		break;
	case JSON_EVENTS_ARRAY_END:
		close_list(r);
		break;
	case JSON_EVENTS_KEY:
		name_member(r);
		break;
	case JSON_EVENTS_STRING:
	case JSON_EVENTS_NUMBER:
	case JSON_EVENTS_BOOL:
	case JSON_EVENTS_NULL:
		tell_value(r);
		break;
	case JSON_EVENTS_END:
	case JSON_EVENTS_BAD:
		break;
	}
}

static enum rows_got
next(void *self, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	struct json_rows *r = self;
	enum rows_got got;

	while ((got = paths_row(r->paths, cells, count, p)) == ROWS_END &&
	       !paths_is_late(r->paths) &&
	       json_events_next(r->events, &r->at) < JSON_EVENTS_END)
		tell(r);
	return got;
}

static size_t
guess(void *self, const struct rows_cell **cells)
{
	struct json_rows *r = self;

	return paths_cells(r->paths, cells);
}

static uint64_t
line(const void *self)
{
	const struct json_rows *r = self;

	return paths_line(r->paths);
}

static const char *
raw(const void *self, size_t *len)
{
	const struct json_rows *r = self;

	return paths_raw(r->paths, len);
}

static void
without_raw(void *self)
{
	struct json_rows *r = self;

	paths_without_raw(r->paths);
}

static int
finish(void *self, struct problem *p)
{
	struct json_rows *r = self;
	const struct json_read_error *error;

	if (r->at.type != JSON_EVENTS_BAD)
		return paths_finish(r->paths, input_name(r->in), p);
	if (input_file_failed(r->in))
		return -1;
	/* A message, not a finding: what the file held is lost. */
	error = json_events_error(r->events);
	problem_set(p, error->code, SEVERITY_ERROR, input_name(r->in),
	    error->line, error->column);
	buf_puts(&p->text, error->text);
	problem_print(p);
	return -1;
}

static void
close_rows(void *self)
{
	struct json_rows *r = self;

	json_events_close(r->events);
	paths_free(r->paths);
	buf_free(&r->quoted);
	buf_free(&r->names);
	free(r);
}

static struct rows
open_rows(struct input *in, struct paths *paths, char decimal)
{
	static const struct rows_kind kind = { .next = next,
		.guess = guess,
		.line = line,
		.raw = raw,
		.without_raw = without_raw,
		.finish = finish,
		.free = close_rows };
	struct json_rows *r = xcalloc(1, sizeof *r);

	r->in = in;
	r->paths = paths;
	r->decimal = decimal;
	r->events = json_events_open(in, JSON_EVENTS_MANY);
	return (struct rows){ &kind, r };
}

struct rows
json_rows_open(struct input *in, struct profile *profile)
{
	return open_rows(in, paths_new(profile), profile->numbers.decimal);
}

struct rows
json_rows_only(struct input *in, struct profile *profile,
    const char *const more[], size_t n)
{
	struct paths *paths = paths_new(profile);

	paths_only(paths, more, n);
	return open_rows(in, paths, profile->numbers.decimal);
}
