/* edit.c - what a repair makes of records: before, after, why. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "record/write.h"
#include "validate/edit.h"
#include "validate/say.h"

/* Pieces that are said one by one. */
#define SAID 3

void
edit_put(struct edit_list *list, const struct record *r)
{
	if (list->count == list->room) {
		list->room = list->room > 0 ? list->room * 2 : 2;
		list->at =
		    xreallocarray(list->at, list->room, sizeof *list->at);
	}
	list->at[list->count++] = *r;
}

struct edit *
edit_new(const struct record *before, unsigned rule, enum fix_policy policy,
    const struct record *other)
{
	struct edit *e = xcalloc(1, sizeof *e);

	if (before != NULL)
		edit_put(&e->before, before);
	e->rule = rule;
	e->policy = policy;
	e->has_other = other != NULL;
	if (other != NULL)
		e->other = *other;
	e->pending = 1;
	return e;
}

struct edit *
edit_whole(struct edit *e)
{
	while (e->into != NULL)
		e = e->into;
	return e;
}

void
edit_join(struct edit *a, struct edit *b)
{
	struct edit *last = b;

	for (size_t i = 0; i < b->before.count; i++)
		edit_put(&a->before, &b->before.at[i]);
	for (size_t i = 0; i < b->after.count; i++)
		edit_put(&a->after, &b->after.at[i]);
	a->pending += b->pending;
	b->into = a;
	while (last->part != NULL)
		last = last->part;
	last->part = a->part;
	a->part = b;
}

/* They came nearly so. */
static void
put_in_order(struct edit_list *list)
{
	for (size_t i = 1; i < list->count; i++) {
		struct record r = list->at[i];
		size_t k = i;

		for (; k > 0 && list->at[k - 1].start > r.start; k--)
			list->at[k] = list->at[k - 1];
		list->at[k] = r;
	}
}

int
edit_settle(struct edit *e, const struct record *r)
{
	if (r != NULL)
		edit_put(&e->after, r);
	if (--e->pending > 0)
		return 0;
	put_in_order(&e->before);
	put_in_order(&e->after);
	return 1;
}

static int64_t
seconds(const struct edit_list *list)
{
	int64_t sum = 0;

	for (size_t i = 0; i < list->count; i++)
		sum += list->at[i].end - list->at[i].start;
	return sum;
}

int64_t
edit_removed(const struct edit *e)
{
	return seconds(&e->before) - seconds(&e->after);
}

static void
add_seconds(int64_t *sum, int64_t n)
{
	if (__builtin_add_overflow(*sum, n, sum))
		*sum = INT64_MAX;
}

void
edit_count(struct edit_sum *sum, const struct edit *e)
{
	uint64_t before = e->before.count, after = e->after.count;
	int64_t removed = edit_removed(e);

	if (after == 0) {
		sum->dropped += before;
		add_seconds(&sum->dropped_seconds, removed);
		return;
	}
	if (after > before)
		sum->added += after - before;
	else
		sum->merged += before - after;
	if (removed > 0) {
		sum->cut++;
		add_seconds(&sum->cut_seconds, removed);
	} else {
		add_seconds(&sum->added_seconds, -removed);
	}
}

const struct record *
edit_record(const struct edit *e)
{
	return e->before.count > 0 ? &e->before.at[0] : &e->after.at[0];
}

const struct record *
edit_place(const struct edit *e)
{
	return e->before.count > 0 ? &e->before.at[0] : &e->other;
}

static void
say_span(struct buf *b, const struct record *r)
{
	say_instant(b, r->start);
	buf_puts(b, " to ");
	say_instant(b, r->end);
}

/* "dropped", "cut to A to B, C to D and 7 more", "1 with it" */
static void
tell_after(const struct edit *e, const struct names *n, struct buf *b)
{
	const struct edit_list *after = &e->after;

	if (e->before.count == 0) {
		buf_puts(b, "filled with ");
		names_put_state(n, after->at[0].state, b);
		return;
	}
	if (after->count == 0)
		buf_puts(b, "dropped");
	else if (e->before.count > 1)
		buf_printf(b, "%zu records become ", e->before.count);
	else
		buf_puts(b, "cut to ");
	for (size_t i = 0; i < after->count && i < SAID; i++) {
		if (i > 0)
			buf_puts(b, ", ");
		if (e->before.count > 1)
			say_period(b, n, &after->at[i]);
		else
			say_span(b, &after->at[i]);
	}
	if (after->count > SAID)
		buf_printf(b, " and %zu more", after->count - SAID);
}

/* What is wrong. */
static void
tell_before(const struct edit *e, const struct names *n, struct buf *b)
{
	if (e->before.count == 0) {
		buf_puts(b, "no period from ");
		say_span(b, &e->after.at[0]);
		return;
	}
	say_period(b, n, &e->before.at[0]);
	switch (e->rule) {
	case RULE_ZERO_LENGTH:
		buf_puts(b, " is empty");
		return;
	case RULE_TOO_LONG:
		buf_puts(b, " is too long");
		return;
	case RULE_DUPLICATE:
		buf_puts(b, " is there already");
		if (e->other.file != NAMES_NONE) {
			buf_puts(b, ", at ");
			write_source(b, n, &e->other);
		}
		return;
	case RULE_CONFLICT:
		buf_puts(b, " is the same time as ");
		break;
	case FIX_ADJACENT:
	case FIX_TOO_SHORT:
		buf_puts(b, " goes on with ");
		break;
	default:
		buf_puts(b, " shares time with ");
		break;
	}
	say_other(b, n, &e->other);
}

void
edit_tell(const struct edit *e, const struct names *n, struct buf *b)
{
	say_machine(b, n, edit_record(e));
	buf_puts(b, e->before.count == 0 ? " has " : " ");
	tell_before(e, n, b);
	buf_puts(b, " (");
	tell_after(e, n, b);
	buf_printf(
	    b, " by --fix %s=%s)", fix_code(e->rule), fix_word(e->policy));
}

void
edit_free(struct edit *e)
{
	while (e != NULL) {
		struct edit *part = e->part;

		free(e->before.at);
		free(e->after.at);
		free(e);
		e = part;
	}
}
