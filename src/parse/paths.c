/* paths.c - what stands on a profile's paths in a document, as rows of cells.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "parse/path.h"
#include "parse/paths.h"
#include "parse/paths_seen.h"
#include "parse/paths_why.h"

/* A field's path and the value found on it last. */
struct slot {
	struct path path;
	size_t base;	  /* the level its steps start from */
	int is_seen;	  /* in this file */
	int is_set;	  /* since the base was opened */
	int has_record;	  /* likewise: a record ended below it */
	const char *code; /* why the value is none */
	struct buf value;
};

/* A record that waits to be asked for; texts are offsets into the queue. */
struct waiting {
	uint64_t line;
	const char *code;
	size_t cells, raw, raw_len;
};

struct paths {
	const struct profile *profile;
	struct path record;
	struct slot slot[PATHS_MOST];
	size_t slots;
	int is_only; /* nothing else may be in a record */

	size_t depth;		       /* levels that are open */
	int is_on[PATHS_LEVELS];       /* the record's path leads here */
	uint64_t live[PATHS_LEVELS];   /* slots whose path leads here */
	uint64_t filled[PATHS_LEVELS]; /* slots whose value this is */

	int is_inside;
	uint64_t line;	  /* of the open record */
	const char *code; /* why it cannot be told */
	struct buf raw;
	int is_cut;    /* the raw text */
	int no_raw;    /* it is not wanted */
	uint64_t late; /* line of the first late value */
	const char *late_path;
	int has_child[PATHS_LEVELS]; /* that is no attribute */
	int is_begun;		     /* there was something */
	int is_reached; /* what holds records was there, or nothing else was */
	int has_others; /* what holds records held other things */
	uint64_t records;
	struct paths_seen seen;

	/* Records that ended. */
	struct buf texts;
	size_t *len; /* of cells */
	size_t len_room;
	struct waiting *waiting;
	size_t count, room, next;
	struct rows_cell cell[PATHS_MOST];
	const struct waiting *last;
};

/* The slot of ${text}, new or known. */
static size_t
slot_of(struct paths *p, const char *text)
{
	struct slot *s;

	for (size_t i = 0; i < p->slots; i++)
		if (strcmp(p->slot[i].path.text, text) == 0)
			return i;
	if (p->slots == PATHS_MOST)
		msg_die("a fault of this program: a profile of more than %d "
			"paths",
		    PATHS_MOST);
	s = &p->slot[p->slots];
	path_read(&s->path, text);
	s->base = p->record.count - s->path.ups;
	return p->slots++;
}

static void
resolve(struct profile_field *f, void *paths)
{
	if (f->kind == PROFILE_COLUMNS)
		f->column[0].index = slot_of(paths, f->column[0].name);
}

struct paths *
paths_new(struct profile *profile)
{
	struct paths *p = xcalloc(1, sizeof *p);

	p->profile = profile;
	path_read(&p->record, profile->record);
	profile_each(profile, resolve, p);
	return p;
}

void
paths_only(struct paths *p, const char *const more[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		(void)slot_of(p, more[i]);
	p->is_only = 1;
}

/* What the slot holds is of what was open before. */
static void
empty(struct slot *s)
{
	s->is_set = 0;
	s->has_record = 0;
	s->code = NULL;
	buf_clear(&s->value);
}

static void
fill(struct paths *p, struct slot *s, enum paths_kind kind, uint64_t line)
{
	s->is_seen = 1;
	if (kind == PATHS_NOTHING)
		return;
	if (s->has_record && p->late == 0) {
		p->late = line;
		p->late_path = s->path.text;
	}
	if (s->is_set)
		s->code = "repeated-value";
	else if (kind == PATHS_TREE)
		s->code = "bad-type";
	s->is_set = 1;
}

/* Which paths lead to what opens at level ${d}. */
static void
follow(struct paths *p, size_t d, const char *name, size_t len,
    enum paths_kind kind, uint64_t line)
{
	for (size_t i = 0; i < p->slots; i++) {
		struct slot *s = &p->slot[i];
		size_t k;

		if (d <= s->base) {
			if (d == s->base && p->is_on[d])
				empty(s);
			continue;
		}
		k = d - s->base;
		if (k > s->path.count ||
		    !(k == 1 ? p->is_on[d - 1]
			     : (int)(p->live[d - 1] >> i & 1)))
			continue;
		if (!path_is(&s->path, k - 1, name, len))
			continue;
		p->live[d] |= UINT64_C(1) << i;
		if (k == s->path.count) {
			p->filled[d] |= UINT64_C(1) << i;
			fill(p, s, kind, line);
		}
	}
}

/* Whether the record's path leads to what opens at level ${d}: "*" to what has
 * something in it. */
static int
is_on(const struct paths *p, size_t d, const char *name, size_t len,
    enum paths_kind kind)
{
	const struct path *path = &p->record;

	if (d == 0)
		return 1;
	if (d > path->count || !p->is_on[d - 1] ||
	    !path_is(path, d - 1, name, len))
		return 0;
	return kind != PATHS_VALUE || path->step[d - 1].s[0] != '*';
}

void
paths_open(struct paths *p, const char *name, size_t len, enum paths_kind kind,
    uint64_t line)
{
	size_t d = p->depth++;

	if (d >= PATHS_LEVELS)
		msg_die("a fault of this program: a document of %d levels",
		    PATHS_LEVELS);
	p->is_begun = 1;
	p->is_on[d] = is_on(p, d, name, len, kind);
	p->live[d] = p->filled[d] = 0;
	p->has_child[d] = 0;
	if (d > 0 && (len == 0 || name[0] != '@'))
		p->has_child[d - 1] = 1;
	follow(p, d, name, len, kind, line);
	if (p->is_only && p->is_inside && d == p->record.count + 1 &&
	    p->live[d] == 0)
		p->code = "unknown-key";
	paths_seen_open(&p->seen, d, name, len, p->is_inside, p->records);
	if (d != p->record.count || !p->is_on[d] || kind == PATHS_NOTHING)
		return;
	p->is_inside = 1;
	p->line = line;
	p->code = kind == PATHS_VALUE ? "bad-type" : NULL;
	p->is_cut = p->no_raw;
	buf_clear(&p->raw);
}

void
paths_text(struct paths *p, const char *s, size_t len)
{
	uint64_t filled = p->filled[p->depth - 1];

	for (size_t i = 0; filled != 0; i++, filled >>= 1) {
		struct slot *slot = &p->slot[i];

		if (!(filled & 1))
			continue;
		if (len > PATHS_TEXT - slot->value.len)
			slot->code = "too-long-text";
		else if (memchr(s, '\0', len) != NULL)
			slot->code = "nul-byte";
		else
			buf_put(&slot->value, s, len);
	}
}

static size_t
put_text(struct paths *p, const char *s, size_t len)
{
	while (len > 0 && strchr(" \t\r\n", *s) != NULL) {
		s++;
		len--;
	}
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	buf_put(&p->texts, s, len);
	return len;
}

/* The record has ended; what stands on the paths is its row. */
static void
queue(struct paths *p)
{
	struct waiting *w;

	if (p->count == p->room) {
		p->room = p->room > 0 ? p->room * 2 : 64;
		p->waiting =
		    xreallocarray(p->waiting, p->room, sizeof *p->waiting);
		p->len = xreallocarray(p->len,
		    p->room * (p->slots > 0 ? p->slots : 1), sizeof *p->len);
	}
	w = &p->waiting[p->count];
	*w = (struct waiting){
		.line = p->line, .code = p->code, .cells = p->texts.len
	};
	for (size_t i = 0; i < p->slots; i++) {
		struct slot *s = &p->slot[i];

		p->len[p->count * p->slots + i] =
		    put_text(p, buf_text(&s->value), s->value.len);
		if (w->code == NULL)
			w->code = s->code;
		s->has_record = 1;
	}
	w->raw = p->texts.len;
	w->raw_len = p->raw.len;
	buf_put(&p->texts, buf_text(&p->raw), p->raw.len);
	p->count++;
	p->records++;
}

void
paths_close(struct paths *p)
{
	size_t d = --p->depth, n = p->record.count;

	if (p->is_on[d] && (d == n || !p->has_child[d]))
		p->is_reached = 1;
	else if (p->is_on[d] && d > 0 && d == n - 1)
		p->is_reached = p->has_others = 1;
	if (d == n && p->is_on[d] && p->is_inside) {
		p->is_inside = 0;
		queue(p);
	}
	paths_seen_close(&p->seen, d);
}

void
paths_blame(struct paths *p, const char *code)
{
	if (p->is_inside)
		p->code = code;
}

void
paths_without_raw(struct paths *p)
{
	p->no_raw = 1;
}

int
paths_has_room(const struct paths *p)
{
	return p->is_inside && !p->is_cut;
}

void
paths_keep(struct paths *p, const char *s, size_t len)
{
	size_t left = PATHS_RAW - p->raw.len;

	if (p->is_cut)
		return; /* what is shorter may fit, but would be out of place */
	p->is_cut = len > left;
	buf_put(&p->raw, s, p->is_cut ? utf8_prefix(s, left) : len);
}

int
paths_is_late(const struct paths *p)
{
	return p->late > 0;
}

enum rows_got
paths_row(struct paths *p, const struct rows_cell **cells, size_t *count,
    struct problem *problem)
{
	const struct waiting *w;
	size_t at;

	if (p->next == p->count) {
		p->next = p->count = 0;
		buf_clear(&p->texts);
		return ROWS_END;
	}
	p->last = w = &p->waiting[p->next];
	at = w->cells;
	for (size_t i = 0; i < p->slots; i++) {
		size_t len = p->len[p->next * p->slots + i];

		p->cell[i] =
		    (struct rows_cell){ buf_text(&p->texts) + at, len };
		at += len;
	}
	p->next++;
	*cells = p->cell;
	*count = p->slots;
	if (w->code == NULL)
		return ROWS_ROW;
	problem_set(problem, w->code, SEVERITY_ERROR, NULL, w->line, 0);
	buf_puts(&problem->text, paths_why(w->code));
	return ROWS_PROBLEM;
}

uint64_t
paths_line(const struct paths *p)
{
	return p->last->line;
}

const char *
paths_raw(const struct paths *p, size_t *len)
{
	*len = p->last->raw_len;
	return buf_text(&p->texts) + p->last->raw;
}

size_t
paths_cells(const struct paths *p, const struct rows_cell **cells)
{
	*cells = p->cell;
	return p->slots;
}

/* Of several, any one will do. */
static int
is_seen(const struct paths *p, const struct profile_field *f)
{
	int some = 0;

	switch (f->kind) {
	case PROFILE_ANY:
	case PROFILE_REFINED:
		for (size_t i = 0; i < f->count; i++)
			some |= is_seen(p, &f->any[i]);
		return some;
	case PROFILE_COLUMNS:
		return p->slot[f->column[0].index].is_seen;
	case PROFILE_ABSENT:
	case PROFILE_CONST:
	case PROFILE_FILE:
	case PROFILE_PREAMBLE:
		break;
	}
	return 1;
}

/* Put the paths of a field. */
static void
name_paths(const struct paths *p, const struct profile_field *f, struct buf *to)
{
	if (f->kind == PROFILE_COLUMNS)
		paths_seen_miss(&p->seen, f->column[0].name, to);
	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++)
		name_paths(p, &f->any[i], to);
}

/* Put what is not seen of a field and its conditions. */
static void
name_unseen(
    const struct paths *p, const struct profile_field *f, struct buf *to)
{
	if (!is_seen(p, f))
		name_paths(p, f, to);
	for (size_t i = 0; i < f->where_count; i++)
		name_unseen(p, &f->where[i].field, to);
}

/* 0, or -1 after a message: the document cannot be read by these paths. */
static int
say_wrong(const struct paths *p, const char *name)
{
	struct msg m = { .level = MSG_ERROR, .file = name };
	struct buf text = { 0 };

	if (p->late > 0) {
		m.code = "late-value";
		m.line = p->late;
		buf_printf(&text,
		    "'%s' comes after records that it belongs to; they were "
		    "read without it",
		    p->late_path);
	} else if (!p->is_reached && p->is_begun) {
		m.code = "no-path";
		buf_printf(&text, "no record '%s'", p->record.text);
		paths_seen_list(&p->seen, &text);
	} else {
		return 0;
	}
	m.text = text.data;
	msg_place(&m);
	buf_free(&text);
	return -1;
}

int
paths_finish(const struct paths *p, const char *name, struct problem *problem)
{
	struct buf text = { 0 };

	if (say_wrong(p, name) != 0)
		return -1;
	if (p->is_only)
		return 0; /* what is misspelt is an unknown key */
	if (p->records == 0 && p->has_others)
		buf_printf(&text, "no record '%s'", p->record.text);
	for (int i = 0; p->records > 0 && i < PROFILE_FIELDS; i++)
		name_unseen(p, &p->profile->field[i], &text);
	for (size_t i = 0; p->records > 0 && i < p->profile->total_count; i++)
		name_unseen(p, &p->profile->total[i].field, &text);
	for (size_t i = 0; p->records > 0 && i < p->profile->where_count; i++)
		name_unseen(p, &p->profile->where[i].field, &text);
	if (text.len > 0) {
		paths_seen_list(&p->seen, &text);
		problem_set(problem, "no-path", SEVERITY_WARNING, name, 0, 0);
		buf_put(&problem->text, text.data, text.len);
	}
	buf_free(&text);
	return 0;
}

void
paths_free(struct paths *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->slots; i++)
		buf_free(&p->slot[i].value);
	buf_free(&p->raw);
	buf_free(&p->texts);
	paths_seen_free(&p->seen);
	free(p->len);
	free(p->waiting);
	free(p);
}
