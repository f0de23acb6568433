/* report_document.c - one document: the totals, and some findings of each code.
 */

#include "config.h"

#include <stdlib.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/fingerprint.h"
#include "validate/report_document.h"
#include "validate/samples.h"

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
	json_write_member_instant(w, "startTime", r->start);
	json_write_member_instant(w, "endTime", r->end);
	put_state(w, names, r);
	if (r->basis != RECORD_STATED)
		json_write_member(w, "basis",
		    r->basis == RECORD_DERIVED ? "derived" : "estimated");
	if (r->vendor != 0) {
		struct buf b = { 0 };

		names_put_vendor(names, r->owner, r->vendor, &b);
		json_write_key(w, "vendorId");
		json_write_string(w, buf_text(&b), b.len);
		buf_free(&b);
	}
}

/* The cause's name; of a cause itself, what it was and what it explains. */
static void
put_cause(struct json_write *w, const struct report_finding *f)
{
	const struct cause *c = f->cause;
	struct buf b = { 0 };

	cause_name(&b, c);
	json_write_member(w, "cause", buf_text(&b));
	buf_free(&b);
	if (f->fate != REPORT_CAUSE)
		return;
	json_write_member_uint(w, "machines", c->machines);
	if (c->of > 0)
		json_write_member_uint(w, "outOf", c->of);
	json_write_member_uint(w, "times", c->times);
	if (c->shift != 0)
		json_write_member_hours(w, "shiftHours", c->shift);
	json_write_member_uint(w, "symptoms", c->symptoms);
	json_write_member_hours(w, "symptomHours", c->explained);
	if (c->is_of_machine)
		put_owner(w, f->names, &c->at);
	json_write_member_instant(w, "startTime", c->from);
	json_write_member_instant(w, "endTime", c->to);
}

/* What is left of a record that was repaired. */
static void
put_after(struct json_write *w, const struct report_finding *f)
{
	json_write_key(w, "after");
	json_write_array(w);
	for (size_t i = 0; i < f->afters; i++) {
		json_write_object(w);
		json_write_member_instant(w, "startTime", f->after[i].start);
		json_write_member_instant(w, "endTime", f->after[i].end);
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
		json_write_member_hours(w, "hours", f->problem->price);
	if (fates[f->fate] != NULL)
		json_write_member(w, "fate", fates[f->fate]);
	if (f->known) {
		json_write_key(w, "known");
		json_write_bool(w, 1);
	}
	fingerprint_of(f, fingerprint);
	json_write_member(w, "fingerprint", fingerprint);
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
	json_write_member(w, "tool", f->tool);
	if (p->file != NULL)
		json_write_member(w, "file", p->file);
	if (p->line > 0)
		json_write_member_uint(w, "line", p->line);
	if (p->column > 0)
		json_write_member_uint(w, "column", p->column);
	json_write_member(w, "code", p->code);
	json_write_member(w, "severity", problem_word(p->severity));
	json_write_key(w, "message");
	json_write_string(w, buf_text(&p->text), p->text.len);
	report_document_about(w, f);
	json_write_end(w);
}

void
report_document_total(struct json_write *w, const struct report_total *t)
{
	json_write_member(w, "code", t->code);
	json_write_member(w, "severity", problem_word(t->worst));
	json_write_member_uint(w, "count", t->count);
	json_write_member_hours(w, "hours", t->seconds);
	if (t->known > 0)
		json_write_member_uint(w, "known", t->known);
}

void
report_document_summary(struct json_write *w, const struct report_summary *s)
{
	json_write_member(w, "tool", msg_tool());
	json_write_member(w, "version", PACKAGE_VERSION);
	json_write_member_uint(w, "read", s->read);
	json_write_member_uint(w, "passed", s->passed);
	json_write_member_hours(w, "passedHours", s->passed_seconds);
	json_write_member_uint(w, "withheld", s->withheld);
	json_write_member_hours(w, "withheldHours", s->withheld_seconds);
	json_write_member_uint(w, "estimated", s->held);
	json_write_member_hours(w, "estimatedHours", s->held_seconds);
	json_write_member_uint(w, "dropped", s->dropped);
	json_write_member_hours(w, "droppedHours", s->dropped_seconds);
	json_write_member_uint(w, "cut", s->cut);
	json_write_member_hours(w, "cutHours", s->cut_seconds);
	json_write_member_uint(w, "added", s->added);
	json_write_member_hours(w, "addedHours", s->added_seconds);
	json_write_member_uint(w, "merged", s->merged);
	json_write_member_uint(w, "notSelected", s->unasked);
	json_write_member_uint(w, "noRecord", s->lost);
	json_write_member_uint(w, "rejects", s->rejects);
	if (s->elsewhere > 0)
		json_write_member_uint(w, "otherFiles", s->elsewhere);
	if (s->gone > 0)
		json_write_member_uint(w, "gone", s->gone);
	json_write_member(w, "verdict", s->findings ? "findings" : "ok");
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
		json_write_member(w, "meaning", rule_at(id)->line);
		json_write_member(w, "remedy", rule_at(id)->remedy);
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
