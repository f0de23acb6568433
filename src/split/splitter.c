/* splitter.c - a stream of records becomes batches, files or a plan. */

#include "config.h"

#include <inttypes.h>

#include "base/input.h"
#include "base/instant.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/sort.h"
#include "record/stream.h"
#include "split/flow.h"
#include "split/outdir.h"
#include "split/splitter.h"

/* What is at work. */
struct split {
	const struct splitter_options *opt;
	struct names *names;
	struct shard *shard;
	struct order *order;
	struct sort *sort;
	struct stream *stream;
	struct frame frame; /* of what was read, then of what is written */
	uint64_t bad;	    /* lines that are no records */
	uint64_t too_large;
	uint64_t bytes; /* of all bodies */

	/* Where batches go: one of these, or stdout. */
	struct outdir *dir;
	struct plan *plan;
	batch_sink *sink;
	void *sink_context;
};

/* The next record that is wanted.  0 at the end. */
static int
next_record(struct split *s, struct record *r)
{
	struct problem p = { 0 };
	enum stream_got got;

	while ((got = stream_next(s->stream, r, &p)) != STREAM_END) {
		if (got == STREAM_PROBLEM) {
			if (s->bad++ < 10)
				problem_print(&p);
			continue;
		}
		if (!shard_has(s->shard, s->names, r))
			continue;
		order_meet(s->order, r);
		break;
	}
	problem_free(&p);
	return got != STREAM_END;
}

/* Is what was read to its end to be split?  0, or -1 after a message. */
static int
judge(struct split *s)
{
	const char *left = s->opt->sorted ? "what was written has no last line"
					  : "nothing is written";

	switch (stream_judge(s->stream, &s->frame)) {
	case FRAME_CUT:
		return -1;
	case FRAME_UNFRAMED:
		s->frame.unframed = 1;
		break;
	case FRAME_WHOLE:
		break;
	}
	if (s->bad > 0) {
		msg_warn("%" PRIu64 " lines are no records: %s; run "
			 "ditio-validate first",
		    s->bad, left);
		return -1;
	}
	if (s->frame.findings && !s->opt->accept_findings) {
		msg_warn("the stream's verdict is findings: %s; mend what "
			 "ditio-parse or ditio-validate found, or give "
			 "--accept-findings",
		    left);
		return -1;
	}
	return 0;
}

/* Start a problem of the record, in the vendor's file if it tells of one. */
static void
blame(const struct split *s, const struct record *r, struct problem *p,
    struct buf *file, const char *code)
{
	int is_known = r->file != NAMES_NONE;

	if (is_known)
		names_put_file(s->names, r->file, file);
	problem_set(p, code, SEVERITY_ERROR, is_known ? buf_text(file) : NULL,
	    r->line, 0);
	p->price = r->end - r->start;
}

/* A flow_refuse: a record that no batch can hold is named, and missing from
 * the output. */
static void
say_too_large(void *context, const struct record *r)
{
	struct split *s = context;
	struct buf file = { 0 };
	struct problem p = { 0 };

	blame(s, r, &p, &file, "too-large");
	buf_puts(&p.text, "the record alone is larger than --max-bytes: it is "
			  "in no batch");
	problem_print(&p);
	problem_free(&p);
	buf_free(&file);
	s->too_large++;
}

/* A batch_sink: an envelope line on stdout. */
static int
write_envelope(void *context, const struct batch *b)
{
	struct out *out = out_std();

	(void)context;
	out_put(out, b->head.data, b->head.len);
	out_put(out, ",\"body\":", 8);
	out_put(out, b->body, b->body_len);
	out_put(out, "}\n", 2);
	return out_failed(out) ? -1 : 0;
}

static int
open_output(struct split *s)
{
	if (s->opt->plan) {
		s->sink_context = s->plan = plan_new(s->names, s->order);
		s->sink = plan_put;
	} else if (s->opt->output != NULL) {
		s->dir = outdir_open(s->opt->output, s->names, s->order);
		s->sink_context = s->dir;
		s->sink = outdir_put;
		return s->dir != NULL ? 0 : -1;
	} else {
		s->sink = write_envelope;
		frame_write_first(out_std());
		/* Unless the stream is still to come. */
		if (s->sort != NULL)
			frame_write_files(out_std(), &s->frame);
	}
	return 0;
}

/* Hand the sorted records to the cutter.  0, or -1 after a message. */
static int
cut(struct split *s, struct batch_cutter *cutter)
{
	const struct record *r;

	while ((r = sort_next(s->sort)) != NULL)
		switch (batch_put(cutter, r)) {
		case 0:
			s->frame.records++;
			break;
		case 1:
			say_too_large(s, r);
			break;
		default:
			return -1;
		}
	return sort_failed(s->sort) ? -1 : batch_end(cutter);
}

/*
 * Nothing is written before all was read: a stream that is cut or has faults
 * must not be half delivered.  0, or -1 after a message.
 */
static int
sort_all(struct split *s)
{
	struct batch_cutter *cutter;
	struct record r;
	int failed;

	s->sort = sort_new(sizeof r, order_compare, s->order, s->opt->memory);
	sort_keys(s->sort, order_key, order_rank);
	while (next_record(s, &r))
		if (sort_put(s->sort, &r) != 0)
			return -1;
	if (judge(s) != 0 || open_output(s) != 0)
		return -1;
	cutter = batch_new(
	    s->names, s->order, &s->opt->limits, s->sink, s->sink_context);
	s->frame.records = 0;
	failed = cut(s, cutter);
	s->frame.batches = batch_count(cutter);
	s->bytes = batch_bytes(cutter);
	batch_free(cutter);
	return failed;
}

/* The record comes after one of its project that is later. */
static void
say_unsorted(
    const struct split *s, const struct flow *f, const struct record *r)
{
	struct buf file = { 0 };
	struct problem p = { 0 };
	char was[INSTANT_TEXT], is[INSTANT_TEXT];

	blame(s, r, &p, &file, "not-sorted");
	buf_printf(&p.text,
	    "line %" PRIu64 " of %s goes back from %s to %s in the %s of its "
	    "project: leave out --sorted, and the records are sorted",
	    stream_number(s->stream), stream_name(s->stream),
	    instant_text(was, flow_time(f, r)),
	    instant_text(is, order_time(s->order, r)), order_word(s->order));
	problem_print(&p);
	problem_free(&p);
	buf_free(&file);
}

/* Batches go out while records come in.  After a line that is no record none
 * does: nobody may take what has no last line. */
static int
flow_all(struct split *s, struct flow *f)
{
	struct record r;
	int got;

	while (next_record(s, &r)) {
		if (s->bad > 0)
			continue;
		if ((got = flow_put(f, &r)) == 1)
			say_unsorted(s, f, &r);
		if (got != 0)
			return -1;
	}
	return judge(s) != 0 ? -1 : flow_end(f);
}

/* Without sorting.  0, or -1 after a message. */
static int
stream_all(struct split *s)
{
	struct flow *f;
	int failed;

	if (open_output(s) != 0)
		return -1;
	f = flow_new(s->names, s->order, &s->opt->limits, s->sink,
	    s->sink_context, say_too_large, s);
	failed = flow_all(s, f);
	s->frame.records = flow_records(f);
	s->frame.batches = flow_count(f);
	s->bytes = flow_bytes(f);
	flow_free(f);
	return failed;
}

/* All batches were handed over. */
static enum status
close_output(struct split *s)
{
	struct buf plan = { 0 };

	s->frame.rejected += s->too_large;
	s->frame.findings |= s->too_large > 0;
	if (s->plan != NULL) {
		(s->opt->json ? plan_json : plan_text)(
		    s->plan, &s->opt->rate, &plan);
		out_put(out_std(), plan.data, plan.len);
		buf_free(&plan);
	} else if (s->dir != NULL) {
		if (outdir_commit(s->dir, &s->frame, s->bytes) != 0)
			return STATUS_TROUBLE;
	} else {
		frame_write_last(out_std(), &s->frame);
	}
	msg_info("%" PRIu64 " records in %" PRIu64 " batches, %" PRIu64
		 " bytes%s",
	    s->frame.records, s->frame.batches, s->bytes,
	    s->plan != NULL ? "; nothing written" : "");
	return s->too_large > 0 ? STATUS_FINDINGS : STATUS_OK;
}

enum status
splitter(const struct splitter_options *opt)
{
	struct shard shard = opt->shard;
	struct split s = { .opt = opt, .shard = &shard };
	struct input *in = input_open(opt->files);
	enum status status = STATUS_TROUBLE;

	s.names = names_new();
	names_limit(s.names, opt->memory);
	s.order = order_new(s.names, opt->field);
	input_archives(in, FILES_OPENED);
	s.stream = stream_open(in, s.names);
	if ((opt->sorted ? stream_all(&s) : sort_all(&s)) == 0)
		status = close_output(&s);
	outdir_close(s.dir);
	plan_free(s.plan);
	stream_close(s.stream);
	input_close(in);
	sort_free(s.sort);
	order_free(s.order);
	names_free(s.names);
	shard_free(&shard);
	return status;
}
