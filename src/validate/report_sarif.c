/* report_sarif.c - SARIF 2.1.0, as code scanning and editors read it. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/fingerprint.h"
#include "validate/place.h"
#include "validate/report_document.h"
#include "validate/report_sarif.h"
#include "validate/worst.h"

/* GitHub shows so many results of a run. */
#define RESULTS 5000

/* {"text": ...} */
static void
put_message(struct json_write *w, const char *key, const char *value)
{
	json_write_key(w, key);
	json_write_object(w);
	json_write_member(w, "text", value);
	json_write_end(w);
}

/* Write down what there is, and begin a line. */
static void
put_part(struct report *r)
{
	size_t len;
	const char *text = json_write_part(r->json, &len);

	out_put(r->out, text, len);
	out_put(r->out, "\n", 1);
}

/* The level the user gave, or that of another tool's code; SARIF has our
 * words for them. */
static void
put_level(struct report *r, const struct report_total *t, unsigned id)
{
	struct json_write *w = r->json;
	enum severity severity =
	    id < RULE_COUNT ? r->settings->severity[id] : t->worst;

	json_write_key(w, "defaultConfiguration");
	json_write_object(w);
	if (severity == SEVERITY_OFF) {
		json_write_key(w, "enabled");
		json_write_bool(w, 0);
	} else {
		json_write_member(w, "level", problem_word(severity));
	}
	json_write_end(w);
}

static void
put_rule(struct report *r, const struct report_total *t, unsigned id)
{
	struct json_write *w = r->json;

	json_write_object(w);
	json_write_member(w, "id", t->code);
	if (id < RULE_COUNT) {
		const struct rule *rule = rule_at(id);

		put_message(w, "shortDescription", rule->line);
		put_message(w, "fullDescription", rule->reason);
		put_message(w, "help", rule->remedy);
	} else {
		put_message(w, "shortDescription", t->code);
		put_message(w, "help",
		    "Another tool found it; its manual page says what it "
		    "means and what to do.");
	}
	put_level(r, t, id);
	json_write_end(w);
	put_part(r);
}

/* Every code is a rule, in the order of the totals, so that a finding's row
 * is its rule's index. */
static void
put_tool(struct report *r, const struct report_summary *s)
{
	struct json_write *w = r->json;

	json_write_key(w, "tool");
	json_write_object(w);
	json_write_key(w, "driver");
	json_write_object(w);
	json_write_member(w, "name", msg_tool());
	json_write_member(w, "version", PACKAGE_VERSION);
	json_write_key(w, "rules");
	json_write_array(w);
	put_part(r);
	for (unsigned id = 0; id < s->totals; id++)
		put_rule(r, &s->total[id], id);
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
}

/* No column: in tables it counts fields, and elsewhere bytes, but SARIF wants
 * characters.  Of an archive no line either. */
static void
put_location(struct json_write *w, const struct place *place)
{
	struct buf uri = { 0 };

	place_put_uri(&uri, place);
	json_write_key(w, "locations");
	json_write_array(w);
	json_write_object(w);
	json_write_key(w, "physicalLocation");
	json_write_object(w);
	json_write_key(w, "artifactLocation");
	json_write_object(w);
	json_write_member(w, "uri", buf_text(&uri));
	json_write_end(w);
	if (place->line > 0) {
		json_write_key(w, "region");
		json_write_object(w);
		json_write_key(w, "startLine");
		json_write_uint(w, place->line);
		json_write_end(w);
	}
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
	buf_free(&uri);
}

/* What is wrong, and what it costs.  It must not be empty. */
static void
put_what(
    struct json_write *w, const struct place *place, const struct problem *p)
{
	char hours[DURATION_TEXT];
	struct buf text = { 0 }, raw = { 0 };

	place_put_member(&raw, place, p);
	buf_puts(&raw, p->text.len > 0 ? buf_text(&p->text) : p->code);
	buf_safe(&text, buf_text(&raw));
	if (p->price != PROBLEM_NO_PRICE)
		buf_printf(&text, " (%s h)", duration_hours(hours, p->price));
	put_message(w, "message", buf_text(&text));
	buf_free(&text);
	buf_free(&raw);
}

/*
 * GitHub goes by primaryLocationLineHash alone and takes two results that
 * share one for the same; ours are alike for faults that are, so the second
 * and later ones are numbered, as its own tools do.  ${seen} counts them.
 */
static void
put_fingerprint(struct json_write *w, const struct report_finding *f,
    struct intern *known, uint64_t *seen)
{
	char text[FINGERPRINT_TEXT];
	struct buf b = { 0 };
	uint32_t id;

	fingerprint_of(f, text);
	id = intern_id(known, text, strlen(text));
	buf_printf(&b, "%s:%" PRIu64, text, ++seen[id]);
	json_write_key(w, "partialFingerprints");
	json_write_object(w);
	json_write_member(w, "ditioFinding/v1", b.data);
	json_write_member(w, "primaryLocationLineHash", b.data);
	json_write_end(w);
	buf_free(&b);
}

/* GitHub closes the alert; others hide the result or show it as accepted. */
static void
put_suppression(struct json_write *w)
{
	json_write_key(w, "suppressions");
	json_write_array(w);
	json_write_object(w);
	json_write_member(w, "kind", "external");
	json_write_member(w, "justification", "in the baseline");
	json_write_end(w);
	json_write_end(w);
}

static void
put_about(struct json_write *w, const struct report_finding *f)
{
	json_write_key(w, "properties");
	json_write_object(w);
	json_write_member(w, "tool", f->tool);
	report_document_about(w, f);
	json_write_end(w);
}

static void
put_result(struct report *r, const struct report_finding *f,
    const struct place *place, struct intern *known, uint64_t *seen)
{
	struct json_write *w = r->json;
	const struct problem *p = f->problem;

	json_write_object(w);
	json_write_member(w, "ruleId", p->code);
	json_write_key(w, "ruleIndex");
	json_write_uint(w, f->id);
	json_write_member(w, "level", problem_word(p->severity));
	put_what(w, place, p);
	put_location(w, place);
	put_fingerprint(w, f, known, seen);
	if (f->known)
		put_suppression(w);
	put_about(w, f);
	json_write_end(w);
	put_part(r);
}

static void
put_results(struct report *r)
{
	size_t n = worst_sort(r->own);
	struct intern *known = intern_new();
	uint64_t *seen = xcalloc(n + 1, sizeof *seen);

	json_write_key(r->json, "results");
	json_write_array(r->json);
	put_part(r);
	for (size_t i = 0; i < n; i++) {
		const struct report_finding *f = worst_at(r->own, i);
		struct place place;

		place_of(&place, f->problem);
		if (place.file != NULL)
			put_result(r, f, &place, known, seen);
	}
	json_write_end(r->json);
	intern_free(known);
	free(seen);
}

static void
put_notification(struct report *r, const struct report_finding *f)
{
	struct json_write *w = r->json;
	struct place nowhere = { 0 };

	json_write_object(w);
	json_write_key(w, "associatedRule");
	json_write_object(w);
	json_write_member(w, "id", f->problem->code);
	json_write_key(w, "index");
	json_write_uint(w, f->id);
	json_write_end(w);
	json_write_member(w, "level", problem_word(f->problem->severity));
	put_what(w, &nowhere, f->problem);
	put_about(w, f);
	json_write_end(w);
	put_part(r);
}

/* What is about no file is told as of the run: GitHub refuses the whole when
 * one result is nowhere. */
static void
put_invocation(struct report *r)
{
	struct json_write *w = r->json;
	size_t n = worst_sort(r->own);

	json_write_key(w, "invocations");
	json_write_array(w);
	json_write_object(w);
	json_write_key(w, "executionSuccessful");
	json_write_bool(w, 1);
	json_write_key(w, "toolExecutionNotifications");
	json_write_array(w);
	put_part(r);
	for (size_t i = 0; i < n; i++) {
		const struct report_finding *f = worst_at(r->own, i);
		struct place place;

		place_of(&place, f->problem);
		if (place.file == NULL)
			put_notification(r, f);
	}
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
}

static void
put_totals(struct json_write *w, const struct report_summary *s, size_t shown)
{
	uint64_t all = 0;

	for (size_t i = 0; i < s->totals; i++)
		all += s->total[i].count;
	json_write_key(w, "properties");
	json_write_object(w);
	report_document_summary(w, s);
	json_write_key(w, "findings");
	json_write_uint(w, all);
	json_write_key(w, "truncated");
	json_write_bool(w, shown < all);
	json_write_end(w);
}

static void
begin(struct report *r)
{
	r->own = worst_new(RESULTS);
}

static void
finding(struct report *r, const struct report_finding *f)
{
	worst_put(r->own, f);
}

static int
summary(struct report *r, const struct report_summary *s)
{
	struct json_write *w = r->json;

	json_write_object(w);
	json_write_member(
	    w, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	json_write_member(w, "version", "2.1.0");
	json_write_key(w, "runs");
	json_write_array(w);
	json_write_object(w);
	put_tool(r, s);
	put_invocation(r);
	put_results(r);
	put_totals(w, s, worst_sort(r->own));
	json_write_end(w);
	json_write_end(w);
	json_write_end(w);
	put_part(r);
	return 0;
}

static void
end(struct report *r)
{
	worst_free(r->own);
}

const struct report_format report_sarif = {
	.name = "sarif",
	.begin = begin,
	.finding = finding,
	.summary = summary,
	.end = end,
};
