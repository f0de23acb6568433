/* job_export.c - every period of the ledger, as lines of JSON. */

#include "config.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"
#include "upload/job.h"
#include "upload/ledger.h"
#include "json/json_write.h"

struct list {
	struct out *out;
	struct json_write *w;
	struct buf source;
	uint64_t n;
};

static void
put_text(struct json_write *w, const char *key, const char *text)
{
	json_write_key(w, key);
	json_write_text(w, text);
}

static void
put_time(struct json_write *w, const char *key, int64_t t)
{
	char text[INSTANT_TEXT];

	put_text(w, key, instant_text(text, t));
}

/* The keys of a record, then what became of it. */
static void
put_period(void *context, const struct ledger_export *e)
{
	struct list *list = context;
	struct json_write *w = list->w;
	const char *line;
	size_t len;

	json_write_object(w);
	put_text(w, "companyId", e->words.company);
	put_text(w, "projectId", e->words.project);
	put_text(w, "machineId", e->words.machine);
	put_time(w, "startTime", e->words.start);
	put_time(w, "endTime", e->words.end);
	put_text(w, "state", e->words.state);
	if (e->words.file != NULL) {
		buf_clear(&list->source);
		buf_puts(&list->source, e->words.file);
		if (e->words.line != LEDGER_NONE)
			buf_printf(
			    &list->source, ":%lld", (long long)e->words.line);
		put_text(w, "source", buf_text(&list->source));
	}
	put_text(w, "target", e->target);
	put_text(w, "batch", e->batch);
	put_text(w, "fate", e->fate);
	if (e->reason != NULL)
		put_text(w, "reason", e->reason);
	json_write_end(w);
	line = json_write_take(w, &len);
	out_put(list->out, line, len);
	out_put(list->out, "\n", 1);
	list->n++;
}

enum status
job_export(const struct job *job)
{
	struct list list = { 0 };
	struct ledger *l = NULL;
	char *path = job_ledger(job, 0);
	enum status status = STATUS_TROUBLE;
	int bad;

	if (path == NULL || (l = ledger_open(path, LEDGER_READ)) == NULL ||
	    (list.out = out_open(job->export)) == NULL)
		goto done;
	list.w = json_write_new(0);
	bad = ledger_receipts_periods(l, put_period, &list) != 0;
	bad |= out_finish(list.out) != 0;
	if (!bad) {
		msg_info("periods: %llu", (unsigned long long)list.n);
		status = STATUS_OK;
	}
done:
	ledger_close(l, status);
	json_write_free(list.w);
	buf_free(&list.source);
	free(path);
	return status;
}
