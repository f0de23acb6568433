/* conflicts.c - what overlaps what was delivered, as a list to mail. */

#include "config.h"

#include <string.h>

#include "base/duration.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"
#include "upload/cells.h"
#include "upload/conflicts.h"

static const char header[] =
    "conflict,status,target,company,machine,vendor_id,project,start,end,state,"
    "hours,file,line,"
    "delivered_machine,delivered_vendor_id,delivered_project,delivered_start,"
    "delivered_end,delivered_state,"
    "delivered_hours,delivered_file,delivered_line,batch,fate,first_seen,"
    "last_seen\r\n";

struct list {
	struct out *out;
	struct buf line;
};

const char *
conflicts_file(const char *given)
{
	if (strncmp(given, "csv:", 4) == 0 && given[4] != '\0')
		return given + 4;
	msg_warn("--conflicts: csv:FILE, not %s", given);
	return NULL;
}

static void
put_text(struct buf *to, const char *s)
{
	cells_text(to, to->len > 0, s);
}

static void
put_number(struct buf *to, int64_t n)
{
	if (to->len > 0)
		buf_putc(to, ',');
	if (n != LEDGER_NONE)
		buf_printf(to, "%lld", (long long)n);
}

static void
put_time(struct buf *to, int64_t t)
{
	char text[INSTANT_TEXT];

	put_text(to, instant_text(text, t));
}

static void
put_period(struct buf *to, const struct ledger_words *w)
{
	char hours[DURATION_TEXT];

	put_text(to, w->machine);
	put_text(to, w->vendor);
	put_text(to, w->project);
	put_time(to, w->start);
	put_time(to, w->end);
	put_text(to, w->state);
	put_text(to, duration_hours(hours, w->end - w->start));
	put_text(to, w->file);
	put_number(to, w->line);
}

static void
put_row(void *context, const struct ledger_conflict *c)
{
	struct list *list = context;
	struct buf *to = &list->line;

	buf_clear(to);
	put_number(to, c->number);
	put_text(to, c->acknowledged ? "acknowledged" : "open");
	put_text(to, c->target);
	put_text(to, c->mine.company);
	put_period(to, &c->mine);
	put_period(to, &c->theirs);
	put_text(to, c->batch);
	put_text(to, c->fate);
	put_time(to, c->first_seen);
	put_time(to, c->last_seen);
	buf_puts(to, "\r\n");
	out_put(list->out, to->data, to->len);
}

int
conflicts_write(struct ledger *l, const char *path)
{
	struct list list = { .out = out_open(path) };
	int bad = list.out == NULL;

	if (!bad) {
		out_put(list.out, header, sizeof header - 1);
		bad = ledger_conflict_each(l, put_row, &list) != 0;
		bad |= out_finish(list.out) != 0;
	}
	buf_free(&list.line);
	return bad ? -1 : 0;
}
