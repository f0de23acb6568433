/* emit.c - periods of a vendor's machine become records on stdout. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/emit.h"
#include "record/write.h"

/* Unassigned machines worth a line in the summary. */
#define SHOWN 20

/* What the table did not cover of a vendor's machine. */
struct uncovered {
	uint64_t periods;
	int64_t seconds;
};

struct emit {
	struct out *out;
	struct names *names;
	struct emit_ids ids;
	struct reject *reject;
	struct tally *tally;
	struct problem part; /* of a period, that goes nowhere */
	struct buf file;     /* of a problem, as plain text */
	/* Owners by "machine\0company\0project"; where the command line names
	 * company and project, by machine alone. */
	struct intern *keys, *machines;
	uint32_t *key_owner, *machine_owner;
	uint32_t key_room, machine_room;
	struct buf key;
	struct intern *unassigned; /* vendor's ids */
	struct uncovered *uncovered;
	uint32_t uncovered_room;
};

struct emit *
emit_new(struct out *out, struct names *names, const struct emit_ids *ids,
    struct reject *reject, struct tally *tally)
{
	struct emit *e = xcalloc(1, sizeof *e);

	e->out = out;
	e->names = names;
	e->ids = *ids;
	e->reject = reject;
	e->tally = tally;
	e->keys = intern_new();
	e->machines = intern_new();
	e->unassigned = intern_new();
	return e;
}

static void
refuse(struct emit *e, const struct emit_period *period, struct problem *p,
    const char *code, int64_t start, int64_t end)
{
	buf_clear(&e->file);
	if (period->file != NAMES_NONE)
		names_put_file(e->names, period->file, &e->file);
	problem_set(
	    p, code, SEVERITY_ERROR, buf_text(&e->file), period->line, 0);
	if (end > start)
		p->price = end - start;
}

/* Remember ${owner} as the one of number ${id}. */
static void
remember(uint32_t **list, uint32_t *room, uint32_t id, uint32_t owner)
{
	if (id >= *room) {
		*room = id < 64 ? 128 : id * 2;
		*list = xreallocarray(*list, *room, sizeof **list);
	}
	(*list)[id] = owner;
}

/* The owner of a vendor's machine under a company, project and id. */
static uint32_t
owner_of(struct emit *e, const char *company, const char *project,
    const char *id, size_t id_len)
{
	int is_plain = company == e->ids.company && project == e->ids.project;
	struct intern *table = is_plain ? e->machines : e->keys;
	const char *key = id;
	size_t len = id_len;
	uint32_t n, owner;

	if (!is_plain) {
		buf_clear(&e->key);
		buf_put(&e->key, id, id_len);
		buf_putc(&e->key, '\0');
		buf_puts(&e->key, company);
		buf_putc(&e->key, '\0');
		buf_puts(&e->key, project);
		key = e->key.data;
		len = e->key.len;
	}
	n = intern_find(table, key, len);
	if (n != INTERN_NONE)
		return is_plain ? e->machine_owner[n] : e->key_owner[n];
	n = intern_id(table, key, len);
	owner = names_owner(e->names, company, strlen(company), project,
	    strlen(project), id, id_len);
	if (is_plain)
		remember(&e->machine_owner, &e->machine_room, n, owner);
	else
		remember(&e->key_owner, &e->key_room, n, owner);
	return owner;
}

static void
write_part(struct emit *e, const struct emit_period *period, uint32_t owner,
    int64_t start, int64_t end)
{
	struct record r = { .start = start,
		.end = end,
		.owner = owner,
		.state = period->state,
		.file = period->file,
		.line = period->line,
		.basis = (uint8_t)period->basis };

	write_record(e->out, e->names, &r);
	e->tally->emitted++;
}

/* The company and project of a row or of the command line. */
static enum emit_verdict
without_table(struct emit *e, const struct emit_period *period,
    struct problem *p, int64_t start, int64_t end)
{
	const char *company = period->company, *project = period->project;

	if (company == NULL)
		company = e->ids.company;
	if (project == NULL)
		project = e->ids.project;
	if (company == NULL || company[0] == '\0') {
		refuse(e, period, p, "no-company", start, end);
		buf_puts(&p->text,
		    "no company id; give --company or a --machines table");
		return EMIT_REJECTED;
	}
	if (project == NULL || project[0] == '\0') {
		refuse(e, period, p, "no-project", start, end);
		buf_puts(&p->text,
		    "no project id; give --project or a --machines table");
		return EMIT_REJECTED;
	}
	write_part(e, period,
	    owner_of(e, company, project, period->id, period->id_len), start,
	    end);
	return EMIT_USED;
}

static void
count_unassigned(
    struct emit *e, const struct emit_period *period, int64_t seconds)
{
	uint32_t n = intern_id(e->unassigned, period->id, period->id_len);
	struct uncovered *u;

	while (n >= e->uncovered_room) {
		uint32_t room =
		    e->uncovered_room > 0 ? e->uncovered_room * 2 : 64;

		e->uncovered =
		    xreallocarray(e->uncovered, room, sizeof *e->uncovered);
		memset(e->uncovered + e->uncovered_room, 0,
		    (room - e->uncovered_room) * sizeof *e->uncovered);
		e->uncovered_room = room;
	}
	u = &e->uncovered[n];
	u->periods++;
	u->seconds += seconds;
}

static void
unassigned(struct emit *e, const struct emit_period *period, struct problem *p,
    int64_t start, int64_t end)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	int known = assign_knows(e->ids.table, period->id, period->id_len);

	refuse(e, period, p, "unassigned", start, end);
	buf_puts(&p->text, "the machine table ");
	buf_puts(&p->text, known ? "does not cover '" : "has no row for '");
	buf_put(&p->text, period->id, period->id_len);
	buf_printf(&p->text, "' %s %s to %s; add %s", known ? "from" : "for",
	    instant_text(from, start), instant_text(to, end),
	    known ? "the time" : "it, or a row with '-' if it is not wanted");
	count_unassigned(e, period, end - start);
}

/* Cut the period at the table's borders. */
static enum emit_verdict
by_table(struct emit *e, const struct emit_period *period, struct problem *p,
    int64_t start, int64_t end)
{
	int64_t at = start;
	uint64_t parts = 0, wanted = 0, lost = 0;

	do {
		int64_t next = INSTANT_MAX, to = end;
		const struct assign_row *row = assign_find(
		    e->ids.table, period->id, period->id_len, at, &next);
		const char *company, *project;

		if (row != NULL)
			next = row->to;
		if (next < to)
			to = next;
		if (row == NULL) {
			/* What is lost of a longer period is a finding. */
			lost++;
			if (at == start && to == end) {
				unassigned(e, period, p, start, end);
				return EMIT_REJECTED;
			}
			unassigned(e, period, &e->part, at, to);
			reject_finding(e->reject, &e->part);
		} else if (row->machine != NULL) {
			company = period->company != NULL ? period->company
							  : row->company;
			project = period->project != NULL ? period->project
							  : row->project;
			write_part(e, period,
			    owner_of(e, company, project, row->machine,
				strlen(row->machine)),
			    at, to);
			wanted++;
		}
		parts++;
		at = to;
	} while (at < end);
	if (wanted > 1)
		e->tally->cut += wanted - 1;
	return wanted > 0 || lost > 0 ? EMIT_USED : EMIT_SKIPPED;
}

enum emit_verdict
emit_period(struct emit *e, const struct emit_period *period, struct problem *p)
{
	struct emit_period whose = *period;
	int64_t start = instant_floor(period->start);
	int64_t end = instant_floor(period->end);

	if (start == end && period->start != period->end) {
		refuse(e, period, p, "empty-period", 0, 0);
		buf_puts(&p->text,
		    "the period lies within one second: nothing is left of it "
		    "in whole seconds");
		return EMIT_REJECTED;
	}
	if (e->ids.machine != NULL) {
		whose.id = e->ids.machine;
		whose.id_len = strlen(whose.id);
	}
	if (whose.id_len == 0) {
		refuse(e, period, p, "no-machine", start, end);
		buf_puts(&p->text,
		    "the row names no machine; give --machine if all rows are "
		    "of one");
		return EMIT_REJECTED;
	}
	return e->ids.table != NULL ? by_table(e, &whose, p, start, end)
				    : without_table(e, &whose, p, start, end);
}

const char *
emit_same(const struct emit *e, const char *id, size_t *len)
{
	return e->ids.table != NULL ? assign_same(e->ids.table, id, len) : id;
}

static int
by_seconds(const void *a, const void *b, void *uncovered)
{
	const struct uncovered *u = uncovered;
	int64_t x = u[*(const uint32_t *)a].seconds;
	int64_t y = u[*(const uint32_t *)b].seconds;

	return x > y ? -1 : x < y;
}

void
emit_report(const struct emit *e)
{
	uint32_t n = intern_count(e->unassigned);
	uint32_t *order = xreallocarray(NULL, n, sizeof *order);
	char hours[DURATION_TEXT];
	size_t len;

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 0)
		qsort_r(order, n, sizeof *order, by_seconds, e->uncovered);
	for (uint32_t i = 0; i < n && i < SHOWN; i++) {
		const struct uncovered *u = &e->uncovered[order[i]];

		msg_info("unassigned machine '%s': %" PRIu64 " periods, %s h",
		    intern_text(e->unassigned, order[i], &len), u->periods,
		    duration_hours(hours, u->seconds));
	}
	if (n > SHOWN)
		msg_info("and %" PRIu32 " more unassigned machines", n - SHOWN);
	free(order);
}

void
emit_free(struct emit *e)
{
	if (e == NULL)
		return;
	problem_free(&e->part);
	buf_free(&e->file);
	buf_free(&e->key);
	intern_free(e->keys);
	intern_free(e->machines);
	intern_free(e->unassigned);
	free(e->uncovered);
	free(e->key_owner);
	free(e->machine_owner);
	free(e);
}
