/* mark.c - the server's latest timestamp as evidence: pure judgement. */

#include "config.h"

#include <stdio.h>

#include "base/instant.h"
#include "upload/mark.h"
#include "json/json.h"
#include "json/json_read.h"

/* 1900: .NET's year 1 and the like stand for "never". */
#define EARLIEST_MS INT64_C(-2208988800000)

struct mark
mark_read(int status, const char *body, size_t len)
{
	struct mark mark = { .known = 1, .zoned = 1, .ms = LEDGER_NONE };
	struct json_read_error error;
	const struct json *time;
	struct json *top;
	enum instant_verdict verdict;

	if (status == 404 || status == 204 || len == 0)
		return mark;
	mark.known = 0;
	if ((top = json_read(body, len, JSON_READ_STRICT, &error)) == NULL)
		return mark;
	time = json_get(top, "latestTimestamp");
	if (top->type == JSON_NULL ||
	    (top->type == JSON_OBJECT &&
		(time == NULL || time->type == JSON_NULL ||
		    (time->type == JSON_STRING && time->len == 0)))) {
		mark.known = 1;
	} else if (time != NULL && time->type == JSON_STRING) {
		verdict = instant_read(time->text, time->len, &mark.ms, NULL);
		mark.known = verdict != INSTANT_BAD;
		mark.zoned = verdict == INSTANT_OK;
		if (verdict == INSTANT_BAD || mark.ms < EARLIEST_MS) {
			mark.ms = LEDGER_NONE;
			mark.zoned = 1;
		}
	}
	json_free(top);
	return mark;
}

int
mark_same(const struct mark *a, const struct mark *b)
{
	return a->known && b->known && a->ms == b->ms;
}

/* Seconds to milliseconds; nothing stays nothing. */
static int64_t
ms_of(int64_t seconds)
{
	return seconds == LEDGER_NONE ? LEDGER_NONE : seconds * 1000;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* LEDGER_NONE is below every time */
}

enum mark_news
mark_news(const struct mark *mark, const struct ledger_project *p,
    enum ledger_mark kind)
{
	int64_t start = later(p->mark_ms, ms_of(p->newest_start));
	int64_t end = later(p->mark_ms, ms_of(p->newest_end));
	int64_t most = kind == LEDGER_MARK_START ? start : end;

	int heard = p->newest_end != LEDGER_NONE;

	if (!mark->known)
		return MARK_UNCLEAR;
	if (!p->seen && (mark->zoned || kind != LEDGER_MARK_UNKNOWN))
		return MARK_STEADY;
	/* A time without its zone is evidence once it has met one of ours. */
	if (!p->seen && (!heard || (mark->ms != end && mark->ms != start)))
		return MARK_UNCLEAR;
	if (kind == LEDGER_MARK_UNKNOWN && start != end) {
		if (mark->ms == end)
			return MARK_LEARNED_END;
		if (mark->ms == start && start > p->mark_ms)
			return MARK_LEARNED_START;
	} else if (mark->ms == most) {
		return MARK_STEADY;
	}
	return mark->ms >= p->mark_ms && mark->ms < most ? MARK_LAGS
							 : MARK_MOVED;
}

int
mark_is_forward(const struct mark *mark, enum ledger_mark kind,
    const struct ledger_batch *b)
{
	/* While it may be either, starts beyond it are beyond it in both. */
	int64_t first = kind == LEDGER_MARK_END ? b->first_end : b->first_start;

	if (!mark->known || b->tied)
		return 0;
	return mark->ms == LEDGER_NONE || ms_of(first) > mark->ms;
}

enum mark_fate
mark_fate(const struct mark *mark, enum ledger_mark kind,
    const struct ledger_batch *b)
{
	if (!mark->known)
		return MARK_UNDECIDED;
	if (mark->ms == b->before_ms)
		return MARK_NOT_APPLIED;
	if (kind != LEDGER_MARK_START && mark->ms == ms_of(b->last_end))
		return MARK_APPLIED;
	if (kind == LEDGER_MARK_START && mark->ms == ms_of(b->last_start))
		return MARK_APPLIED;
	/* While it may be either, a start may be the end of the record before
	 * it, with the batch applied only up to there. */
	if (kind == LEDGER_MARK_UNKNOWN && mark->ms == ms_of(b->last_start) &&
	    b->first_end > b->last_start)
		return MARK_APPLIED;
	return MARK_UNDECIDED;
}

const char *
mark_text(char to[MARK_TEXT], int64_t ms)
{
	char text[INSTANT_TEXT];

	if (ms == LEDGER_NONE)
		snprintf(to, MARK_TEXT, "nothing");
	else if (ms % 1000 == 0)
		snprintf(to, MARK_TEXT, "%s", instant_text(text, ms / 1000));
	else
		snprintf(to, MARK_TEXT, "%.19s.%03dZ",
		    instant_text(text, instant_floor(ms)),
		    (int)(ms - instant_floor(ms) * 1000));
	return to;
}
