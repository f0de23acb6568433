/* record_rows.c - rows of records of ours: a stream, or made by hand. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/json_rows.h"
#include "parse/paths_why.h"
#include "parse/record_rows.h"
#include "record/source.h"
#include "json/json_read.h"

/* How far to look for the end of the first line. */
#define LOOK 65536

/* The cells: those of the profile in the order it has them, then these. */
enum { SOURCE = 6, BASIS, VENDOR, CELLS };
static const char *const names[CELLS] = { "machineId", "companyId", "projectId",
	"state", "startTime", "endTime", "source", "basis", "vendorId" };

struct record_rows {
	struct input *in;
	struct frame *total;
	struct frame frame;   /* of this file */
	uint64_t seen;	      /* records, and what should be one */
	int is_list;	      /* one list: nothing of it can be missing */
	struct rows document; /* a kind of NULL: lines are read */

	struct json *tree; /* of the last line */
	struct rows_cell cell[CELLS];
	const struct rows_cell *cells; /* of the last row */
	const char *line;
	size_t len;
};

static enum rows_got
wrong(struct problem *p, const char *code, const char *text)
{
	problem_set(p, code, SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&p->text, text);
	return ROWS_PROBLEM;
}

/* A member's value as a cell.  NULL, or the code of what is wrong. */
static const char *
take_member(struct record_rows *r, const struct json *m)
{
	struct rows_cell *cell = r->cell;

	for (int i = 0; i < CELLS; i++, cell++) {
		if (strcmp(names[i], m->key) != 0)
			continue;
		if (m->type == JSON_NULL)
			return NULL;
		if (m->type != JSON_STRING && m->type != JSON_NUMBER)
			return "bad-type";
		if (memchr(m->text, '\0', m->len) != NULL)
			return "nul-byte";
		if (m->len > ROWS_CELL)
			return "too-long-text";
		*cell = (struct rows_cell){ m->text, m->len };
		return NULL;
	}
	return "unknown-key";
}

/* The line's cells. */
static enum rows_got
take_line(struct record_rows *r, struct problem *p)
{
	struct json_read_error error;
	const char *code = NULL;

	r->tree = json_read(r->line, r->len, JSON_READ_STRICT, &error);
	if (r->tree == NULL) {
		wrong(p, error.code, error.text);
		p->column = error.column;
		return ROWS_PROBLEM;
	}
	if (r->tree->type != JSON_OBJECT)
		return wrong(p, "bad-type", "a record is an object");
	for (const struct json *m = r->tree->child; m != NULL; m = m->next) {
		const char *why = take_member(r, m);

		if (code == NULL)
			code = why;
	}
	if (code == NULL)
		return ROWS_ROW;
	return wrong(p, code,
	    strcmp(code, "bad-type") == 0 ? "the values of a record are texts"
					  : paths_why(code));
}

static void
trim_line(struct record_rows *r)
{
	while (r->len > 0 && strchr(" \t\r", r->line[r->len - 1]) != NULL &&
	       r->line[r->len - 1] != '\0')
		r->len--;
}

static enum rows_got
next_line(struct record_rows *r, struct problem *p)
{
	for (;;) {
		switch (input_line(r->in, &r->line, &r->len)) {
		case INPUT_END:
			return ROWS_END;
		case INPUT_LONG:
			r->line = "";
			r->len = 0;
			return wrong(p, "too-long-line",
			    "a line longer than 1 MiB is no record; was a "
			    "newline lost?");
		case INPUT_OK:
			break;
		}
		trim_line(r);
		if (r->len == 0)
			continue;
		switch (frame_take(&r->frame, r->line, r->len)) {
		case FRAME_FIRST:
		case FRAME_LAST:
		case FRAME_FILE:
			continue;
		case FRAME_BAD:
			return wrong(p, "bad-frame",
			    "this starts as a line of a stream's frame but is "
			    "none");
		case FRAME_DATA:
			return take_line(r, p);
		}
	}
}

static int
says(struct rows_cell c, const char *word)
{
	return c.len == strlen(word) && memcmp(c.s, word, c.len) == 0;
}

static enum rows_got
next(void *self, const struct rows_cell **cells, size_t *count,
    struct problem *p)
{
	struct record_rows *r = self;
	struct rows *d = &r->document;
	enum rows_got got;

	if (d->kind != NULL) {
		got = d->kind->next(d->self, cells, count, p);
	} else {
		json_free(r->tree);
		r->tree = NULL;
		for (int i = 0; i < CELLS; i++)
			r->cell[i] = (struct rows_cell){ "", 0 };
		got = next_line(r, p);
		*cells = r->cell;
		*count = CELLS;
	}
	r->seen += got != ROWS_END;
	r->cells = *cells;
	if (got == ROWS_ROW && r->cells[BASIS].len > 0 &&
	    !says(r->cells[BASIS], "derived") &&
	    !says(r->cells[BASIS], "estimated"))
		return wrong(
		    p, "bad-type", "\"basis\" is \"derived\" or \"estimated\"");
	return got;
}

static size_t
guess(void *self, const struct rows_cell **cells)
{
	struct record_rows *r = self;

	*cells = r->cells;
	return CELLS;
}

static uint64_t
line(const void *self)
{
	const struct record_rows *r = self;

	return r->document.kind != NULL
		   ? r->document.kind->line(r->document.self)
		   : input_number(r->in);
}

static const char *
raw(const void *self, size_t *len)
{
	const struct record_rows *r = self;

	if (r->document.kind != NULL)
		return r->document.kind->raw(r->document.self, len);
	*len = r->len;
	return r->line;
}

static void
without_raw(void *self)
{
	struct record_rows *r = self;

	if (r->document.kind != NULL)
		r->document.kind->without_raw(r->document.self);
}

/* What the record itself says of where it comes from stays true. */
static void
origin(const void *self, struct names *texts, struct emit_period *period)
{
	const struct record_rows *r = self;
	struct rows_cell source = r->cells[SOURCE];

	if (source.len > 0) {
		size_t n = source_split(source.s, source.len, &period->line);

		period->file = names_file(texts, source.s, n);
	}
	if (r->cells[VENDOR].len > 0) {
		period->vendor = r->cells[VENDOR].s;
		period->vendor_len = r->cells[VENDOR].len;
	}
	period->basis = says(r->cells[BASIS], "derived")     ? RECORD_DERIVED
			: says(r->cells[BASIS], "estimated") ? RECORD_ESTIMATED
							     : RECORD_STATED;
}

static int
finish(void *self, struct problem *p)
{
	struct record_rows *r = self;
	struct frame *to = r->total;
	int is_framed = r->frame.firsts > 0 || r->frame.lasts > 0;

	if (r->document.kind != NULL &&
	    r->document.kind->finish(r->document.self, p) != 0)
		return -1;
	if (is_framed && !input_file_failed(r->in) &&
	    frame_judge(&r->frame, input_name(r->in), r->seen, 0) == FRAME_CUT)
		return -1;
	to->firsts += r->frame.firsts;
	to->lasts += r->frame.lasts;
	to->rejected += r->frame.rejected;
	to->findings |= r->frame.findings;
	to->unframed |=
	    r->frame.unframed || (!is_framed && !r->is_list && r->seen > 0);
	return 0;
}

static void
close_rows(void *self)
{
	struct record_rows *r = self;

	if (r->document.kind != NULL)
		r->document.kind->free(r->document.self);
	json_free(r->tree);
	free(r);
}

/* Whether the file's first line is an object, and so each of the others. */
static int
has_lines(struct record_rows *r)
{
	size_t len, n = 0, end;
	const char *s = input_peek(r->in, LOOK, &len), *newline;

	while (n < len && strchr(" \t\r\n", s[n]) != NULL && s[n] != '\0')
		n++;
	r->is_list = n < len && s[n] == '[';
	if (n == len || s[n] != '{')
		return n == len;
	newline = memchr(s + n, '\n', len - n);
	end = newline != NULL ? (size_t)(newline - s) : len;
	while (strchr(" \t\r\n", s[end - 1]) != NULL && s[end - 1] != '\0')
		end--;
	return s[end - 1] == '}';
}

/* The cell of a field. */
static void
place(struct profile_field *f, void *unused)
{
	(void)unused;
	for (size_t i = 0; f->kind == PROFILE_COLUMNS && i < SOURCE; i++)
		if (strcmp(f->column->name, names[i]) == 0)
			f->column->index = i;
}

struct rows
record_rows_open(struct input *in, struct profile *profile, struct frame *frame)
{
	static const struct rows_kind kind = { .next = next,
		.guess = guess,
		.line = line,
		.raw = raw,
		.without_raw = without_raw,
		.origin = origin,
		.finish = finish,
		.free = close_rows };
	struct record_rows *r = xcalloc(1, sizeof *r);

	r->in = in;
	r->total = frame;
	r->frame.origins = frame->origins;
	if (has_lines(r))
		profile_each(profile, place, NULL);
	else
		r->document =
		    json_rows_only(in, profile, names + SOURCE, CELLS - SOURCE);
	return (struct rows){ &kind, r };
}
