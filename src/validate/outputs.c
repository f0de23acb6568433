/* outputs.c - the files of a run beside the stream. */

#include "config.h"

#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "validate/baseline.h"
#include "validate/outputs.h"
#include "validate/report.h"

static int
refuse(const char *option, const char *value, const char *give)
{
	msg_warn("--%s %s: give %s", option, value, give);
	return -1;
}

static int
take_file(char **to, const char *option, char *path)
{
	if (strcmp(path, "-") == 0)
		return refuse(
		    option, path, "a file: a pipe carries the stream alone");
	*to = path;
	return 0;
}

static int
take_report(struct outputs *o, const char *option, char *value)
{
	if (o->reports == OUTPUTS)
		return refuse(option, value, "fewer reports");
	o->report[o->reports++] = value;
	return 0;
}

static int
take_summary(struct outputs *o, const char *option, char *value)
{
	if (o->summaries == OUTPUTS)
		return refuse(option, value, "fewer summaries");
	o->summary[o->summaries++] = value;
	return 0;
}

int
outputs_take(struct outputs *o, const char *option, char *value)
{
	if (strcmp(option, "apply-plan") == 0)
		return take_file(&o->apply_plan, option, value);
	if (strcmp(option, "baseline") == 0)
		return take_file(&o->baseline, option, value);
	if (strcmp(option, "fix-plan") == 0)
		return take_file(&o->fix_plan, option, value);
	if (strcmp(option, "rejects") == 0)
		return take_file(&o->rejects, option, value);
	if (strcmp(option, "report") == 0)
		return take_report(o, option, value);
	if (strcmp(option, "summary") == 0)
		return take_summary(o, option, value);
	if (strcmp(option, "withheld") == 0)
		return take_file(&o->withheld, option, value);
	if (strcmp(option, "write-baseline") == 0)
		return take_file(&o->known, option, value);
	return refuse(option, value, "another option");
}

/* True, after a message, if ${path} is a file we read. */
static int
is_input(const struct outputs *o, const char *path)
{
	char *const rejects[] = { o->rejects, NULL };
	char *const plan[] = { o->apply_plan, NULL };

	if (!input_includes(o->files, path) && !input_includes(rejects, path) &&
	    !input_includes(plan, path))
		return 0;
	msg_warn("%s: is read, so it cannot be written as well", path);
	return 1;
}

static int
open_baseline(const struct outputs *o, const struct settings *settings,
    size_t memory, struct names *names, struct findings *findings)
{
	struct baseline *b;

	if (o->baseline == NULL && o->known == NULL)
		return 0;
	if (o->known != NULL && is_input(o, o->known))
		return -1;
	b = baseline_open(o->baseline, o->known, settings, names, memory);
	if (b == NULL)
		return -1;
	findings_baseline(findings, b);
	return 0;
}

static int
open_reports(const struct outputs *o, const struct settings *settings,
    struct names *names, struct findings *findings)
{
	char *written[OUTPUTS + 1] = { NULL };

	for (size_t i = 0; i < o->reports; i++) {
		char *path = strchr(o->report[i], ':');
		struct report *report;

		if (path != NULL && is_input(o, ++path))
			return -1;
		if (path != NULL && input_includes(written, path))
			return refuse("report", o->report[i],
			    "each report a file of its own");
		report = report_open(o->report[i], settings, names);
		if (report == NULL)
			return -1;
		findings_report(findings, report);
		written[i] = path;
	}
	return 0;
}

static int
open_summaries(const struct outputs *o, const struct settings *settings,
    struct summary **list)
{
	for (size_t i = 0; i < o->summaries; i++) {
		const char *path = strchr(o->summary[i], ':');

		if (settings->zone == NULL)
			return refuse("summary", o->summary[i],
			    "--zone too, whose clock its days go by");
		if ((path != NULL && is_input(o, path + 1)) ||
		    summary_add(list, o->summary[i]) != 0)
			return -1;
	}
	return 0;
}

int
outputs_open(const struct outputs *o, const struct settings *settings,
    size_t memory, struct names *names, struct findings *findings,
    struct out **withheld, struct summary **summaries)
{
	*withheld = NULL;
	*summaries = NULL;
	if (o->fix_plan != NULL && is_input(o, o->fix_plan))
		return -1;
	if (open_baseline(o, settings, memory, names, findings) != 0 ||
	    open_reports(o, settings, names, findings) != 0 ||
	    open_summaries(o, settings, summaries) != 0)
		return -1;
	if (o->withheld == NULL)
		return 0;
	if (is_input(o, o->withheld) ||
	    (*withheld = out_open(o->withheld)) == NULL)
		return -1;
	return 0;
}
