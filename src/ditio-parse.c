/* ditio-parse.c - vendor data in, a stream of records out. */

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
#include "base/utf8.h"
#include "parse/catalogue.h"
#include "parse/choose.h"
#include "parse/draft.h"
#include "parse/override.h"
#include "parse/profile_test.h"
#include "parse/run.h"
#include "parse/tell.h"
#include "record/frame.h"
#include "json/json_log.h"

struct options {
	const char *check_profile; /* --check-profile: only this */
	const char *draft_profile; /* --draft-profile: only this */
	int list_profiles;	   /* --list-profiles: only this */
	const char *explain;	   /* --explain: that, and no stream */
	int draft_machines;	   /* --draft-machines: that, and no stream */
	struct choose choose;	   /* --profile, --profile-dir, --format */
	char *machines, *projects; /* --machines, --projects: the tables */
	struct override override;
	int plain;  /* --plain: no frame */
	int digest; /* --digest: tell the files' SHA-256 */
	struct run run;
	char **files;
};

static struct options parse_options(int argc, char *argv[]);
static enum status parse(struct options *opt);

int
main(int argc, char *argv[])
{
	struct options opt;
	enum status status = STATUS_TROUBLE;

	msg_init("ditio-parse");
	opt = parse_options(argc, argv);
	if (opt.list_profiles) {
		if (catalogue_print(opt.choose.dir) == 0)
			status = STATUS_OK;
	} else if (opt.draft_profile != NULL) {
		if (draft_profile(out_std(), opt.draft_profile,
			opt.override.encoding, opt.override.delimiter) == 0)
			status = STATUS_OK;
	} else if (opt.check_profile != NULL) {
		if (profile_test(opt.check_profile) == 0)
			status = STATUS_OK;
	} else {
		status = parse(&opt);
	}
	free(opt.override.state);
	free(opt.override.unit);
	return out_close(status);
}

/*
 * Write the stream: frame, records, and only if all went well the files'
 * digests and the last line.
 */
static enum status
write_stream(struct options *opt, struct input *in)
{
	struct frame last = { 0 };
	struct run_result result;
	enum status status = STATUS_TROUBLE;

	last.origins = opt->run.origins = origins_new();
	if (opt->digest)
		input_digests(in, origins_put, last.origins);
	opt->run.out = out_std();
	if (!opt->plain) {
		frame_write_first(opt->run.out);
		/* Whoever waits at the other end sees that we live. */
		if (out_flush(opt->run.out) != 0)
			goto done;
	}
	if (run_parse(&opt->run, in, &result) != 0)
		goto done;
	last.records = result.tally.emitted;
	last.rejected = result.tally.rejected + result.frame.rejected;
	last.findings = result.findings || result.frame.findings;
	last.unframed = result.frame.unframed;
	if (!opt->plain)
		frame_write_last(opt->run.out, &last);
	status = result.wrong ? STATUS_FINDINGS : STATUS_OK;
done:
	origins_free(last.origins);
	return status;
}

/* True, after a message, if --rejects names one of ${paths}, which are read. */
static int
overwrites(const struct options *opt, char *const paths[])
{
	if (opt->run.rejects == NULL ||
	    !input_includes(paths, opt->run.rejects))
		return 0;
	msg_warn(
	    "%s: is read, so it cannot be written as well", opt->run.rejects);
	return 1;
}

/* Read the tables.  0, or -1 after a message. */
static int
read_tables(struct options *opt, const struct zone *zone)
{
	struct emit_ids *ids = &opt->run.ids;

	if (opt->machines != NULL &&
	    (ids->table = assign_read(opt->machines, zone)) == NULL)
		return -1;
	if (opt->projects != NULL &&
	    (ids->projects = assign_read_projects(opt->projects, zone)) == NULL)
		return -1;
	return 0;
}

static enum status
parse(struct options *opt)
{
	char *others[4] = { NULL }, *path;
	struct profile *profile;
	struct input *in = NULL;
	enum status status = STATUS_TROUBLE;
	int n = 0;

	opt->choose.files = opt->files;
	opt->choose.override = &opt->override;
	if ((profile = choose_profile(&opt->choose, &path)) == NULL)
		goto done;
	if (opt->machines != NULL)
		others[n++] = opt->machines;
	if (opt->projects != NULL)
		others[n++] = opt->projects;
	others[n] = path;
	opt->run.profile = profile;
	if (overwrites(opt, opt->files) || overwrites(opt, others) ||
	    read_tables(opt, profile->zone) != 0)
		goto done;
	in = input_open(opt->files);
	input_archives(in, FILES_OPENED);
	if (opt->draft_machines)
		status = tell_machines(&opt->run, in);
	else if (opt->explain != NULL)
		status = tell_periods(&opt->run, in, opt->explain);
	else
		status = write_stream(opt, in);
done:
	input_close(in);
	assign_free(opt->run.ids.table);
	assign_free(opt->run.ids.projects);
	profile_free(profile);
	free(path);
	return status;
}

/* A usage error: say it and stop. */
static void
refuse(const char *option, const char *value, const char *expected)
{
	msg_die("--%s %s: expected %s", option, value, expected);
}

/* Text that goes into records. */
static char *
text(const char *option, char *value)
{
	size_t len = strlen(value);

	if (len == 0 || utf8_prefix(value, len) != len)
		refuse(option, value, "text in UTF-8, not empty");
	return value;
}

static void
usage(FILE *to)
{
	fputs("usage: ditio-parse --profile NAME|PATH|auto [OPTION ...] [FILE "
	      "...]"
	      "\n"
	      "       ditio-parse --format csv|aemp|records [OPTION ...] [FILE "
	      "...]\n"
	      "       ditio-parse --draft-profile FILE\n"
	      "       ditio-parse --check-profile FILE | --list-profiles\n"
	      "\n"
	      "how to read\n"
	      "  --profile NAME|PATH|auto\n"
	      "                        what is known of the vendor's files; "
	      "auto: the\n"
	      "                        profile whose match fits them\n"
	      "  --profile-dir DIR     look for profiles here first\n"
	      "  --format csv|aemp|records\n"
	      "                        without a profile: our own CSV, AEMP "
	      "feeds, records\n"
	      "  --zone ZONE           of local times (Europe/Oslo, +01:00)\n"
	      "  --dst reject|earlier|later\n"
	      "                        local times that come twice or not at "
	      "all\n"
	      "  --encoding NAME       of text files (windows-1252, ...)\n"
	      "  --delimiter CHAR      of CSV files\n"
	      "  --state WORD=STATE    map one more word of the vendor\n"
	      "  --running STATE       of a running engine without counters\n"
	      "  --unit COUNTER=UNIT   of the hours of a feed: idle=min\n"
	      "  --close-at TIME       end of the last open period\n"
	      "  --id-field EquipmentID|SerialNumber|PIN\n"
	      "                        which id of an AEMP feed is the "
	      "machine's\n"
	      "whose it is\n"
	      "  --machines FILE       the machine table\n"
	      "  --draft-machines      write a machine table to fill in, no "
	      "stream\n"
	      "  --projects FILE       the table of the rows' projects\n"
	      "  --company ID  --project ID  --machine ID\n"
	      "what comes out\n"
	      "  --explain ID[@TIME]   no stream, but which lines gave a "
	      "machine's\n"
	      "                        periods, by which rule\n"
	      "  --rejects FILE        rows and findings set aside, as NDJSON\n"
	      "  --max-rejects N|P%    more than these: verdict findings (1%)\n"
	      "  --digest              tell the SHA-256 of each file in the "
	      "stream\n"
	      "  --plain               no first and last line\n"
	      "  --memory SIZE         for sorting, such as 512M\n"
	      "profiles\n"
	      "  --check-profile FILE  hold it to the contract, run its tests\n"
	      "  --draft-profile FILE  write a profile to fill in for a CSV "
	      "file,\n"
	      "                        workbook, XML or JSON document\n"
	      "  --list-profiles       what --profile can name\n"
	      "  -q, --quiet  -v, --verbose  --log text|json  -h, --help  "
	      "-V, --version\n",
	    to);
}

enum {
	OPT_CHECK = 256,
	OPT_CLOSE_AT,
	OPT_COMPANY,
	OPT_DELIMITER,
	OPT_DIGEST,
	OPT_DRAFT_MACHINES,
	OPT_DRAFT_PROFILE,
	OPT_DST,
	OPT_ENCODING,
	OPT_EXPLAIN,
	OPT_FORMAT,
	OPT_ID_FIELD,
	OPT_LIST,
	OPT_LOG,
	OPT_MACHINE,
	OPT_MACHINES,
	OPT_MAX_REJECTS,
	OPT_MEMORY,
	OPT_PLAIN,
	OPT_PROFILE,
	OPT_PROFILE_DIR,
	OPT_PROJECT,
	OPT_PROJECTS,
	OPT_REJECTS,
	OPT_RUNNING,
	OPT_STATE,
	OPT_UNIT,
	OPT_ZONE,
};

/* The option table; tests/house/man.t holds the man page to it. */
static const struct option long_options[] = {
	{ "check-profile", required_argument, NULL, OPT_CHECK },
	{ "close-at", required_argument, NULL, OPT_CLOSE_AT },
	{ "company", required_argument, NULL, OPT_COMPANY },
	{ "delimiter", required_argument, NULL, OPT_DELIMITER },
	{ "digest", no_argument, NULL, OPT_DIGEST },
	{ "draft-machines", no_argument, NULL, OPT_DRAFT_MACHINES },
	{ "draft-profile", required_argument, NULL, OPT_DRAFT_PROFILE },
	{ "dst", required_argument, NULL, OPT_DST },
	{ "encoding", required_argument, NULL, OPT_ENCODING },
	{ "explain", required_argument, NULL, OPT_EXPLAIN },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "help", no_argument, NULL, 'h' },
	{ "id-field", required_argument, NULL, OPT_ID_FIELD },
	{ "list-profiles", no_argument, NULL, OPT_LIST },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "machine", required_argument, NULL, OPT_MACHINE },
	{ "machines", required_argument, NULL, OPT_MACHINES },
	{ "max-rejects", required_argument, NULL, OPT_MAX_REJECTS },
	{ "memory", required_argument, NULL, OPT_MEMORY },
	{ "plain", no_argument, NULL, OPT_PLAIN },
	{ "profile", required_argument, NULL, OPT_PROFILE },
	{ "profile-dir", required_argument, NULL, OPT_PROFILE_DIR },
	{ "project", required_argument, NULL, OPT_PROJECT },
	{ "projects", required_argument, NULL, OPT_PROJECTS },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rejects", required_argument, NULL, OPT_REJECTS },
	{ "running", required_argument, NULL, OPT_RUNNING },
	{ "state", required_argument, NULL, OPT_STATE },
	{ "unit", required_argument, NULL, OPT_UNIT },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "zone", required_argument, NULL, OPT_ZONE },
	{ NULL, 0, NULL, 0 },
};

static void
parse_max_rejects(struct run *run, const char *s)
{
	static const struct number_style style = { '.', NULL };
	size_t n = strlen(s);
	int64_t share = 0;
	int failed;

	run->is_share = n > 1 && s[n - 1] == '%';
	if (run->is_share) {
		failed =
		    number_scaled(s, n - 1, &style, 100, &share, NULL) != 0 ||
		    share < 0 || share > 10000;
		run->max_rejects = (uint64_t)share;
	} else {
		failed = number_whole(s, n, UINT64_MAX, &run->max_rejects) != 0;
	}
	if (failed)
		refuse("max-rejects", s,
		    "a whole number, or a share such as 0.5%");
}

static void
parse_id_field(struct options *opt, const char *s)
{
	if (strcmp(s, "EquipmentID") == 0)
		opt->run.id_field = AEMP_ID_EQUIPMENT;
	else if (strcmp(s, "SerialNumber") == 0)
		opt->run.id_field = AEMP_ID_SERIAL;
	else if (strcmp(s, "PIN") == 0)
		opt->run.id_field = AEMP_ID_PIN;
	else
		refuse("id-field", s, "EquipmentID, SerialNumber or PIN");
}

static void
parse_memory(struct options *opt, const char *s)
{
	uint64_t bytes;

	if (number_bytes(s, &bytes) != 0 || bytes > SIZE_MAX || bytes == 0)
		refuse("memory", s, "a size such as 512M");
	opt->run.memory = (size_t)bytes;
}

static void
parse_option(struct options *opt, int ch, char *arg)
{
	switch (ch) {
	case OPT_CHECK:
		opt->check_profile = arg;
		break;
	case OPT_CLOSE_AT:
		opt->override.close_at = arg;
		break;
	case OPT_COMPANY:
		opt->run.ids.company = text("company", arg);
		break;
	case OPT_DELIMITER:
		opt->override.delimiter = arg;
		break;
	case OPT_DRAFT_MACHINES:
		opt->draft_machines = 1;
		break;
	case OPT_DRAFT_PROFILE:
		opt->draft_profile = arg;
		break;
	case OPT_DST:
		opt->override.dst = arg;
		break;
	case OPT_ENCODING:
		opt->override.encoding = arg;
		break;
	case OPT_EXPLAIN:
		opt->explain = arg;
		break;
	case OPT_FORMAT:
		opt->choose.format = arg;
		break;
	case OPT_ID_FIELD:
		parse_id_field(opt, arg);
		break;
	case OPT_LIST:
		opt->list_profiles = 1;
		break;
	case OPT_LOG:
		if (json_log_format(arg) != 0)
			refuse("log", arg, "text or json");
		break;
	case OPT_MACHINE:
		opt->run.ids.machine = text("machine", arg);
		break;
	case OPT_MACHINES:
		opt->machines = arg;
		break;
	case OPT_MAX_REJECTS:
		parse_max_rejects(&opt->run, arg);
		break;
	case OPT_MEMORY:
		parse_memory(opt, arg);
		break;
	case OPT_DIGEST:
		opt->digest = 1;
		break;
	case OPT_PLAIN:
		opt->plain = 1;
		break;
	case OPT_PROFILE:
		opt->choose.profile = arg;
		break;
	case OPT_PROFILE_DIR:
		opt->choose.dir = arg;
		break;
	case OPT_PROJECT:
		opt->run.ids.project = text("project", arg);
		break;
	case OPT_PROJECTS:
		opt->projects = arg;
		break;
	case OPT_REJECTS:
		if (strcmp(arg, "-") == 0)
			refuse("rejects", arg,
			    "a file: the stream goes to "
			    "standard output");
		opt->run.rejects = arg;
		break;
	case OPT_RUNNING:
		opt->override.running = text("running", arg);
		break;
	case OPT_STATE:
		override_add_state(&opt->override, text("state", arg));
		break;
	case OPT_UNIT:
		override_add_unit(&opt->override, arg);
		break;
	default: /* OPT_ZONE */
		opt->override.zone = arg;
		break;
	}
}

static struct options
parse_options(int argc, char *argv[])
{
	struct options opt = { 0 };
	int ch;

	opt.run.memory = sort_default_memory();
	opt.run.max_rejects = 100;
	opt.run.is_share = 1;
	while ((ch = getopt_long(argc, argv, "hqvV", long_options, NULL)) != -1)
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
			puts("ditio-parse " PACKAGE_VERSION);
			exit(out_close(STATUS_OK));
		case '?':
			usage(stderr);
			exit(STATUS_TROUBLE);
		default:
			parse_option(&opt, ch, optarg);
		}
	if (opt.draft_machines && opt.explain != NULL)
		msg_die("--draft-machines and --explain: each takes the place "
			"of the stream; give one");
	opt.files = argv + optind;
	return opt;
}
