/* tell.c - what is told of files instead of a stream. */

#include "config.h"

#include "base/out.h"
#include "parse/explain.h"
#include "parse/roster.h"
#include "parse/tell.h"

enum status
tell_machines(struct run *run, struct input *in)
{
	const struct emit_ids *ids = &run->ids;
	struct run_result result;
	enum status status = STATUS_TROUBLE;

	run->out = out_std();
	run->roster = roster_new();
	if (run_parse(run, in, &result) == 0) {
		roster_write(run->roster, run->out, ids->table, ids->company,
		    ids->project);
		status = result.wrong ? STATUS_FINDINGS : STATUS_OK;
	}
	roster_free(run->roster);
	return status;
}

enum status
tell_periods(struct run *run, struct input *in, const char *what)
{
	struct run_result result;
	enum status status = STATUS_TROUBLE;

	run->out = out_std();
	run->ids.explain = explain_new(what, run->out);
	if (run_parse(run, in, &result) == 0) {
		status = result.wrong ? STATUS_FINDINGS : STATUS_OK;
		if (explain_finish(run->ids.explain) != 0)
			status = STATUS_FINDINGS;
	}
	explain_free(run->ids.explain);
	return status;
}
