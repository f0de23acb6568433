/* fix_plan.c - a plan that a person agreed to, made good edit by edit. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/fix_plan.h"
#include "validate/say.h"

/* An edit as it was read; ${edit} belongs to it. */
struct step {
	struct edit *edit;
	uint64_t line;
	size_t found;	   /* of its records before */
	struct record *as; /* those, as they were found */
	int has_reason;	   /* the one it is changed for is there, or need not */
	int begins, ends;  /* of a gap: its neighbours were met */
	int is_taken;	   /* of a gap: there is something in it */
};

/* A record that an edit waits for, or a gap; found by what it says. */
struct target {
	struct record r;
	size_t step, place; /* in the edit's list */
	int is_found;
};

struct targets {
	struct target *at;
	size_t count, room;
};

struct fix_plan {
	const char *path;
	struct names *names;
	struct step *step;
	size_t steps, step_room;
	struct targets before, gaps, reasons;
	struct targets came; /* what says the same as one before */
};

static int
compare_number(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* By what they say. */
static int
compare_words(const struct record *x, const struct record *y)
{
	if (x->owner != y->owner)
		return compare_number(x->owner, y->owner);
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	if (x->state != y->state)
		return compare_number(x->state, y->state);
	if (x->basis != y->basis)
		return compare_number(x->basis, y->basis);
	return compare_number(x->vendor, y->vendor);
}

static int
says_the_same(const struct record *a, const struct record *b)
{
	return compare_words(a, b) == 0;
}

/* By where they stand, then; without a source that is anywhere. */
static int
compare_places(const struct record *x, const struct record *y)
{
	if (x->file != y->file)
		return compare_number(x->file, y->file);
	return x->file == NAMES_NONE ? 0 : compare_number(x->line, y->line);
}

static int
compare(const void *a, const void *b)
{
	const struct record *x = &((const struct target *)a)->r;
	const struct record *y = &((const struct target *)b)->r;
	int order = compare_words(x, y);

	return order != 0 ? order : compare_places(x, y);
}

static void
aim(struct targets *t, const struct record *r, size_t step, size_t place)
{
	if (t->count == t->room) {
		t->room = t->room > 0 ? t->room * 2 : 64;
		t->at = xreallocarray(t->at, t->room, sizeof *t->at);
	}
	t->at[t->count++] =
	    (struct target){ .r = *r, .step = step, .place = place };
}

struct fix_plan *
fix_plan_new(const char *path, struct names *names)
{
	struct fix_plan *p = xcalloc(1, sizeof *p);

	p->path = path;
	p->names = names;
	return p;
}

static void
order(struct targets *t)
{
	if (t->count > 0)
		qsort(t->at, t->count, sizeof *t->at, compare);
}

/* The first target that says what ${r} does, or is above it. */
static size_t
first_at(const struct targets *t, const struct record *r)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_words(&t->at[middle].r, r) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Gaps of one owner share no time, so few of them meet a record. */
static void
look_at_gaps(struct fix_plan *p, const struct record *r)
{
	struct record from = { .owner = r->owner, .start = r->start };
	size_t i = first_at(&p->gaps, &from);

	if (i > 0)
		i--;
	for (; i < p->gaps.count && p->gaps.at[i].r.owner <= r->owner &&
	       (p->gaps.at[i].r.owner < r->owner ||
		   p->gaps.at[i].r.start <= r->end);
	     i++) {
		const struct record *gap = &p->gaps.at[i].r;
		struct step *s = &p->step[p->gaps.at[i].step];

		if (gap->owner != r->owner || r->end <= r->start)
			continue;
		s->begins |= r->end == gap->start;
		s->ends |= r->start == gap->end;
		s->is_taken |= r->start < gap->end && gap->start < r->end;
	}
}

/* One of two that say the same is dropped: never the only one there is. */
static int
drops_a_twin(const struct edit *e)
{
	return e->rule == RULE_DUPLICATE && e->has_other &&
	       says_the_same(&e->before.at[0], &e->other);
}

static void
note_reasons(struct fix_plan *p, const struct record *r)
{
	struct targets *t = &p->reasons;

	for (size_t i = first_at(t, r);
	     i < t->count && says_the_same(&t->at[i].r, r); i++)
		p->step[t->at[i].step].has_reason = 1;
}

int
fix_plan_take(struct fix_plan *p, const struct record *r)
{
	size_t first = first_at(&p->before, r);

	note_reasons(p, r);
	if (first < p->before.count &&
	    says_the_same(&p->before.at[first].r, r)) {
		aim(&p->came, r, 0, 0);
		return 1;
	}
	look_at_gaps(p, r);
	return 0;
}

/* Some targets, and the records that say the same. */
struct group {
	struct target *before, *came;
	size_t befores, cames;
	size_t twins; /* dropped for another one of them */
};

static void
find(struct fix_plan *p, struct group *g, struct target *t, struct target *came)
{
	struct step *s = &p->step[t->step];
	int is_twin = drops_a_twin(s->edit);

	if (t->is_found || came->is_found ||
	    (is_twin && g->twins + 1 >= g->cames))
		return;
	g->twins += is_twin;
	t->is_found = came->is_found = 1;
	s->as[t->place] = came->r;
	s->found++;
}

/* Who stands where the plan has it is meant; else whoever says the same. */
static void
find_group(struct fix_plan *p, struct group *g)
{
	size_t i = 0, k = 0;

	while (i < g->befores && k < g->cames) {
		int order = compare_places(&g->before[i].r, &g->came[k].r);

		if (order == 0)
			find(p, g, &g->before[i], &g->came[k]);
		i += order <= 0;
		k += order >= 0;
	}
	for (i = k = 0; i < g->befores; i++) {
		while (k < g->cames && g->came[k].is_found)
			k++;
		if (k < g->cames)
			find(p, g, &g->before[i], &g->came[k]);
	}
}

/* Which records are those of the edits. */
static void
find_all(struct fix_plan *p)
{
	struct targets *t = &p->before, *came = &p->came;

	order(came);
	for (size_t i = 0, k = 0; k < came->count;) {
		struct group g = { .came = &came->at[k] };

		while (k < came->count &&
		       says_the_same(&came->at[k].r, &g.came->r)) {
			g.cames++;
			k++;
		}
		i = first_at(t, &g.came->r);
		g.before = &t->at[i];
		while (i < t->count && says_the_same(&t->at[i].r, &g.came->r)) {
			g.befores++;
			i++;
		}
		find_group(p, &g);
	}
}

static int
fits(const struct step *s)
{
	return s->found == s->edit->before.count && s->has_reason;
}

/* A piece is where its record is now: lines may have been put before it. */
static struct record
at_its_place(const struct step *s, const struct record *after)
{
	const struct edit_list *before = &s->edit->before;
	struct record r = *after;

	for (size_t i = 0; i < before->count; i++)
		if (compare_places(&before->at[i], after) == 0) {
			r.file = s->as[i].file;
			r.line = s->as[i].line;
			r.flags = s->as[i].flags;
			break;
		}
	return r;
}

static int
make(struct fix_plan *p, struct step *s, struct sort *sort,
    struct findings *findings, struct edit_sum *sum)
{
	struct edit *e = s->edit;

	for (size_t i = 0; i < e->after.count; i++) {
		e->after.at[i] = at_its_place(s, &e->after.at[i]);
		look_at_gaps(p, &e->after.at[i]);
		if (sort_put(sort, &e->after.at[i]) != 0)
			return -1;
	}
	for (size_t i = 0; i < e->before.count; i++)
		e->before.at[i] = s->as[i];
	edit_count(sum, e);
	findings_edit(findings, e);
	return 0;
}

static int
put_back(struct fix_plan *p, struct sort *sort, const struct record *r)
{
	look_at_gaps(p, r);
	return sort_put(sort, r);
}

/* Records that are none of the edits', and those of edits that are not made. */
static int
give_back(struct fix_plan *p, struct sort *sort)
{
	for (size_t i = 0; i < p->came.count; i++)
		if (!p->came.at[i].is_found &&
		    put_back(p, sort, &p->came.at[i].r) != 0)
			return -1;
	for (size_t i = 0; i < p->before.count; i++) {
		const struct target *t = &p->before.at[i];
		const struct step *s = &p->step[t->step];

		if (t->is_found && !fits(s) &&
		    put_back(p, sort, &s->as[t->place]) != 0)
			return -1;
	}
	return 0;
}

static void
tell_stale(
    const struct fix_plan *p, const struct step *s, struct findings *findings)
{
	const struct edit *e = s->edit;
	struct problem problem = { 0 };

	problem_set(
	    &problem, "stale-edit", SEVERITY_WARNING, p->path, s->line, 0);
	say_machine(&problem.text, p->names, edit_record(e));
	buf_putc(&problem.text, ' ');
	say_period(&problem.text, p->names, edit_record(e));
	if (e->before.count == 0) {
		buf_puts(&problem.text, ": the gap is not there any more");
	} else if (s->found == e->before.count) {
		buf_puts(&problem.text, ": not there any more is ");
		say_other(&problem.text, p->names, &e->other);
	} else if (e->before.count == 1) {
		buf_puts(&problem.text, " is not there any more");
	} else {
		buf_printf(&problem.text, ": of %zu records only %zu are there",
		    e->before.count, s->found);
	}
	buf_puts(&problem.text, "; this edit was not made");
	(void)findings_problem(findings, &problem, msg_tool());
	problem_free(&problem);
}

int
fix_plan_end(struct fix_plan *p, struct sort *sort, struct findings *findings,
    struct edit_sum *sum)
{
	find_all(p);
	if (give_back(p, sort) != 0)
		return -1;
	for (size_t i = 0; i < p->steps; i++) {
		struct step *s = &p->step[i];
		size_t before = s->edit->before.count;

		if (before > 0 && !fits(s))
			tell_stale(p, s, findings);
		else if (before > 0 && make(p, s, sort, findings, sum) != 0)
			return -1;
	}
	/* All there is was seen: what is still a gap is one. */
	for (size_t i = 0; i < p->steps; i++) {
		struct step *s = &p->step[i];

		if (s->edit->before.count > 0)
			continue;
		if (!s->begins || !s->ends || s->is_taken)
			tell_stale(p, s, findings);
		else if (make(p, s, sort, findings, sum) != 0)
			return -1;
	}
	return 0;
}

void
fix_plan_add(struct fix_plan *p, struct edit *e, uint64_t line)
{
	struct step *s;

	if (p->steps == p->step_room) {
		p->step_room = p->step_room > 0 ? p->step_room * 2 : 64;
		p->step = xreallocarray(p->step, p->step_room, sizeof *p->step);
	}
	s = &p->step[p->steps];
	*s = (struct step){ .edit = e, .line = line };
	s->as = xcalloc(e->before.count + 1, sizeof *s->as);
	for (size_t i = 0; i < e->before.count; i++)
		aim(&p->before, &e->before.at[i], p->steps, i);
	if (e->before.count == 0)
		aim(&p->gaps, &e->after.at[0], p->steps, 0);
	else if (e->has_other && !drops_a_twin(e))
		aim(&p->reasons, &e->other, p->steps, 0);
	else
		s->has_reason = 1;
	p->steps++;
}

void
fix_plan_ready(struct fix_plan *p)
{
	order(&p->before);
	order(&p->gaps);
	order(&p->reasons);
}

void
fix_plan_free(struct fix_plan *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->steps; i++) {
		edit_free(p->step[i].edit);
		free(p->step[i].as);
	}
	free(p->step);
	free(p->before.at);
	free(p->gaps.at);
	free(p->reasons.at);
	free(p->came.at);
	free(p);
}
