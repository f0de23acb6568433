/* evidence.c - events, engine status and counters become periods. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/msg.h"
#include "base/sort.h"
#include "base/xalloc.h"
#include "parse/evidence.h"
#include "parse/job.h"

/* Bytes that one machine's readings may take in any case. */
#define LEAST_MEMORY ((size_t)64 * 1024 * 1024)

struct evidence {
	struct evidence_rules rules;
	struct sort *sort;
	struct intern *machines;
	struct intern *ids; /* "company\0project" */
	struct job job;
	struct buf pair;
	struct roster *roster; /* or NULL */
};

static int
by_name(const struct names *names, uint32_t a, uint32_t b)
{
	size_t len;

	return strcmp(
	    names_file_text(names, a, &len), names_file_text(names, b, &len));
}

/*
 * By machine and time; then equal values side by side, first the one that is
 * to be kept.  Files go by name: their numbers are the order in which they
 * came, and nothing may depend on it.
 */
static int
compare(const void *a, const void *b, void *context)
{
	const struct evidence_reading *x = a, *y = b;

#define BY(member)                                                             \
	if (x->member != y->member)                                            \
	return x->member < y->member ? -1 : 1
	BY(machine);
	BY(time);
	BY(kind);
	BY(value);
	if (x->snapshot != y->snapshot)
		return x->snapshot > y->snapshot ? -1 : 1;
	/* Of events the last line counts. */
	if (x->kind == EVIDENCE_EVENT && x->line != y->line)
		return x->line > y->line ? -1 : 1;
	if (x->file != y->file)
		return by_name(context, x->file, y->file);
	BY(line);
#undef BY
	return 0;
}

struct evidence *
evidence_new(const struct evidence_rules *rules, struct names *names,
    struct emit *emit, struct reject *reject, size_t memory)
{
	struct evidence *e = xcalloc(1, sizeof *e);

	e->rules = *rules;
	e->machines = intern_new();
	e->ids = intern_new();
	intern_limit(e->machines, memory);
	intern_limit(e->ids, memory);
	intern_id(e->ids, "\0", 1);
	e->sort =
	    sort_new(sizeof(struct evidence_reading), compare, names, memory);
	e->job.rules = &e->rules;
	e->job.memory = memory > LEAST_MEMORY ? memory : LEAST_MEMORY;
	e->job.names = names;
	e->job.emit = emit;
	e->job.explain = emit != NULL ? emit_explain(emit) : NULL;
	e->job.reject = reject;
	e->job.machines = e->machines;
	e->job.ids = e->ids;
	return e;
}

void
evidence_survey(struct evidence *e, struct roster *roster)
{
	e->roster = roster;
}

void
evidence_describe(
    struct evidence *e, uint32_t machine, const char *make, const char *serial)
{
	size_t len;
	const char *id = intern_text(e->machines, machine, &len);

	if (e->roster != NULL)
		roster_describe(e->roster, id, len, make, serial);
}

uint32_t
evidence_machine(struct evidence *e, const char *id, size_t len)
{
	if (e->roster != NULL)
		roster_add(e->roster, id, len);
	else if (e->job.emit != NULL)
		id = emit_same(e->job.emit, id, &len);
	return intern_id(e->machines, id, len);
}

uint32_t
evidence_known(const struct evidence *e, const char *id, size_t len)
{
	return intern_find(e->machines, id, len);
}

uint32_t
evidence_ids(struct evidence *e, const char *company, const char *project)
{
	if (company == NULL && project == NULL)
		return 0;
	buf_clear(&e->pair);
	buf_puts(&e->pair, company != NULL ? company : "");
	buf_putc(&e->pair, '\0');
	buf_puts(&e->pair, project != NULL ? project : "");
	return intern_id(e->ids, e->pair.data, e->pair.len);
}

int
evidence_put(struct evidence *e, const struct evidence_reading *r)
{
	size_t len;
	const char *id;

	if (e->roster != NULL) {
		id = intern_text(e->machines, r->machine, &len);
		roster_row(e->roster, id, len, r->time, r->time);
		return 0;
	}
	return sort_put(e->sort, r);
}

int
evidence_put_block(struct evidence *e, struct evidence_reading *block, size_t n)
{
	if (e->roster == NULL)
		return sort_put_block(e->sort, block, n);
	for (size_t i = 0; i < n; i++)
		(void)evidence_put(e, &block[i]);
	free(block);
	return 0;
}

int
evidence_finish(struct evidence *e)
{
	const struct evidence_reading *r;
	uint32_t machines = intern_count(e->machines);

	if (e->roster != NULL)
		return 0;
	r = sort_next(e->sort);
	for (uint32_t m = 0; m < machines; m++) {
		job_start(&e->job, m);
		for (; r != NULL && r->machine == m; r = sort_next(e->sort))
			job_take(&e->job, r);
		job_finish(&e->job);
	}
	if (sort_failed(e->sort))
		return -1;
	if (!e->job.needs_running)
		return 0;
	msg_warn("a running engine is all that some machines tell, and "
		 "nothing says what it did: give --running STATE (or "
		 "\"running\" in the profile)");
	return -1;
}

uint64_t
evidence_merged(const struct evidence *e)
{
	return e->job.merged;
}

void
evidence_free(struct evidence *e)
{
	if (e == NULL)
		return;
	sort_free(e->sort);
	intern_free(e->machines);
	intern_free(e->ids);
	job_free(&e->job);
	buf_free(&e->pair);
	free(e);
}
