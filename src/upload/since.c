/* since.c - from where on a project's periods are taken in. */

#include "config.h"

#include "base/instant.h"
#include "base/msg.h"
#include "upload/since.h"

/*
 * Where the latest timestamp is the newest end, a period that starts there is
 * new.  Where it is the newest start it is the one that is there already, and
 * so it is held to be while nobody knows: one left out can be sent later, one
 * sent twice cannot be taken back.
 */
int64_t
since_first(int64_t ms, enum ledger_mark kind, int64_t lookback)
{
	if (ms == LEDGER_NONE)
		return INT64_MIN;
	if (kind == LEDGER_MARK_END)
		return instant_floor(ms + 999) - lookback;
	return instant_floor(ms) + 1 - lookback;
}

static enum status
status_of(enum token_got got)
{
	return got == TOKEN_LATER    ? STATUS_LATER
	       : got == TOKEN_DENIED ? STATUS_DENIED
				     : STATUS_TROUBLE;
}

int
since_ask(void *context, int64_t project, int64_t *first)
{
	struct since *s = context;
	struct ledger_project p = { 0 };
	struct mark mark = { 0 };
	char text[MARK_TEXT];
	enum token_got got = TOKEN_BROKEN;
	int bad = ledger_project(s->ledger, project, &p) != 0;

	s->status = STATUS_TROUBLE;
	if (bad)
		goto done;
	got = api_mark(s->api, &p.company, &p.name, &mark);
	if (got != TOKEN_OK) {
		msg_warn("company %s, project %s: %s", buf_text(&p.company),
		    buf_text(&p.name), buf_text(&s->api->why));
		s->status = status_of(got);
		bad = 1;
	} else if (!mark.known) {
		msg_warn("company %s, project %s: the latest timestamp is not "
			 "understood, so nothing can be taken in since it",
		    buf_text(&p.company), buf_text(&p.name));
		bad = 1;
	} else {
		*first =
		    since_first(mark.ms, ledger_mark(s->ledger), s->lookback);
		msg_note("company %s, project %s: the latest timestamp is %s",
		    buf_text(&p.company), buf_text(&p.name),
		    mark_text(text, mark.ms));
	}
done:
	buf_free(&p.company);
	buf_free(&p.name);
	return bad ? -1 : 0;
}
