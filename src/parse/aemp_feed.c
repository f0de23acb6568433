/* aemp_feed.c - all documents of a feed, until every header was seen. */

#include "config.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/sort.h"
#include "base/xalloc.h"
#include "parse/aemp_feed.h"
#include "parse/aemp_ids.h"

/* Readings wait here, machines unknown, until all headers were seen. */
#define WAITING_MEMORY ((size_t)16 * 1024 * 1024)

struct machine {
	uint32_t page;
	uint32_t header; /* or AEMP_IDS_NONE */
};

struct aemp_feed {
	struct names *names;
	struct reject *reject;
	struct tally *tally;
	struct aemp_ids *ids;
	struct sort *waiting;
	int64_t *snapshot; /* by page */
	uint32_t pages, page_room;
	struct machine *machine; /* as they come, page by page */
	uint32_t machines, machine_room;
};

static int
compare_none(const void *a, const void *b, void *context)
{
	(void)a;
	(void)b;
	(void)context;
	return 0; /* a queue, not a sorter */
}

struct aemp_feed *
aemp_feed_new(struct names *names, struct reject *reject, struct tally *tally)
{
	struct aemp_feed *f = xcalloc(1, sizeof *f);

	f->names = names;
	f->reject = reject;
	f->tally = tally;
	f->ids = aemp_ids_new();
	f->waiting = sort_new(sizeof(struct evidence_reading), compare_none,
	    NULL, WAITING_MEMORY);
	return f;
}

struct aemp_ids *
aemp_feed_ids(struct aemp_feed *f)
{
	return f->ids;
}

/* Room for one more of ${count} things. */
static void *
grow(void *p, uint32_t count, uint32_t *room, size_t size)
{
	if (count < *room)
		return p;
	*room = *room > 0 ? *room * 2 : 64;
	return xreallocarray(p, *room, size);
}

uint32_t
aemp_feed_page(struct aemp_feed *f)
{
	f->snapshot =
	    grow(f->snapshot, f->pages, &f->page_room, sizeof *f->snapshot);
	f->snapshot[f->pages] = INSTANT_NONE;
	return f->pages++;
}

void
aemp_feed_snapshot(struct aemp_feed *f, uint32_t page, int64_t ms)
{
	f->snapshot[page] = ms;
}

uint32_t
aemp_feed_machine(struct aemp_feed *f, uint32_t page)
{
	f->machine =
	    grow(f->machine, f->machines, &f->machine_room, sizeof *f->machine);
	f->machine[f->machines] = (struct machine){ page, AEMP_IDS_NONE };
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
	return sort_put(f->waiting, r);
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

int
aemp_feed_finish(struct aemp_feed *f, const struct aemp_options *options,
    struct evidence *evidence)
{
	const struct evidence_reading *next;
	struct evidence_reading reading;
	const struct machine *m;

	aemp_ids_resolve(f->ids, options->id_field, options->machine, f->names,
	    evidence, f->reject);
	while ((next = sort_next(f->waiting)) != NULL) {
		reading = *next;
		m = &f->machine[next->machine];
		reading.snapshot = f->snapshot[m->page];
		reading.machine = aemp_ids_machine(f->ids, m->header);
		if (reading.machine == AEMP_IDS_NONE) {
			say_no_machine(f, next);
			continue;
		}
		f->tally->used++;
		if (evidence_put(evidence, &reading) != 0)
			return -1;
	}
	return sort_failed(f->waiting) ? -1 : 0;
}

void
aemp_feed_free(struct aemp_feed *f)
{
	if (f == NULL)
		return;
	aemp_ids_free(f->ids);
	sort_free(f->waiting);
	free(f->snapshot);
	free(f->machine);
	free(f);
}
