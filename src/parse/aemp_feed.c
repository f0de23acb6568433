/* aemp_feed.c - all documents of a feed, until every header was seen. */

#include "config.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "parse/aemp_feed.h"
#include "parse/aemp_ids.h"
#include "parse/aemp_pages.h"
#include "parse/aemp_queue.h"

struct machine {
	uint32_t page;
	uint32_t header; /* or AEMP_IDS_NONE */
	uint64_t line;	 /* of its Equipment; 0: of a time series */
};

struct aemp_feed {
	struct names *names;
	struct reject *reject;
	struct tally *tally;
	struct aemp_ids *ids;
	struct aemp_queue *waiting;
	struct aemp_pages *pages;
	struct machine *machine; /* as they come, page by page */
	uint32_t machines, machine_room;
};

struct aemp_feed *
aemp_feed_new(struct names *names, struct reject *reject, struct tally *tally,
    size_t memory)
{
	struct aemp_feed *f = xcalloc(1, sizeof *f);

	f->names = names;
	f->reject = reject;
	f->tally = tally;
	f->ids = aemp_ids_new();
	f->pages = aemp_pages_new(names, reject);
	f->waiting = aemp_queue_new(memory);
	return f;
}

struct aemp_ids *
aemp_feed_ids(struct aemp_feed *f)
{
	return f->ids;
}

struct aemp_pages *
aemp_feed_pages(struct aemp_feed *f)
{
	return f->pages;
}

uint32_t
aemp_feed_machine(struct aemp_feed *f, uint32_t page, uint64_t line)
{
	if (f->machines == f->machine_room) {
		f->machine_room =
		    f->machine_room > 0 ? f->machine_room * 2 : 64;
		f->machine = xreallocarray(
		    f->machine, f->machine_room, sizeof *f->machine);
	}
	f->machine[f->machines] = (struct machine){ page, AEMP_IDS_NONE, line };
	return f->machines++;
}

void
aemp_feed_header(struct aemp_feed *f, uint32_t machine, uint32_t header)
{
	f->machine[machine].header = header;
}

int
aemp_feed_put(struct aemp_feed *f, const struct evidence_reading *r)
{
	return aemp_queue_put(f->waiting, r);
}

/* Whose the machine is, or AEMP_IDS_NONE. */
static uint32_t
owner(const struct aemp_feed *f, const struct machine *m)
{
	return m->header == AEMP_IDS_NONE ? AEMP_IDS_NONE
					  : aemp_ids_machine(f->ids, m->header);
}

/* By whose they are, then those of one snapshot side by side, in the order in
 * which they stand. */
static int
by_owner(const void *a, const void *b, void *context)
{
	const struct aemp_feed *f = context;
	const struct machine *x = a, *y = b;
	uint32_t owner_x = owner(f, x), owner_y = owner(f, y);
	int64_t made_x = aemp_pages_time(f->pages, x->page);
	int64_t made_y = aemp_pages_time(f->pages, y->page);
	int order;

	if (owner_x != owner_y)
		return owner_x < owner_y ? -1 : 1;
	if (made_x != made_y)
		return made_x < made_y ? -1 : 1;
	if (x->page != y->page &&
	    (order = aemp_pages_compare(f->pages, x->page, y->page)) != 0)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

/* Two pages that do not say when they were made may be of two polls. */
static int
is_one_snapshot(
    const struct aemp_feed *f, const struct machine *a, const struct machine *b)
{
	int64_t made = aemp_pages_time(f->pages, a->page);

	return a->page == b->page ||
	       (made != INSTANT_NONE &&
		   made == aemp_pages_time(f->pages, b->page));
}

/* Machines that stand twice in one snapshot. */
static void
say_duplicates(struct aemp_feed *f)
{
	struct problem p = { 0 };
	struct buf file = { 0 };

	if (f->machines > 1)
		qsort_r(
		    f->machine, f->machines, sizeof *f->machine, by_owner, f);
	for (uint32_t i = 1; i < f->machines; i++) {
		const struct machine *a = &f->machine[i - 1], *b = a + 1;

		if (a->line == 0 || b->line == 0 ||
		    owner(f, b) == AEMP_IDS_NONE ||
		    owner(f, a) != owner(f, b) || !is_one_snapshot(f, a, b))
			continue;
		buf_clear(&file);
		names_put_file(
		    f->names, aemp_pages_file(f->pages, b->page), &file);
		problem_set(&p, "duplicate-equipment", SEVERITY_NOTE,
		    buf_text(&file), b->line, 0);
		buf_printf(&p.text,
		    "this machine stands in the same snapshot before, on line "
		    "%llu",
		    (unsigned long long)a->line);
		reject_finding(f->reject, &p);
	}
	buf_free(&file);
	problem_free(&p);
}

static void
say_no_machine(struct aemp_feed *f, const struct evidence_reading *r)
{
	struct problem p = { 0 };
	struct buf file = { 0 };

	names_put_file(f->names, r->file, &file);
	problem_set(
	    &p, "no-machine", SEVERITY_ERROR, buf_text(&file), r->line, 0);
	buf_puts(&p.text, "no id of the kind the feed's machines are known "
			  "by; give --id-field or --machine");
	reject_row(f->reject, &p, NULL, 0);
	buf_free(&file);
	problem_free(&p);
}

/* Say of ${n} readings whose they are and when they were polled; how many are
 * somebody's, which come first then. */
static size_t
resolve(struct aemp_feed *f, struct evidence_reading *r, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct machine *m = &f->machine[r[i].machine];

		r[i].snapshot = aemp_pages_time(f->pages, m->page);
		r[i].machine = owner(f, m);
		if (r[i].machine == AEMP_IDS_NONE)
			say_no_machine(f, &r[i]);
		else
			r[kept++] = r[i];
	}
	return kept;
}

int
aemp_feed_finish(struct aemp_feed *f, const struct aemp_options *options,
    struct evidence *evidence)
{
	struct evidence_reading *block;
	size_t n;

	aemp_pages_check(f->pages);
	aemp_ids_resolve(f->ids, options->id_field, options->machine, f->names,
	    evidence, f->reject);
	while ((block = aemp_queue_next(f->waiting, &n)) != NULL) {
		n = resolve(f, block, n);
		f->tally->used += n;
		if (evidence_put_block(evidence, block, n) != 0)
			return -1;
	}
	say_duplicates(f);
	return aemp_queue_failed(f->waiting) ? -1 : 0;
}

void
aemp_feed_free(struct aemp_feed *f)
{
	if (f == NULL)
		return;
	aemp_ids_free(f->ids);
	aemp_queue_free(f->waiting);
	aemp_pages_free(f->pages);
	free(f->machine);
	free(f);
}
