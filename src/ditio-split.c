/* ditio-split.c - records in, import-sized batches out, ordered by time. */

#include "config.h"

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/number.h"
#include "base/out.h"
#include "base/sort.h"
#include "base/status.h"
#include "split/splitter.h"
#include "split/verify.h"
#include "json/json_log.h"

struct options {
	struct splitter_options split;
	const char *verify; /* --verify-manifest: only this */
};

static struct options parse_options(int argc, char *argv[]);
static enum status verify_dir(const char *dir);

int
main(int argc, char *argv[])
{
	struct options opt;

	msg_init("ditio-split");
	signal(SIGPIPE, SIG_IGN);
	opt = parse_options(argc, argv);
	return out_close(
	    opt.verify != NULL ? verify_dir(opt.verify) : splitter(&opt.split));
}

/* 0 when all is what was written. */
static enum status
verify_dir(const char *dir)
{
	struct verify found;

	if (verify(dir, &found) != 0)
		return STATUS_TROUBLE;
	msg_info("%s: %" PRIu64 " batches, %" PRIu64 " records, %" PRIu64
		 " bytes whole; %" PRIu64 " faults",
	    dir, found.batches, found.records, found.bytes, found.faults);
	return found.faults > 0 ? STATUS_TROUBLE : STATUS_OK;
}

static void
usage(FILE *to)
{
	fputs(
	    "usage: ditio-split [OPTION ...] [FILE ...]\n"
	    "       ditio-split --plan [--rate N/s] [--json] [OPTION ...] "
	    "[FILE ...]\n"
	    "       ditio-split --verify-manifest DIR\n"
	    "\n"
	    "  --max-records N      records in a batch at most (1000)\n"
	    "  --max-bytes SIZE     bytes of a body at most (1M)\n"
	    "  --order end|start    order batches and cut them by this time\n"
	    "  --sorted             the input is in that order: do not sort\n"
	    "  -o, --output DIR     files and a manifest instead of a stream\n"
	    "  --verify-manifest DIR  is such a directory as it was written?\n"
	    "  --plan               tell what a delivery takes; write nothing\n"
	    "  --rate N/s           requests in a time, for the plan's "
	    "minutes\n"
	    "  --json               print the plan as JSON\n"
	    "  --shard K/N          only the Kth of N shares of the machines\n"
	    "  --accept-findings    also a stream whose verdict is findings\n"
	    "  --memory SIZE        for sorting, such as 512M\n"
	    "  -q, --quiet  -v, --verbose  --log text|json  -h, --help  "
	    "-V, --version\n",
	    to);
}

enum {
	OPT_ACCEPT = 256,
	OPT_JSON,
	OPT_LOG,
	OPT_MAX_BYTES,
	OPT_MAX_RECORDS,
	OPT_MEMORY,
	OPT_ORDER,
	OPT_PLAN,
	OPT_RATE,
	OPT_SHARD,
	OPT_SORTED,
	OPT_VERIFY,
};

/* The option table; tests/house/man.t holds the man page to it. */
static const struct option long_options[] = {
	{ "accept-findings", no_argument, NULL, OPT_ACCEPT },
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "max-bytes", required_argument, NULL, OPT_MAX_BYTES },
	{ "max-records", required_argument, NULL, OPT_MAX_RECORDS },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "order", required_argument, NULL, OPT_ORDER },
	{ "output", required_argument, NULL, 'o' },
	{ "plan", no_argument, NULL, OPT_PLAN },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "shard", required_argument, NULL, OPT_SHARD },
	{ "sorted", no_argument, NULL, OPT_SORTED },
	{ "verbose", no_argument, NULL, 'v' },
	{ "verify-manifest", required_argument, NULL, OPT_VERIFY },
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
parse_option(struct splitter_options *opt, int ch, char *arg)
{
	switch (ch) {
	case OPT_ACCEPT:
		opt->accept_findings = 1;
		break;
	case OPT_JSON:
		opt->json = 1;
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
	case OPT_PLAN:
		opt->plan = 1;
		break;
	case OPT_RATE:
		if (rate_read(&opt->rate, arg) != 0)
			msg_die("--rate %s: expected N/s, N/min or N/h", arg);
		break;
	case OPT_SHARD:
		if (shard_read(&opt->shard, arg) != 0)
			msg_die("--shard %s: expected K/N, K from 1 to N, at "
				"most %d",
			    arg, SHARD_MOST);
		break;
	case OPT_SORTED:
		opt->sorted = 1;
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

/* What goes together, and what does not. */
static void
check_options(const struct options *options)
{
	const struct splitter_options *opt = &options->split;

	if (opt->plan && opt->output != NULL)
		msg_die("--plan writes nothing: leave out --output");
	if (!opt->plan && (opt->json || opt->rate.requests > 0))
		msg_die(
		    "%s belongs to --plan", opt->json ? "--json" : "--rate");
	if (options->verify != NULL &&
	    (opt->plan || opt->output != NULL || opt->files[0] != NULL))
		msg_die("--verify-manifest only looks at its directory");
}

static struct options
parse_options(int argc, char *argv[])
{
	struct options opt = { .split = { .limits = { 1000, 1024 * 1024 } } };
	int ch;

	opt.split.memory = sort_default_memory();
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
		case OPT_VERIFY:
			opt.verify = optarg;
			break;
		case '?':
			usage(stderr);
			exit(STATUS_TROUBLE);
		default:
			parse_option(&opt.split, ch, optarg);
		}
	opt.split.files = argv + optind;
	check_options(&opt);
	return opt;
}
