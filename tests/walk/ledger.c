/* ledger.c - a ledger of a few bytes, for the walk. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "upload/clock.h"
#include "upload/ledger_schema.h"
#include "walk/world.h"

/* How a call into the system goes wrong, beside going well. */
enum { WELL, CRASH, FAIL, HOWS };

/* True when a call into the ledger fails, for one reason or another. */
static int
fails(void)
{
	if (!world.crashed && !world.open) {
		switch (world_choose(HOWS)) {
		case CRASH:
			world_crash();
			break;
		case FAIL:
			world_tell("  the ledger cannot be written", 0);
			return 1;
		default:
			break;
		}
	}
	return world.crashed;
}

int
ledger_begin(struct ledger *l)
{
	(void)l;
	if (world.crashed)
		return -1;
	world.before = world.ledger;
	world.open = 1;
	return 0;
}

void
ledger_rollback(struct ledger *l)
{
	(void)l;
	if (world.open)
		world.ledger = world.before;
	world.open = 0;
}

int
ledger_commit(struct ledger *l)
{
	struct world_ledger after = world.ledger;

	ledger_rollback(l);
	if (fails())
		return -1;
	world.ledger = after;
	return 0;
}

enum ledger_mark
ledger_mark(const struct ledger *l)
{
	(void)l;
	return world.ledger.kind;
}

int
ledger_learn(struct ledger *l, enum ledger_mark mark)
{
	(void)l;
	if (fails())
		return -1;
	world_tell("  learned what the watermark is", (int)mark);
	if ((mark == LEDGER_MARK_START) != world.kind.starts)
		world.wrong = "the watermark was mistaken";
	world.ledger.kind = mark;
	return 0;
}

int64_t
ledger_machine(struct ledger *l, const char *company, const char *name)
{
	(void)l;
	(void)company;
	(void)name;
	return 1;
}

int
ledger_period_drop(
    struct ledger *l, int64_t machine, int64_t start, int64_t batch)
{
	(void)l;
	(void)machine;
	(void)start;
	(void)batch;
	return world.crashed ? -1 : 0;
}

static int
is_open(const struct ledger_batch *b)
{
	return b->state != LEDGER_ACCEPTED && b->state != LEDGER_REFUSED &&
	       b->state != LEDGER_SPLIT;
}

int64_t *
ledger_open_projects(struct ledger *l, size_t *n)
{
	int64_t *list = xcalloc(1, sizeof *list);

	(void)l;
	*n = 0;
	for (int i = 0; i < world.ledger.n; i++)
		if (is_open(&world.ledger.batches[i]))
			*n = 1;
	list[0] = 1;
	return list;
}

int
ledger_project(struct ledger *l, int64_t number, struct ledger_project *p)
{
	struct buf company = p->company, name = p->name;

	(void)l;
	(void)number;
	if (world.crashed)
		return -1;
	*p = world.ledger.project;
	p->company = company;
	p->name = name;
	return 0;
}

/* Copy batch ${i}, with words of its own. */
static int
give(int i, struct ledger_batch *to)
{
	struct buf words = to->words;

	*to = world.ledger.batches[i];
	to->words = words;
	buf_clear(&to->words);
	buf_puts(&to->words, world.ledger.words[i]);
	return 1;
}

/* True if a batch that is HELD shares a date with ${b}. */
static int
waits(const struct ledger_batch *b)
{
	for (int i = 0; i < world.ledger.n; i++) {
		const struct ledger_batch *h = &world.ledger.batches[i];

		if (h->state == LEDGER_HELD &&
		    h->first_start / 86400 <= b->last_end / 86400 &&
		    h->last_end / 86400 >= b->first_start / 86400)
			return 1;
	}
	return 0;
}

int
ledger_next(struct ledger *l, int64_t project, struct ledger_batch *b)
{
	const struct ledger_batch *list = world.ledger.batches;

	(void)l;
	(void)project;
	if (world.crashed)
		return -1;
	for (int i = 0; i < world.ledger.n; i++)
		if (list[i].state == LEDGER_INFLIGHT ||
		    list[i].state == LEDGER_UNKNOWN)
			return give(i, b);
	for (int i = world.ledger.n; i-- > 0;)
		if (list[i].state == LEDGER_PENDING && list[i].parent > 0 &&
		    !waits(&list[i]))
			return give(i, b);
	for (int i = 0; i < world.ledger.n; i++)
		if (list[i].state == LEDGER_PENDING && !waits(&list[i]))
			return give(i, b);
	return 0;
}

/* Halves. */

int64_t
ledger_next_batch(struct ledger *l)
{
	(void)l;
	return world.crashed ? -1 : world.ledger.n + 1;
}

int64_t
ledger_put(struct ledger *l, const struct ledger_batch *b)
{
	struct ledger_batch *mine = &world.ledger.batches[world.ledger.n];

	(void)l;
	if (world.crashed || world.ledger.n == WORLD_BATCHES) {
		world.wrong = world.crashed ? world.wrong : "too many halves";
		return -1;
	}
	*mine = *b;
	mine->answer = LEDGER_NONE;
	mine->words = (struct buf){ 0 };
	return ++world.ledger.n;
}

int
ledger_split_period(
    struct ledger *l, int64_t machine, int64_t start, int64_t from, int64_t to)
{
	(void)l;
	(void)machine;
	(void)start;
	(void)from;
	(void)to;
	return world.crashed ? -1 : 0;
}

int64_t
ledger_limit(struct ledger *l)
{
	(void)l;
	return world.crashed ? -1 : world.ledger.limit;
}

int
ledger_limit_set(struct ledger *l, int64_t bytes)
{
	(void)l;
	if (fails())
		return -1;
	world.ledger.limit = bytes;
	return 0;
}

int
ledger_is_first(struct ledger *l, int64_t project)
{
	(void)l;
	(void)project;
	return world.crashed ? -1 : 0;
}

int64_t
ledger_open_records(struct ledger *l)
{
	(void)l;
	return world.crashed ? -1 : world.n;
}

int
ledger_held(struct ledger *l, int64_t project, struct ledger_batch *b)
{
	(void)l;
	(void)project;
	for (int i = 0; i < world.ledger.n; i++)
		if (world.ledger.batches[i].state == LEDGER_HELD)
			return give(i, b);
	return 0;
}

/* The trigger of the real schema that knows the legal ways: its last version.
 */
static const char *
ways(void)
{
	const char *found = NULL;

	for (int i = LEDGER_SCHEMA_VERSION; i > 0 && found == NULL; i--)
		found = strstr(ledger_schema[i - 1], "TRIGGER batch_legal");
	return found != NULL ? found : "";
}

/* The way of batch ${b} to ${state}, as that trigger has it. */
static void
legal(const struct ledger_batch *b, enum ledger_state state)
{
	char way[40];

	snprintf(way, sizeof way, "'%s %s'", ledger_word(b->state),
	    ledger_word(state));
	if (strstr(ways(), way) == NULL)
		world.wrong = "an illegal transition";
	world_tell(way, (int)b->batch);
}

int
ledger_intent(struct ledger *l, struct ledger_batch *b,
    const struct ledger_before *before)
{
	struct ledger_batch *mine = &world.ledger.batches[b->batch - 1];

	(void)l;
	if (fails())
		return -1;
	legal(mine, LEDGER_INFLIGHT);
	b->state = mine->state = LEDGER_INFLIGHT;
	b->lane = mine->lane = before->lane;
	b->before_ms = mine->before_ms = before->mark_ms;
	mine->answer = LEDGER_NONE;
	snprintf(world.ledger.figures[b->batch - 1], 200, "%s",
	    before->figures != NULL ? before->figures : "");
	if (before->trusted) {
		struct ledger_project *p = &world.ledger.project;

		p->seen = 1;
		p->mark_ms = before->mark_ms;
		p->newest_start = p->newest_end = LEDGER_NONE;
	}
	return 0;
}

int
ledger_intent_figures(struct ledger *l, int64_t batch, struct buf *to)
{
	(void)l;
	buf_puts(to, world.ledger.figures[batch - 1]);
	return world.crashed ? -1 : 0;
}

int64_t
ledger_delivered_on(
    struct ledger *l, int64_t project, const struct ledger_batch *b)
{
	(void)l;
	(void)project;
	(void)b;
	return 0;
}

int64_t
ledger_delivered_last(struct ledger *l, int64_t project)
{
	(void)l;
	(void)project;
	return world.ledger.last;
}

int
ledger_move(struct ledger *l, struct ledger_batch *b, enum ledger_state state,
    int64_t answer, const char *text)
{
	struct ledger_batch *mine = &world.ledger.batches[b->batch - 1];
	struct ledger_project *p = &world.ledger.project;

	(void)l;
	if (fails())
		return -1;
	legal(mine, state);
	b->state = mine->state = state;
	b->answer = mine->answer = answer;
	snprintf(world.ledger.words[b->batch - 1], 200, "%s", text);
	if (text != buf_text(&b->words)) {
		buf_clear(&b->words);
		buf_puts(&b->words, text);
	}
	if (state == LEDGER_ACCEPTED || state == LEDGER_HELD)
		world.ledger.last = clock_wall();
	if (state == LEDGER_ACCEPTED) {
		if (mine->last_start > p->newest_start)
			p->newest_start = mine->last_start;
		if (mine->last_end > p->newest_end)
			p->newest_end = mine->last_end;
	}
	return 0;
}

const char *
ledger_word(enum ledger_state state)
{
	static const char *const words[] = { "PENDING", "INFLIGHT", "UNKNOWN",
		"ACCEPTED", "REFUSED", "HELD", "SPLIT" };

	return words[state];
}
