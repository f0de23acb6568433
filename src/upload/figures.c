/* figures.c - the server's machine time per state, read as a map says. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "upload/figures.h"
#include "json/json.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define MAP_MAX ((size_t)64 << 10)

/* Binary fractions that were added up end in noise. */
#define NOISE_MS 1000

struct figures_map {
	struct json *top;
	const char *rows, *state, *value; /* of ${top}; state may be NULL */
	int64_t unit;			  /* ms */
};

static const struct {
	const char *word;
	int64_t ms;
} units[] = {
	{ "h", 3600000 },
	{ "min", 60000 },
	{ "s", 1000 },
	{ "ms", 1 },
};

/* Fill in the map from its members.  -1 after a message. */
static int
fill(struct figures_map *map, const char *path)
{
	const char *unit = NULL;

	for (const struct json *j = map->top->child; j != NULL; j = j->next) {
		const char **to = strcmp(j->key, "rows") == 0	 ? &map->rows
				  : strcmp(j->key, "state") == 0 ? &map->state
				  : strcmp(j->key, "value") == 0 ? &map->value
				  : strcmp(j->key, "unit") == 0	 ? &unit
								 : NULL;

		if (to != NULL && (*to = json_string(j)) != NULL)
			continue;
		msg_warn("%s:%llu: '%s': rows, state, value and unit are "
			 "known, all of them texts",
		    path, (unsigned long long)j->line, j->key);
		return -1;
	}
	for (size_t i = 0; unit != NULL && i < sizeof units / sizeof units[0];
	     i++)
		if (strcmp(unit, units[i].word) == 0)
			map->unit = units[i].ms;
	if (map->rows == NULL || map->unit == 0 ||
	    (map->state == NULL) != (map->value == NULL)) {
		msg_warn("%s: wanted: rows, unit (h, min, s or ms), and state "
			 "and value both or none",
		    path);
		return -1;
	}
	return 0;
}

struct figures_map *
figures_map_read(const char *path)
{
	struct figures_map *map = xcalloc(1, sizeof *map);

	map->top = json_read_file(path, MAP_MAX, JSON_READ_COMMENTS);
	if (map->top != NULL && map->top->type != JSON_OBJECT)
		msg_warn("%s: not an object", path);
	else if (map->top != NULL && fill(map, path) == 0)
		return map;
	figures_map_free(map);
	return NULL;
}

void
figures_map_free(struct figures_map *map)
{
	if (map == NULL)
		return;
	json_free(map->top);
	free(map);
}

void
figures_add(struct figures *f, const char *state, int64_t ms, int64_t blur)
{
	size_t i = 0;

	while (i < f->n && strcmp(f->rows[i].state, state) != 0)
		i++;
	if (i == f->n) {
		f->rows = xreallocarray(f->rows, ++f->n, sizeof *f->rows);
		f->rows[i] = (struct figures_row){ .state = xstrdup(state) };
	}
	f->rows[i].ms += ms;
	f->rows[i].blur += blur;
}

/* The member that ${path}, "a.b.c", leads to; "" is ${j} itself. */
static const struct json *
follow(const struct json *j, const char *path)
{
	char key[256];

	while (j != NULL && *path != '\0') {
		size_t len = strcspn(path, ".");

		if (len >= sizeof key)
			return NULL;
		memcpy(key, path, len);
		key[len] = '\0';
		j = json_get(j, key);
		path += len + (path[len] == '.');
	}
	return j;
}

/* Add the amount ${j} of ${state}; -1 when it is none.  ${digits} keeps the
 * most that was seen behind the point. */
static int
add_value(const struct figures_map *map, struct figures *f, const char *state,
    const struct json *j, int *digits)
{
	static const struct number_style style = { '.', NULL };
	int64_t ms;
	int n;

	if (state == NULL || j == NULL ||
	    (j->type != JSON_NUMBER && j->type != JSON_STRING) ||
	    number_scaled(j->text, j->len, &style, map->unit, &ms, &n) != 0)
		return -1;
	if (n > *digits)
		*digits = n;
	figures_add(f, state, ms, 1); /* of what, is known at the end */
	return 0;
}

int
figures_read(const struct figures_map *map, const char *body, size_t len,
    struct figures *f)
{
	struct json_read_error error;
	struct json *top = json_read(body, len, JSON_READ_STRICT, &error);
	const struct json *rows = follow(top, map->rows);
	int64_t step = map->unit;
	int digits = 0, bad;

	figures_free(f);
	bad = rows == NULL ||
	      rows->type != (map->state != NULL ? JSON_ARRAY : JSON_OBJECT);
	for (const struct json *j = bad ? NULL : rows->child; j != NULL && !bad;
	     j = j->next)
		bad =
		    map->state == NULL
			? add_value(map, f, j->key, j, &digits)
			: add_value(map, f, json_string(follow(j, map->state)),
			      follow(j, map->value), &digits);
	json_free(top);
	/* Trailing zeros are not written: the finest one tells how all are
	 * rounded. */
	while (digits-- > 0 && step > 0)
		step /= 10;
	for (size_t i = 0; i < f->n; i++)
		f->rows[i].blur = f->rows[i].blur * step + NOISE_MS;
	if (bad)
		figures_free(f);
	return bad ? -1 : 0;
}

int64_t
figures_sum(const struct figures *f)
{
	int64_t ms = 0;

	for (size_t i = 0; i < f->n; i++)
		ms += f->rows[i].ms;
	return ms;
}

static const struct figures_row *
row_of(const struct figures *f, const char *state)
{
	static const struct figures_row none = { .blur = NOISE_MS };

	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->rows[i].state, state) == 0)
			return &f->rows[i];
	return &none;
}

static int
is_near(int64_t a, int64_t b, int64_t blur)
{
	return (a > b ? a - b : b - a) <= blur;
}

enum figures_fate
figures_fate(const struct figures *before, const struct figures *after,
    const struct figures *batch)
{
	const struct figures *all[] = { before, after, batch };
	int grew = 1, stood = 1;

	for (int k = 0; k < 3; k++)
		for (size_t i = 0; i < all[k]->n; i++) {
			const char *state = all[k]->rows[i].state;
			const struct figures_row *was = row_of(before, state);
			const struct figures_row *is = row_of(after, state);
			int64_t by = row_of(batch, state)->ms;
			int64_t blur = was->blur + is->blur;

			grew &= is_near(is->ms, was->ms + by, blur);
			stood &= is_near(is->ms, was->ms, blur);
		}
	/* Both: the batch is too small to be seen. */
	return grew == stood ? FIGURES_UNDECIDED
	       : grew	     ? FIGURES_APPLIED
			     : FIGURES_NOT_APPLIED;
}

void
figures_put(const struct figures *f, struct buf *to)
{
	struct json_write *w = json_write_new(0);
	const char *text;
	size_t len;

	json_write_object(w);
	for (size_t i = 0; i < f->n; i++) {
		json_write_key(w, f->rows[i].state);
		json_write_array(w);
		json_write_int(w, f->rows[i].ms);
		json_write_int(w, f->rows[i].blur);
		json_write_end(w);
	}
	json_write_end(w);
	text = json_write_take(w, &len);
	buf_put(to, text, len);
	json_write_free(w);
}

static int
take_number(const struct json *j, int64_t *n)
{
	static const struct number_style style = { '.', NULL };

	return j == NULL || j->type != JSON_NUMBER
		   ? -1
		   : number_scaled(j->text, j->len, &style, 1, n, NULL);
}

int
figures_take(struct figures *f, const char *text)
{
	struct json_read_error error;
	struct json *top =
	    json_read(text, strlen(text), JSON_READ_STRICT, &error);
	int bad = top == NULL || top->type != JSON_OBJECT;

	figures_free(f);
	for (const struct json *j = bad ? NULL : top->child; j != NULL && !bad;
	     j = j->next) {
		int64_t ms, blur;

		bad = take_number(j->child, &ms) != 0 ||
		      take_number(j->child->next, &blur) != 0;
		if (!bad)
			figures_add(f, j->key, ms, blur);
	}
	json_free(top);
	if (bad)
		figures_free(f);
	return bad ? -1 : 0;
}

void
figures_free(struct figures *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		free(f->rows[i].state);
	free(f->rows);
	*f = (struct figures){ 0 };
}
