/* report_document.c - one document: the totals, and some findings of each code.
 */

#include "config.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/fingerprint.h"
#include "validate/report_document.h"
#include "validate/samples.h"

static void
put_text(struct json_write *w, const char *key, const char *value)
{
	json_write_key(w, key);
	json_write_text(w, value);
}

static void
put_count(struct json_write *w, const char *key, uint64_t n)
{
	json_write_key(w, key);
	json_write_uint(w, n);
}

static void
put_hours(struct json_write *w, const char *key, int64_t seconds)
{
	json_write_key(w, key);
	json_write_hours(w, seconds);
}

static void
put_instant(struct json_write *w, const char *key, int64_t instant)
{
	char text[INSTANT_TEXT];

	put_text(w, key, instant_text(text, instant));
}

static void
put_state(
    struct json_write *w, const struct names *names, const struct record *r)
{
	struct buf b = { 0 };

	names_put_state(names, r->state, &b);
	json_write_key(w, "state");
	json_write_string(w, buf_text(&b), b.len);
	buf_free(&b);
}

/* Whose record it is, as in the stream. */
static void
put_owner(
    struct json_write *w, const struct names *names, const struct record *r)
{
	static const char *const keys[] = {
		[NAMES_COMPANY] = "companyId",
		[NAMES_PROJECT] = "projectId",
		[NAMES_MACHINE] = "machineId",
	};
	struct buf b = { 0 };

	for (enum names_part p = NAMES_COMPANY; p <= NAMES_MACHINE; p++) {
		buf_clear(&b);
		names_put_part(names, r->owner, p, &b);
		json_write_key(w, keys[p]);
		json_write_string(w, buf_text(&b), b.len);
	}
	buf_free(&b);
}

/* The record's own fields, as in the stream. */
void
report_document_record(
    struct json_write *w, const struct names *names, const struct record *r)
{
	put_owner(w, names, r);
	put_instant(w, "startTime", r->start);
	put_instant(w, "endTime", r->end);
	put_state(w, names, r);
	if (r->basis != RECORD_STATED)
		put_text(w, "basis",
		    r->basis == RECORD_DERIVED ? "derived" : "estimated");
}

/* The cause's name; of a cause itself, what it was and what it explains. */
static void
put_cause(struct json_write *w, const struct report_finding *f)
{
	const struct cause *c = f->cause;
	struct buf b = { 0 };

	cause_name(&b, c);
	put_text(w, "cause", buf_text(&b));
	buf_free(&b);
	if (f->fate != REPORT_CAUSE)
		return;
	put_count(w, "machines", c->machines);
	if (c->of > 0)
		put_count(w, "outOf", c->of);
	put_count(w, "times", c->times);
	if (c->shift != 0)
		put_hours(w, "shiftHours", c->shift);
	put_count(w, "symptoms", c->symptoms);
	put_hours(w, "symptomHours", c->explained);
	if (c->is_of_machine)
		put_owner(w, f->names, &c->at);
	put_instant(w, "startTime", c->from);
	put_instant(w, "endTime", c->to);
}

/* What is left of a record that was repaired. */
static void
put_after(struct json_write *w, const struct report_finding *f)
{
	json_write_key(w, "after");
	json_write_array(w);
	for (size_t i = 0; i < f->afters; i++) {
		json_write_object(w);
		put_instant(w, "startTime", f->after[i].start);
		put_instant(w, "endTime", f->after[i].end);
		put_state(w, f->names, &f->after[i]);
		json_write_end(w);
	}
	json_write_end(w);
}

void
report_document_about(struct json_write *w, const struct report_finding *f)
{
	static const char *const fates[] = {
		[REPORT_PASSED] = "passed",
		[REPORT_WITHHELD] = "withheld",
		[REPORT_DROPPED] = "dropped",
		[REPORT_REPAIRED] = "repaired",
		[REPORT_ADDED] = "added",
		[REPORT_LOST] = "lost",
		[REPORT_CAUSE] = NULL,
		[REPORT_ELSEWHERE] = NULL,
	};
	char fingerprint[FINGERPRINT_TEXT];

	if (f->problem->price != PROBLEM_NO_PRICE)
		put_hours(w, "hours", f->problem->price);
	if (fates[f->fate] != NULL)
		put_text(w, "fate", fates[f->fate]);
	if (f->known) {
		json_write_key(w, "known");
		json_write_bool(w, 1);
	}
	fingerprint_of(f, fingerprint);
	put_text(w, "fingerprint", fingerprint);
	if (f->cause != NULL)
		put_cause(w, f);
	if (f->record != NULL)
		report_document_record(w, f->names, f->record);
	if (f->afters > 0)
		put_after(w, f);
}

void
report_document_finding(struct json_write *w, const struct report_finding *f)
{
	const struct problem *p = f->problem;

	json_write_object(w);
	put_text(w, "tool", f->tool);
	if (p->file != NULL)
		put_text(w, "file", p->file);
	if (p->line > 0)
		put_count(w, "line", p->line);
	if (p->column > 0)
		put_count(w, "column", p->column);
	put_text(w, "code", p->code);
	put_text(w, "severity", problem_word(p->severity));
	json_write_key(w, "message");
	json_write_string(w, buf_text(&p->text), p->text.len);
	report_document_about(w, f);
	json_write_end(w);
}

void
report_document_total(struct json_write *w, const struct report_total *t)
{
	put_text(w, "code", t->code);
	put_text(w, "severity", problem_word(t->worst));
	put_count(w, "count", t->count);
	put_hours(w, "hours", t->seconds);
	if (t->known > 0)
		put_count(w, "known", t->known);
}

void
report_document_summary(struct json_write *w, const struct report_summary *s)
{
	put_text(w, "tool", msg_tool());
	put_text(w, "version", PACKAGE_VERSION);
	put_count(w, "read", s->read);
	put_count(w, "passed", s->passed);
	put_hours(w, "passedHours", s->passed_seconds);
	put_count(w, "withheld", s->withheld);
	put_hours(w, "withheldHours", s->withheld_seconds);
	put_count(w, "estimated", s->held);
	put_hours(w, "estimatedHours", s->held_seconds);
	put_count(w, "dropped", s->dropped);
	put_hours(w, "droppedHours", s->dropped_seconds);
	put_count(w, "cut", s->cut);
	put_hours(w, "cutHours", s->cut_seconds);
	put_count(w, "added", s->added);
	put_hours(w, "addedHours", s->added_seconds);
	put_count(w, "merged", s->merged);
	put_count(w, "notSelected", s->unasked);
	put_count(w, "noRecord", s->lost);
	put_count(w, "rejects", s->rejects);
	if (s->elsewhere > 0)
		put_count(w, "otherFiles", s->elsewhere);
	if (s->gone > 0)
		put_count(w, "gone", s->gone);
	put_text(w, "verdict", s->findings ? "findings" : "ok");
}

static void
begin(struct report *r)
{
	r->own = samples_new(r->settings->samples);
}

static void
finding(struct report *r, const struct report_finding *f)
{
	samples_put(r->own, f);
}

/* Write down what there is of the document, and begin a line: between two
 * values one may stand. */
static void
put_part(struct report *r)
{
	size_t len;
	const char *text = json_write_part(r->json, &len);

	out_put(r->out, text, len);
	out_put(r->out, "\n", 1);
}

static void
put_rule(struct report *r, const struct report_total *t, unsigned id)
{
	struct json_write *w = r->json;
	size_t shown = samples_sort(r->own, id);

	json_write_object(w);
	report_document_total(w, t);
	if (id < RULE_COUNT) {
		put_text(w, "meaning", rule_at(id)->line);
		put_text(w, "remedy", rule_at(id)->remedy);
	}
	json_write_key(w, "truncated");
	json_write_bool(w, shown < t->count);
	json_write_key(w, "samples");
	json_write_array(w);
	for (size_t i = 0; i < shown; i++) {
		put_part(r);
		report_document_finding(w, samples_at(r->own, id, i));
	}
	json_write_end(w);
	json_write_end(w);
	put_part(r);
}

static int
summary(struct report *r, const struct report_summary *s)
{
	struct json_write *w = r->json;
	unsigned *order = xcalloc(s->totals, sizeof *order);
	size_t codes = report_order(s, order);
	const char *text;
	size_t len;

	json_write_object(w);
	json_write_key(w, "ditioReport");
	json_write_uint(w, 1);
	report_document_summary(w, s);
	json_write_key(w, "rules");
	json_write_array(w);
	put_part(r);
	for (size_t i = 0; i < codes; i++)
		put_rule(r, &s->total[order[i]], order[i]);
	json_write_end(w);
	json_write_end(w);
	text = json_write_take(w, &len);
	out_put(r->out, text, len);
	out_put(r->out, "\n", 1);
	free(order);
	return 0;
}

static void
end(struct report *r)
{
	samples_free(r->own);
}

const struct report_format report_document = {
	.name = "json",
	.begin = begin,
	.finding = finding,
	.summary = summary,
	.end = end,
};
