/* cause_evidence.c - which records tell anything of causes. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "validate/cause_evidence.h"

static int
is_error(const struct settings *s, enum rule_id id)
{
	return s->severity[id] == SEVERITY_ERROR;
}

void
cause_evidence_new(struct cause_evidence *e, const struct settings *settings,
    const struct names *names)
{
	const struct rule_limits *l = &settings->limits;

	*e = (struct cause_evidence){ .settings = settings,
		.names = names,
		.from = settings->select.from,
		.to = settings->select.to,
		.latest =
		    is_error(settings, RULE_FUTURE) ? l->latest : INT64_MAX,
		.max_length = is_error(settings, RULE_TOO_LONG) ? l->max_length
								: INT64_MAX,
		.max_basis = settings->allow_estimated ? RECORD_ESTIMATED
						       : RECORD_DERIVED,
		.owner = NAMES_NONE };
	if (is_error(settings, RULE_TOO_OLD) && l->earliest > e->from)
		e->from = l->earliest;
}

static int
is_asked_state(struct cause_evidence *e, uint32_t state)
{
	const struct select *s = &e->settings->select;

	if (s->states.count == 0)
		return 1;
	while (e->states <= state) {
		e->state = xreallocarray(e->state, e->states + 1, 1);
		e->state[e->states] =
		    (uint8_t)select_state(s, e->names, e->states);
		e->states++;
	}
	return e->state[state];
}

int
cause_evidence_asked(struct cause_evidence *e, const struct record *r)
{
	if (r->owner != e->owner) {
		e->owner = r->owner;
		e->owner_is_asked =
		    select_owner(&e->settings->select, e->names, r->owner);
	}
	return e->owner_is_asked && r->start >= e->from && r->start < e->to &&
	       r->basis <= e->max_basis && is_asked_state(e, r->state);
}

int
cause_evidence_of_work(const struct cause_evidence *e, const struct record *r)
{
	/* The difference of two instants fits. */
	return r->end > r->start && r->end - r->start <= e->max_length &&
	       r->end <= e->latest;
}

void
cause_evidence_free(struct cause_evidence *e)
{
	if (e != NULL)
		free(e->state);
}
