/* flow.c - records from the stream through the judge to where they go. */

#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "base/msg.h"
#include "base/progress.h"
#include "base/sort.h"
#include "record/stream.h"
#include "record/write.h"
#include "validate/fixing.h"
#include "validate/flow.h"
#include "validate/rejects.h"

/* Look at clocks, limits and the far end once in so many records. */
#define NOW_AND_THEN 8192

/* What to do with records that pass: one word, for it is asked for each. */
enum { PASS_WRITTEN = 0, PASS_AS_IT_CAME = 1, PASS_WATCHED = 2 };

struct run {
	const struct flow *flow;
	unsigned pass;
	struct stream *stream;
	struct problem problem;
	struct report_summary sum;
	uint64_t rows;
	struct fixing *fixing; /* NULL: nothing is repaired */
	int is_as_it_came;     /* a record that passes is the last one read */
};

static int64_t
length(const struct record *r)
{
	return r->end > r->start ? r->end - r->start : 0;
}

static void
withhold(struct run *run, const struct record *r, uint64_t *n, int64_t *seconds)
{
	++*n;
	if (__builtin_add_overflow(*seconds, length(r), seconds))
		*seconds = INT64_MAX;
	if (run->flow->withheld != NULL)
		write_record(run->flow->withheld, run->flow->names, r);
	if (run->flow->daily != NULL) {
		daily_withhold(run->flow->daily, r);
		findings_watched(run->flow->findings, r, 0);
	}
}

static int
refuse_disorder(const struct run *run)
{
	msg_warn("%s:%" PRIu64 ": starts before the record of the same machine "
		 "before it; leave --sorted out, or sort first",
	    stream_name(run->stream), stream_number(run->stream));
	return -1;
}

static const char *
watch(const struct run *run, const struct record *r, size_t *len)
{
	daily_pass(run->flow->daily, r);
	findings_watched(run->flow->findings, r, 1);
	return run->is_as_it_came ? stream_canonical(run->stream, len) : NULL;
}

/* In the order of the input a canonical line goes on as it came. */
static inline void
pass_on(const struct run *run, const struct record *r)
{
	struct out *out = run->flow->out;
	const char *line = NULL;
	size_t len = 0;
	char *to;

	if (run->pass == PASS_AS_IT_CAME)
		line = stream_canonical(run->stream, &len);
	else if (run->pass == PASS_WATCHED)
		line = watch(run, r, &len);
	if (line == NULL || len >= OUT_ROOM) {
		write_record(out, run->flow->names, r);
		return;
	}
	to = out_room(out, len + 1);
	memcpy(to, line, len);
	to[len] = '\n';
	out_used(out, len + 1);
}

/* Put one that does not go on where it belongs.  -1: the run is over. */
static int
put_aside(struct run *run, enum judge_verdict verdict, const struct record *r)
{
	struct report_summary *sum = &run->sum;

	switch (verdict) {
	case JUDGE_WITHHELD:
		withhold(run, r, &sum->withheld, &sum->withheld_seconds);
		break;
	case JUDGE_HELD:
		withhold(run, r, &sum->held, &sum->held_seconds);
		break;
	case JUDGE_DISORDER:
		return refuse_disorder(run);
	case JUDGE_UNASKED:
		sum->unasked++;
		break;
	case JUDGE_PASS:
		break;
	}
	return 0;
}

/* Send one record where it belongs.  -1: the run is over. */
static inline int
judge_and_send(struct run *run, const struct record *r)
{
	enum judge_verdict verdict = judge_take(run->flow->judge, r);

	if (verdict != JUDGE_PASS)
		return put_aside(run, verdict, r);
	run->sum.passed++;
	run->sum.passed_seconds += length(r);
	if (run->flow->copies != NULL)
		copies_take(run->flow->copies, r);
	pass_on(run, r);
	return 0;
}

/* What comes out of the repair: a repair_put. */
static int
send_repaired(void *context, enum judge_verdict verdict, const struct record *r)
{
	struct run *run = context;

	if (verdict != JUDGE_PASS)
		return put_aside(run, verdict, r);
	return judge_and_send(run, r);
}

static inline int
send(struct run *run, const struct record *r)
{
	if (run->fixing != NULL)
		return fixing_take(run->fixing, r);
	return judge_and_send(run, r);
}

/* All was sent: so is what is still being repaired. */
static int
send_rest(struct run *run)
{
	return run->fixing != NULL ? fixing_end(run->fixing, &run->sum) : 0;
}

/* A record without a source is known by its line in the stream, which
 * nobody writes. */
static void
remember_place(const struct run *run, struct record *r)
{
	r->line = stream_number(run->stream);
	r->flags = findings_file(run->flow->findings, stream_name(run->stream));
}

/*
 * The next record; problems on the way are counted.  Not STREAM_RECORD: the
 * end.
 */
static inline enum stream_got
next(struct run *run, struct record *r)
{
	enum stream_got got;

	while ((got = stream_next(run->stream, r, &run->problem)) ==
	       STREAM_PROBLEM) {
		struct problem *p = &run->problem;
		unsigned id = rule_find(p->code);

		if (id < RULE_COUNT)
			p->severity = run->flow->settings->severity[id];
		(void)findings_problem(run->flow->findings, p, NULL);
		run->sum.lost++;
	}
	if (got == STREAM_RECORD && r->file == NAMES_NONE)
		remember_place(run, r);
	return got;
}

static void
show_progress(const struct run *run)
{
	progress_show(msg_tool(), run->rows, input_read_bytes(run->flow->in),
	    input_total_bytes(run->flow->in));
}

/* True: nobody takes what we write, which was said. */
static int
is_vain(const struct flow *flow)
{
	return out_failed(flow->out) ||
	       (flow->withheld != NULL && out_failed(flow->withheld));
}

static int
run_sorted(struct run *run)
{
	struct record r;

	while (next(run, &r) == STREAM_RECORD) {
		if (send(run, &r) != 0)
			return -1;
		if (++run->rows % NOW_AND_THEN == 0) {
			show_progress(run);
			if (is_vain(run->flow))
				return -1;
		}
	}
	return send_rest(run);
}

/* Texts and records share the memory; records need some of it at least. */
static size_t
left_for_records(const struct flow *flow)
{
	size_t texts = names_memory(flow->names);
	size_t least = flow->memory / 8;

	return texts + least < flow->memory ? flow->memory - texts : least;
}

static int
collect(struct run *run, struct sort *sort)
{
	struct record r;

	/* The sorter writes whole records, what lies between members too. */
	memset(&r, 0, sizeof r);
	while (next(run, &r) == STREAM_RECORD) {
		if ((run->fixing == NULL || !fixing_keeps(run->fixing, &r)) &&
		    sort_put(sort, &r) != 0)
			return -1;
		if (++run->rows % NOW_AND_THEN == 0) {
			sort_memory(sort, left_for_records(run->flow));
			show_progress(run);
		}
	}
	return 0;
}

static int
send_sorted(struct run *run, struct sort *sort)
{
	const struct record *r;
	uint64_t n = 0;

	while ((r = sort_next(sort)) != NULL) {
		if (send(run, r) != 0 ||
		    (++n % NOW_AND_THEN == 0 && is_vain(run->flow)))
			return -1;
	}
	if (sort_failed(sort) || send_rest(run) != 0)
		return -1;
	return run->flow->copies != NULL ? copies_end(run->flow->copies) : 0;
}

/* Causes are known before the first finding is told. */
static int
find_causes(const struct run *run, struct sort *sort)
{
	struct causes *causes = run->flow->causes;
	const struct record *r;

	if (causes == NULL || !causes_wanted(causes))
		return 0;
	sort_hold(sort, 1);
	do {
		while ((r = sort_next(sort)) != NULL)
			causes_take(causes, r);
		if (sort_failed(sort))
			return -1;
		sort_again(sort);
	} while (causes_again(causes));
	sort_hold(sort, 0);
	return 0;
}

/* Machines of several projects are looked at before the first record goes. */
static int
look_ahead(const struct run *run, struct judge *judge, struct sort *sort)
{
	const struct record *r;

	if (judge == NULL || !judge_whole(judge, run->flow->memory))
		return 0;
	sort_hold(sort, 1);
	while ((r = sort_next(sort)) != NULL)
		judge_look(judge, r);
	if (sort_failed(sort))
		return -1;
	sort_again(sort);
	sort_hold(sort, 0);
	judge_looked(judge);
	return 0;
}

/* Judge the frame, and take in what parse set aside: it is whole only once
 * the stream has ended. */
static int
end_of_input(struct run *run, struct frame *frame)
{
	const struct flow *flow = run->flow;
	enum frame_verdict verdict = stream_judge(run->stream, frame);

	if (verdict == FRAME_CUT)
		return -1;
	if (verdict == FRAME_UNFRAMED) {
		frame->unframed = 1;
		msg_note("the input has no first and last line, so nobody can "
			 "tell whether it is whole");
	}
	if (frame->findings)
		msg_note("the program before this one had findings");
	run->sum.read = run->rows + run->sum.lost;
	if (flow->rejects != NULL)
		return rejects_read(
		    flow->rejects, flow->findings, &run->sum.rejects);
	return 0;
}

/* The hours are all there; they go to their files.  0, or -1. */
static int
write_summaries(const struct run *run)
{
	struct summary *list = *run->flow->summaries;

	if (list == NULL)
		return 0;
	*run->flow->summaries = NULL;
	return summary_close(list, run->flow->daily, run->sum.findings);
}

/* Everything was said and written: close, and judge the whole. */
static enum status
finish(struct run *run, struct frame *frame)
{
	const struct flow *flow = run->flow;
	const struct report_summary *sum = &run->sum;
	int fail;

	causes_say(flow->settings, flow->sorted);
	findings_tell_causes(flow->findings);
	fail = findings_fail(flow->findings, sum->passed_seconds);
	run->sum.findings = fail || frame->findings;
	if (flow->daily != NULL)
		daily_end(flow->daily);
	run->sum.daily = flow->daily;
	if ((flow->withheld != NULL && out_flush(flow->withheld) != 0) ||
	    findings_close(flow->findings, &run->sum) != 0 ||
	    write_summaries(run) != 0)
		return STATUS_TROUBLE;
	frame->records = sum->passed;
	frame->batches = 0;
	frame->rejected += sum->lost + sum->withheld + sum->held;
	frame->findings = sum->findings;
	if (!flow->plain)
		frame_write_last(flow->out, frame);
	if (out_flush(flow->out) != 0)
		return STATUS_TROUBLE;
	return fail ? STATUS_FINDINGS : STATUS_OK;
}

static enum status
keep_order(struct run *run)
{
	struct frame frame;

	if (!run->flow->plain)
		frame_write_first(run->flow->out);
	if (run_sorted(run) != 0 || end_of_input(run, &frame) != 0)
		return STATUS_TROUBLE;
	return finish(run, &frame);
}

static enum status
put_in_order(struct run *run)
{
	const struct flow *flow = run->flow;
	struct sort *sort = sort_new(sizeof(struct record), names_compare,
	    flow->names, left_for_records(flow));
	enum status status = STATUS_TROUBLE;
	struct frame frame;

	sort_keys(sort, names_key, names_rank);
	if (collect(run, sort) == 0 && end_of_input(run, &frame) == 0 &&
	    (run->fixing == NULL || fixing_collected(run->fixing, sort) == 0)) {
		if (!flow->plain)
			frame_write_first(flow->out);
		if (find_causes(run, sort) == 0 &&
		    look_ahead(run, flow->judge, sort) == 0 &&
		    (run->fixing == NULL ||
			look_ahead(run, fixing_judge(run->fixing), sort) ==
			    0) &&
		    send_sorted(run, sort) == 0)
			status = finish(run, &frame);
	}
	if (sort_spilled(sort) > 0)
		msg_debug("%" PRIu64 " bytes went through a temporary file",
		    sort_spilled(sort));
	sort_free(sort);
	return status;
}

enum status
flow_run(const struct flow *flow)
{
	struct run run = { .flow = flow };
	struct fixing_task task = { .settings = flow->settings,
		.names = flow->names,
		.judge = flow->judge,
		.findings = flow->findings,
		.plan = flow->fix_plan,
		.apply = flow->apply_plan,
		.sorted = flow->sorted,
		.put = send_repaired,
		.context = &run };
	enum status status = STATUS_TROUBLE;

	run.stream = stream_open(flow->in, flow->names);
	if (fixing_open(&run.fixing, &task) == 0) {
		run.is_as_it_came =
		    flow->sorted &&
		    (run.fixing == NULL || !fixing_changes(run.fixing));
		if (flow->daily != NULL)
			run.pass = PASS_WATCHED;
		else if (run.is_as_it_came)
			run.pass = PASS_AS_IT_CAME;
		status = flow->sorted ? keep_order(&run) : put_in_order(&run);
	}
	progress_clear();
	if (fixing_close(run.fixing) != 0)
		status = STATUS_TROUBLE;
	stream_close(run.stream);
	problem_free(&run.problem);
	return status;
}
