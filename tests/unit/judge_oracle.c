/* judge_oracle.c - what a judge should say, counted second by second. */

#include "config.h"

#include "judge_oracle.h"

static enum severity
severity_of(const struct trial *t, enum rule_id id)
{
	return t->settings.severity[id];
}

/* The code of a pair straight from its definition; RULE_PAIRS: they do not
 * meet. */
static enum rule_id
code_of(const struct record *a, const struct record *b)
{
	int meets = 0;

	for (int64_t s = 0; s < SPAN; s++)
		meets |=
		    s >= a->start && s < a->end && s >= b->start && s < b->end;
	if (!meets)
		return RULE_PAIRS;
	if (a->start == b->start && a->end == b->end)
		return a->state == b->state ? RULE_DUPLICATE : RULE_CONFLICT;
	if ((a->start >= b->start && a->end <= b->end) ||
	    (b->start >= a->start && b->end <= a->end))
		return RULE_CONTAINED;
	return RULE_OVERLAP;
}

static void
think_alone(const struct trial *t, const struct record *r, struct opinion *o)
{
	int64_t length = r->end - r->start;

	if (length == 0)
		o->price[RULE_ZERO_LENGTH] = 0;
	if (length < 0)
		o->price[RULE_NEGATIVE] = -length;
	if (length > 0 && length < t->settings.limits.min_length)
		o->price[RULE_TOO_SHORT] = length;
	if (length > t->settings.limits.max_length)
		o->price[RULE_TOO_LONG] =
		    length - t->settings.limits.max_length;
	if (r->state == STATES - 1)
		o->price[RULE_UNKNOWN_STATE] = length > 0 ? length : 0;
	for (unsigned id = RULE_ALONE; id < RULE_WIDE; id++) {
		if (o->price[id] == PROBLEM_NO_PRICE)
			continue;
		if (severity_of(t, id) == SEVERITY_OFF)
			o->price[id] = PROBLEM_NO_PRICE;
		if (severity_of(t, id) == SEVERITY_ERROR)
			o->verdict = JUDGE_WITHHELD;
	}
}

static int64_t
covered(const struct trial *t, const struct record *r)
{
	int64_t n = 0;

	for (int64_t s = r->start; s < r->end; s++)
		for (size_t i = 0; i < t->kepts; i++)
			if (t->kept[i].owner == r->owner &&
			    t->kept[i].start <= s && s < t->kept[i].end) {
				n++;
				break;
			}
	return n;
}

static void
think_against(const struct trial *t, const struct record *r, struct opinion *o)
{
	int has[RULE_PAIRS + 1] = { 0 };
	unsigned best = RULE_PAIRS;

	for (size_t i = 0; i < t->kepts; i++)
		if (t->kept[i].owner == r->owner)
			has[code_of(&t->kept[i], r)] = 1;
	for (unsigned grave = SEVERITY_ERROR; grave > SEVERITY_OFF; grave--)
		for (unsigned id = 0; id < RULE_PAIRS; id++)
			if (has[id] && best == RULE_PAIRS &&
			    severity_of(t, id) == grave)
				best = id;
	if (best == RULE_PAIRS)
		return;
	o->price[best] = covered(t, r);
	if (severity_of(t, best) == SEVERITY_ERROR)
		o->verdict = JUDGE_WITHHELD;
}

/* The first of those kept that end last, or NULL. */
static const struct record *
last_kept(const struct trial *t, const struct record *r)
{
	const struct record *last = NULL;

	for (size_t i = 0; i < t->kepts; i++)
		if (t->kept[i].owner == r->owner &&
		    (last == NULL || t->kept[i].end > last->end))
			last = &t->kept[i];
	return last;
}

/* Changes of state by short periods, counted anew after each finding. */
static int
is_flicker(struct trial *t, const struct record *r)
{
	int64_t *change = t->change[r->owner];
	int64_t n = 1;

	if (r->end - r->start >= t->settings.limits.window)
		return 0;
	for (size_t i = 0; i < t->changes[r->owner]; i++)
		n += change[i] > r->start - t->settings.limits.window;
	if (n > t->settings.limits.changes) {
		t->changes[r->owner] = 0;
		return 1;
	}
	change[t->changes[r->owner]++] = r->start;
	return 0;
}

static void
think_turn(struct trial *t, const struct record *r, struct opinion *o)
{
	const struct rule_limits *l = &t->settings.limits;
	const struct record *last = last_kept(t, r);
	int64_t gap;

	if (last == NULL || r->start < last->end)
		return;
	gap = r->start - last->end;
	if (l->gaps == RULE_GAPS_FORBID && gap > l->max_gap)
		o->price[RULE_GAP] = gap;
	if (l->gaps == RULE_GAPS_REQUIRE && gap < l->min_gap)
		o->price[RULE_GAP] = l->min_gap - gap;
	if (r->state == last->state && gap == 0)
		o->price[RULE_ADJACENT] = 0;
	/* As the table of make_settings has it. */
	if (r->state != last->state && gap <= l->within &&
	    ((last->state == 0 && r->state != 1) || last->state == 1))
		o->price[RULE_ILLEGAL_TRANSITION] = r->end - r->start;
	if (severity_of(t, RULE_FLICKER) != SEVERITY_OFF &&
	    r->state != last->state && is_flicker(t, r))
		o->price[RULE_FLICKER] = l->window;
	for (unsigned id = RULE_GAP; id < RULE_ALONE; id++)
		if (severity_of(t, id) == SEVERITY_OFF)
			o->price[id] = PROBLEM_NO_PRICE;
}

/* Seconds of ${r} that kept ones of the machine in other projects cover. */
static void
think_elsewhere(
    const struct trial *t, const struct record *r, struct opinion *o)
{
	int64_t n = 0;

	for (int64_t s = r->start; s < r->end; s++)
		for (size_t i = 0; i < t->kepts; i++)
			if (t->kept[i].owner != r->owner &&
			    t->machine[t->kept[i].owner] ==
				t->machine[r->owner] &&
			    t->kept[i].start <= s && s < t->kept[i].end) {
				n++;
				break;
			}
	if (n == 0 || severity_of(t, RULE_TWO_PROJECTS) == SEVERITY_OFF)
		return;
	o->price[RULE_TWO_PROJECTS] = n;
	if (severity_of(t, RULE_TWO_PROJECTS) == SEVERITY_ERROR)
		o->verdict = JUDGE_WITHHELD;
}

struct opinion
judge_oracle(struct trial *t, const struct record *r)
{
	struct opinion o = { .verdict = JUDGE_PASS };

	for (unsigned id = 0; id < RULE_COUNT; id++)
		o.price[id] = PROBLEM_NO_PRICE;
	if (r->basis == RECORD_ESTIMATED && !t->settings.allow_estimated) {
		o.verdict = JUDGE_HELD;
		if (severity_of(t, RULE_ESTIMATED) != SEVERITY_OFF)
			o.price[RULE_ESTIMATED] =
			    r->end > r->start ? r->end - r->start : 0;
		return o;
	}
	think_alone(t, r, &o);
	if (o.verdict != JUDGE_PASS || r->end <= r->start)
		return o;
	if (t->whole)
		think_elsewhere(t, r, &o);
	if (o.verdict != JUDGE_PASS)
		return o;
	think_against(t, r, &o);
	if (o.verdict == JUDGE_PASS) {
		think_turn(t, r, &o);
		t->kept[t->kepts++] = *r;
	}
	return o;
}
