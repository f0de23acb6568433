/* receipts.c - what became of each batch of a run, for programs. */

#include "config.h"

#include "base/out.h"
#include "upload/receipts.h"
#include "json/json_write.h"

struct list {
	struct out *out;
	struct json_write *w;
};

static void
put_number(struct json_write *w, const char *key, int64_t n)
{
	json_write_key(w, key);
	if (n == LEDGER_NONE)
		json_write_null(w);
	else
		json_write_int(w, n);
}

static void
put_receipt(void *context, const struct ledger_receipt *r)
{
	struct list *list = context;
	struct json_write *w = list->w;
	const char *line;
	size_t len;

	json_write_object(w);
	json_write_member(w, "batch", r->batch);
	json_write_member(w, "state", r->state);
	json_write_member(w, "target", r->target);
	json_write_member(w, "companyId", r->company);
	json_write_member(w, "projectId", r->project);
	put_number(w, "records", r->records);
	json_write_key(w, "hours");
	json_write_hours(w, r->seconds);
	json_write_member_instant(w, "firstStart", r->first_start);
	json_write_member_instant(w, "lastEnd", r->last_end);
	put_number(w, "attempts", r->attempts);
	put_number(w, "httpStatus", r->answer);
	json_write_member(w, "words", r->words);
	put_number(w, "run", r->run);
	json_write_member_instant(w, "changed", r->changed);
	json_write_end(w);
	line = json_write_take(w, &len);
	out_put(list->out, line, len);
	out_put(list->out, "\n", 1);
}

int
receipts_write(struct ledger *l, const char *path)
{
	struct list list = { .out = out_open(path) };
	int bad;

	if (list.out == NULL)
		return -1;
	list.w = json_write_new(0);
	bad = ledger_receipts(l, put_receipt, &list) != 0;
	bad |= out_finish(list.out) != 0;
	json_write_free(list.w);
	return bad ? -1 : 0;
}
