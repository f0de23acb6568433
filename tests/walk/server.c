/* server.c - a server of a few bytes, for the walk. */

#include "config.h"

#include <string.h>

#include "upload/retry.h"
#include "walk/world.h"

/* The time of ${r} that moves the watermark. */
static int64_t
moves(const struct world_record *r)
{
	return world.kind.starts ? r->start : r->end;
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
		world.stranger = WORLD_STRANGER;
		mark->ms = newest();
		break;
	default:
		break;
	}
	world_tell("  watermark, minutes",
	    mark->ms == LEDGER_NONE
		? -1
		: (int)(mark->ms / 60000 - WORLD_EIGHT / 60));
	return TOKEN_OK;
}

enum token_got
api_aggregate(struct api *api, const struct buf *company,
    const struct buf *project, int64_t from, int64_t to)
{
	int64_t seconds = 0;

	(void)company;
	(void)project;
	(void)from;
	(void)to;
	buf_clear(&api->answer.body);
	if (world.crashed)
		return TOKEN_BROKEN;
	for (int i = 0; i < world.n; i++) {
		const struct world_record *r = &world.records[i];

		if (r->applied > 0 && r->shows <= world.now)
			seconds += r->end - r->start;
	}
	switch (world_choose(3)) {
	case 1:
		return TOKEN_LATER;
	case 2:
		buf_puts(&api->answer.body, "<html>");
		return TOKEN_OK;
	default:
		buf_printf(&api->answer.body, "{\"s\":{\"Idle\":%lld}}",
		    (long long)seconds);
		world_tell("  aggregate, minutes", (int)(seconds / 60));
		return TOKEN_OK;
	}
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
	    ((status == 400 || status == 422) && (n == 1 || world.kind.atomic)))
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
api_import_single(struct api *api, const char *body, size_t len)
{
	return api_import(api, body, len);
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
