/* assign.c - the machine and project tables: a vendor's id to Ditio's, by time.
 */

#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/instant.h"
#include "base/intern.h"
#include "base/lookalike.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/assign.h"
#include "parse/csv_rows.h"
#include "parse/values.h"

enum column { SOURCE, MACHINE, COMPANY, PROJECT, FROM, TO, COLUMNS };

/* A kind of table. */
struct kind {
	const char *column[COLUMNS];  /* NULL: it has none such */
	const char *columns, *needed; /* for messages */
};

static const struct kind machines = { { "sourceId", "machineId", "companyId",
					  "projectId", "from", "to" },
	"sourceId, machineId, companyId, projectId, from and to",
	"sourceId and machineId" };

static const struct kind projects = { { "sourceProject", NULL, "companyId",
					  "projectId", "from", "to" },
	"sourceProject, companyId, projectId, from and to",
	"sourceProject, companyId and projectId" };

struct row {
	uint32_t id;   /* of ids */
	uint64_t line; /* of the table */
	struct assign_row row;
};

struct assign {
	struct intern *ids;
	struct intern *texts; /* machine, company and project ids */
	struct row *row;      /* by id and time once read */
	size_t count;
	size_t *first;		 /* of each id, and one more */
	uint32_t *same;		 /* the id that stands for each */
	struct lookalike *looks; /* of the ids; made when first asked for */
};

/* A table being read. */
struct reader {
	struct assign *a;
	const struct kind *kind;
	struct input *in;
	struct csv_rows *rows;
	const struct zone *zone;
	int column[COLUMNS]; /* of the file; -1: not there */
	size_t columns;
	unsigned wrong;
};

static void wrong(struct reader *r, uint64_t line, const char *fmt, ...)
    MSG_PRINTF(3, 4);

static void
wrong(struct reader *r, uint64_t line, const char *fmt, ...)
{
	struct msg m = { .level = MSG_ERROR,
		.file = input_name(r->in),
		.line = line,
		.code = "bad-table" };
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	m.text = text;
	msg_place(&m);
	r->wrong++;
}

/* ";" or ",": whichever the header has, the first line that is no comment. */
static char
delimiter_of(struct input *in)
{
	size_t len;
	const char *p = input_peek(in, 65536, &len), *newline;

	while (p != NULL && len > 0) {
		newline = memchr(p, '\n', len);
		if (*p != '#' || newline == NULL)
			break;
		len -= (size_t)(newline + 1 - p);
		p = newline + 1;
	}
	if (p == NULL)
		return ',';
	newline = memchr(p, '\n', len);
	if (newline != NULL)
		len = (size_t)(newline - p);
	return memchr(p, ';', len) != NULL ? ';' : ',';
}

static int
is_column(const char *name, struct rows_cell c)
{
	return name != NULL && strlen(name) == c.len &&
	       memcmp(name, c.s, c.len) == 0;
}

static void
read_header(struct reader *r, const struct rows_cell *cells, size_t count)
{
	r->columns = count;
	for (int i = 0; i < COLUMNS; i++)
		r->column[i] = -1;
	for (size_t k = 0; k < count; k++) {
		struct rows_cell c = values_trim(cells[k]);
		int i = 0;

		while (i < COLUMNS && !is_column(r->kind->column[i], c))
			i++;
		if (i == COLUMNS)
			wrong(r, csv_rows_line(r->rows),
			    "no such column: '%.*s'; there are %s", (int)c.len,
			    c.s, r->kind->columns);
		else if (r->column[i] >= 0)
			wrong(r, csv_rows_line(r->rows),
			    "the column '%s' stands there twice",
			    r->kind->column[i]);
		else
			r->column[i] = (int)k;
	}
	if (r->column[SOURCE] < 0 ||
	    (r->kind == &machines
		    ? r->column[MACHINE] < 0
		    : r->column[COMPANY] < 0 || r->column[PROJECT] < 0))
		wrong(r, csv_rows_line(r->rows), "the columns %s are needed",
		    r->kind->needed);
}

/* RFC 3339, or local to the zone, a date alone being its midnight. */
static int
read_time(struct reader *r, struct rows_cell c, int64_t *seconds)
{
	char text[64];
	int64_t ms, earlier, later;
	enum instant_verdict verdict;
	int n;

	if (c.len > 40)
		return -1;
	n = snprintf(text, sizeof text, "%.*s%s", (int)c.len, c.s,
	    c.len == 10	  ? "T00:00:00"
	    : c.len == 16 ? ":00"
			  : "");
	verdict = instant_read(text, (size_t)n, &ms, NULL);
	if (verdict == INSTANT_BAD)
		return -1;
	*seconds = instant_floor(ms);
	if (verdict == INSTANT_OK)
		return 0;
	if (r->zone == NULL ||
	    zone_instant(r->zone, *seconds, &earlier, &later) != ZONE_OK)
		return -1;
	*seconds = earlier;
	return 0;
}

static const char *
keep(struct reader *r, struct rows_cell c)
{
	size_t len;

	return intern_text(
	    r->a->texts, intern_id(r->a->texts, c.s, c.len), &len);
}

static void
read_row(struct reader *r, const struct rows_cell *cells, size_t count)
{
	struct rows_cell c[COLUMNS] = { { "", 0 } };
	uint64_t line = csv_rows_line(r->rows);
	struct row *row;

	for (int i = 0; i < COLUMNS; i++) {
		c[i] = (struct rows_cell){ "", 0 };
		if (r->column[i] >= 0 && (size_t)r->column[i] < count)
			c[i] = values_trim(cells[r->column[i]]);
	}
	for (size_t k = r->columns; k < count; k++)
		if (values_trim(cells[k]).len > 0) {
			wrong(
			    r, line, "the row has more cells than the header");
			return;
		}
	if (c[SOURCE].len == 0 ||
	    (r->kind == &machines && c[MACHINE].len == 0)) {
		wrong(r, line,
		    r->kind == &machines
			? "sourceId and machineId must not be empty ('-' "
			  "is a machine that is not wanted)"
			: "sourceProject must not be empty");
		return;
	}
	r->a->row =
	    xreallocarray(r->a->row, r->a->count + 1, sizeof *r->a->row);
	row = &r->a->row[r->a->count++];
	*row = (struct row){ .line = line };
	row->row.line = line;
	row->row.from = INSTANT_MIN;
	row->row.to = INSTANT_MAX;
	/* "\\#7" is #7, which would be a comment. */
	if (c[SOURCE].len > 1 && c[SOURCE].s[0] == '\\' &&
	    (c[SOURCE].s[1] == '#' || c[SOURCE].s[1] == '\\'))
		c[SOURCE] =
		    (struct rows_cell){ c[SOURCE].s + 1, c[SOURCE].len - 1 };
	row->id = intern_id(r->a->ids, c[SOURCE].s, c[SOURCE].len);
	if (c[MACHINE].len != 1 || c[MACHINE].s[0] != '-') {
		row->row.machine = keep(r, c[MACHINE]);
		if (c[COMPANY].len == 0 || c[PROJECT].len == 0)
			wrong(r, line,
			    "companyId and projectId must not be empty");
	}
	row->row.company = keep(r, c[COMPANY]);
	row->row.project = keep(r, c[PROJECT]);
	if ((c[FROM].len > 0 && read_time(r, c[FROM], &row->row.from) != 0) ||
	    (c[TO].len > 0 && read_time(r, c[TO], &row->row.to) != 0))
		wrong(r, line,
		    "from and to are times such as 2024-06-01T00:00:00Z%s",
		    r->zone == NULL ? " (or local ones, with --zone)"
				    : " or local times that exist once");
	else if (row->row.from >= row->row.to)
		wrong(r, line, "from is not before to");
}

static void
read_rows(struct reader *r)
{
	const struct rows_cell *cells;
	struct problem p = { 0 };
	enum rows_got got;
	size_t count;
	int header = 0;

	while ((got = csv_rows_next(r->rows, &cells, &count, &p)) != ROWS_END) {
		if (got == ROWS_PROBLEM) {
			wrong(r, p.line, "%s", buf_text(&p.text));
		} else if (cells[0].len > 0 && cells[0].s[0] == '#') {
			continue; /* a comment that Excel put in quotes */
		} else if (!header) {
			read_header(r, cells, count);
			header = 1;
			if (r->wrong > 0)
				break;
		} else {
			read_row(r, cells, count);
		}
	}
	if (!header && r->wrong == 0)
		wrong(r, 0, "the table is empty");
	problem_free(&p);
}

static int
by_id_and_time(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->row.from != y->row.from)
		return x->row.from < y->row.from ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
by_machine_and_time(const void *a, const void *b)
{
	const struct assign_row *x = &(*(struct row *const *)a)->row;
	const struct assign_row *y = &(*(struct row *const *)b)->row;
	int order = strcmp(x->machine, y->machine);

	if (order == 0)
		order = strcmp(x->company, y->company);
	if (order != 0)
		return order;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* Do two ids have the same rows? */
static int
are_same(const struct assign *a, uint32_t x, uint32_t y)
{
	size_t n = a->first[x + 1] - a->first[x];

	if (a->first[y + 1] - a->first[y] != n)
		return 0;
	for (size_t i = 0; i < n; i++) {
		const struct assign_row *p = &a->row[a->first[x] + i].row;
		const struct assign_row *q = &a->row[a->first[y] + i].row;

		/* Texts are interned. */
		if (p->machine != q->machine || p->company != q->company ||
		    p->project != q->project || p->from != q->from ||
		    p->to != q->to)
			return 0;
	}
	return 1;
}

/*
 * Ids that name one machine at one time are one, and tell of it together.
 * With other rows each would tell of times that the other does not know.
 */
static void
join(struct reader *r)
{
	struct assign *a = r->a;
	struct row **row = xcalloc(a->count + 1, sizeof *row), *last = NULL;
	size_t n = 0, len;

	for (size_t i = 0; i < a->count; i++)
		if (a->row[i].row.machine != NULL)
			row[n++] = &a->row[i];
	if (n > 0)
		qsort(row, n, sizeof *row, by_machine_and_time);
	for (size_t i = 0; i < n; i++) {
		struct row *x = row[i];

		if (last == NULL || last->row.machine != x->row.machine ||
		    last->row.company != x->row.company ||
		    last->row.to <= x->row.from) {
			last = x;
			continue;
		}
		if (x->id == last->id)
			continue; /* said already */
		if (!are_same(a, last->id, x->id))
			wrong(r, x->line,
			    "'%s' is '%s' at a time when '%s' of line %llu is, "
			    "too; ids of one machine need the same rows",
			    intern_text(a->ids, x->id, &len), x->row.machine,
			    intern_text(a->ids, last->id, &len),
			    (unsigned long long)last->line);
		else if (a->same[x->id] > a->same[last->id])
			a->same[x->id] = a->same[last->id];
		else
			a->same[last->id] = a->same[x->id];
		if (x->row.to > last->row.to)
			last = x;
	}
	free(row);
}

/* Put the rows in order, find overlaps, and note where each id begins. */
static void
finish(struct reader *r)
{
	struct assign *a = r->a;
	uint32_t ids = intern_count(a->ids);
	size_t i = 0, len;

	if (a->count > 0)
		qsort(a->row, a->count, sizeof *a->row, by_id_and_time);
	a->first = xcalloc((size_t)ids + 1, sizeof *a->first);
	a->same = xcalloc((size_t)ids + 1, sizeof *a->same);
	for (uint32_t id = 0; id < ids; id++)
		a->same[id] = id;
	for (uint32_t id = 0; id <= ids; id++) {
		while (i < a->count && a->row[i].id < id)
			i++;
		a->first[id] = i;
	}
	for (i = 1; i < a->count; i++)
		if (a->row[i].id == a->row[i - 1].id &&
		    a->row[i].row.from < a->row[i - 1].row.to)
			wrong(r, a->row[i].line,
			    "this row of '%s' overlaps the one on line %llu",
			    intern_text(a->ids, a->row[i].id, &len),
			    (unsigned long long)a->row[i - 1].line);
	if (r->kind == &machines)
		join(r);
}

static struct assign *
read_table(const char *path, const struct zone *zone, const struct kind *kind)
{
	char *name = xstrdup(path);
	char *paths[] = { name, NULL };
	struct reader r = {
		.a = xcalloc(1, sizeof *r.a), .kind = kind, .zone = zone
	};
	struct csv_rows_dialect dialect = { ',', '"', "#" };
	int failed;

	r.a->ids = intern_new();
	r.a->texts = intern_new();
	r.in = input_open(paths);
	(void)input_text(r.in, NULL);
	if (input_next_file(r.in)) {
		dialect.delimiter = delimiter_of(r.in);
		r.rows = csv_rows_new(r.in, &dialect);
		read_rows(&r);
		csv_rows_free(r.rows);
		finish(&r);
	}
	failed = r.wrong > 0 || input_failed(r.in);
	input_close(r.in);
	free(name);
	if (!failed)
		return r.a;
	assign_free(r.a);
	return NULL;
}

struct assign *
assign_read(const char *path, const struct zone *zone)
{
	return read_table(path, zone, &machines);
}

struct assign *
assign_read_projects(const char *path, const struct zone *zone)
{
	return read_table(path, zone, &projects);
}

const struct assign_row *
assign_find(const struct assign *a, const char *id, size_t len, int64_t instant,
    int64_t *next)
{
	uint32_t n = intern_find(a->ids, id, len);

	*next = INSTANT_MAX;
	if (n == INTERN_NONE)
		return NULL;
	for (size_t i = a->first[n]; i < a->first[n + 1]; i++) {
		if (instant < a->row[i].row.from) {
			*next = a->row[i].row.from;
			return NULL;
		}
		if (instant < a->row[i].row.to)
			return &a->row[i].row;
	}
	return NULL;
}

int
assign_knows(const struct assign *a, const char *id, size_t len)
{
	return intern_find(a->ids, id, len) != INTERN_NONE;
}

const char *
assign_near(struct assign *a, const char *id, size_t len)
{
	uint32_t n = intern_count(a->ids);
	size_t text_len;

	if (a->looks == NULL) {
		a->looks = lookalike_new();
		for (uint32_t i = 0; i < n; i++) {
			const char *text = intern_text(a->ids, i, &text_len);

			lookalike_add(a->looks, text, text_len);
		}
	}
	return lookalike_find(a->looks, id, len);
}

const char *
assign_same(const struct assign *a, const char *id, size_t *len)
{
	uint32_t n = intern_find(a->ids, id, *len);

	return n == INTERN_NONE ? id : intern_text(a->ids, a->same[n], len);
}

void
assign_free(struct assign *a)
{
	if (a == NULL)
		return;
	intern_free(a->ids);
	intern_free(a->texts);
	lookalike_free(a->looks);
	free(a->row);
	free(a->first);
	free(a->same);
	free(a);
}
