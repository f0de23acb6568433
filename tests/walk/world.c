/* world.c - a server, a spool and a clock of a few bytes, for the walk.
 *
 * It stands in for api.c, spool.c, clock.c and rejects.c, and ledger.c beside
 * it for the room's, under their names: what is walked is the delivery. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "upload/clock.h"
#include "upload/envelope.h"
#include "upload/retry.h"
#include "walk/world.h"

/* 2025-01-15T08:00:00Z. */
#define EIGHT INT64_C(1736928000)

struct world world;

/* Two batches.  "|" parts them; minutes from eight. */
static const struct shape {
	const char *ids;
	int minutes[WORLD_RECORDS][2];
} shapes[] = {
	{ "MN|MN", { { 0, 10 }, { 0, 20 }, { 10, 30 }, { 20, 40 } } },
	{ "MN|M", { { 0, 10 }, { 0, 20 }, { 1440, 1450 } } },
	{ "M|MN", { { 0, 10 }, { 10, 15 }, { 0, 20 } } },
	{ "MNO", { { 0, 20 }, { 5, 20 }, { 15, 20 } } },
	{ "MNO|N", { { 0, 10 }, { 0, 15 }, { 5, 20 }, { 15, 30 } } },
};

static void
put_record(struct world_record *r, char machine, const int minutes[2])
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];

	*r = (struct world_record){ .start = EIGHT + minutes[0] * 60,
		.end = EIGHT + minutes[1] * 60 };
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
world_begin(int shape, int starts, int atomic)
{
	const char *ids = shapes[shape].ids;
	struct buf spool = world.spool;
	struct buf company = world.ledger.project.company;
	struct buf name = world.ledger.project.name;
	int from = 0;

	buf_clear(&spool);
	world = (struct world){
		.spool = spool, .starts = starts, .atomic = atomic, .now = 1
	};
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
		    shapes[shape].minutes[world.n]);
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
	return EIGHT * 2;
}

void
clock_wait(int64_t then)
{
	world.now = then > world.now ? then : world.now;
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

/* The server. */

/* The time of ${r} that moves the watermark. */
static int64_t
moves(const struct world_record *r)
{
	return world.starts ? r->start : r->end;
}

static int64_t
newest(void)
{
	int64_t most = LEDGER_NONE;

	for (int i = 0; i < world.n; i++) {
		const struct world_record *r = &world.records[i];

		if (r->applied > 0 && r->shows <= world.now && moves(r) > most)
			most = moves(r);
	}
	if (world.stranger > most)
		most = world.stranger;
	return most == LEDGER_NONE ? most : most * 1000;
}

void
token_drop(struct token *t)
{
	(void)t;
}

enum token_got
api_ready(struct api *api)
{
	buf_clear(&api->why);
	buf_puts(&api->why, "said the walk");
	api->wait = RETRY_NONE;
	if (world.crashed)
		return TOKEN_BROKEN;
	return world_choose(2) == 0 ? TOKEN_OK : TOKEN_LATER;
}

enum token_got
api_mark(struct api *api, const struct buf *company, const struct buf *project,
    struct mark *mark)
{
	enum { TRUTH, LATER, DENIED, UNCLEAR, STRANGER, MARKS };

	(void)company;
	(void)project;
	buf_clear(&api->why);
	buf_puts(&api->why, "said the walk");
	api->wait = RETRY_NONE;
	if (world.crashed)
		return TOKEN_BROKEN;
	*mark = (struct mark){ .known = 1, .zoned = 1, .ms = newest() };
	switch (world_choose(MARKS)) {
	case LATER:
		return TOKEN_LATER;
	case DENIED:
		return TOKEN_DENIED;
	case UNCLEAR:
		mark->known = 0;
		break;
	case STRANGER:
		world.stranger = EIGHT + 7 * 86400;
		mark->ms = newest();
		break;
	default:
		break;
	}
	world_tell("  watermark, minutes",
	    mark->ms == LEDGER_NONE ? -1
				    : (int)(mark->ms / 60000 - EIGHT / 60));
	return TOKEN_OK;
}

/* What a server may do with a batch, whatever it answers. */
enum doing { NOTHING, WHOLE, WHOLE_LATER, PART, DOINGS };

/* How many of the world's records are in the body. */
static int
records_in(const char *body, size_t len)
{
	int n = 0;

	for (int i = 0; i < world.n; i++) {
		const char *hit = strstr(body, world.records[i].text);

		n += hit != NULL && hit < body + len;
	}
	return n;
}

/* Apply what of the world's records is in the body.  PART is the first of
 * them, unless it has the newest time of all: a server that stops between
 * periods of one newest time is beyond what its watermark can tell. */
static void
apply(const char *body, size_t len, enum doing doing)
{
	struct world_record *list[WORLD_RECORDS];
	int64_t most = LEDGER_NONE;
	int n = 0;

	for (int i = 0; i < world.n; i++) {
		const char *hit = strstr(body, world.records[i].text);

		if (hit == NULL || hit >= body + len)
			continue;
		list[n++] = &world.records[i];
		if (moves(list[n - 1]) > most)
			most = moves(list[n - 1]);
	}
	if (doing == NOTHING || (doing == PART && moves(list[0]) == most))
		n = 0;
	else if (doing == PART)
		n = 1;
	for (int i = 0; i < n; i++) {
		list[i]->shows = world.now;
		if (doing == WHOLE_LATER)
			list[i]->shows += WORLD_SETTLE / 2;
		if (list[i]->applied++ > 0)
			world.wrong = "a record was delivered twice";
	}
}

/* What may be true of an answer, whatever the table makes of it. */
enum may { DID, DID_NOT, MAY_HAVE };

/* May it do so much with ${n} records?  One that refuses may have taken some,
 * or all, but not the only one. */
static int
fits(enum doing doing, enum may may, int status, int n)
{
	if (may == DID)
		return doing == WHOLE || doing == WHOLE_LATER;
	if (may == DID_NOT ||
	    ((status == 400 || status == 422) && (n == 1 || world.atomic)))
		return doing == NOTHING;
	return 1;
}

/* One answer for each row of the table. */
static const struct {
	enum http_result result;
	enum http_sent sent;
	int status;
	enum may may;
} answers[] = {
	{ HTTP_DONE, HTTP_SENT_WHOLE, 201, DID },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 200, MAY_HAVE },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 301, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 307, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 302, MAY_HAVE },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 400, MAY_HAVE },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 422, MAY_HAVE },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 401, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 403, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 404, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 411, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 415, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 408, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 429, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_PART, 413, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_PART, 503, DID_NOT },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 500, MAY_HAVE },
	{ HTTP_DONE, HTTP_SENT_WHOLE, 402, MAY_HAVE },
	{ HTTP_NO_HOST, HTTP_SENT_NOTHING, 0, DID_NOT },
	{ HTTP_NO_CONNECT, HTTP_SENT_NOTHING, 0, DID_NOT },
	{ HTTP_NO_TLS, HTTP_SENT_NOTHING, 0, DID_NOT },
	{ HTTP_NO_TRUST, HTTP_SENT_NOTHING, 0, DID_NOT },
	{ HTTP_RESET, HTTP_SENT_PART, 0, DID_NOT },
	{ HTTP_TIMEOUT, HTTP_SENT_HEADERS, 0, DID_NOT },
	{ HTTP_EMPTY, HTTP_SENT_WHOLE, 0, MAY_HAVE },
};
#define ANSWERS ((int)(sizeof answers / sizeof answers[0]))

int
world_answers_every_row(void)
{
	size_t n, met = 0;
	const struct verdict_row *table = verdict_rows(&n);

	for (size_t i = 0; i < n; i++)
		for (int a = 0; a < ANSWERS; a++)
			if (verdict_of(answers[a].result, answers[a].sent,
				answers[a].status) == &table[i]) {
				met++;
				break;
			}
	return met == n;
}

const struct verdict_row *
api_import(struct api *api, const char *body, size_t len)
{
	/* All goes well, the program dies first, or an answer and a deed. */
	int way = world_choose(2 + ANSWERS * DOINGS);
	int i = way < 2 ? 0 : (way - 2) / DOINGS;
	enum doing doing = way < 2 ? WHOLE : (enum doing)((way - 2) % DOINGS);
	const struct verdict_row *row =
	    verdict_of(answers[i].result, answers[i].sent, answers[i].status);

	api->wait = RETRY_NONE;
	api->answer.status = answers[i].status;
	buf_clear(&api->why);
	buf_puts(&api->why, row->words);
	if (way == 1)
		world_crash();
	if (world.crashed)
		return row;
	if (!fits(doing, answers[i].may, answers[i].status,
		records_in(body, len)))
		doing = answers[i].may == DID ? WHOLE : NOTHING;
	world_tell(row->words, doing);
	apply(body, len, doing);
	return row;
}
