/* draft_tree.c - what stands where in an unknown document. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "parse/draft_tree.h"
#include "parse/xml.h"
#include "json/json_events.h"

/* Paths that are told apart, and levels that may be open. */
#define MOST 4096
#define LEVELS 80

#define CHUNK ((size_t)65536)

/* A walk through a document. */
struct walk {
	struct draft_tree *tree;
	struct buf trail;
	size_t at[LEVELS];   /* of the trail, before each level */
	uint32_t id[LEVELS]; /* of its path; INTERN_NONE: too many */
	size_t depth;
};

static void
open_level(struct walk *w, const char *name, size_t len)
{
	struct draft_tree *t = w->tree;
	uint32_t id;

	if (w->depth == LEVELS)
		return; /* the readers stop before */
	w->at[w->depth] = w->trail.len;
	if (len > 0) {
		buf_putc(&w->trail, '/');
		buf_put(&w->trail, name, len);
	}
	if (w->depth > 0 && w->id[w->depth - 1] != INTERN_NONE)
		t->node[w->id[w->depth - 1]].has_children = 1;
	id = intern_count(t->paths) < MOST
		 ? intern_id(t->paths, buf_text(&w->trail), w->trail.len)
		 : intern_find(t->paths, buf_text(&w->trail), w->trail.len);
	w->id[w->depth++] = id;
	if (id == INTERN_NONE)
		return;
	if (id >= t->room) {
		size_t room = t->room > 0 ? t->room * 2 : 64;

		t->node = xreallocarray(t->node, room, sizeof *t->node);
		memset(
		    t->node + t->room, 0, (room - t->room) * sizeof *t->node);
		t->room = room;
	}
	t->node[id].count++;
}

static void
put_value(struct walk *w, const char *s, size_t len)
{
	size_t blank = 0;

	while (blank < len && memchr(" \t\r\n", s[blank], 4) != NULL)
		blank++;
	if (blank < len && w->id[w->depth - 1] != INTERN_NONE)
		w->tree->node[w->id[w->depth - 1]].has_value = 1;
}

static void
close_level(struct walk *w)
{
	w->trail.len = w->at[--w->depth];
}

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct walk *w = context;
	const char *attribute, *value;
	size_t len;

	open_level(w, name, strlen(name));
	for (int i = 0;
	     (attribute = xml_attribute_at(x, i, &value, &len)) != NULL; i++) {
		struct buf at = { 0 };

		buf_printf(&at, "@%s", attribute);
		open_level(w, at.data, at.len);
		put_value(w, value, len);
		close_level(w);
		buf_free(&at);
	}
}

static void
on_text(void *context, const char *s, size_t len)
{
	put_value(context, s, len);
}

static void
on_end(void *context, const char *name)
{
	(void)name;
	close_level(context);
}

void
draft_tree_xml(struct draft_tree *t, struct input *in)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };
	struct walk w = { .tree = t };
	struct problem p = { 0 };
	struct xml *x;

	t->paths = intern_new();
	x = xml_open(in, &handlers, &w, &p);
	while (xml_more(x, CHUNK) > 0)
		;
	xml_close(x);
	problem_free(&p);
	buf_free(&w.trail);
}

/* The names of the objects and lists that are open. */
struct names {
	struct buf text[LEVELS];
	int is_list[LEVELS];
	size_t depth;
};

/* What name stands before a value: a list's own, for all in it. */
static const struct buf *
name_of(const struct names *n)
{
	return &n->text[n->depth];
}

/* An object or a list begins: what stands in a list is called as it is. */
static void
enter(struct names *n, int is_list)
{
	const struct buf *own = name_of(n);

	if (n->depth + 1 == LEVELS)
		return;
	buf_clear(&n->text[n->depth + 1]);
	if (is_list)
		buf_put(&n->text[n->depth + 1], buf_text(own), own->len);
	n->is_list[++n->depth] = is_list;
}

void
draft_tree_json(struct draft_tree *t, struct input *in)
{
	struct json_events *j = json_events_open(in, JSON_EVENTS_MANY);
	struct walk w = { .tree = t };
	struct names n = { .depth = 0 };
	struct json_event e;

	t->paths = intern_new();
	while (json_events_next(j, &e) < JSON_EVENTS_END)
		switch (e.type) {
		case JSON_EVENTS_OBJECT:
			open_level(&w, buf_text(name_of(&n)), name_of(&n)->len);
			enter(&n, 0);
			break;
		case JSON_EVENTS_OBJECT_END:
			n.depth--;
			close_level(&w);
			break;
		case JSON_EVENTS_ARRAY:
			enter(&n, 1);
			break;
		case JSON_EVENTS_ARRAY_END:
			n.depth--;
			break;
		case JSON_EVENTS_KEY:
			buf_clear(&n.text[n.depth]);
			buf_put(&n.text[n.depth], e.text, e.len);
			break;
		default:
			open_level(&w, buf_text(name_of(&n)), name_of(&n)->len);
			if (e.type != JSON_EVENTS_NULL)
				put_value(&w, e.text, e.len);
			close_level(&w);
		}
	json_events_close(j);
	for (size_t i = 0; i < LEVELS; i++)
		buf_free(&n.text[i]);
	buf_free(&w.trail);
}

const char *
draft_tree_path(const struct draft_tree *t, uint32_t i)
{
	size_t len;

	return intern_text(t->paths, i, &len);
}

int
draft_tree_is_leaf(const struct draft_tree *t, uint32_t i)
{
	return t->node[i].has_value && !t->node[i].has_children;
}

/* Values right in it or one level below. */
static size_t
count_values(const struct draft_tree *t, uint32_t record)
{
	const char *path = draft_tree_path(t, record);
	size_t len = strlen(path), n = 0;

	for (uint32_t i = 0; i < intern_count(t->paths); i++) {
		const char *s = draft_tree_path(t, i), *slash;

		if (strncmp(s, path, len) != 0 || s[len] != '/' ||
		    !draft_tree_is_leaf(t, i))
			continue;
		slash = strchr(s + len + 1, '/');
		n += slash == NULL || strchr(slash + 1, '/') == NULL;
	}
	return n;
}

uint32_t
draft_tree_record(const struct draft_tree *t)
{
	uint32_t best = INTERN_NONE;

	for (uint32_t i = 0; i < intern_count(t->paths); i++) {
		const struct draft_node *n = &t->node[i];

		if (n->count < 2 || !n->has_children || count_values(t, i) < 2)
			continue;
		if (best == INTERN_NONE || n->count > t->node[best].count ||
		    (n->count == t->node[best].count &&
			strlen(draft_tree_path(t, i)) <
			    strlen(draft_tree_path(t, best))))
			best = i;
	}
	return best;
}

void
draft_tree_free(struct draft_tree *t)
{
	intern_free(t->paths);
	free(t->node);
}
