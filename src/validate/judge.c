/* judge.c - one record after another held to all rules. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/cover.h"
#include "validate/judge.h"

/* Before any record. */
#define NEVER INT64_MIN

/* What a machine had so far. */
struct owner {
	struct record kept;  /* the kept one that ends last; or end NEVER */
	int64_t started;     /* the last one did, kept or not */
	struct cover *cover; /* once any met; knows ${kept} or catches up */
	int unasked;
};

/* What is known of a state. */
enum { STATE_KNOWN = 1, STATE_ASKED = 2, STATE_CLEAN = 3 };

struct judge {
	const struct settings *settings;
	const struct names *names;
	struct findings *findings;
	struct owner *owner;
	uint32_t owners, owner_room;
	uint8_t *state;
	uint32_t states, state_room;

	/* What an ordinary record keeps to, all rules in one place. */
	int64_t max_gap, max_length, from, to, latest;
	uint8_t max_basis;
};

static int
is_off(const struct judge *j, enum rule_id id)
{
	return j->settings->severity[id] == SEVERITY_OFF;
}

struct judge *
judge_new(const struct settings *settings, const struct names *names,
    struct findings *findings)
{
	struct judge *j = xcalloc(1, sizeof *j);
	const struct rule_limits *l = &settings->limits;

	j->settings = settings;
	j->names = names;
	j->findings = findings;
	/* Sums with any instant must not overflow. */
	j->max_gap = is_off(j, RULE_GAP) || l->max_gap > INT64_MAX / 4
			 ? INT64_MAX / 4
			 : l->max_gap;
	j->max_length = is_off(j, RULE_TOO_LONG) ? INT64_MAX : l->max_length;
	j->latest = is_off(j, RULE_FUTURE) ? INT64_MAX : l->latest;
	j->from = settings->select.from;
	if (!is_off(j, RULE_TOO_OLD) && l->earliest > j->from)
		j->from = l->earliest;
	j->to = settings->select.to;
	j->max_basis =
	    settings->allow_estimated ? RECORD_ESTIMATED : RECORD_DERIVED;
	if (settings->careful)
		j->max_length = -1;
	return j;
}

static void
meet_owners(struct judge *j, uint32_t id)
{
	while (j->owner_room <= id) {
		j->owner_room = j->owner_room > 0 ? j->owner_room * 2 : 64;
		j->owner =
		    xreallocarray(j->owner, j->owner_room, sizeof *j->owner);
	}
	for (; j->owners <= id; j->owners++) {
		struct owner *o = &j->owner[j->owners];

		memset(o, 0, sizeof *o);
		o->kept.end = o->started = NEVER;
		o->unasked =
		    !select_owner(&j->settings->select, j->names, j->owners);
	}
}

static void
meet_states(struct judge *j, uint32_t id)
{
	const struct settings *s = j->settings;

	while (j->state_room <= id) {
		j->state_room = j->state_room > 0 ? j->state_room * 2 : 64;
		j->state =
		    xreallocarray(j->state, j->state_room, sizeof *j->state);
	}
	for (; j->states <= id; j->states++) {
		struct buf b = { 0 };
		uint8_t is = 0;

		names_put_state(j->names, j->states, &b);
		if (is_off(j, RULE_UNKNOWN_STATE) ||
		    select_has(&s->states, buf_text(&b), b.len))
			is |= STATE_KNOWN;
		if (select_state(&s->select, j->names, j->states))
			is |= STATE_ASKED;
		j->state[j->states] = is;
		buf_free(&b);
	}
}

static int
is_unasked(const struct judge *j, const struct owner *o, const struct record *r)
{
	return o->unasked || !(j->state[r->state] & STATE_ASKED) ||
	       r->start < j->settings->select.from ||
	       r->start >= j->settings->select.to;
}

static void
found(struct judge *j, enum rule_id id, int64_t price,
    const struct rule_case *c, enum report_fate fate)
{
	enum severity severity = j->settings->severity[id];

	if (fate == REPORT_DROPPED)
		severity = SEVERITY_NOTE;
	if (severity != SEVERITY_OFF)
		findings_record(j->findings, id, severity, price, c, fate);
}

/* The rules of one record alone.  True: one of them withholds it. */
static int
hold_alone(struct judge *j, const struct rule_case *c)
{
	int64_t price[RULE_ESTIMATED];
	enum report_fate fate = REPORT_PASSED;

	for (unsigned id = RULE_ALONE; id < RULE_ESTIMATED; id++) {
		price[id] = PROBLEM_NO_PRICE;
		if (is_off(j, id) || !rule_at(id)->breaks(c, &price[id]))
			price[id] = PROBLEM_NO_PRICE;
		else if (j->settings->severity[id] == SEVERITY_ERROR)
			fate = REPORT_WITHHELD;
	}
	for (unsigned id = RULE_ALONE; id < RULE_ESTIMATED; id++)
		if (price[id] != PROBLEM_NO_PRICE)
			found(j, id, price[id], c, fate);
	return fate == REPORT_WITHHELD;
}

/* The rule by which a record that meets others is judged; RULE_PAIRS when
 * all that fit are off. */
static unsigned
gravest(const struct judge *j, const struct record *const met[RULE_PAIRS])
{
	unsigned best = RULE_PAIRS;

	for (unsigned id = 0; id < RULE_PAIRS; id++)
		if (met[id] != NULL && !is_off(j, id) &&
		    (best == RULE_PAIRS || j->settings->severity[id] >
					       j->settings->severity[best]))
			best = id;
	return best;
}

/* Hold a record against the kept ones that have not ended when it starts. */
static enum judge_verdict
hold_against(struct judge *j, struct owner *o, struct rule_case *c)
{
	const struct record *r = c->record, *met[RULE_PAIRS];
	int64_t end = r->end < o->kept.end ? r->end : o->kept.end;
	/* All kept ones have started by now, so this much is covered. */
	int64_t covered = end - r->start;
	unsigned id;

	if (o->cover == NULL)
		o->cover = cover_new();
	cover_catch_up(o->cover, &o->kept);
	cover_meet(o->cover, r, met);
	if (j->settings->fix && met[RULE_DUPLICATE] != NULL) {
		c->other = met[RULE_DUPLICATE];
		found(j, RULE_DUPLICATE, covered, c, REPORT_DROPPED);
		return JUDGE_DROPPED;
	}
	id = gravest(j, met);
	if (id < RULE_PAIRS) {
		int error = j->settings->severity[id] == SEVERITY_ERROR;

		c->other = met[id];
		found(
		    j, id, covered, c, error ? REPORT_WITHHELD : REPORT_PASSED);
		if (error)
			return JUDGE_WITHHELD;
	}
	cover_keep(o->cover, r);
	if (r->end > o->kept.end)
		o->kept = *r;
	return JUDGE_PASS;
}

/* Whoever is not clean at a glance is held to every rule by itself. */
static enum judge_verdict
hold(struct judge *j, struct owner *o, const struct record *r)
{
	struct rule_case c = { .limits = &j->settings->limits,
		.names = j->names,
		.record = r,
		.known_state = j->state[r->state] & STATE_KNOWN };

	if (is_unasked(j, o, r))
		return JUDGE_UNASKED;
	if (r->basis > j->max_basis) {
		found(j, RULE_ESTIMATED,
		    r->end > r->start ? r->end - r->start : 0, &c,
		    REPORT_WITHHELD);
		return JUDGE_HELD;
	}
	if (j->settings->fix && r->end == r->start) {
		found(j, RULE_ZERO_LENGTH, 0, &c, REPORT_DROPPED);
		return JUDGE_DROPPED;
	}
	if (hold_alone(j, &c))
		return JUDGE_WITHHELD;
	if (r->end <= r->start)
		return JUDGE_PASS;
	if (r->start < o->kept.end)
		return hold_against(j, o, &c);
	if (o->kept.end != NEVER && r->start > o->kept.end + j->max_gap) {
		c.other = &o->kept;
		found(j, RULE_GAP, r->start - o->kept.end, &c, REPORT_PASSED);
	}
	o->kept = *r;
	return JUDGE_PASS;
}

/* The first record of an owner never is: NEVER is a very long gap ago. */
static inline int
is_clean(const struct judge *j, const struct owner *o, const struct record *r)
{
	return r->start >= o->kept.end &&
	       r->start <= o->kept.end + j->max_gap && r->end > r->start &&
	       r->end - r->start <= j->max_length && r->end <= j->latest &&
	       r->start >= j->from && r->start < j->to &&
	       r->basis <= j->max_basis && j->state[r->state] == STATE_CLEAN;
}

enum judge_verdict
judge_take(struct judge *j, const struct record *r)
{
	struct owner *o;

	if (r->owner >= j->owners)
		meet_owners(j, r->owner);
	if (r->state >= j->states)
		meet_states(j, r->state);
	o = &j->owner[r->owner];
	if (r->start < o->started)
		return JUDGE_DISORDER;
	o->started = r->start;
	if (is_clean(j, o, r)) {
		o->kept = *r;
		return JUDGE_PASS;
	}
	return hold(j, o, r);
}

void
judge_free(struct judge *j)
{
	if (j == NULL)
		return;
	for (uint32_t i = 0; i < j->owners; i++)
		cover_free(j->owner[i].cover);
	free(j->owner);
	free(j->state);
	free(j);
}
