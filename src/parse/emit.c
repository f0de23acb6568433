/* emit.c - periods of a vendor's machine become records on stdout. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/emit.h"
#include "parse/hours.h"
#include "parse/uncovered.h"
#include "record/write.h"

struct emit {
	struct out *out;
	struct names *names;
	struct emit_ids ids;
	struct reject *reject;
	struct tally *tally;
	int is_plain;	     /* as emit_plain has it */
	struct problem part; /* of a period, that goes nowhere */
	struct buf file;     /* of a problem, as plain text */
	/* Owners by "machine\0company\0project"; where the command line names
	 * company and project, by machine alone. */
	struct intern *keys, *machines;
	uint32_t *key_owner, *machine_owner;
	uint32_t key_room, machine_room;
	struct buf key;
	struct hours hours; /* of starts, in the zone there is */
	struct uncovered *machines_not, *projects_not; /* in the tables */
};

static int
is_given(const char *id)
{
	return id != NULL && id[0] != '\0';
}

struct emit *
emit_new(struct out *out, struct names *names, const struct emit_ids *ids,
    struct reject *reject, struct tally *tally)
{
	struct emit *e = xcalloc(1, sizeof *e);

	e->out = out;
	e->names = names;
	e->ids = *ids;
	e->is_plain = ids->table == NULL && ids->projects == NULL &&
		      ids->machine == NULL && ids->explain == NULL &&
		      is_given(ids->company) && is_given(ids->project);
	e->reject = reject;
	e->tally = tally;
	e->keys = intern_new();
	e->machines = intern_new();
	e->machines_not = uncovered_new();
	e->projects_not = uncovered_new();
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

/* What a period is sent under. */
struct whose {
	const char *company, *project, *id;
	size_t id_len;
};

static uint32_t
owner_of(struct emit *e, const struct whose *w)
{
	int is_plain =
	    w->company == e->ids.company && w->project == e->ids.project;
	struct intern *table = is_plain ? e->machines : e->keys;
	const char *key = w->id;
	size_t len = w->id_len;
	uint32_t n, owner;

	if (!is_plain) {
		buf_clear(&e->key);
		buf_put(&e->key, w->id, w->id_len);
		buf_putc(&e->key, '\0');
		buf_puts(&e->key, w->company);
		buf_putc(&e->key, '\0');
		buf_puts(&e->key, w->project);
		key = e->key.data;
		len = e->key.len;
	}
	n = intern_find(table, key, len);
	if (n != INTERN_NONE)
		return is_plain ? e->machine_owner[n] : e->key_owner[n];
	n = intern_id(table, key, len);
	owner = names_owner(e->names, w->company, strlen(w->company),
	    w->project, strlen(w->project), w->id, w->id_len);
	if (is_plain)
		remember(&e->machine_owner, &e->machine_room, n, owner);
	else
		remember(&e->key_owner, &e->key_room, n, owner);
	return owner;
}

/* The vendor's own id, where the machine is sent under another. */
static inline uint16_t
vendor_of(struct emit *e, const struct emit_period *period,
    const struct whose *w, uint32_t owner)
{
	if (period->vendor != NULL)
		return names_vendor(
		    e->names, owner, period->vendor, period->vendor_len);
	if (w->id == period->id)
		return 0;
	return names_vendor(e->names, owner, period->id, period->id_len);
}

/* A record that starts at ${start} was emitted. */
static inline void
count(struct emit *e, int64_t start)
{
	/* Some of many tell of the hours. */
	if (e->ids.zone != NULL &&
	    (e->tally->emitted < 1000 || e->tally->emitted % 64 == 0))
		hours_add(&e->hours, start + zone_offset(e->ids.zone, start));
	e->tally->emitted++;
}

static void
write_part(struct emit *e, const struct emit_period *period,
    const struct whose *w, int64_t start, int64_t end)
{
	uint32_t owner = owner_of(e, w);
	struct record r = { .start = start,
		.end = end,
		.owner = owner,
		.state = period->state,
		.file = period->file,
		.line = period->line,
		.basis = (uint8_t)period->basis,
		.vendor = vendor_of(e, period, w, owner) };

	if (e->ids.explain != NULL)
		explain_record(
		    e->ids.explain, e->names, &r, period->id, period->id_len);
	else
		write_record(e->out, e->names, &r);
	count(e, start);
}

/* What the tables say of a period's machine and project at one time. */
struct part {
	const struct assign_row *machine, *project; /* NULL: nothing */
	int has_project; /* the row, one to look up */
	int64_t to;	 /* so long */
};

/* Which table or option says whose it is; ${part} is NULL without tables. */
static void
tell_whose(struct emit *e, const struct emit_period *period,
    const struct part *part, const struct whose *w)
{
	const struct assign_row *machine = part != NULL ? part->machine : NULL;
	struct buf text = { 0 };

	if (machine != NULL)
		buf_printf(&text,
		    "  machine: line %" PRIu64 " of the machine table\n",
		    machine->line);
	buf_printf(&text, "  company %s, project %s: ", w->company, w->project);
	if (part != NULL && part->has_project)
		buf_printf(&text, "line %" PRIu64 " of the project table",
		    part->project->line);
	else if (period->company != NULL && period->project != NULL)
		buf_puts(&text, "the row");
	else if (period->company != NULL)
		buf_puts(&text, "company of the row");
	else if (period->project != NULL)
		buf_puts(&text, "project of the row");
	else
		buf_puts(&text, machine != NULL ? "the same line"
						: "--company and --project");
	explain_whose(e->ids.explain, buf_text(&text));
	buf_free(&text);
}

/* The company and project of a row or of the command line. */
static enum emit_verdict
without_table(struct emit *e, const struct emit_period *period,
    struct problem *p, int64_t start, int64_t end)
{
	struct whose w = { period->company, period->project, period->id,
		period->id_len };

	if (w.company == NULL)
		w.company = e->ids.company;
	if (w.project == NULL)
		w.project = e->ids.project;
	if (!is_given(w.company)) {
		refuse(e, period, p, "no-company", start, end);
		buf_puts(&p->text,
		    "no company id; give --company or a --machines table");
		return EMIT_REJECTED;
	}
	if (!is_given(w.project)) {
		refuse(e, period, p, "no-project", start, end);
		buf_puts(&p->text,
		    "no project id; give --project or a --machines table");
		return EMIT_REJECTED;
	}
	if (e->ids.explain != NULL)
		tell_whose(e, period, NULL, &w);
	write_part(e, period, &w, start, end);
	return EMIT_USED;
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
	uncovered_add(e->machines_not, period->id, period->id_len, end - start);
}

static void
unassigned_project(struct emit *e, const struct emit_period *period,
    struct problem *p, int64_t start, int64_t end)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	size_t len = strlen(period->project);
	int known = assign_knows(e->ids.projects, period->project, len);

	refuse(e, period, p, "unassigned-project", start, end);
	buf_printf(&p->text, "the project table %s '%s' from %s to %s; add %s",
	    known ? "does not cover" : "has no row for", period->project,
	    instant_text(from, start), instant_text(to, end),
	    known ? "the time" : "it");
	uncovered_add(e->projects_not, period->project, len, end - start);
}

/* The row of ${id} at ${at}, and in *${to} its end, or where the next one
 * begins, if that is sooner. */
static const struct assign_row *
row_at(const struct assign *table, const char *id, size_t len, int64_t at,
    int64_t *to)
{
	int64_t next;
	const struct assign_row *row = assign_find(table, id, len, at, &next);

	if (row != NULL)
		next = row->to;
	if (next < *to)
		*to = next;
	return row;
}

static struct part
part_at(const struct emit *e, const struct emit_period *period, int64_t at,
    int64_t end)
{
	struct part part = { .to = end,
		.has_project =
		    e->ids.projects != NULL && period->project != NULL };

	if (e->ids.table != NULL)
		part.machine = row_at(
		    e->ids.table, period->id, period->id_len, at, &part.to);
	if (part.has_project)
		part.project = row_at(e->ids.projects, period->project,
		    strlen(period->project), at, &part.to);
	return part;
}

/* Write a part that both tables cover. */
static void
write_assigned(struct emit *e, const struct emit_period *period,
    const struct part *part, int64_t at)
{
	const struct assign_row *machine = part->machine;
	struct whose w = { period->company, period->project, period->id,
		period->id_len };

	if (part->has_project) {
		w.company = part->project->company;
		w.project = part->project->project;
	}
	if (machine != NULL) {
		w.id = machine->machine;
		w.id_len = strlen(w.id);
		if (w.company == NULL)
			w.company = machine->company;
		if (w.project == NULL)
			w.project = machine->project;
	}
	if (e->ids.explain != NULL)
		tell_whose(e, period, part, &w);
	write_part(e, period, &w, at, part->to);
}

/* Cut the period at the tables' borders. */
static enum emit_verdict
by_tables(struct emit *e, const struct emit_period *period, struct problem *p,
    int64_t start, int64_t end)
{
	int64_t at = start;
	uint64_t wanted = 0, lost = 0;

	do {
		struct part part = part_at(e, period, at, end);
		int is_all = at == start && part.to == end;
		struct problem *of = is_all ? p : &e->part;
		uint64_t before = lost;

		if (e->ids.table != NULL && part.machine == NULL) {
			unassigned(e, period, of, at, part.to);
			lost++;
		} else if (part.machine != NULL &&
			   part.machine->machine == NULL) {
			; /* not wanted */
		} else if (part.has_project && part.project == NULL) {
			unassigned_project(e, period, of, at, part.to);
			lost++;
		} else {
			write_assigned(e, period, &part, at);
			wanted++;
		}
		if (lost > before && is_all)
			return EMIT_REJECTED;
		if (lost > before) /* of a longer period it is a finding */
			reject_finding(e->reject, &e->part);
		at = part.to;
	} while (at < end);
	if (wanted > 1)
		e->tally->cut += wanted - 1;
	return wanted > 0 || lost > 0 ? EMIT_USED : EMIT_SKIPPED;
}

enum emit_verdict
emit_period(struct emit *e, const struct emit_period *period, struct problem *p)
{
	struct emit_period ours;
	int64_t start = instant_floor(period->start);
	int64_t end = instant_floor(period->end);

	if (period->basis == RECORD_STATED)
		explain_begin(e->ids.explain);
	if (start == end && period->start != period->end) {
		refuse(e, period, p, "empty-period", 0, 0);
		buf_puts(&p->text,
		    "the period lies within one second: nothing is left of it "
		    "in whole seconds");
		return EMIT_REJECTED;
	}
	if (e->ids.machine != NULL) {
		ours = *period;
		ours.vendor = NULL;
		ours.id = e->ids.machine;
		ours.id_len = strlen(ours.id);
		period = &ours;
	}
	if (period->id_len == 0) {
		refuse(e, period, p, "no-machine", start, end);
		buf_puts(&p->text,
		    "the row names no machine; give --machine if all rows are "
		    "of one");
		return EMIT_REJECTED;
	}
	if (e->ids.table == NULL &&
	    (e->ids.projects == NULL || period->project == NULL))
		return without_table(e, period, p, start, end);
	return by_tables(e, period, p, start, end);
}

int
emit_plain(struct emit *e, const char *id, size_t id_len, struct record *r)
{
	uint32_t n;

	if (!e->is_plain)
		return 0;
	n = intern_find(e->machines, id, id_len);
	if (n == INTERN_NONE)
		return 0;
	r->owner = e->machine_owner[n];
	write_record(e->out, e->names, r);
	count(e, r->start);
	return 1;
}

struct explain *
emit_explain(const struct emit *e)
{
	return e->ids.explain;
}

const char *
emit_same(const struct emit *e, const char *id, size_t *len)
{
	return e->ids.table != NULL ? assign_same(e->ids.table, id, len) : id;
}

void
emit_report(const struct emit *e)
{
	struct buf question = { 0 };

	if (e->ids.zone != NULL &&
	    hours_question(&e->hours, zone_name(e->ids.zone), &question))
		msg_note("%s", question.data);
	buf_free(&question);
	uncovered_report(e->machines_not, "machine", e->ids.table);
	uncovered_report(e->projects_not, "project", e->ids.projects);
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
	uncovered_free(e->machines_not);
	uncovered_free(e->projects_not);
	free(e->key_owner);
	free(e->machine_owner);
	free(e);
}
