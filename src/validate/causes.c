/* causes.c - what stands behind many findings, found before they are told. */

#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/cause_dst.h"
#include "validate/cause_evidence.h"
#include "validate/cause_export.h"
#include "validate/cause_frozen.h"
#include "validate/cause_hours.h"
#include "validate/cause_midnight.h"
#include "validate/cause_outage.h"
#include "validate/cause_zone.h"
#include "validate/causes.h"
#include "validate/fleet.h"

/* Who looks for what; NULL: it is not looked for. */
struct causes {
	struct fleet *fleet;
	struct cause_outage *outage;
	struct cause_midnight *midnight;
	struct cause_dst *dst;
	struct cause_zone *zone;
	struct cause_frozen *frozen;
	struct cause_export *export;
	struct cause_hours *hours;
	struct cause **found;
	size_t count;
	struct cause_evidence evidence;
	struct record last; /* of its machine the one that ends last; owner
			       NAMES_NONE: no machine's records come */
	int second;	    /* time that records come */
};

static int
is_on(const struct settings *s, enum rule_id id)
{
	return s->severity[id] != SEVERITY_OFF &&
	       (!rule_at(id)->needs_zone || s->zone != NULL) &&
	       (!rule_at(id)->needs_calendar || s->calendar != NULL);
}

struct causes *
causes_new(const struct settings *settings, const struct names *names)
{
	struct causes *c = xcalloc(1, sizeof *c);

	cause_evidence_new(&c->evidence, settings, names);
	c->last.owner = NAMES_NONE;
	if (is_on(settings, RULE_PROVIDER_OUTAGE) ||
	    is_on(settings, RULE_EXPORT_CUT))
		c->fleet = fleet_new(settings->zone);
	if (is_on(settings, RULE_PROVIDER_OUTAGE))
		c->outage = cause_outage_new(c->fleet);
	if (is_on(settings, RULE_EXPORT_CUT))
		c->export = cause_export_new();
	if (is_on(settings, RULE_MIDNIGHT_CUT))
		c->midnight = cause_midnight_new(settings->zone);
	if (is_on(settings, RULE_DST_SHIFT))
		c->dst = cause_dst_new(settings->zone);
	if (is_on(settings, RULE_ZONE_SHIFT))
		c->zone = cause_zone_new(settings->zone);
	if (is_on(settings, RULE_FROZEN_CLOCK))
		c->frozen = cause_frozen_new();
	if (is_on(settings, RULE_OFF_HOURS))
		c->hours = cause_hours_new(settings->calendar);
	return c;
}

/* Put the causes that are on and lack ${what}: those that need a zone, or those
 * that need a calendar. */
static void
put_unlooked(struct buf *b, const struct settings *s, const char *what,
    int zone, int calendar)
{
	const char *between = b->len > 0 ? "; without " : "without ";

	for (unsigned id = RULE_CAUSES; id < RULE_LINES; id++) {
		const struct rule *rule = rule_at(id);

		if (s->severity[id] == SEVERITY_OFF ||
		    !((zone && rule->needs_zone) ||
			(calendar && rule->needs_calendar)))
			continue;
		buf_puts(b, between);
		if (*what != '\0')
			buf_printf(b, "%s: ", what);
		buf_puts(b, rule->code);
		between = ", ";
		what = "";
	}
}

/* Rules that are on and need the whole input, and causes, which all do. */
static void
say_sorted(const struct settings *s)
{
	struct buf b = { 0 };
	int causes = 0;

	for (unsigned id = 0; id < RULE_LINES; id++) {
		if (s->severity[id] == SEVERITY_OFF)
			continue;
		causes |= id >= RULE_CAUSES;
		if (rule_at(id)->needs_whole)
			buf_printf(&b, "%s%s", b.len > 0 ? ", " : "",
			    rule_at(id)->code);
	}
	if (causes)
		buf_printf(&b, "%scauses", b.len > 0 ? " and " : "");
	if (b.len > 0)
		msg_note("%s are not looked for with --sorted: they need the "
			 "whole input",
		    buf_text(&b));
	buf_free(&b);
}

void
causes_say(const struct settings *settings, int sorted)
{
	struct buf b = { 0 };

	if (sorted) {
		say_sorted(settings);
		return;
	}
	put_unlooked(&b, settings, "--zone", settings->zone == NULL, 0);
	put_unlooked(&b, settings, "--calendar", 0, settings->calendar == NULL);
	if (b.len > 0)
		msg_note("not looked for %s", buf_text(&b));
	buf_free(&b);
}

int
causes_wanted(const struct causes *c)
{
	return c->fleet != NULL || c->midnight != NULL || c->dst != NULL ||
	       c->zone != NULL || c->frozen != NULL || c->hours != NULL;
}

/* The machine's records have come to their end. */
static void
end_of_owner(struct causes *c)
{
	if (c->last.owner != NAMES_NONE && !c->second) {
		if (c->fleet != NULL)
			fleet_last(c->fleet, c->last.end);
		if (c->export != NULL)
			cause_export_last(c->export, &c->last);
		if (c->zone != NULL)
			cause_zone_last(c->zone, c->last.end);
		if (c->hours != NULL)
			cause_hours_last(c->hours, c->last.end);
	}
	c->last.owner = NAMES_NONE;
}

static void
begin_owner(struct causes *c, const struct record *r)
{
	c->last = *r;
	if (c->second)
		return;
	if (c->fleet != NULL)
		fleet_first(c->fleet, r->start);
	if (c->zone != NULL)
		cause_zone_first(c->zone, r);
	if (c->hours != NULL)
		cause_hours_first(c->hours, r);
}

static void
gap(struct causes *c, const struct record *r)
{
	int64_t from = c->last.end;

	if (c->second) {
		if (c->outage != NULL)
			cause_outage_gap(c->outage, from, r);
		return;
	}
	if (c->fleet != NULL && r->start - from >= FLEET_SILENCE)
		fleet_silence(c->fleet, from, r->start);
	if (c->midnight != NULL)
		cause_midnight_gap(c->midnight, from, r);
	if (c->zone != NULL)
		cause_zone_gap(c->zone, from, r->start);
	if (c->hours != NULL)
		cause_hours_gap(c->hours, from, r->start);
}

void
causes_take(struct causes *c, const struct record *r)
{
	if (c->last.owner != NAMES_NONE && r->owner != c->last.owner)
		end_of_owner(c);
	if (!cause_evidence_asked(&c->evidence, r))
		return;
	if (c->frozen != NULL && !c->second)
		cause_frozen_take(c->frozen, r);
	if (!cause_evidence_of_work(&c->evidence, r))
		return;
	if (c->dst != NULL && !c->second)
		cause_dst_take(c->dst, r);
	if (c->last.owner == NAMES_NONE) {
		begin_owner(c, r);
		return;
	}
	if (r->start > c->last.end)
		gap(c, r);
	if (r->end > c->last.end)
		c->last = *r;
}

static void
add(struct causes *c, struct cause *cause, size_t n)
{
	c->found = xreallocarray(c->found, c->count + n, sizeof *c->found);
	for (size_t i = 0; i < n; i++)
		c->found[c->count++] = &cause[i];
}

/* All that was found, by rule. */
static void
gather(struct causes *c)
{
	struct cause *cause;
	size_t n = 0;

	if (c->outage != NULL) {
		cause = cause_outage_found(c->outage, &n);
		add(c, cause, n);
	}
	if (c->midnight != NULL) {
		cause = cause_midnight_found(c->midnight);
		add(c, cause, cause != NULL);
	}
	if (c->dst != NULL) {
		cause = cause_dst_found(c->dst, &n);
		add(c, cause, n);
	}
	if (c->zone != NULL) {
		cause = cause_zone_found(c->zone, &n);
		add(c, cause, n);
	}
	if (c->frozen != NULL) {
		cause = cause_frozen_found(c->frozen, &n);
		add(c, cause, n);
	}
	if (c->export != NULL) {
		cause = cause_export_found(c->export, c->fleet);
		add(c, cause, cause != NULL);
	}
	if (c->hours != NULL) {
		cause = cause_hours_found(c->hours, &n);
		add(c, cause, n);
	}
}

int
causes_again(struct causes *c)
{
	end_of_owner(c);
	if (c->fleet != NULL && !c->second)
		fleet_end(c->fleet);
	c->second = 1;
	if (c->outage != NULL && cause_outage_again(c->outage))
		return 1;
	gather(c);
	return 0;
}

/* Of time without a period. */
static struct cause *
explain_gap(struct causes *c, int64_t from, const struct record *r)
{
	struct cause *cause = NULL;

	if (c->outage != NULL)
		cause = cause_outage_explain(c->outage, from, r->start);
	if (cause == NULL && c->dst != NULL)
		cause = cause_dst_explain(c->dst, from, r);
	if (cause == NULL && c->midnight != NULL)
		cause = cause_midnight_explain(c->midnight, from, r->start);
	return cause;
}

/* Of periods that meet others, or none that could. */
static struct cause *
explain_clash(struct causes *c, const struct record *r)
{
	struct cause *cause = NULL;

	if (c->frozen != NULL)
		cause = cause_frozen_explain(c->frozen, r);
	if (cause == NULL && c->dst != NULL)
		cause = cause_dst_explain(c->dst, INT64_MAX, r);
	return cause;
}

struct cause *
causes_explain(struct causes *c, enum rule_id id, const struct record *r,
    const struct record *other)
{
	switch (id) {
	case RULE_GAP:
		return explain_gap(c, other->end, r);
	case RULE_DUPLICATE:
	case RULE_CONFLICT:
	case RULE_CONTAINED:
	case RULE_OVERLAP:
	case RULE_ZERO_LENGTH:
	case RULE_NEGATIVE:
		return explain_clash(c, r);
	case RULE_FUTURE:
		return c->zone != NULL ? cause_zone_explain(c->zone, r) : NULL;
	default:
		return NULL;
	}
}

size_t
causes_count(const struct causes *c)
{
	return c->count;
}

struct cause *
causes_at(struct causes *c, size_t i)
{
	return c->found[i];
}

void
causes_free(struct causes *c)
{
	if (c == NULL)
		return;
	cause_outage_free(c->outage);
	cause_midnight_free(c->midnight);
	cause_dst_free(c->dst);
	cause_zone_free(c->zone);
	cause_frozen_free(c->frozen);
	cause_export_free(c->export);
	cause_hours_free(c->hours);
	fleet_free(c->fleet);
	cause_evidence_free(&c->evidence);
	free(c->found);
	free(c);
}
