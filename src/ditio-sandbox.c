/* ditio-sandbox.c - a local stand-in for the Ditio endpoints. */

#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/input.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/out.h"
#include "base/status.h"
#include "base/xalloc.h"
#include "sandbox/report.h"
#include "sandbox/server.h"
#include "json/json_log.h"

struct options {
	const char *store;   /* --store: NULL is a temporary one */
	const char *report;  /* --report STORE: only this */
	int json;	     /* --json: the report's form */
	const char *address; /* --listen */
	uint64_t port;	     /* --port */
	uint64_t max_body;   /* --max-body, bytes */
	char *secret;	     /* of --client-secret-file */
	struct routes_options routes;
	char **command; /* what stands behind "--"; NULL: none */
};

static struct options parse_options(int argc, char *argv[]);
static enum status report(const struct options *opt);
static int serve(const struct options *opt);

int
main(int argc, char *argv[])
{
	struct options opt;
	int status;

	msg_init("ditio-sandbox");
	signal(SIGPIPE, SIG_IGN);
	opt = parse_options(argc, argv);
	status = opt.report != NULL ? (int)report(&opt) : serve(&opt);
	free(opt.secret);
	/* A command's own status is passed on as it is. */
	if (opt.command != NULL)
		return status;
	return (int)out_close((enum status)status);
}

static enum status
report(const struct options *opt)
{
	struct buf text = { 0 };
	struct store *store;
	int failed;

	if (access(opt->report, R_OK) != 0) {
		msg_warn_errno("%s", opt->report);
		return STATUS_TROUBLE;
	}
	if ((store = store_open(opt->report, STORE_READ)) == NULL)
		return STATUS_TROUBLE;
	failed = opt->json ? report_json(store, NULL, &text)
			   : report_text(store, &text);
	if (opt->json)
		buf_putc(&text, '\n');
	if (failed == 0)
		out_put(out_std(), text.data, text.len);
	store_close(store);
	buf_free(&text);
	return failed ? STATUS_TROUBLE : STATUS_OK;
}

static void
ignore(int signal_number)
{
	(void)signal_number;
}

/*
 * Hold back the signals that end us or tell of the command's end until
 * next_signal asks.  Called before the server starts, so that none goes to its
 * thread.
 */
static void
hold_signals(sigset_t *held, sigset_t *before)
{
	/* SIGCHLD is thrown away where nobody handles it. */
	struct sigaction action = { .sa_handler = ignore };

	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(held);
	sigaddset(held, SIGINT);
	sigaddset(held, SIGTERM);
	sigaddset(held, SIGHUP);
	sigaddset(held, SIGCHLD);
	sigprocmask(SIG_BLOCK, held, before);
}

static int
next_signal(const sigset_t *held)
{
	int signal_number;

	while (sigwait(held, &signal_number) != 0)
		;
	return signal_number;
}

static void
set_environment(const struct options *opt, const char *base)
{
	const struct routes_options *r = &opt->routes;

	setenv("DITIO_IDENTITY_BASE", base, 1);
	setenv("DITIO_MASSTRANSPORT_BASE", base, 1);
	setenv("DITIO_CLIENT_ID",
	    r->client_id != NULL ? r->client_id : "sandbox", 1);
	setenv("DITIO_CLIENT_SECRET",
	    r->client_secret != NULL ? r->client_secret : "sandbox", 1);
}

/* Run the command and wait for it, handing signals on.  Its status. */
static int
run_command(char **command, const sigset_t *held, const sigset_t *before)
{
	pid_t child = fork();
	int status;

	if (child < 0) {
		msg_warn_errno("cannot start %s", command[0]);
		return STATUS_TROUBLE;
	}
	if (child == 0) {
		signal(SIGPIPE, SIG_DFL);
		sigprocmask(SIG_SETMASK, before, NULL);
		execvp(command[0], command);
		msg_warn_errno("%s", command[0]);
		msg_flush();
		_exit(errno == ENOENT ? 127 : 126);
	}
	for (;;) {
		int caught = next_signal(held);

		if (caught != SIGCHLD)
			kill(child, caught);
		else if (waitpid(child, &status, WNOHANG) == child)
			break;
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

/* Say where we are and be there until somebody says stop. */
static int
wait_for_signal(const char *base, const sigset_t *held)
{
	out_put(out_std(), base, strlen(base));
	out_put(out_std(), "\n", 1);
	if (out_flush(out_std()) != 0)
		return STATUS_TROUBLE;
	msg_info("listening on %s; Ctrl-C stops", base);
	while (next_signal(held) == SIGCHLD)
		;
	return STATUS_OK;
}

/* Listen, run the command or wait, stop. */
static int
listen_and_run(const struct options *opt, struct store *store)
{
	struct routes *routes = routes_new(store, &opt->routes);
	struct server *server;
	struct buf base = { 0 };
	sigset_t held, before;
	int status = STATUS_TROUBLE;

	hold_signals(&held, &before);
	server = server_start(
	    opt->address, (uint16_t)opt->port, (size_t)opt->max_body, routes);
	if (server == NULL)
		goto done;
	buf_printf(
	    &base, "http://%s:%u", opt->address, (unsigned)server_port(server));
	if (opt->command != NULL) {
		set_environment(opt, base.data);
		msg_debug("listening on %s", base.data);
		status = run_command(opt->command, &held, &before);
	} else {
		status = wait_for_signal(base.data, &held);
	}
	server_stop(server);
done:
	routes_free(routes);
	buf_free(&base);
	return status;
}

/* A store of our own for this run alone.  The caller frees. */
static char *
temporary_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	struct buf path = { 0 };

	buf_printf(&path, "%s/ditio-sandbox-XXXXXX",
	    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
	if (mkdtemp(path.data) != NULL)
		return path.data;
	msg_warn_errno("%s", path.data);
	buf_free(&path);
	return NULL;
}

static void
remove_store(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct buf name = { 0 };

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		buf_clear(&name);
		buf_printf(&name, "%s%s", path, ends[i]);
		unlink(name.data);
	}
	buf_free(&name);
}

static int
serve(const struct options *opt)
{
	char *dir = NULL;
	struct buf path = { 0 };
	struct store *store = NULL;
	int status = STATUS_TROUBLE;

	if (opt->store != NULL) {
		buf_puts(&path, opt->store);
	} else {
		if ((dir = temporary_dir()) == NULL)
			return STATUS_TROUBLE;
		buf_printf(&path, "%s/store", dir);
	}
	if ((store = store_open(path.data, STORE_WRITE)) != NULL)
		status = listen_and_run(opt, store);
	store_close(store);
	if (dir != NULL) {
		remove_store(path.data);
		rmdir(dir);
	}
	buf_free(&path);
	free(dir);
	return status;
}

static void
usage(FILE *to)
{
	fputs(
	    "usage: ditio-sandbox [OPTION ...]\n"
	    "       ditio-sandbox [OPTION ...] -- COMMAND [ARGUMENT ...]\n"
	    "       ditio-sandbox --report STORE [--json]\n"
	    "\n"
	    "  --store FILE          keep what arrives here (a temporary one)\n"
	    "  --report STORE        print what a store holds, and end\n"
	    "  --json                print the report as JSON\n"
	    "  --port N              listen on this port (0: any free one)\n"
	    "  --listen ADDRESS      listen on this address (127.0.0.1)\n"
	    "  --max-body SIZE       larger bodies are answered 413 (16M)\n"
	    "  --client-id ID        the only client (any)\n"
	    "  --client-secret-file FILE\n"
	    "                        its secret (any)\n"
	    "  --company ID          the only company enabled (all)\n"
	    "  --project ID          the only project enabled (all)\n"
	    "  --token-lifetime N    seconds a token lives (1800)\n"
	    "  --watermark WHAT      what latest-timestamp tells: the newest\n"
	    "                        end (default), start, or received\n"
	    "  --fault SCRIPT        misbehave: drop-before=P%, status=N:P%,\n"
	    "                        drop-after=@K ...: ditio-sandbox(1) has\n"
	    "                        the table\n"
	    "  --fault-seed N        the same misbehaviour again\n"
	    "  -q, --quiet  -v, --verbose  --log text|json  -h, --help  "
	    "-V, --version\n",
	    to);
}

enum {
	OPT_CLIENT = 256,
	OPT_COMPANY,
	OPT_FAULT,
	OPT_JSON,
	OPT_LISTEN,
	OPT_LOG,
	OPT_MAX_BODY,
	OPT_PORT,
	OPT_PROJECT,
	OPT_REPORT,
	OPT_SECRET,
	OPT_SEED,
	OPT_STORE,
	OPT_LIFETIME,
	OPT_WATERMARK,
};

/* The option table; tests/house/man.t holds the man page to it. */
static const struct option long_options[] = {
	{ "client-id", required_argument, NULL, OPT_CLIENT },
	{ "client-secret-file", required_argument, NULL, OPT_SECRET },
	{ "company", required_argument, NULL, OPT_COMPANY },
	{ "fault", required_argument, NULL, OPT_FAULT },
	{ "fault-seed", required_argument, NULL, OPT_SEED },
	{ "help", no_argument, NULL, 'h' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "listen", required_argument, NULL, OPT_LISTEN },
	{ "log", required_argument, NULL, OPT_LOG },
	{ "max-body", required_argument, NULL, OPT_MAX_BODY },
	{ "port", required_argument, NULL, OPT_PORT },
	{ "project", required_argument, NULL, OPT_PROJECT },
	{ "quiet", no_argument, NULL, 'q' },
	{ "report", required_argument, NULL, OPT_REPORT },
	{ "store", required_argument, NULL, OPT_STORE },
	{ "token-lifetime", required_argument, NULL, OPT_LIFETIME },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "watermark", required_argument, NULL, OPT_WATERMARK },
	{ NULL, 0, NULL, 0 },
};

static uint64_t
whole(const char *option, const char *s, uint64_t most)
{
	uint64_t n;

	if (number_whole(s, strlen(s), most, &n) != 0)
		msg_die("--%s %s: expected a number up to %" PRIu64, option, s,
		    most);
	return n;
}

/* The first line of a file.  The caller frees. */
static char *
read_secret(char *path)
{
	char *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	char *secret = NULL;
	const char *line;
	size_t len;

	if (input_next_file(in) && input_line(in, &line, &len) == INPUT_OK)
		secret = xstrndup(line, len);
	if (input_failed(in) || secret == NULL)
		msg_die("%s: no secret in it", path);
	input_close(in);
	return secret;
}

static void
parse_watermark(struct options *opt, const char *arg)
{
	static const char *const words[] = {
		[ROUTES_MARK_END] = "end",
		[ROUTES_MARK_START] = "start",
		[ROUTES_MARK_RECEIVED] = "received",
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(arg, words[i]) == 0) {
			opt->routes.mark = (enum routes_mark)i;
			return;
		}
	msg_die("--watermark %s: expected end, start or received", arg);
}

static void
parse_option(struct options *opt, int ch, char *arg)
{
	switch (ch) {
	case OPT_CLIENT:
		opt->routes.client_id = arg;
		break;
	case OPT_COMPANY:
		opt->routes.company = arg;
		break;
	case OPT_FAULT:
		if (fault_read(&opt->routes.fault, arg) != 0)
			msg_die("--fault %s: no such fault: see FAULTS in "
				"ditio-sandbox(1)",
			    arg);
		break;
	case OPT_JSON:
		opt->json = 1;
		break;
	case OPT_LISTEN:
		opt->address = arg;
		break;
	case OPT_LOG:
		if (json_log_format(arg) != 0)
			msg_die("--log %s: expected text or json", arg);
		break;
	case OPT_MAX_BODY:
		if (number_bytes(arg, &opt->max_body) != 0)
			msg_die("--max-body %s: expected a size", arg);
		break;
	case OPT_PORT:
		opt->port = whole("port", arg, 65535);
		break;
	case OPT_PROJECT:
		opt->routes.project = arg;
		break;
	case OPT_REPORT:
		opt->report = arg;
		break;
	case OPT_SECRET:
		opt->secret = read_secret(arg);
		opt->routes.client_secret = opt->secret;
		break;
	case OPT_SEED:
		fault_seed(whole("fault-seed", arg, UINT64_MAX));
		break;
	case OPT_STORE:
		opt->store = arg;
		break;
	case OPT_LIFETIME:
		opt->routes.token_lifetime =
		    (int64_t)whole("token-lifetime", arg, 86400);
		break;
	default: /* OPT_WATERMARK */
		parse_watermark(opt, arg);
		break;
	}
}

static struct options
parse_options(int argc, char *argv[])
{
	struct options opt = { .address = "127.0.0.1",
		.max_body = (uint64_t)16 * 1024 * 1024,
		.routes = { .token_lifetime = 1800 } };
	int ch;

	while (
	    (ch = getopt_long(argc, argv, "+hqvV", long_options, NULL)) != -1)
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
			puts("ditio-sandbox " PACKAGE_VERSION);
			exit(out_close(STATUS_OK));
		case '?':
			usage(stderr);
			exit(STATUS_TROUBLE);
		default:
			parse_option(&opt, ch, optarg);
		}
	if (argv[optind] != NULL)
		opt.command = argv + optind;
	if (opt.report != NULL && opt.command != NULL)
		msg_die("--report prints and ends; it runs no command: %s",
		    opt.command[0]);
	return opt;
}
