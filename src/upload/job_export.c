/* job_export.c - every period of the ledger, as lines of JSON. */

#include "config.h"

#include <stdlib.h>

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

/* The keys of a record, then what became of it. */
static void
put_period(void *context, const struct ledger_export *e)
{
	struct list *list = context;
	struct json_write *w = list->w;
	const char *line;
	size_t len;

	json_write_object(w);
	json_write_member(w, "companyId", e->words.company);
	json_write_member(w, "projectId", e->words.project);
	json_write_member(w, "machineId", e->words.machine);
	json_write_member_instant(w, "startTime", e->words.start);
	json_write_member_instant(w, "endTime", e->words.end);
	json_write_member(w, "state", e->words.state);
	if (e->words.file != NULL) {
		buf_clear(&list->source);
		buf_puts(&list->source, e->words.file);
		if (e->words.line != LEDGER_NONE)
			buf_printf(
			    &list->source, ":%lld", (long long)e->words.line);
		json_write_member(w, "source", buf_text(&list->source));
	}
	if (e->words.sha256 != NULL)
		json_write_member(w, "sha256", e->words.sha256);
	if (e->words.vendor != NULL)
		json_write_member(w, "vendorId", e->words.vendor);
	json_write_member(w, "target", e->target);
	json_write_member(w, "batch", e->batch);
	json_write_member(w, "fate", e->fate);
	if (e->reason != NULL)
		json_write_member(w, "reason", e->reason);
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
