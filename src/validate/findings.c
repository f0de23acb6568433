/* findings.c - what is wrong: counted exactly, printed in part, reported. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/msg.h"
#include "base/progress.h"
#include "base/xalloc.h"
#include "validate/baseline.h"
#include "validate/causes.h"
#include "validate/findings.h"
#include "validate/report_plain.h"
#include "validate/scope.h"
#include "validate/symptoms.h"

/* More codes than all our tools have together. */
#define CODES 256

/* And there is room for those of repairs. */
#define ROWS (CODES + FIX_CODES - RULE_COUNT)

/* More files than this share the last number, which names none. */
#define FILES 255

struct findings {
	const struct settings *settings;
	const struct names *names;
	struct intern *codes; /* the rules, then those of other tools */
	struct report_total total[ROWS];
	uint64_t shown[ROWS];
	struct baseline *baseline; /* or NULL */
	uint64_t explained[CODES]; /* by causes, and printed there */
	struct causes *causes;	   /* or NULL */
	struct symptoms *symptoms;
	struct scope *scope;
	uint64_t elsewhere; /* findings of files that are not told */
	struct report **report;
	size_t reports;
	char *file[FILES];
	uint8_t files;
	struct problem problem;
	struct buf place; /* of the problem */
};

struct findings *
findings_new(const struct settings *settings, const struct names *names)
{
	struct findings *f = xcalloc(1, sizeof *f);

	f->settings = settings;
	f->names = names;
	f->codes = intern_new();
	f->symptoms = symptoms_new();
	f->scope = scope_new(&settings->told, names);
	for (unsigned id = 0; id < RULE_COUNT; id++) {
		f->total[id].code = rule_at(id)->code;
		(void)intern_id(
		    f->codes, f->total[id].code, strlen(f->total[id].code));
	}
	return f;
}

void
findings_baseline(struct findings *f, struct baseline *baseline)
{
	f->baseline = baseline;
}

void
findings_report(struct findings *f, struct report *report)
{
	f->report =
	    xreallocarray(f->report, f->reports + 1, sizeof(struct report *));
	f->report[f->reports++] = report;
}

uint8_t
findings_file(struct findings *f, const char *name)
{
	if (f->files > 0 && strcmp(f->file[f->files - 1], name) == 0)
		return (uint8_t)(f->files - 1);
	if (f->files == FILES)
		return FILES;
	f->file[f->files] = xstrdup(name);
	return f->files++;
}

static void
count(struct findings *f, uint32_t id, enum severity severity, int64_t price)
{
	struct report_total *t = &f->total[id];

	t->count++;
	if (severity > t->worst)
		t->worst = severity;
	if (price != PROBLEM_NO_PRICE &&
	    __builtin_add_overflow(t->seconds, price, &t->seconds))
		t->seconds = price < 0 ? INT64_MIN : INT64_MAX;
	t->fresh[severity]++;
}

/* True if the finding, which was counted, is known. */
static int
is_known(struct findings *f, const struct report_finding *finding)
{
	const struct problem *p = finding->problem;
	struct report_total *t = &f->total[finding->id];

	if (f->baseline == NULL || !baseline_meet(f->baseline, finding))
		return 0;
	t->known++;
	t->fresh[p->severity]--;
	if (p->price != PROBLEM_NO_PRICE &&
	    __builtin_add_overflow(
		t->known_seconds, p->price, &t->known_seconds))
		t->known_seconds = INT64_MAX;
	return 1;
}

/* True if the next finding of this code is to be printed. */
static int
is_shown(const struct findings *f, uint32_t id)
{
	return f->shown[id] < f->settings->show;
}

static void
print(struct findings *f, uint32_t id, const struct problem *p)
{
	if (!is_shown(f, id))
		return;
	f->shown[id]++;
	progress_clear();
	problem_print(p);
}

/* The vendor's place of a record, or else the stream's own. */
static void
set_place(struct findings *f, struct problem *p, const struct record *r)
{
	buf_clear(&f->place);
	p->line = r->line;
	if (r->file != NAMES_NONE) {
		names_put_file(f->names, r->file, &f->place);
		p->file = buf_text(&f->place);
	} else if (r->flags < f->files) {
		p->file = f->file[r->flags];
	}
}

void
findings_causes(struct findings *f, struct causes *causes)
{
	f->causes = causes;
}

static struct cause *
explain(const struct findings *f, enum rule_id id, const struct rule_case *c)
{
	return f->causes != NULL
		   ? causes_explain(f->causes, id, c->record, c->other)
		   : NULL;
}

/* True if the text of a finding is going to be printed. */
static int
is_wanted(const struct findings *f, const struct report_finding *finding)
{
	if (finding->known)
		return 0;
	return finding->cause != NULL ? symptoms_wants(finding->cause)
				      : is_shown(f, finding->id);
}

/* It is not told, but the baseline knows of it. */
static void
pass_over(struct findings *f, const struct report_finding *finding)
{
	f->elsewhere++;
	if (f->baseline != NULL)
		(void)baseline_meet(f->baseline, finding);
}

void
findings_record(struct findings *f, enum rule_id id, enum severity severity,
    int64_t price, const struct rule_case *c, enum report_fate fate)
{
	const struct rule *rule = rule_at(id);
	struct report_finding finding = { .tool = msg_tool(),
		.id = id,
		.problem = &f->problem,
		.names = f->names,
		.record = c->record,
		.other = rule_is_of_two(id) ? c->other : NULL,
		.fate = fate };
	struct cause *cause;

	problem_set(&f->problem, rule->code, severity, NULL, 0, 0);
	f->problem.price = price;
	if (!scope_has(f->scope, c->record->file) &&
	    (finding.other == NULL ||
		!scope_has(f->scope, finding.other->file))) {
		pass_over(f, &finding);
		return;
	}
	finding.cause = cause = explain(f, id, c);
	count(f, id, severity, price);
	finding.known = is_known(f, &finding);
	if (cause != NULL) {
		symptoms_count(cause, price);
		f->explained[id] += !finding.known;
	}
	if (f->reports == 0 && !is_wanted(f, &finding))
		return;
	set_place(f, &f->problem, c->record);
	rule->tell(c, &f->problem.text);
	if (cause != NULL && is_wanted(f, &finding))
		symptoms_keep(f->symptoms, cause, &f->problem);
	else if (cause == NULL && !finding.known)
		print(f, id, &f->problem);
	for (size_t i = 0; i < f->reports; i++)
		report_put(f->report[i], &finding);
}

/* What is no rule has a row like a code of another tool, if it is found. */
static unsigned
row_of(struct findings *f, const struct edit *e)
{
	const char *code = fix_code(e->rule);
	unsigned id = intern_id(f->codes, code, strlen(code));

	f->total[id].code = code;
	return id;
}

static void
mend(struct report_total *t, int64_t seconds)
{
	t->mended++;
	if (__builtin_add_overflow(
		t->mended_seconds, seconds, &t->mended_seconds))
		t->mended_seconds = INT64_MAX;
}

void
findings_edit(struct findings *f, const struct edit *e)
{
	unsigned id = row_of(f, e);
	struct report_finding finding = { .tool = msg_tool(),
		.id = id,
		.problem = &f->problem,
		.names = f->names,
		.record = edit_record(e),
		.after = e->after.at,
		.afters = e->before.count > 0 ? e->after.count : 0,
		.fate = e->before.count == 0  ? REPORT_ADDED
			: e->after.count == 0 ? REPORT_DROPPED
					      : REPORT_REPAIRED };
	int64_t removed = edit_removed(e);

	problem_set(&f->problem, fix_code(e->rule), SEVERITY_NOTE, NULL, 0, 0);
	f->problem.price = removed < 0 ? -removed : removed;
	if (!scope_has(f->scope, edit_place(e)->file)) {
		pass_over(f, &finding);
		return;
	}
	count(f, id, SEVERITY_NOTE, f->problem.price);
	finding.known = is_known(f, &finding);
	if (!finding.known)
		mend(&f->total[id], f->problem.price);
	if ((finding.known || !is_shown(f, id)) && f->reports == 0)
		return;
	set_place(f, &f->problem, edit_place(e));
	edit_tell(e, f->names, &f->problem.text);
	if (!finding.known)
		print(f, id, &f->problem);
	for (size_t i = 0; i < f->reports; i++)
		report_put(f->report[i], &finding);
}

static void
tell_cause(struct findings *f, const struct cause *cause)
{
	const struct rule *rule = rule_at(cause->rule);
	struct rule_case c = { .limits = &f->settings->limits,
		.names = f->names,
		.cause = cause };
	struct report_finding finding = { .tool = msg_tool(),
		.id = cause->rule,
		.problem = &f->problem,
		.names = f->names,
		.cause = cause,
		.fate = REPORT_CAUSE };
	enum severity severity = f->settings->severity[cause->rule];

	problem_set(&f->problem, rule->code, severity, NULL, 0, 0);
	f->problem.price = cause->price;
	/* Symptoms that are not told were not counted. */
	if (cause->symptoms == 0 && !scope_has(f->scope, cause->at.file)) {
		pass_over(f, &finding);
		return;
	}
	count(f, cause->rule, severity, cause->price);
	set_place(f, &f->problem, &cause->at);
	rule->tell(&c, &f->problem.text);
	symptoms_tell(&f->problem.text, cause);
	finding.known = is_known(f, &finding);
	if (!finding.known)
		print(f, cause->rule, &f->problem);
	symptoms_print(f->symptoms, cause, f->settings->show);
	for (size_t i = 0; i < f->reports; i++)
		report_put(f->report[i], &finding);
}

void
findings_tell_causes(struct findings *f)
{
	size_t n = f->causes != NULL ? causes_count(f->causes) : 0;

	for (size_t i = 0; i < n; i++)
		tell_cause(f, causes_at(f->causes, i));
}

int
findings_problem(struct findings *f, const struct problem *p, const char *tool)
{
	return findings_row(f, p, tool, NULL);
}

int
findings_row(struct findings *f, const struct problem *p, const char *tool,
    const char *raw)
{
	struct problem own = *p; /* whose code lives as long as we */
	struct report_finding finding = { .tool =
					      tool != NULL ? tool : msg_tool(),
		.problem = &own,
		.names = f->names,
		.raw = raw,
		.fate = tool != NULL ? REPORT_ELSEWHERE : REPORT_LOST };
	size_t len = strlen(p->code);
	uint32_t id;

	if (intern_count(f->codes) >= CODES &&
	    intern_find(f->codes, p->code, len) == INTERN_NONE)
		return -1;
	id = intern_id(f->codes, p->code, len);
	f->total[id].code = intern_text(f->codes, id, &(size_t){ 0 });
	own.code = f->total[id].code;
	finding.id = id;
	/* A line of the stream that is no record is nobody else's. */
	if (tool != NULL && !scope_has_name(f->scope, p->file)) {
		pass_over(f, &finding);
		return 0;
	}
	count(f, id, p->severity, p->price);
	finding.known = is_known(f, &finding);
	if (!finding.known)
		print(f, id, p);
	for (size_t i = 0; i < f->reports; i++)
		report_put(f->report[i], &finding);
	return 0;
}

int
findings_watch(const struct findings *f)
{
	for (size_t i = 0; i < f->reports; i++)
		if (report_watches(f->report[i]))
			return 1;
	return 0;
}

void
findings_watched(struct findings *f, const struct record *r, int passed)
{
	for (size_t i = 0; i < f->reports; i++)
		report_record(f->report[i], r, passed);
}

uint64_t
findings_count(const struct findings *f, unsigned id)
{
	return f->total[id].count;
}

int64_t
findings_seconds(const struct findings *f, unsigned id)
{
	return f->total[id].seconds;
}

uint64_t
findings_at(const struct findings *f, enum severity least)
{
	uint64_t n = 0;

	for (size_t i = 0; i < intern_count(f->codes); i++)
		for (unsigned s = least; s <= SEVERITY_ERROR; s++)
			n += f->total[i].fresh[s];
	return n;
}

int
findings_fail(struct findings *f, int64_t passed)
{
	const struct settings *s = f->settings;
	uint64_t fails = 0;

	for (size_t i = 0; i < intern_count(f->codes); i++) {
		struct report_total *t = &f->total[i];

		t->fails = 0;
		for (unsigned l = s->fail; l <= SEVERITY_ERROR; l++)
			t->fails += t->fresh[l];
	}
	quota_hold(&s->overlap_total, f->total, RULE_PAIRS, passed);
	quota_hold(&s->gap_total, f->total + RULE_GAP, 1, passed);
	for (size_t i = 0; i < intern_count(f->codes); i++)
		fails += f->total[i].fails;
	return fails > 0;
}

static void
say_summary(const struct report_summary *s)
{
	struct buf b = { 0 };

	report_plain_summary(&b, s);
	msg_info("%s", buf_text(&b));
	buf_free(&b);
}

/* How many of a code were printed, stand under their causes, or are known. */
static uint64_t
told_of(const struct findings *f, size_t id)
{
	return f->shown[id] + f->explained[id] + f->total[id].known;
}

int
findings_close(struct findings *f, struct report_summary *s)
{
	int failed = 0;

	s->total = f->total;
	s->totals = intern_count(f->codes);
	s->elsewhere = f->elsewhere;
	s->gone = f->baseline != NULL ? baseline_gone(f->baseline) : 0;
	progress_clear();
	scope_say(f->scope);
	for (size_t i = 0; i < s->totals; i++)
		if (f->total[i].count > told_of(f, i))
			msg_note(
			    "%s: %" PRIu64
			    " more not shown; --limit shows more, --report "
			    "ndjson:FILE has all",
			    f->total[i].code,
			    f->total[i].count - told_of(f, i));
	for (size_t i = 0; i < f->reports; i++)
		failed |= report_close(f->report[i], s);
	f->reports = 0;
	failed |= baseline_close(f->baseline, 1);
	f->baseline = NULL;
	say_summary(s);
	return failed;
}

void
findings_free(struct findings *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->reports; i++)
		(void)report_close(f->report[i], NULL);
	(void)baseline_close(f->baseline, 0);
	for (uint8_t i = 0; i < f->files; i++)
		free(f->file[i]);
	free(f->report);
	intern_free(f->codes);
	symptoms_free(f->symptoms);
	scope_free(f->scope);
	problem_free(&f->problem);
	buf_free(&f->place);
	free(f);
}
