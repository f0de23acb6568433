/* ditio-upload.c - deliver batches to Ditio, each period at most once. */

#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/out.h"
#include "upload/help.h"
#include "upload/job.h"
#include "upload/secret.h"
#include "upload/targets.h"
#include "json/json_log.h"

struct options {
	struct job job;
	struct targets_entry named; /* what the file says of --target */
	const char *config;
	job_mode *mode; /* what is done; NULL: take in and deliver */
};

static void parse_options(struct options *, int argc, char *argv[]);

int
main(int argc, char *argv[])
{
	struct options opt;
	enum status status;

	msg_init("ditio-upload");
	secret_guard();
	parse_options(&opt, argc, argv);

	if (opt.mode == NULL)
		opt.mode = opt.job.canary != NULL ? job_canary : job_run;
	status = opt.mode(&opt.job);
	targets_free(&opt.named);
	return out_close(status);
}

enum {
	OPT_ACCEPT_FINDINGS = 256,
	OPT_ACK,
	OPT_ADOPT,
	OPT_AGGREGATE,
	OPT_AGGREGATE_MAP,
	OPT_ASSUME_ATOMIC,
	OPT_AUTH_STYLE,
	OPT_BASE,
	OPT_BISECT,
	OPT_BY,
	OPT_CACERT,
	OPT_CANARY,
	OPT_CHECK,
	OPT_CLIENT_ID,
	OPT_CLIENT_SECRET_FD,
	OPT_CLIENT_SECRET_FILE,
	OPT_COMPANY,
	OPT_CONFIG,
	OPT_CONFIRM_TARGET,
	OPT_CONFLICTS,
	OPT_DRY_RUN,
	OPT_EXPORT,
	OPT_FORMAT,
	OPT_HOLD_BACK,
	OPT_IDENTITY_BASE,
	OPT_LATEST,
	OPT_LEDGER,
	OPT_LOG,
	OPT_LOOKBACK,
	OPT_MARK_WITHDRAWN,
	OPT_TWO_MACHINES,
	OPT_MAX_DURATION,
	OPT_MAX_REJECTS,
	OPT_PROJECT,
	OPT_RATE,
	OPT_REASON,
	OPT_RECEIPTS,
	OPT_RECONCILE,
	OPT_REJECTS,
	OPT_RESOLVE,
	OPT_RESUME,
	OPT_RETARGET,
	OPT_RETRY_FOR,
	OPT_RETRY_REFUSED,
	OPT_SENT,
	OPT_SETTLE,
	OPT_SINCE_CHECKPOINT,
	OPT_SINGLE,
	OPT_STATUS,
	OPT_TARGET,
	OPT_TIMEOUT,
	OPT_UNFRAMED,
	OPT_WAIT,
	OPT_ZONE,
};

/* The option table; tests/house/man.t holds the man page to it. */
static const struct option long_options[] = {
	{ "accept-findings", no_argument, NULL, OPT_ACCEPT_FINDINGS },
	{ "ack", required_argument, NULL, OPT_ACK },
	{ "adopt", no_argument, NULL, OPT_ADOPT },
	{ "aggregate", required_argument, NULL, OPT_AGGREGATE },
	{ "aggregate-map", required_argument, NULL, OPT_AGGREGATE_MAP },
	{ "assume-atomic", no_argument, NULL, OPT_ASSUME_ATOMIC },
	{ "auth-style", required_argument, NULL, OPT_AUTH_STYLE },
	{ "base", required_argument, NULL, OPT_BASE },
	{ "bisect-max-requests", required_argument, NULL, OPT_BISECT },
	{ "by", required_argument, NULL, OPT_BY },
	{ "cacert", required_argument, NULL, OPT_CACERT },
	{ "canary", required_argument, NULL, OPT_CANARY },
	{ "check", no_argument, NULL, OPT_CHECK },
	{ "client-id", required_argument, NULL, OPT_CLIENT_ID },
	{ "client-secret-fd", required_argument, NULL, OPT_CLIENT_SECRET_FD },
	{ "client-secret-file", required_argument, NULL,
	    OPT_CLIENT_SECRET_FILE },
	{ "company", required_argument, NULL, OPT_COMPANY },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "confirm-target", required_argument, NULL, OPT_CONFIRM_TARGET },
	{ "conflicts", required_argument, NULL, OPT_CONFLICTS },
	{ "dry-run", no_argument, NULL, OPT_DRY_RUN },
	{ "export", required_argument, NULL, OPT_EXPORT },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "help", no_argument, NULL, 'h' },
	{ "hold-back", required_argument, NULL, OPT_HOLD_BACK },
	{ "identity-base", required_argument, NULL, OPT_IDENTITY_BASE },
	{ "latest", no_argument, NULL, OPT_LATEST },
	{ "ledger", required_argument, NULL, OPT_LEDGER },
	{ "lookback", required_argument, NULL, OPT_LOOKBACK },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "mark-withdrawn", required_argument, NULL, OPT_MARK_WITHDRAWN },
	{ "two-machines", required_argument, NULL, OPT_TWO_MACHINES },
	{ "max-duration", required_argument, NULL, OPT_MAX_DURATION },
	{ "max-rejects", required_argument, NULL, OPT_MAX_REJECTS },
	{ "project", required_argument, NULL, OPT_PROJECT },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "reason", required_argument, NULL, OPT_REASON },
	{ "receipts", required_argument, NULL, OPT_RECEIPTS },
	{ "reconcile", required_argument, NULL, OPT_RECONCILE },
	{ "rejects", required_argument, NULL, OPT_REJECTS },
	{ "resolve", required_argument, NULL, OPT_RESOLVE },
	{ "resume", no_argument, NULL, OPT_RESUME },
	{ "retarget", no_argument, NULL, OPT_RETARGET },
	{ "retry-for", required_argument, NULL, OPT_RETRY_FOR },
	{ "retry-refused", no_argument, NULL, OPT_RETRY_REFUSED },
	{ "sent", required_argument, NULL, OPT_SENT },
	{ "settle", required_argument, NULL, OPT_SETTLE },
	{ "since-checkpoint", no_argument, NULL, OPT_SINCE_CHECKPOINT },
	{ "single", no_argument, NULL, OPT_SINGLE },
	{ "status", no_argument, NULL, OPT_STATUS },
	{ "target", required_argument, NULL, OPT_TARGET },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "unframed", no_argument, NULL, OPT_UNFRAMED },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "wait", required_argument, NULL, OPT_WAIT },
	{ "zone", required_argument, NULL, OPT_ZONE },
	{ NULL, 0, NULL, 0 },
};

/* Read the length ${s} of option --${name}, or end. */
static int64_t
length(const char *name, const char *s)
{
	int64_t ms;

	if (duration_read(s, &ms) != 0)
		msg_die("--%s: not a length like 90s or 15m: %s", name, s);
	return ms;
}

static int64_t
count(const char *name, const char *s)
{
	uint64_t n;
	size_t len = 0;

	while (s[len] != '\0')
		len++;
	if (number_whole(s, len, INT64_MAX, &n) != 0 || n == 0)
		msg_die("--%s: not a number from 1: %s", name, s);
	return (int64_t)n;
}

/* This is done, and nothing else. */
static void
choose(struct options *opt, job_mode *mode)
{
	if (opt->mode != NULL && opt->mode != mode)
		msg_die("one thing at a time: see --help for what excludes "
			"another");
	opt->mode = mode;
}

/* A question to ledger or server.  False if it is none. */
static int
take_question(struct options *opt, int c)
{
	struct job *job = &opt->job;

	switch (c) {
	case OPT_AGGREGATE:
		job->aggregate = optarg;
		choose(opt, job_ask_aggregate);
		return 1;
	case OPT_BY:
		job->by = optarg;
		return 1;
	case OPT_CHECK:
		choose(opt, job_check);
		return 1;
	case OPT_COMPANY:
		job->company = optarg;
		return 1;
	case OPT_CONFLICTS:
		job->conflicts = optarg;
		return 1;
	case OPT_EXPORT:
		job->export = optarg;
		choose(opt, job_export);
		return 1;
	case OPT_FORMAT:
		job->format = optarg;
		return 1;
	case OPT_LATEST:
		choose(opt, job_ask_latest);
		return 1;
	case OPT_PROJECT:
		job->project = optarg;
		return 1;
	case OPT_RECONCILE:
		job->reconcile = optarg;
		choose(opt, job_ask_reconcile);
		return 1;
	case OPT_SENT:
		job->sent = optarg;
		choose(opt, job_sent);
		return 1;
	case OPT_ZONE:
		job->zone = optarg;
		return 1;
	default:
		return 0;
	}
}

/* A person's word about the ledger.  False if it is none. */
static int
take_word(struct options *opt, int c)
{
	struct job *job = &opt->job;

	switch (c) {
	case OPT_ACK:
		job->ack = optarg;
		choose(opt, job_conflicts_ack);
		return 1;
	case OPT_ADOPT:
		job->adopt = 1;
		return 1;
	case OPT_CONFIRM_TARGET:
		job->confirm = optarg;
		return 1;
	case OPT_MARK_WITHDRAWN:
		job->withdrawn = optarg;
		choose(opt, job_conflicts_withdraw);
		return 1;
	case OPT_TWO_MACHINES:
		job->two_machines = optarg;
		choose(opt, job_conflicts_apart);
		return 1;
	case OPT_REASON:
		job->reason = optarg;
		return 1;
	case OPT_RESOLVE:
		job->resolve = optarg;
		choose(opt, job_resolve);
		return 1;
	case OPT_RETARGET:
		job->retarget = 1;
		return 1;
	default:
		return 0;
	}
}

/* An option about the ledger or the delivery.  False if it is none. */
static int
take_job(struct job *job, int c)
{
	switch (c) {
	case OPT_AGGREGATE_MAP:
		job->map = optarg;
		return 1;
	case OPT_ASSUME_ATOMIC:
		job->atomic = 1;
		return 1;
	case OPT_BISECT:
		job->max_halves = count("bisect-max-requests", optarg);
		return 1;
	case OPT_CANARY:
		job->canary = optarg;
		return 1;
	case OPT_DRY_RUN:
		job->dry = 1;
		return 1;
	case OPT_HOLD_BACK:
		job->hold_back = length("hold-back", optarg);
		return 1;
	case OPT_LEDGER:
		job->ledger = optarg;
		return 1;
	case OPT_MAX_DURATION:
		job->max_duration = length("max-duration", optarg);
		return 1;
	case OPT_RATE:
		if (rate_read(&job->rate, optarg) != 0)
			msg_die("--rate: N/s, N/min or N/h, not %s", optarg);
		return 1;
	case OPT_MAX_REJECTS:
		if (breaker_read(&job->breaker, optarg) != 0)
			msg_die("--max-rejects: not a number from 1 or a share "
				"such as 5%%: %s",
			    optarg);
		return 1;
	case OPT_LOOKBACK:
		job->lookback = length("lookback", optarg);
		return 1;
	case OPT_SINCE_CHECKPOINT:
		job->since = 1;
		return 1;
	case OPT_RECEIPTS:
		job->receipts = optarg;
		return 1;
	case OPT_REJECTS:
		job->rejects = optarg;
		return 1;
	case OPT_RESUME:
		job->resume = 1;
		return 1;
	case OPT_RETRY_FOR:
		job->retry_for = length("retry-for", optarg);
		return 1;
	case OPT_RETRY_REFUSED:
		job->again = 1;
		return 1;
	case OPT_SETTLE:
		job->settle = length("settle", optarg);
		return 1;
	case OPT_SINGLE:
		job->single = 1;
		return 1;
	case OPT_TIMEOUT:
		job->timeout = length("timeout", optarg);
		return 1;
	case OPT_WAIT:
		job->wait = length("wait", optarg);
		return 1;
	default:
		return 0;
	}
}

static void
take_option(struct options *opt, int c)
{
	switch (c) {
	case OPT_ACCEPT_FINDINGS:
		opt->job.feed.accept_findings = 1;
		break;
	case OPT_AUTH_STYLE:
		if (strcmp(optarg, "body") != 0 && strcmp(optarg, "basic") != 0)
			msg_die("--auth-style: body or basic, not %s", optarg);
		opt->job.basic = strcmp(optarg, "basic") == 0;
		break;
	case OPT_BASE:
		opt->job.base = optarg;
		break;
	case OPT_CACERT:
		opt->job.cacert = optarg;
		break;
	case OPT_CLIENT_ID:
		opt->job.client = optarg;
		break;
	case OPT_CLIENT_SECRET_FD:
		opt->job.secret_fd = (int)count("client-secret-fd", optarg);
		break;
	case OPT_CLIENT_SECRET_FILE:
		opt->job.secret_file = optarg;
		break;
	case OPT_CONFIG:
		opt->config = optarg;
		break;
	case OPT_IDENTITY_BASE:
		opt->job.identity = optarg;
		break;
	case OPT_LOG:
		if (json_log_format(optarg) != 0)
			msg_die("--log: text or json, not %s", optarg);
		break;
	case OPT_STATUS:
		choose(opt, job_status);
		break;
	case OPT_TARGET:
		opt->job.target = optarg;
		break;
	case OPT_UNFRAMED:
		opt->job.feed.unframed = 1;
		break;
	case 'q':
		msg_threshold(MSG_WARNING);
		break;
	case 'v':
		msg_threshold(MSG_DEBUG);
		opt->job.bodies = 1;
		break;
	case 'h':
		out_put(out_std(), help_text, strlen(help_text));
		exit(out_close(STATUS_OK));
	case 'V':
		puts("ditio-upload " PACKAGE_VERSION);
		exit(out_close(STATUS_OK));
	default:
		if (!take_job(&opt->job, c) && !take_word(opt, c) &&
		    !take_question(opt, c)) {
			fputs(help_text, stderr);
			exit(STATUS_TROUBLE);
		}
	}
}

/* Does the run read batches? */
static int
reads(const struct options *opt)
{
	return opt->mode == NULL && !opt->job.resume;
}

static void
parse_options(struct options *opt, int argc, char *argv[])
{
	int c;

	*opt = (struct options){
		.job = { .secret_fd = -1,
		    .settle = 60000,
		    .retry_for = 900000,
		    .timeout = 120000,
		    .max_halves = 10000,
		    .breaker = BREAKER_DEFAULT },
	};
	while ((c = getopt_long(argc, argv, "hqvV", long_options, NULL)) != -1)
		take_option(opt, c);
	if (job_named(&opt->job, opt->config, &opt->named) != 0)
		exit(STATUS_TROUBLE);
	opt->job.files = argv + optind;
	if (!reads(opt) && optind < argc)
		msg_die("this reads no batches, but files are named: %s",
		    argv[optind]);
	if (reads(opt) && optind == argc && isatty(STDIN_FILENO))
		msg_die("no batches: pipe ditio-split here, name files, or "
			"use --resume");
}
