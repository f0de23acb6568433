/* ditio-split.c - records in, import-sized batches out, ordered by time. */

#include "config.h"

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/out.h"
#include "base/sort.h"
#include "base/status.h"
#include "record/stream.h"
#include "split/batch.h"
#include "split/outdir.h"
#include "json/json_log.h"

struct options {
	struct batch_limits limits; /* --max-records, --max-bytes */
	enum order_field field;	    /* --order */
	const char *output;	    /* --output: a directory */
	int accept_findings;	    /* --accept-findings */
	size_t memory;		    /* --memory */
	char **files;
};

/* What is at work. */
struct split {
	const struct options *opt;
	struct names *names;
	struct order *order;
	struct sort *sort;
	struct frame frame; /* of what was read, then of what is written */
	uint64_t too_large;
};

static struct options parse_options(int argc, char *argv[]);
static int read_all(struct split *s, struct stream *stream);
static enum status write_all(struct split *s);

int
main(int argc, char *argv[])
{
	struct options opt;
	struct split s = { 0 };
	struct input *in;
	struct stream *stream;
	enum status status = STATUS_TROUBLE;

	msg_init("ditio-split");
	signal(SIGPIPE, SIG_IGN);
	opt = parse_options(argc, argv);

	s.opt = &opt;
	s.names = names_new();
	names_limit(s.names, opt.memory);
	s.order = order_new(s.names, opt.field);
	s.sort =
	    sort_new(sizeof(struct record), order_compare, s.order, opt.memory);
	sort_keys(s.sort, order_key, order_rank);
	in = input_open(opt.files);
	input_archives(in, FILES_OPENED);
	stream = stream_open(in, s.names);
	if (read_all(&s, stream) == 0)
		status = write_all(&s);
	stream_close(stream);
	input_close(in);
	sort_free(s.sort);
	order_free(s.order);
	names_free(s.names);
	return out_close(status);
}

/*
 * Nothing is written before all was read: a stream that is cut or has faults
 * must not be half delivered.  0, or -1 after a message.
 */
static int
read_all(struct split *s, struct stream *stream)
{
	struct problem p = { 0 };
	struct record r;
	enum stream_got got;
	uint64_t bad = 0;
	int failed = 0;

	while (!failed && (got = stream_next(stream, &r, &p)) != STREAM_END) {
		if (got == STREAM_PROBLEM) {
			if (bad++ < 10)
				problem_print(&p);
			continue;
		}
		order_meet(s->order, &r);
		failed = sort_put(s->sort, &r) != 0;
	}
	problem_free(&p);
	if (failed)
		return -1;
	switch (stream_judge(stream, &s->frame)) {
	case FRAME_CUT:
		return -1;
	case FRAME_UNFRAMED:
		s->frame.unframed = 1;
		break;
	case FRAME_WHOLE:
		break;
	}
	if (bad > 0) {
		msg_warn("%" PRIu64 " lines are no records: nothing is "
			 "written; run ditio-validate first",
		    bad);
		return -1;
	}
	if (s->frame.findings && !s->opt->accept_findings) {
		msg_warn("the stream's verdict is findings: nothing is "
			 "written; mend what ditio-parse or ditio-validate "
			 "found, or give --accept-findings");
		return -1;
	}
	return 0;
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

/* A record that no batch can hold is named, and missing from the output. */
static void
say_too_large(struct split *s, const struct record *r)
{
	struct buf file = { 0 };
	struct problem p = { 0 };

	if (r->file != NAMES_NONE)
		names_put_file(s->names, r->file, &file);
	problem_set(&p, "too-large", SEVERITY_ERROR,
	    r->file != NAMES_NONE ? buf_text(&file) : NULL, r->line, 0);
	p.price = r->end - r->start;
	buf_puts(&p.text, "the record alone is larger than --max-bytes: it is "
			  "in no batch");
	problem_print(&p);
	problem_free(&p);
	buf_free(&file);
	s->too_large++;
}

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

static enum status
write_all(struct split *s)
{
	const struct options *opt = s->opt;
	struct outdir *dir = NULL;
	struct batch_cutter *cutter;
	int failed;

	if (opt->output != NULL &&
	    (dir = outdir_open(opt->output, s->names, s->order)) == NULL)
		return STATUS_TROUBLE;
	if (dir == NULL)
		frame_write_first(out_std());
	cutter = batch_new(s->names, s->order, &opt->limits,
	    dir != NULL ? outdir_put : write_envelope, dir);
	s->frame.records = 0;
	failed = cut(s, cutter);
	s->frame.batches = batch_count(cutter);
	s->frame.rejected += s->too_large;
	s->frame.findings |= s->too_large > 0;
	if (!failed && dir != NULL)
		failed = outdir_commit(dir, &s->frame, batch_bytes(cutter));
	else if (!failed)
		frame_write_last(out_std(), &s->frame);
	if (!failed)
		msg_info("%" PRIu64 " records in %" PRIu64 " batches, %" PRIu64
			 " bytes",
		    s->frame.records, s->frame.batches, batch_bytes(cutter));
	outdir_close(dir);
	batch_free(cutter);
	if (failed)
		return STATUS_TROUBLE;
	return s->too_large > 0 ? STATUS_FINDINGS : STATUS_OK;
}

static void
usage(FILE *to)
{
	fputs(
	    "usage: ditio-split [OPTION ...] [FILE ...]\n"
	    "\n"
	    "  --max-records N      records in a batch at most (1000)\n"
	    "  --max-bytes SIZE     bytes of a body at most (1M)\n"
	    "  --order end|start    order batches and cut them by this time\n"
	    "  -o, --output DIR     files and a manifest instead of a stream\n"
	    "  --accept-findings    also a stream whose verdict is findings\n"
	    "  --memory SIZE        for sorting, such as 512M\n"
	    "  -q, --quiet  -v, --verbose  --log text|json  -h, --help  "
	    "-V, --version\n",
	    to);
}

enum {
	OPT_ACCEPT = 256,
	OPT_LOG,
	OPT_MAX_BYTES,
	OPT_MAX_RECORDS,
	OPT_MEMORY,
	OPT_ORDER,
};

/* The option table; tests/house/man.t holds the man page to it. */
static const struct option long_options[] = {
	{ "accept-findings", no_argument, NULL, OPT_ACCEPT },
	{ "help", no_argument, NULL, 'h' },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "max-bytes", required_argument, NULL, OPT_MAX_BYTES },
	{ "max-records", required_argument, NULL, OPT_MAX_RECORDS },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "order", required_argument, NULL, OPT_ORDER },
	{ "output", required_argument, NULL, 'o' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

static size_t
parse_size(const char *option, const char *s, uint64_t most)
{
	uint64_t n;

	if (number_bytes(s, &n) != 0 || n == 0 || n > most)
		msg_die("--%s %s: expected 1 to %" PRIu64, option, s, most);
	return (size_t)n;
}

static void
parse_option(struct options *opt, int ch, char *arg)
{
	switch (ch) {
	case OPT_ACCEPT:
		opt->accept_findings = 1;
		break;
	case OPT_LOG:
		if (json_log_format(arg) != 0)
			msg_die("--log %s: expected text or json", arg);
		break;
	case OPT_MAX_BYTES:
		opt->limits.bytes = parse_size("max-bytes", arg, BATCH_BYTES);
		break;
	case OPT_MAX_RECORDS:
		opt->limits.records = parse_size("max-records", arg, 1000000);
		break;
	case OPT_MEMORY:
		opt->memory = parse_size("memory", arg, SIZE_MAX);
		break;
	case 'o':
		opt->output = arg;
		break;
	default: /* OPT_ORDER */
		if (strcmp(arg, "start") == 0)
			opt->field = ORDER_START;
		else if (strcmp(arg, "end") == 0)
			opt->field = ORDER_END;
		else
			msg_die("--order %s: expected end or start", arg);
		break;
	}
}

static struct options
parse_options(int argc, char *argv[])
{
	struct options opt = { .limits = { 1000, 1024 * 1024 } };
	int ch;

	opt.memory = sort_default_memory();
	while (
	    (ch = getopt_long(argc, argv, "ho:qvV", long_options, NULL)) != -1)
		switch (ch) {
		case 'h':
			usage(stdout);
			exit(out_close(STATUS_OK));
		case 'q':
			msg_threshold(MSG_WARNING);
			break;
		case 'v':
			msg_threshold(MSG_DEBUG);
			break;
		case 'V':
			puts("ditio-split " PACKAGE_VERSION);
			exit(out_close(STATUS_OK));
		case '?':
			usage(stderr);
			exit(STATUS_TROUBLE);
		default:
			parse_option(&opt, ch, optarg);
		}
	opt.files = argv + optind;
	return opt;
}
