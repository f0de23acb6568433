/* judge.c - one record after another held to all rules. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "validate/cover.h"
#include "validate/judge.h"
#include "validate/projects.h"
#include "validate/turn.h"

/* Before any record. */
#define NEVER (INT64_MIN / 2)

/* What a machine had so far. */
struct owner {
	struct record kept; /* the kept one that ends last; or end NEVER */
	int64_t started;    /* the last one did, kept or not */
	uint8_t watched;    /* STATE_WATCHED: none is clean at a glance */
	uint8_t unasked;
	uint8_t unknown;     /* to the register */
	uint8_t shared;	     /* by several projects */
	const char *like;    /* one of it, or NULL */
	struct cover *cover; /* once any met; knows ${kept} or catches up */
	struct turn turn;
};

/* What is known of a state. */
enum {
	STATE_KNOWN = 1,
	STATE_ASKED = 2,
	STATE_CLEAN = 3, /* both, and its machine is not watched */
	STATE_WATCHED = 4,
};

struct judge {
	const struct settings *settings;
	const struct names *names;
	struct findings *findings;
	struct projects *projects; /* NULL: nobody is in several */
	int admits;		   /* by judge_admit, what is repaired then */
	struct owner *owner;
	uint32_t owners, owner_room;
	uint8_t *state;
	uint32_t states, state_room;

	/* What an ordinary record keeps to, all rules in one place. */
	int64_t min_gap, min_length, from, to, latest;
	uint64_t gap_room, length_room; /* from these on */
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
	int64_t max_gap, max_length;

	j->settings = settings;
	j->names = names;
	j->findings = findings;
	turn_quiet(settings, &j->min_length, &j->min_gap, &max_gap);
	max_length = is_off(j, RULE_TOO_LONG) ? INT64_MAX : l->max_length;
	if (!is_off(j, RULE_TOO_SHORT) && l->min_length > j->min_length)
		j->min_length = l->min_length;
	if (max_gap >= j->min_gap)
		j->gap_room = (uint64_t)(max_gap - j->min_gap) + 1;
	if (max_length >= j->min_length)
		j->length_room = (uint64_t)(max_length - j->min_length) + 1;
	j->latest = is_off(j, RULE_FUTURE) ? INT64_MAX : l->latest;
	j->from = settings->select.from;
	if (!is_off(j, RULE_TOO_OLD) && l->earliest > j->from)
		j->from = l->earliest;
	j->to = settings->select.to;
	j->max_basis =
	    settings->allow_estimated ? RECORD_ESTIMATED : RECORD_DERIVED;
	/* A table of states is looked up for every record. */
	if (settings->careful || !is_off(j, RULE_ILLEGAL_TRANSITION))
		j->length_room = 0;
	return j;
}

/* Whether the machine is one of the register. */
static void
look_up(const struct judge *j, struct owner *o, uint32_t id)
{
	struct registry *registry = j->settings->registry;
	struct buf b = { 0 };

	if (registry == NULL)
		return;
	names_put_part(j->names, id, NAMES_MACHINE, &b);
	if (!registry_has(registry, buf_text(&b), b.len)) {
		o->unknown = 1;
		o->watched = STATE_WATCHED;
		o->like = registry_like(registry, buf_text(&b), b.len);
	}
	buf_free(&b);
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
		look_up(j, o, j->owners);
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

/* What a record was found to break, before it is said: all of it tells what
 * became of the record in the end. */
struct broken {
	int64_t price[RULE_LINES]; /* or PROBLEM_NO_PRICE */
	struct record other;	   /* of a pair, or the one before */
	struct record elsewhere;   /* in another project */
	enum judge_verdict verdict;
};

/* The record breaks a rule that is on. */
static void
breaks(const struct judge *j, struct broken *b, enum rule_id id, int64_t price)
{
	b->price[id] = price;
	if (j->settings->severity[id] == SEVERITY_ERROR)
		b->verdict = JUDGE_WITHHELD;
}

static void
tell(struct judge *j, struct rule_case *c, const struct broken *b)
{
	static const enum report_fate fates[] = {
		[JUDGE_PASS] = REPORT_PASSED,
		[JUDGE_WITHHELD] = REPORT_WITHHELD,
		[JUDGE_HELD] = REPORT_WITHHELD,
	};

	for (unsigned id = 0; id < RULE_LINES; id++)
		if (b->price[id] != PROBLEM_NO_PRICE) {
			c->other =
			    id == RULE_TWO_PROJECTS ? &b->elsewhere : &b->other;
			c->price = b->price[id];
			findings_record(j->findings, id,
			    j->settings->severity[id], b->price[id], c,
			    fates[b->verdict]);
		}
}

/* The rules of one record alone; without those that are ${repaired} first. */
static void
hold_alone(
    struct judge *j, const struct rule_case *c, int repaired, struct broken *b)
{
	for (unsigned id = RULE_ALONE; id < RULE_WIDE; id++) {
		int64_t price;

		if (repaired && j->settings->fix.policy[id] != FIX_NONE)
			continue;
		if (!is_off(j, id) && rule_at(id)->breaks(c, &price))
			breaks(j, b, id, price);
	}
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
static void
hold_against(
    struct judge *j, struct owner *o, const struct record *r, struct broken *b)
{
	const struct record *met[RULE_PAIRS];
	int64_t end = r->end < o->kept.end ? r->end : o->kept.end;
	/* All kept ones have started by now, so this much is covered. */
	int64_t covered = end - r->start;
	unsigned id;

	if (o->cover == NULL)
		o->cover = cover_new();
	cover_catch_up(o->cover, &o->kept);
	cover_meet(o->cover, r, met);
	id = gravest(j, met);
	if (id < RULE_PAIRS) {
		breaks(j, b, id, covered);
		/* The cover moves its records when it takes another. */
		b->other = *met[id];
	}
	if (b->verdict != JUDGE_PASS)
		return;
	cover_keep(o->cover, r);
	if (r->end > o->kept.end)
		o->kept = *r;
}

/* Hold a record against what its machine had before. */
static void
hold_in_turn(
    struct judge *j, struct owner *o, const struct record *r, struct broken *b)
{
	if (r->start < o->kept.end) {
		hold_against(j, o, r, b);
		return;
	}
	if (o->kept.end != NEVER) {
		turn_take(
		    &o->turn, j->settings, j->names, &o->kept, r, b->price);
		b->other = o->kept;
	}
	o->kept = *r;
}

/* Hold a record without an error of its own to all others. */
static void
hold_to_others(
    struct judge *j, struct owner *o, const struct record *r, struct broken *b)
{
	int64_t seconds =
	    o->shared ? projects_meet(j->projects, r, &b->elsewhere) : 0;

	if (seconds > 0)
		breaks(j, b, RULE_TWO_PROJECTS, seconds);
	if (b->verdict == JUDGE_PASS)
		hold_in_turn(j, o, r, b);
	if (o->shared && b->verdict == JUDGE_PASS)
		projects_keep(j->projects, r);
}

static struct rule_case
case_of(const struct judge *j, const struct record *r)
{
	return (struct rule_case){ .limits = &j->settings->limits,
		.names = j->names,
		.record = r,
		.known_state = j->state[r->state] & STATE_KNOWN,
		.known_machine = !j->owner[r->owner].unknown,
		.like = j->owner[r->owner].like };
}

static void
start_clean(struct broken *b)
{
	b->verdict = JUDGE_PASS;
	for (unsigned id = 0; id < RULE_LINES; id++)
		b->price[id] = PROBLEM_NO_PRICE;
}

/* What is estimated is held back, unless it is allowed. */
static void
hold_back(const struct judge *j, const struct record *r, struct broken *b)
{
	if (r->basis <= j->max_basis)
		return;
	if (!is_off(j, RULE_ESTIMATED))
		b->price[RULE_ESTIMATED] =
		    r->end > r->start ? r->end - r->start : 0;
	b->verdict = JUDGE_HELD;
}

/* Whoever is not clean at a glance is held to every rule by itself. */
static enum judge_verdict
hold(struct judge *j, struct owner *o, const struct record *r)
{
	struct rule_case c = case_of(j, r);
	struct broken b;

	if (!j->admits && is_unasked(j, o, r))
		return JUDGE_UNASKED;
	start_clean(&b);
	hold_back(j, r, &b);
	if (b.verdict == JUDGE_PASS)
		hold_alone(j, &c, 0, &b);
	if (b.verdict == JUDGE_PASS && r->end > r->start)
		hold_to_others(j, o, r, &b);
	tell(j, &c, &b);
	return b.verdict;
}

static inline void
know(struct judge *j, const struct record *r)
{
	if (r->owner >= j->owners)
		meet_owners(j, r->owner);
	if (r->state >= j->states)
		meet_states(j, r->state);
}

/* Tell only what ends here: the rest is told when the record is taken. */
static enum judge_verdict
tell_unless_passed(struct judge *j, struct rule_case *c, const struct broken *b)
{
	if (b->verdict != JUDGE_PASS)
		tell(j, c, b);
	return b->verdict;
}

int
judge_whole(struct judge *j, size_t memory)
{
	if (!is_off(j, RULE_TWO_PROJECTS))
		j->projects =
		    projects_new(j->names, memory, j->settings->fix.any,
			j->settings->fix.policy[RULE_GAP] != FIX_NONE);
	return j->projects != NULL;
}

void
judge_look(struct judge *j, const struct record *r)
{
	projects_look(j->projects, r);
}

int
judge_elsewhere(const struct judge *j, const struct record *r)
{
	return j->projects != NULL &&
	       projects_elsewhere(j->projects, r->owner, r->start, r->end);
}

void
judge_looked(struct judge *j)
{
	uint32_t owners = names_owners(j->names);

	projects_looked(j->projects);
	meet_owners(j, owners - 1);
	for (uint32_t i = 0; i < owners; i++)
		if (projects_shares(j->projects, i)) {
			j->owner[i].shared = 1;
			j->owner[i].watched = STATE_WATCHED;
		}
}

void
judge_repairs(struct judge *j)
{
	j->admits = 1;
	j->from =
	    is_off(j, RULE_TOO_OLD) ? INT64_MIN : j->settings->limits.earliest;
	j->to = INT64_MAX;
}

enum judge_verdict
judge_admit(struct judge *j, const struct record *r)
{
	struct rule_case c;
	struct broken b;

	know(j, r);
	if (is_unasked(j, &j->owner[r->owner], r))
		return JUDGE_UNASKED;
	c = case_of(j, r);
	start_clean(&b);
	hold_back(j, r, &b);
	return tell_unless_passed(j, &c, &b);
}

enum judge_verdict
judge_alone(struct judge *j, const struct record *r)
{
	struct rule_case c;
	struct broken b;

	know(j, r);
	c = case_of(j, r);
	start_clean(&b);
	hold_alone(j, &c, 1, &b);
	return tell_unless_passed(j, &c, &b);
}

enum judge_verdict
judge_meets(struct judge *j, const struct record *r,
    const struct record *const met[RULE_PAIRS], int64_t covered)
{
	unsigned id = gravest(j, met);
	struct rule_case c;
	struct broken b;

	if (id == RULE_PAIRS)
		return JUDGE_PASS;
	c = case_of(j, r);
	start_clean(&b);
	/* What it breaks by itself is told with it. */
	hold_alone(j, &c, 0, &b);
	breaks(j, &b, id, covered);
	b.other = *met[id];
	return tell_unless_passed(j, &c, &b);
}

/* The first record of an owner never is: NEVER is a very long gap ago. */
static inline int
is_clean(const struct judge *j, const struct owner *o, const struct record *r)
{
	return (uint64_t)(r->start - o->kept.end - j->min_gap) < j->gap_room &&
	       (uint64_t)(r->end - r->start - j->min_length) < j->length_room &&
	       r->end <= j->latest && r->start >= j->from && r->start < j->to &&
	       r->basis <= j->max_basis &&
	       (j->state[r->state] | o->watched) == STATE_CLEAN;
}

enum judge_verdict
judge_take(struct judge *j, const struct record *r)
{
	struct owner *o;

	know(j, r);
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
	for (uint32_t i = 0; i < j->owners; i++) {
		cover_free(j->owner[i].cover);
		turn_free(&j->owner[i].turn);
	}
	projects_free(j->projects);
	free(j->owner);
	free(j->state);
	free(j);
}
