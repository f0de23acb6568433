/* draft_paths.c - the first records of an unknown document, as rows. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/draft_paths.h"
#include "parse/draft_tree.h"
#include "parse/front.h"
#include "parse/json_rows.h"
#include "parse/markup.h"
#include "parse/paths.h"
#include "parse/values.h"
#include "parse/xml_rows.h"

/* Bytes that are looked at. */
#define FRONT ((size_t)1024 * 1024)

/* The file, which is read twice. */
struct source {
	char *paths[2];
	struct input *in;
	struct front *front;
};

static void
close_source(struct source *s)
{
	front_close(s->front);
	input_close(s->in);
	free(s->paths[0]);
}

/* XML says its encoding itself.  0, or -1 after a message. */
static int
open_source(struct source *s, const char *path, int is_xml)
{
	*s = (struct source){ .paths = { xstrdup(path), NULL } };
	s->in = input_open(s->paths);
	input_archives(s->in, FILES_OPENED);
	if ((is_xml || input_text(s->in, NULL) == 0) &&
	    input_next_file(s->in)) {
		s->front = front_open(s->in, FRONT);
		return 0;
	}
	close_source(s);
	return -1;
}

/* '<', '{' or '[' where the file begins so; 0: it is no document; -1 after a
 * message. */
static int
first_mark(const char *path)
{
	struct source s;
	const char *p;
	size_t len, i = 0;
	int mark = 0;

	if (open_source(&s, path, 0) != 0)
		return -1;
	p = input_peek(s.in, 4096, &len);
	while (p != NULL && i < len && strchr(" \t\r\n", p[i]) != NULL &&
	       p[i] != '\0')
		i++;
	if (p != NULL && i < len && p[i] != '\0' &&
	    strchr("<{[", p[i]) != NULL && markup_told(p, len) == NULL)
		mark = p[i];
	close_source(&s);
	return mark;
}

static int
is_feed(const struct draft_tree *t)
{
	for (uint32_t i = 0; i < intern_count(t->paths); i++) {
		const char *s = draft_tree_path(t, i);
		const char *slash = strrchr(s, '/');

		if (slash != NULL && strcasecmp(slash, "/EquipmentHeader") == 0)
			return 1;
	}
	return 0;
}

/* Bytes of two paths that are alike, up to a slash. */
static size_t
in_common(const char *a, const char *b)
{
	size_t n = 0;

	for (size_t i = 0;; i++) {
		int end = a[i] == '\0' || a[i] == '/';

		if (end && (b[i] == '\0' || b[i] == '/'))
			n = i;
		if (a[i] == '\0' || a[i] != b[i])
			return n;
	}
}

/* What the last step says; one that says little is an id of the one before. */
static char *
word_of(const char *path)
{
	static const char *const vague[] = { "id", "name", "no", "nr", "number",
		"code", "key" };
	const char *last = strrchr(path, '/'), *before = last;
	struct buf word = { 0 };
	char *text;

	last = last == NULL ? path : last + 1;
	last += *last == '@';
	for (size_t i = 0; i < sizeof vague / sizeof vague[0]; i++) {
		if (before == NULL || strcasecmp(last, vague[i]) != 0)
			continue;
		while (before > path && before[-1] != '/')
			before--;
		buf_put(&word, before, strcspn(before, "/"));
		last = " id";
	}
	buf_puts(&word, last);
	text = xstrdup(buf_text(&word));
	buf_free(&word);
	return text;
}

/* The path of a value, seen from the record, or NULL: it must not repeat in
 * what it belongs to, and beside the record it must come first. */
static char *
relative(const struct draft_tree *t, uint32_t record, uint32_t i)
{
	const char *from = draft_tree_path(t, record);
	const char *to = draft_tree_path(t, i), *s;
	size_t common = in_common(from, to);
	struct buf path = { 0 };
	uint32_t around;
	char *text;

	around = intern_find(t->paths, from, common);
	if (!draft_tree_is_leaf(t, i) || around == INTERN_NONE ||
	    t->node[i].count > t->node[around].count ||
	    (around != record && i > record))
		return NULL;
	for (s = from + common; *s != '\0'; s++)
		if (*s == '/')
			buf_puts(&path, "../");
	buf_puts(&path, to + common + (to[common] == '/'));
	text = xstrdup(buf_text(&path));
	buf_free(&path);
	return text;
}

/* The names of the columns are the first row. */
static void
name_columns(struct draft_head *h, const struct draft_tree *t, uint32_t record)
{
	struct draft_row *names = &h->row[h->count++];

	names->cell = xcalloc(PATHS_MOST, sizeof *names->cell);
	h->word = xcalloc(PATHS_MOST, sizeof *h->word);
	for (uint32_t i = 0;
	     i < intern_count(t->paths) && names->count < PATHS_MOST; i++) {
		char *path = relative(t, record, i);

		if (path == NULL)
			continue;
		h->word[names->count] = word_of(draft_tree_path(t, i));
		names->cell[names->count++] = path;
	}
	h->columns = names->count;
}

/* A profile whose machine may be any of the columns: to read them all. */
static struct profile *
profile_of(const struct draft_head *h, int is_xml)
{
	struct profile *p = profile_new();
	struct profile_field *all = &p->field[PROFILE_MACHINE];

	p->format = is_xml ? PROFILE_XML : PROFILE_JSON;
	p->record = xstrdup(h->record);
	all->kind = PROFILE_ANY;
	all->count = h->columns;
	all->any = xcalloc(h->columns, sizeof *all->any);
	for (size_t i = 0; i < h->columns; i++) {
		struct profile_field *f = &all->any[i];

		f->kind = PROFILE_COLUMNS;
		f->count = 1;
		f->column = xcalloc(1, sizeof *f->column);
		f->column->name = xstrdup(h->row[0].cell[i]);
		f->column->is_path = 1;
	}
	return p;
}

static void
keep_row(struct draft_head *h, const struct profile *p,
    const struct rows_cell *cells, uint64_t line)
{
	const struct profile_field *any = p->field[PROFILE_MACHINE].any;
	struct draft_row *row = &h->row[h->count++];

	row->line = line;
	row->count = h->columns;
	row->cell = xcalloc(row->count, sizeof *row->cell);
	for (size_t i = 0; i < row->count; i++) {
		struct rows_cell c = values_trim(cells[any[i].column->index]);

		row->cell[i] = xstrndup(c.s, c.len);
	}
}

static int
read_rows(struct draft_head *h, size_t most, int is_xml)
{
	struct profile *p = profile_of(h, is_xml);
	const struct rows_cell *cells;
	struct problem problem = { 0 };
	enum rows_got got;
	struct source s;
	struct rows rows;
	size_t count;

	if (open_source(&s, h->path, is_xml) != 0) {
		profile_free(p);
		return -1;
	}
	rows = is_xml ? xml_rows_open(front_input(s.front), p)
		      : json_rows_open(front_input(s.front), p);
	while (h->count < most && (got = rows.kind->next(rows.self, &cells,
				       &count, &problem)) != ROWS_END)
		if (got == ROWS_ROW)
			keep_row(h, p, cells, rows.kind->line(rows.self));
	rows.kind->free(rows.self);
	problem_free(&problem);
	close_source(&s);
	profile_free(p);
	return 0;
}

/* 1, 0 or -1, as draft_paths_read. */
static int
read_tree(
    struct draft_head *h, size_t most, const struct draft_tree *t, int is_xml)
{
	uint32_t record = draft_tree_record(t);

	if (intern_count(t->paths) < 3)
		return 0; /* its first mark was one by chance */
	if (is_feed(t)) {
		msg_warn("%s: this is an AEMP feed: --format aemp reads it "
			 "without a profile",
		    h->path);
		return -1;
	}
	if (record == INTERN_NONE) {
		msg_warn("%s: no element or object with values in it stands "
			 "there twice: which are the rows?",
		    h->path);
		return -1;
	}
	h->format = is_xml ? "xml" : "json";
	h->record = xstrdup(draft_tree_path(t, record));
	if (h->record[0] == '\0') {
		free(h->record);
		h->record = xstrdup("/");
	}
	h->row = xcalloc(most, sizeof *h->row);
	name_columns(h, t, record);
	h->header = 0;
	h->data = 1;
	return read_rows(h, most, is_xml) == 0 ? 1 : -1;
}

int
draft_paths_read(struct draft_head *h, size_t most)
{
	struct draft_tree tree = { 0 };
	struct source s;
	int mark = first_mark(h->path), is_xml = mark == '<', got;

	if (mark <= 0)
		return mark;
	if (open_source(&s, h->path, is_xml) != 0)
		return -1;
	if (is_xml)
		draft_tree_xml(&tree, front_input(s.front));
	else
		draft_tree_json(&tree, front_input(s.front));
	close_source(&s);
	got = read_tree(h, most, &tree, is_xml);
	draft_tree_free(&tree);
	return got;
}
