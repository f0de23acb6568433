/* causes.c - what stands behind many findings, found before they are told. */

#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/cause_midnight.h"
#include "validate/cause_outage.h"
#include "validate/causes.h"

/* Before any record. */
#define NEVER INT64_MIN

struct causes {
	const struct settings *settings;
	const struct names *names;
	struct cause_outage *outage;	 /* NULL: not looked for */
	struct cause_midnight *midnight; /* likewise */
	struct cause **found;
	size_t count;

	/* The machine whose records come. */
	uint32_t owner; /* NAMES_NONE at first */
	int unasked;
	int64_t end; /* of all its periods so far, or NEVER */
	uint8_t max_basis;
	int64_t max_length, latest, from, to;
	uint8_t *state; /* is it asked for? */
	uint32_t states;
	int second; /* time that records come */
};

static int
is_on(const struct settings *s, enum rule_id id)
{
	return s->severity[id] != SEVERITY_OFF;
}

static int
is_error(const struct settings *s, enum rule_id id)
{
	return s->severity[id] == SEVERITY_ERROR;
}

struct causes *
causes_new(const struct settings *settings, const struct names *names)
{
	struct causes *c = xcalloc(1, sizeof *c);

	c->settings = settings;
	c->names = names;
	if (is_on(settings, RULE_PROVIDER_OUTAGE))
		c->outage = cause_outage_new(settings->zone);
	if (is_on(settings, RULE_MIDNIGHT_CUT) && settings->zone != NULL)
		c->midnight = cause_midnight_new(settings->zone);
	c->owner = NAMES_NONE;
	c->end = NEVER;
	c->max_basis =
	    settings->allow_estimated ? RECORD_ESTIMATED : RECORD_DERIVED;
	c->max_length = is_error(settings, RULE_TOO_LONG)
			    ? settings->limits.max_length
			    : INT64_MAX;
	c->latest = is_error(settings, RULE_FUTURE) ? settings->limits.latest
						    : INT64_MAX;
	c->from = settings->select.from;
	if (is_error(settings, RULE_TOO_OLD) &&
	    settings->limits.earliest > c->from)
		c->from = settings->limits.earliest;
	c->to = settings->select.to;
	return c;
}

void
causes_say(const struct settings *settings, int sorted)
{
	struct buf b = { 0 };

	for (unsigned id = RULE_CAUSES; id < RULE_LINES; id++)
		if (is_on(settings, id) &&
		    (sorted ||
			(rule_at(id)->needs_zone && settings->zone == NULL)))
			buf_printf(&b, "%s%s", b.len > 0 ? ", " : "",
			    rule_at(id)->code);
	if (b.len > 0)
		msg_note("not looked for %s: %s",
		    sorted ? "with --sorted, as causes need the whole input"
			   : "without --zone",
		    buf_text(&b));
	buf_free(&b);
}

int
causes_wanted(const struct causes *c)
{
	return c->outage != NULL || c->midnight != NULL;
}

/* The machine's records have come to their end. */
static void
end_of_owner(struct causes *c)
{
	if (c->end != NEVER && c->outage != NULL)
		cause_outage_last(c->outage, c->end);
	c->end = NEVER;
	c->owner = NAMES_NONE;
}

static int
is_asked_state(struct causes *c, uint32_t state)
{
	const struct select *s = &c->settings->select;

	if (s->states.count == 0)
		return 1;
	while (c->states <= state) {
		c->state = xreallocarray(c->state, c->states + 1, 1);
		c->state[c->states] =
		    (uint8_t)select_state(s, c->names, c->states);
		c->states++;
	}
	return c->state[state];
}

/*
 * What is wrong by itself, or was not asked for, is no evidence: one period of
 * ten years would hide every gap.
 */
static inline int
is_evidence(struct causes *c, const struct record *r)
{
	return !c->unasked && r->end > r->start &&
	       r->end - r->start <= c->max_length && r->end <= c->latest &&
	       r->start >= c->from && r->start < c->to &&
	       r->basis <= c->max_basis && is_asked_state(c, r->state);
}

static void
gap(struct causes *c, const struct record *r)
{
	if (c->outage != NULL)
		cause_outage_gap(c->outage, c->end, r);
	if (c->midnight != NULL && !c->second)
		cause_midnight_gap(c->midnight, c->end, r);
}

void
causes_take(struct causes *c, const struct record *r)
{
	if (r->owner != c->owner) {
		end_of_owner(c);
		c->owner = r->owner;
		c->unasked =
		    !select_owner(&c->settings->select, c->names, r->owner);
	}
	if (!is_evidence(c, r))
		return;
	if (c->end == NEVER) {
		if (c->outage != NULL)
			cause_outage_first(c->outage, r->start);
		c->end = r->end;
		return;
	}
	if (r->start > c->end)
		gap(c, r);
	if (r->end > c->end)
		c->end = r->end;
}

static void
add(struct causes *c, struct cause *cause)
{
	c->found = xreallocarray(c->found, c->count + 1, sizeof *c->found);
	c->found[c->count++] = cause;
}

int
causes_again(struct causes *c)
{
	struct cause *cause;
	size_t n = 0;

	end_of_owner(c);
	c->second = 1;
	if (c->outage != NULL && cause_outage_again(c->outage))
		return 1;
	cause = c->outage != NULL ? cause_outage_found(c->outage, &n) : NULL;
	for (size_t i = 0; i < n; i++)
		add(c, &cause[i]);
	if (c->midnight != NULL &&
	    (cause = cause_midnight_found(c->midnight)) != NULL)
		add(c, cause);
	return 0;
}

struct cause *
causes_explain(struct causes *c, enum rule_id id, const struct record *r,
    const struct record *other)
{
	struct cause *cause = NULL;

	if (id != RULE_GAP)
		return NULL;
	if (c->outage != NULL)
		cause = cause_outage_explain(c->outage, other->end, r->start);
	if (cause == NULL && c->midnight != NULL)
		cause =
		    cause_midnight_explain(c->midnight, other->end, r->start);
	return cause;
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
	free(c->found);
	free(c->state);
	free(c);
}
