/* run.c - files in, stream and rejects out: all of a parse but its options. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "base/msg.h"
#include "parse/run.h"
#include "parse/table.h"

static int
reads_evidence(const struct profile *p)
{
	return p->format == PROFILE_AEMP || p->rows == PROFILE_EVENT ||
	       p->rows == PROFILE_READING;
}

static int
read_files(const struct run *run, struct input *in, struct names *names,
    struct emit *emit, struct reject *reject, struct run_result *result)
{
	const struct profile *p = run->profile;
	struct tally *tally = &result->tally;
	struct table_sinks sinks = { .names = names,
		.emit = emit,
		.reject = reject,
		.tally = tally,
		.frame = &result->frame,
		.machine = run->ids.machine,
		.roster = run->roster,
		.explain = run->ids.explain };
	struct aemp_options aemp = { .id_field = run->id_field,
		.machine = run->ids.machine,
		.zone = p->zone,
		.dst = p->dst,
		.counter_unit = p->counter_unit,
		.switch_number = p->switch_number,
		.switches = p->switch_count,
		.moves = p->rules.moves,
		.memory = run->memory };
	struct evidence_rules rules = p->rules;
	struct evidence *evidence = NULL;
	int failed;

	rules.zone = p->zone; /* the command line may have changed it */
	if (reads_evidence(p))
		evidence =
		    evidence_new(&rules, names, emit, reject, run->memory);
	if (evidence != NULL)
		evidence_survey(evidence, run->roster);
	sinks.evidence = evidence;
	if (p->format == PROFILE_AEMP)
		failed = aemp_read(in, &aemp, names, evidence, reject, tally);
	else
		failed = table_read(in, run->profile, &sinks);
	if (failed == 0 && input_failed(in))
		failed = 1;
	/* One bad file does not hide what is wrong in the others. */
	if (failed >= 0 && evidence != NULL && evidence_finish(evidence) != 0)
		failed = -1;
	if (evidence != NULL)
		tally->merged += evidence_merged(evidence);
	evidence_free(evidence);
	return failed != 0 ? -1 : 0;
}

/*
 * Nothing came out.  That is in order where nothing was said: rows that were
 * all skipped, evidence without growth, a valid empty feed or stream.
 */
static int
is_silence(
    const struct run *run, const struct run_result *result, uint64_t errors)
{
	const struct tally *t = &result->tally;

	if (errors > 0)
		return 0;
	if (t->read == 0 && result->frame.lasts > 0)
		return 1;
	if (reads_evidence(run->profile))
		return t->read > 0 || run->profile->format == PROFILE_AEMP;
	return t->read > 0 && t->skipped == t->read;
}

static void
judge_emptiness(const struct run *run, struct reject *reject,
    const struct run_result *result)
{
	uint64_t errors = reject_count(reject, SEVERITY_ERROR);
	struct problem p = { 0 };

	if (result->tally.emitted > 0)
		return;
	if (is_silence(run, result, errors)) {
		msg_note("no record came out: nothing in the input tells of a "
			 "state");
		return;
	}
	problem_set(&p, "no-record", SEVERITY_ERROR, NULL, 0, 0);
	buf_puts(&p.text, "no record came out of the input");
	reject_finding(reject, &p);
	problem_free(&p);
}

/* More rows rejected than the user takes for noise? */
static int
too_many(const struct run *run, const struct tally *t)
{
	if (!run->is_share)
		return t->rejected > run->max_rejects;
	/* 128 bits: rows times ten thousand may not fit in 64. */
	return (unsigned __int128)t->rejected * 10000 >
	       (unsigned __int128)t->read * run->max_rejects;
}

static void
summarise(const struct tally *t)
{
	if (t->decided > 0)
		msg_info("%" PRIu64 " local times that do not exist or exist "
			 "twice were decided by --dst",
		    t->decided);
	msg_info("read %" PRIu64 " rows = %" PRIu64 " used + %" PRIu64
		 " rejected + %" PRIu64 " skipped; %" PRIu64
		 " records emitted (%" PRIu64 " cut, %" PRIu64 " merged)",
	    t->read, t->used, t->rejected, t->skipped, t->emitted, t->cut,
	    t->merged);
}

int
run_parse(const struct run *run, struct input *in, struct run_result *result)
{
	struct names *names = names_new();
	struct tally *tally = &result->tally;
	struct emit_ids ids = run->ids;
	struct reject *reject;
	struct emit *emit;
	int failed = -1;

	memset(result, 0, sizeof *result);
	result->frame.origins = run->origins;
	names_limit(names, run->memory);
	if ((reject = reject_open(run->rejects, tally)) == NULL)
		goto done;
	ids.zone = run->profile->zone;
	emit = emit_new(run->out, names, &ids, reject, tally);
	failed = read_files(run, in, names, emit, reject, result);
	emit_report(emit);
	emit_free(emit);
	if (failed == 0 &&
	    tally->read != tally->used + tally->rejected + tally->skipped) {
		msg_warn("a fault of this program: rows went missing");
		failed = -1;
	}
	if (failed == 0 && run->roster == NULL)
		judge_emptiness(run, reject, result);
	result->wrong = reject_count(reject, SEVERITY_ERROR) > 0;
	result->findings =
	    too_many(run, tally) || (result->wrong && tally->emitted == 0);
	if (reject_close(reject) != 0)
		failed = -1;
	summarise(tally);
done:
	names_free(names);
	return failed;
}
