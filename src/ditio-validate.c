/* ditio-validate.c - pass good periods on, say what is wrong with the rest. */

#include "config.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/out.h"
#include "base/sort.h"
#include "base/status.h"
#include "record/names.h"
#include "validate/causes.h"
#include "validate/copies.h"
#include "validate/daily.h"
#include "validate/findings.h"
#include "validate/flow.h"
#include "validate/judge.h"
#include "validate/outputs.h"
#include "validate/rule.h"
#include "validate/ruleset.h"
#include "validate/settings.h"
#include "validate/summary.h"
#include "json/json_log.h"

/* They are kept in memory. */
#define SAMPLES 100000

struct options {
	struct settings settings;
	struct outputs outputs;
	size_t memory; /* --memory SIZE */
	int sorted;    /* --sorted */
	int plain;     /* --plain */
};

static void parse_options(struct options *, int argc, char *argv[]);
static int refuse(const char *option, const char *value, const char *give);
static enum status validate(const struct options *, struct findings *,
    struct names *, struct out *withheld, struct summary **);

int
main(int argc, char *argv[])
{
	struct options opt;
	struct names *names = NULL;
	struct findings *findings = NULL;
	struct summary *summaries = NULL;
	struct out *withheld = NULL;
	enum status status = STATUS_TROUBLE;

	msg_init("ditio-validate");
	parse_options(&opt, argc, argv);

	names = names_new();
	names_limit(names, opt.memory);
	findings = findings_new(&opt.settings, names);
	if (outputs_open(&opt.outputs, &opt.settings, opt.memory / 4, names,
		findings, &withheld, &summaries) != 0)
		goto done;
	status = validate(&opt, findings, names, withheld, &summaries);
done:
	if (out_finish(withheld) != 0 || summary_close(summaries, NULL, 0) != 0)
		status = STATUS_TROUBLE;
	findings_free(findings);
	names_free(names);
	settings_free(&opt.settings);
	return out_close(status);
}

static enum status
validate(const struct options *opt, struct findings *findings,
    struct names *names, struct out *withheld, struct summary **summaries)
{
	struct flow flow = { .settings = &opt->settings,
		.in = input_open(opt->outputs.files),
		.names = names,
		.judge = judge_new(&opt->settings, names, findings),
		.findings = findings,
		.out = out_std(),
		.withheld = withheld,
		.causes =
		    opt->sorted ? NULL : causes_new(&opt->settings, names),
		.copies = opt->sorted ? NULL
				      : copies_new(&opt->settings, names,
					    findings, opt->memory / 16),
		.daily = *summaries != NULL || findings_watch(findings)
			     ? daily_new(names, settings_local(&opt->settings),
				   opt->memory)
			     : NULL,
		.summaries = summaries,
		.fix_plan = opt->outputs.fix_plan,
		.apply_plan = opt->outputs.apply_plan,
		.rejects = opt->outputs.rejects,
		.memory = opt->memory,
		.sorted = opt->sorted,
		.plain = opt->plain };
	enum status status;

	input_archives(flow.in, FILES_OPENED);
	findings_causes(findings, flow.causes);
	status = flow_run(&flow);
	findings_causes(findings, NULL);

	causes_free(flow.causes);
	copies_free(flow.copies);
	judge_free(flow.judge);
	daily_free(flow.daily);
	input_close(flow.in);
	return status;
}

static void
usage(FILE *to)
{
	fputs(
	    "usage: ditio-validate [OPTION ...] [FILE ...]\n"
	    "Reads periods (ditio-record(5)) from files or stdin, passes the\n"
	    "clean ones on and says what is wrong with the rest.\n"
	    "\n"
	    "rules\n"
	    "      --rule CODE=LEVEL    off, note, warning or error\n"
	    "      --rules FILE         the same and more, from a JSON file\n"
	    "      --only CODE,CODE     no other rules than these\n"
	    "      --baseline FILE      findings that are known do not fail\n"
	    "      --write-baseline FILE write the findings of this run there\n"
	    "      --max-overlap-total X, --max-gap-total X\n"
	    "                           fail by the sum: 1h, or 2% of the "
	    "time\n"
	    "      --fail-level LEVEL   status 1 from note, warning or error\n"
	    "                           on, or never (default error)\n"
	    "      --max-gap LENGTH     find gaps longer than this\n"
	    "      --calendar FILE      working time, outside of which no gap\n"
	    "                           counts\n"
	    "      --gaps POLICY        allow, forbid or require them\n"
	    "      --min-gap LENGTH     shortest gap that is required (1s)\n"
	    "      --machines FILE      the register: no machine but these\n"
	    "      --min-length LENGTH  find periods shorter than this\n"
	    "      --max-length LENGTH  longest period (default 24h)\n"
	    "      --earliest TIME      no period starts before this\n"
	    "      --now TIME           the clock, for the rule future\n"
	    "      --states A,B,C       states (default Working,Idle,Moving)\n"
	    "      --allow-estimated    let estimated periods pass\n"
	    "      --fix RULE=POLICY,...  repair, say each; --fix safe drops\n"
	    "                           exact duplicates, empty periods\n"
	    "      --fix-plan FILE      write what --fix would do, do nothing\n"
	    "      --apply-plan FILE    do what is in such a plan\n"
	    "      --list-rules[=json]  print all rules\n"
	    "      --explain CODE       print all about one rule\n"
	    "selection (each of the last three may be given again)\n"
	    "      --from TIME          periods that start then or later\n"
	    "      --to TIME            periods that start earlier\n"
	    "      --machine ID, --project ID, --state STATE\n"
	    "input and output\n"
	    "      --sorted             keep the order, refuse disorder\n"
	    "      --memory SIZE        beyond it sort in a temporary file\n"
	    "      --plain              leave first and last line out\n"
	    "      --withheld FILE      records that did not pass\n"
	    "      --rejects FILE       take in what ditio-parse set aside\n"
	    "      --report FORMAT:FILE a report: text, html, json, ndjson,\n"
	    "                           github, sarif, junit; may be given\n"
	    "                           again\n"
	    "      --report-only FILE   findings of this vendor's file alone;\n"
	    "                           may be given again\n"
	    "      --samples N          findings in reports of each code "
	    "(100)\n"
	    "      --summary FORMAT:FILE hours by machine, day and state, as\n"
	    "                           text, json or csv; may be given again\n"
	    "      --zone ZONE          of days and local clocks: Europe/Oslo\n"
	    "      --limit N            findings printed of each code (100)\n"
	    "      --log FORMAT         messages as text or json\n"
	    "  -q, --quiet              warnings and errors only\n"
	    "  -v, --verbose            say more\n"
	    "  -h, --help               print this\n"
	    "  -V, --version            print the version\n"
	    "Lengths: 90s, 15m, 2h, 1d.  Times: 2025-01-15T08:00:00Z.\n",
	    to);
}

enum {
	OPT_SETTING = 256, /* settings_take has it */
	OPT_OUTPUT,	   /* outputs_take has it */
	OPT_EXPLAIN,
	OPT_LIMIT,
	OPT_LIST_RULES,
	OPT_LOG,
	OPT_MEMORY,
	OPT_PLAIN,
	OPT_RULES,
	OPT_SAMPLES,
	OPT_SORTED,
};

/* The option table; tests/house/man.t holds the man page to it. */
static const struct option long_options[] = {
	{ "allow-estimated", no_argument, NULL, OPT_SETTING },
	{ "apply-plan", required_argument, NULL, OPT_OUTPUT },
	{ "baseline", required_argument, NULL, OPT_OUTPUT },
	{ "calendar", required_argument, NULL, OPT_SETTING },
	{ "earliest", required_argument, NULL, OPT_SETTING },
	{ "explain", required_argument, NULL, OPT_EXPLAIN },
	{ "fail-level", required_argument, NULL, OPT_SETTING },
	{ "fix", required_argument, NULL, OPT_SETTING },
	{ "fix-plan", required_argument, NULL, OPT_OUTPUT },
	{ "from", required_argument, NULL, OPT_SETTING },
	{ "gaps", required_argument, NULL, OPT_SETTING },
	{ "help", no_argument, NULL, 'h' },
	{ "limit", required_argument, NULL, OPT_LIMIT },
	{ "list-rules", optional_argument, NULL, OPT_LIST_RULES },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "machine", required_argument, NULL, OPT_SETTING },
	{ "machines", required_argument, NULL, OPT_SETTING },
	{ "max-gap", required_argument, NULL, OPT_SETTING },
	{ "max-gap-total", required_argument, NULL, OPT_SETTING },
	{ "max-length", required_argument, NULL, OPT_SETTING },
	{ "max-overlap-total", required_argument, NULL, OPT_SETTING },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "min-gap", required_argument, NULL, OPT_SETTING },
	{ "min-length", required_argument, NULL, OPT_SETTING },
	{ "now", required_argument, NULL, OPT_SETTING },
	{ "only", required_argument, NULL, OPT_SETTING },
	{ "plain", no_argument, NULL, OPT_PLAIN },
	{ "project", required_argument, NULL, OPT_SETTING },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rejects", required_argument, NULL, OPT_OUTPUT },
	{ "report", required_argument, NULL, OPT_OUTPUT },
	{ "report-only", required_argument, NULL, OPT_SETTING },
	{ "rule", required_argument, NULL, OPT_SETTING },
	{ "rules", required_argument, NULL, OPT_RULES },
	{ "samples", required_argument, NULL, OPT_SAMPLES },
	{ "sorted", no_argument, NULL, OPT_SORTED },
	{ "state", required_argument, NULL, OPT_SETTING },
	{ "states", required_argument, NULL, OPT_SETTING },
	{ "summary", required_argument, NULL, OPT_OUTPUT },
	{ "to", required_argument, NULL, OPT_SETTING },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "withheld", required_argument, NULL, OPT_OUTPUT },
	{ "write-baseline", required_argument, NULL, OPT_OUTPUT },
	{ "zone", required_argument, NULL, OPT_SETTING },
	{ NULL, 0, NULL, 0 },
};

/* A value that is no value: it was said. */
static void
want(int failed)
{
	if (failed)
		exit(out_close(STATUS_TROUBLE));
}

static int
refuse(const char *option, const char *value, const char *give)
{
	msg_warn("%s %s: give %s", option, value, give);
	return -1;
}

static void
explain(const char *code)
{
	unsigned id = rule_find(code);

	if (id == RULE_COUNT) {
		msg_warn("--explain %s: no such rule; --list-rules names them",
		    code);
		exit(out_close(STATUS_TROUBLE));
	}
	rule_explain(out_std(), id);
	exit(out_close(STATUS_OK));
}

static void
list(const char *format)
{
	if (format == NULL)
		rule_list(out_std());
	else if (strcmp(format, "json") == 0)
		rule_list_json(out_std());
	else
		want(refuse("--list-rules", format, "json, or nothing"));
	exit(out_close(STATUS_OK));
}

/* The rules file comes before all else, wherever it was named: the command
 * line wins. */
static void
read_rules(struct settings *s, int argc, char *argv[])
{
	int ch;

	opterr = 0;
	while ((ch = getopt_long(argc, argv, "hqvV", long_options, NULL)) != -1)
		if (ch == OPT_RULES) {
			want(s->ruleset != NULL &&
			     refuse("--rules", optarg, "one file"));
			want(ruleset_read(s, optarg));
		}
	opterr = 1;
	optind = 0; /* from the beginning */
}

static void
take_limit(struct options *opt, const char *value)
{
	want(number_whole(
		 value, strlen(value), UINT64_MAX, &opt->settings.show) != 0 &&
	     refuse("--limit", value, "a number"));
}

static void
take_memory(struct options *opt, const char *value)
{
	uint64_t bytes;

	want((number_bytes(value, &bytes) != 0 || bytes == 0 ||
		 bytes > SIZE_MAX / 2) &&
	     refuse("--memory", value, "a size such as 64M or 2G"));
	opt->memory = (size_t)bytes;
}

static void
take_samples(struct options *opt, const char *value)
{
	uint64_t n;

	want(number_whole(value, strlen(value), SAMPLES, &n) != 0 &&
	     refuse("--samples", value, "a number up to 100000"));
	opt->settings.samples = (size_t)n;
}

/* Where things come from and go to, and what is said. */
static int
take_place(struct options *opt, int ch, char *value)
{
	switch (ch) {
	case OPT_LIMIT:
		take_limit(opt, value);
		return 1;
	case OPT_LOG:
		want(json_log_format(value) != 0 &&
		     refuse("--log", value, "text or json"));
		return 1;
	case OPT_MEMORY:
		take_memory(opt, value);
		return 1;
	case OPT_PLAIN:
		opt->plain = 1;
		return 1;
	case OPT_SAMPLES:
		take_samples(opt, value);
		return 1;
	case OPT_SORTED:
		opt->sorted = 1;
		return 1;
	case 'q':
		msg_threshold(MSG_WARNING);
		return 1;
	case 'v':
		msg_threshold(MSG_DEBUG);
		return 1;
	default:
		return 0;
	}
}

static void
parse_options(struct options *opt, int argc, char *argv[])
{
	int ch, i = 0;

	*opt = (struct options){ .memory = sort_default_memory() };
	settings_default(&opt->settings);
	read_rules(&opt->settings, argc, argv);
	while ((ch = getopt_long(argc, argv, "hqvV", long_options, &i)) != -1) {
		if (take_place(opt, ch, optarg))
			continue;
		switch (ch) {
		case OPT_SETTING:
			want(settings_take(
			    &opt->settings, long_options[i].name, optarg));
			break;
		case OPT_OUTPUT:
			want(outputs_take(
			    &opt->outputs, long_options[i].name, optarg));
			break;
		case OPT_RULES:
			break; /* read_rules had it */
		case 'h':
			usage(stdout);
			exit(out_close(STATUS_OK));
		case 'V':
			puts("ditio-validate " PACKAGE_VERSION);
			exit(out_close(STATUS_OK));
		case OPT_EXPLAIN:
			explain(optarg);
			break;
		case OPT_LIST_RULES:
			list(optarg);
			break;
		default:
			usage(stderr);
			exit(STATUS_TROUBLE);
		}
	}
	want(settings_finish(&opt->settings));
	want(opt->sorted && settings_sorted(&opt->settings) != 0);
	opt->outputs.files = argv + optind;
}
