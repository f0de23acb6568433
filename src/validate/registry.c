/* registry.c - the machines that there are. */

#include "config.h"

#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/input.h"
#include "base/intern.h"
#include "base/lookalike.h"
#include "base/msg.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "validate/registry.h"

/* More columns than a table has, and faults than anybody reads. */
#define CELLS 64
#define FAULTS 20

struct registry {
	struct intern *ids;
	struct lookalike *like;
};

/* A table being read: the cells of a line, and which of them is the id. */
struct reader {
	struct registry *registry;
	const char *path;
	uint64_t line;
	struct buf text;
	size_t start[CELLS + 1];
	size_t cells;
	size_t column;
	int is_table;
	char delimiter; /* 0 before the first line */
	unsigned wrong;
};

static void
wrong(struct reader *r, const char *text)
{
	struct msg m = { .level = MSG_ERROR,
		.file = r->path,
		.line = r->line,
		.text = text };

	msg_place(&m);
	r->wrong++;
}

static void
take_cell(void *s, size_t len, void *reader)
{
	struct reader *r = reader;

	if (r->cells < CELLS) {
		buf_put(&r->text, s, len);
		r->start[++r->cells] = r->text.len;
	}
}

static void *
grow(void *p, size_t size)
{
	return xreallocarray(p, size, 1);
}

/* Cut a line into cells.  -1: its quotes are not what they should be. */
static int
cut(struct reader *r, const char *line, size_t len)
{
	struct csv_parser p;
	int failed;

	buf_clear(&r->text);
	r->cells = 0;
	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		msg_die("out of memory");
	csv_set_delim(&p, (unsigned char)r->delimiter);
	csv_set_realloc_func(&p, grow);
	failed = csv_parse(&p, line, len, take_cell, NULL, r) != len ||
		 csv_fini(&p, take_cell, NULL, r) != 0;
	csv_free(&p);
	return failed ? -1 : 0;
}

static int
is(const struct reader *r, size_t cell, const char *word)
{
	size_t len = r->start[cell + 1] - r->start[cell];

	return strlen(word) == len &&
	       memcmp(r->text.data + r->start[cell], word, len) == 0;
}

/* The first line may be a header; then it has no machine. */
static int
has_header(struct reader *r)
{
	for (size_t i = 0; i < r->cells; i++)
		if (is(r, i, "machineId")) {
			r->column = i;
			return r->is_table = 1;
		}
	return 0;
}

static char
delimiter_of(const char *line, size_t len)
{
	if (memchr(line, ';', len) != NULL)
		return ';';
	return memchr(line, '\t', len) != NULL ? '\t' : ',';
}

static void
take_line(struct reader *r, const char *line, size_t len)
{
	int is_first = r->delimiter == 0;
	const char *id;

	if (len > 0 && line[len - 1] == '\r')
		len--;
	if (len == 0 || *line == '#')
		return;
	if (is_first)
		r->delimiter = delimiter_of(line, len);
	if (utf8_prefix(line, len) != len || memchr(line, '\0', len) != NULL) {
		wrong(r, "this is not UTF-8");
		return;
	}
	if (cut(r, line, len) != 0) {
		wrong(r, "a quote stands where none may, or is not closed");
		return;
	}
	if (is_first && has_header(r))
		return;
	if (!r->is_table && r->cells > 1) {
		wrong(r, "a list has one id a line; a table needs a column "
			 "machineId");
		return;
	}
	if (r->column >= r->cells || is(r, r->column, "") ||
	    is(r, r->column, "-"))
		return;
	id = r->text.data + r->start[r->column];
	len = r->start[r->column + 1] - r->start[r->column];
	(void)intern_id(r->registry->ids, id, len);
	lookalike_add(r->registry->like, id, len);
}

static void
read_lines(struct reader *r, struct input *in)
{
	enum input_got got;
	const char *line;
	size_t len;

	while (r->wrong < FAULTS &&
	       (got = input_line(in, &line, &len)) != INPUT_END) {
		r->line = input_number(in);
		if (got == INPUT_OK)
			take_line(r, line, len);
		else
			wrong(r, "this is too long for a line");
	}
	if (intern_count(r->registry->ids) == 0 && r->wrong == 0) {
		r->line = 0;
		wrong(r, "there is no machine in it");
	}
}

struct registry *
registry_read(const char *path)
{
	char *name = xstrdup(path), *paths[] = { name, NULL };
	struct reader r = { .registry = xcalloc(1, sizeof *r.registry),
		.path = path };
	struct input *in = input_open(paths);
	int failed;

	r.registry->ids = intern_new();
	r.registry->like = lookalike_new();
	(void)input_text(in, NULL);
	if (input_next_file(in))
		read_lines(&r, in);
	failed = r.wrong > 0 || input_failed(in);
	input_close(in);
	buf_free(&r.text);
	free(name);
	if (!failed)
		return r.registry;
	registry_free(r.registry);
	return NULL;
}

int
registry_has(const struct registry *r, const char *id, size_t len)
{
	return intern_find(r->ids, id, len) != INTERN_NONE;
}

const char *
registry_like(struct registry *r, const char *id, size_t len)
{
	return lookalike_find(r->like, id, len);
}

void
registry_free(struct registry *r)
{
	if (r == NULL)
		return;
	intern_free(r->ids);
	lookalike_free(r->like);
	free(r);
}
