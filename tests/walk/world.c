/* world.c - a spool and a clock of a few bytes, for the walk.
 *
 * It stands in for spool.c, clock.c and rejects.c, and the files beside it for
 * the ledger and the server, under their names: what is walked is the
 * delivery. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "upload/clock.h"
#include "upload/envelope.h"
#include "upload/retry.h"
#include "walk/world.h"

struct world world;

/* Two batches.  "|" parts them; minutes from eight. */
static const struct shape {
	const char *ids;
	int minutes[WORLD_RECORDS][2];
} shapes[] = {
	{ "MN|MN", { { 0, 10 }, { 0, 20 }, { 10, 30 }, { 20, 40 } } },
	{ "MN|M", { { 0, 10 }, { 0, 20 }, { 1440, 1470 } } },
	{ "M|MN", { { 0, 10 }, { 10, 15 }, { 0, 20 } } },
	{ "MNO", { { 0, 20 }, { 5, 20 }, { 15, 20 } } },
	{ "MNO|N", { { 0, 10 }, { 0, 15 }, { 5, 20 }, { 15, 30 } } },
};

static void
put_record(struct world_record *r, char machine, const int minutes[2])
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];

	*r = (struct world_record){ .start = WORLD_EIGHT + minutes[0] * 60,
		.end = WORLD_EIGHT + minutes[1] * 60 };
	snprintf(r->text, sizeof r->text,
	    "{\"companyId\":\"c1\",\"projectId\":\"p1\",\"machineId\":\"%c\","
	    "\"startTime\":\"%s\",\"endTime\":\"%s\",\"state\":\"Idle\"}",
	    machine, instant_text(from, r->start), instant_text(to, r->end));
}

/* Make records ${from} to ${to} of the world a batch. */
static void
put_batch(int from, int to)
{
	struct world_ledger *l = &world.ledger;
	struct ledger_batch *b = &l->batches[l->n++];
	static struct names *names;
	struct envelope_record list[WORLD_RECORDS] = { 0 };
	struct envelope e = { .order = "end", .records = list };

	if (names == NULL)
		names = names_new();
	buf_puts(&e.company, "c1");
	buf_puts(&e.project, "p1");
	*b = (struct ledger_batch){ .batch = l->n,
		.project = 1,
		.at = (int64_t)world.spool.len,
		.answer = LEDGER_NONE,
		.first_start = INT64_MAX,
		.first_end = INT64_MAX };
	for (int i = from; i < to; i++) {
		const struct world_record *r = &world.records[i];

		list[e.n].r = (struct record){
			.start = r->start, .end = r->end, .file = NAMES_NONE
		};
		list[e.n].text = r->text;
		list[e.n++].len = strlen(r->text);
		b->records++;
		b->seconds += r->end - r->start;
		b->first_start =
		    r->start < b->first_start ? r->start : b->first_start;
		b->last_start =
		    r->start > b->last_start ? r->start : b->last_start;
		b->first_end = r->end < b->first_end ? r->end : b->first_end;
		b->last_end = r->end > b->last_end ? r->end : b->last_end;
	}
	b->body = (int64_t)envelope_make(&e, names, &world.spool, b->id);
	b->body -= b->at;
	b->length = (int64_t)world.spool.len - b->at;
	buf_free(&e.company);
	buf_free(&e.project);
}

void
world_begin(const struct world_kind *kind)
{
	const char *ids = shapes[kind->shape].ids;
	struct buf spool = world.spool;
	struct buf company = world.ledger.project.company;
	struct buf name = world.ledger.project.name;
	int from = 0;

	buf_clear(&spool);
	world = (struct world){ .spool = spool,
		.kind = *kind,
		.stranger = kind->late ? WORLD_STRANGER : 0,
		.now = 1 };
	world.ledger.limit = LEDGER_NONE;
	world.ledger.project = (struct ledger_project){ .company = company,
		.name = name,
		.mark_ms = LEDGER_NONE,
		.newest_start = LEDGER_NONE,
		.newest_end = LEDGER_NONE };
	for (; *ids != '\0'; ids++) {
		if (*ids == '|') {
			put_batch(from, world.n);
			from = world.n;
			continue;
		}
		put_record(&world.records[world.n], *ids,
		    shapes[kind->shape].minutes[world.n]);
		world.n++;
	}
	put_batch(from, world.n);
}

void
world_start(void)
{
	struct world_ledger *l = &world.ledger;

	world.crashed = world.open = 0;
	for (int i = 0; i < l->n; i++)
		if (l->batches[i].state == LEDGER_INFLIGHT)
			l->batches[i].state = LEDGER_UNKNOWN;
}

/* True if record ${r} is in batch ${b}. */
static int
is_in(int r, const struct ledger_batch *b)
{
	const char *line = world.spool.data + b->at;
	const char *hit = strstr(line + b->body, world.records[r].text);

	return hit != NULL && hit < line + b->length;
}

/* How many records of batch ${i} there are, or are applied. */
static int
count(int i, int applied)
{
	int n = 0;

	for (int r = 0; r < world.n; r++)
		if (is_in(r, &world.ledger.batches[i]))
			n += !applied || world.records[r].applied > 0;
	return n;
}

int
world_refused(int i)
{
	int n = 0;

	for (int b = 0; b < world.ledger.n; b++)
		n += world.ledger.batches[b].state == LEDGER_REFUSED &&
		     is_in(i, &world.ledger.batches[b]);
	return n;
}

int
world_alive(int i)
{
	int n = 0;

	for (int b = 0; b < world.ledger.n; b++)
		n += world.ledger.batches[b].state != LEDGER_SPLIT &&
		     is_in(i, &world.ledger.batches[b]);
	return n;
}

int
world_applied(int i)
{
	return count(i, 1);
}

int
world_records(int i)
{
	return count(i, 0);
}

void
world_crash(void)
{
	world_tell("  the program dies", 0);
	world.crashed = 1;
	if (world.open)
		world.ledger = world.before;
	world.open = 0;
}

/* The clock and the spool. */

int64_t
clock_now(void)
{
	return world.now;
}

int64_t
clock_wall(void)
{
	return WORLD_EIGHT * 2 + world.now / 1000;
}

void
clock_wait(int64_t then)
{
	world.now = then > world.now ? then : world.now;
}

int
clock_asked(void)
{
	return 0;
}

int
clock_stopped(void)
{
	return 0;
}

int
spool_get(
    struct spool *s, const char *name, int64_t at, int64_t len, struct buf *to)
{
	(void)s;
	(void)name;
	buf_clear(to);
	buf_put(to, world.spool.data + at, (size_t)len);
	return 0;
}

int64_t
spool_put(struct spool *s, const char *line, size_t len)
{
	int64_t at = (int64_t)world.spool.len;

	(void)s;
	buf_put(&world.spool, line, len);
	return at;
}

int
spool_sync(struct spool *s)
{
	(void)s;
	return world.crashed ? -1 : 0;
}

const char *
spool_name(const struct spool *s)
{
	(void)s;
	return "spool";
}

void
rejects_put(struct rejects *r, const struct problem *p, const char *id,
    const struct envelope_record *x)
{
	(void)r;
	(void)p;
	(void)id;
	for (int i = 0; i < world.n; i++)
		if (strncmp(world.records[i].text, x->text, x->len) == 0)
			world.records[i].rejected++;
}
