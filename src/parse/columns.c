/* columns.c - a profile's columns in the header of a file. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/columns.h"
#include "parse/near.h"
#include "parse/values.h"

struct search {
	const struct rows_cell *cells;
	size_t count;  /* cells of the header; 0 without one */
	size_t needed; /* cells a row must have */
	const char *file;
	const struct preamble *preamble; /* of the current file */
	struct buf missing, twice, unnamed, unsaid;
	const char **missed; /* names in missing */
	size_t missed_count;
	char *is_used;
};

/* New columns worth naming. */
#define SHOWN 6

static void
add_name(struct buf *names, const char *name)
{
	buf_printf(names, "%s'%s'", names->len > 0 ? ", " : "", name);
}

/* Several fields may want one column. */
static void
miss(struct search *s, const char *name)
{
	for (size_t i = 0; i < s->missed_count; i++)
		if (strcmp(s->missed[i], name) == 0)
			return;
	s->missed =
	    xreallocarray(s->missed, s->missed_count + 1, sizeof *s->missed);
	s->missed[s->missed_count++] = name;
	add_name(&s->missing, name);
}

static void
find_column(struct search *s, struct profile_column *c)
{
	size_t len = c->name != NULL ? strlen(c->name) : 0, found = 0;

	if (c->is_path)
		return; /* a cell it has already */
	if (c->number > 0) {
		c->index = c->number - 1;
		if (s->count > 0 && c->index >= s->count)
			buf_printf(&s->missing, "%s%zu",
			    s->missing.len > 0 ? ", " : "", c->number);
		return;
	}
	for (size_t i = 0; i < s->count; i++) {
		struct rows_cell cell = values_trim(s->cells[i]);

		if (cell.len != len || memcmp(cell.s, c->name, len) != 0)
			continue;
		if (found++ > 0) {
			add_name(&s->twice, c->name);
			return;
		}
		c->index = i;
		s->is_used[i] = 1;
	}
	if (found == 0)
		miss(s, c->name);
}

/* What the current file's name says, without its directories. */
static void
match_file(struct search *s, struct profile_field *f)
{
	struct rows_cell c;

	/* What it says goes into records: UTF-8 alone. */
	if (!pattern_find_name(f->pattern, s->file, &c) ||
	    utf8_prefix(c.s, c.len) != c.len)
		add_name(&s->unnamed, f->from);
	free(f->text);
	f->text = xstrndup(c.s, c.len);
}

/* What stands above the header. */
static void
take_preamble(struct search *s, struct profile_field *f)
{
	const char *value = preamble_value(s->preamble, f->from);

	if (value == NULL)
		add_name(&s->unsaid, f->from);
	free(f->text);
	f->text = xstrdup(value != NULL ? value : "");
}

static void
find_field(struct profile_field *f, void *search)
{
	struct search *s = search;

	if (f->kind == PROFILE_FILE)
		match_file(s, f);
	else if (f->kind == PROFILE_PREAMBLE)
		take_preamble(s, f);
	for (size_t i = 0; f->kind == PROFILE_COLUMNS && i < f->count; i++) {
		find_column(s, &f->column[i]);
		if (f->column[i].index >= s->needed)
			s->needed = f->column[i].index + 1;
	}
}

/* How far a header is from the nearest of those that are missing. */
static size_t
farness(const struct search *s, struct rows_cell c)
{
	size_t least = SIZE_MAX - 1; /* nearer than those already named */

	for (size_t i = 0; i < s->missed_count; i++) {
		size_t far = near_header(c.s, c.len, s->missed[i]);

		if (far < least)
			least = far;
	}
	return least;
}

/* The columns of the header that nobody asked for, those most like a missing
 * one first. */
static void
name_unused(const struct search *s, struct buf *text)
{
	size_t *far = xcalloc(s->count, sizeof *far);

	for (size_t i = 0; i < s->count; i++) {
		struct rows_cell c = values_trim(s->cells[i]);

		far[i] = s->is_used[i] || c.len == 0 ? SIZE_MAX : farness(s, c);
	}
	for (int shown = 0; s->count > 0 && shown < SHOWN; shown++) {
		struct rows_cell c;
		size_t best = 0;

		for (size_t i = 1; i < s->count; i++)
			if (far[i] < far[best])
				best = i;
		if (far[best] == SIZE_MAX)
			break;
		far[best] = SIZE_MAX;
		c = values_trim(s->cells[best]);
		buf_puts(text, shown > 0 ? ", '" : "; new here: '");
		buf_put(text, c.s, c.len < 60 ? c.len : 60);
		buf_putc(text, '\'');
	}
	free(far);
}

/* 0, or -1 after saying what cannot be told. */
static int
say_missing(const struct search *s, uint64_t line)
{
	struct msg m = { .level = MSG_ERROR, .file = s->file, .line = line };
	struct buf text = { 0 };

	if (s->missing.len > 0) {
		buf_printf(&text, "no column %s", s->missing.data);
		name_unused(s, &text);
		m.code = "no-column";
	} else if (s->twice.len > 0) {
		buf_printf(&text,
		    "more than one column %s; name it by its number",
		    s->twice.data);
		m.code = "same-column";
	} else if (s->unnamed.len > 0) {
		buf_printf(&text, "the file's name does not match %s",
		    s->unnamed.data);
		m.code = "no-file-name";
	} else if (s->unsaid.len > 0) {
		buf_printf(
		    &text, "no line above the header says %s", s->unsaid.data);
		m.code = "no-preamble";
	} else {
		return 0;
	}
	m.text = text.data;
	msg_place(&m);
	buf_free(&text);
	return -1;
}

int
columns_find(struct profile *profile, const struct rows_cell *cells,
    size_t count, const char *name, uint64_t line, size_t *needed)
{
	struct search s = { .cells = cells,
		.count = count,
		.file = name,
		.preamble = profile->preamble };
	int failed;

	s.is_used = xcalloc(count, 1);
	profile_each(profile, find_field, &s);
	*needed = s.needed;
	failed = say_missing(&s, line);
	free(s.is_used);
	free(s.missed);
	buf_free(&s.missing);
	buf_free(&s.twice);
	buf_free(&s.unnamed);
	buf_free(&s.unsaid);
	return failed;
}
