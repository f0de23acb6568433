/* walk.c - every way a delivery may go, walked: every crash, every answer.
 *
 * usage: walk FAULTS MAP
 *
 * Two batches are delivered by the program's own deliver.c to a world of a few
 * bytes (world.c), again and again, each time another way, until all ways with
 * so many FAULTS were gone.  A fault is a crash, a ledger that cannot be
 * written, an answer other than a 201 that shows at once, a latest timestamp
 * that cannot be read or understood, or another program that sends.  After
 * each run a person settles, truthfully, what is HELD.  No record may arrive
 * twice, none be forgotten, and none be called what it is not. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/msg.h"
#include "walk/world.h"

#define DEEP 256
#define RUNS 12
#define SHAPES 5

/* The path: which way was taken where, and how many there were. */
static int way[DEEP], ways[DEEP], deep, known;
static int faults_left;
static int replay; /* tell the story */
static struct figures_map *map;
static long paths, held, refused, mended;

int
world_choose(int n)
{
	int took;

	if (faults_left == 0 || deep == DEEP)
		return 0;
	if (deep == known) {
		ways[deep] = n;
		way[known++] = 0;
	}
	took = way[deep++];
	faults_left -= took > 0;
	return took;
}

/* On to the next path.  0 when there is none. */
static int
turn(void)
{
	while (known > 0 && ++way[known - 1] == ways[known - 1])
		known--;
	return known > 0;
}

void
world_tell(const char *what, int number)
{
	if (replay)
		printf("# %s (%d)\n", what, number);
}

/* What the ledger calls each batch must be so, and each record be in one. */
static void
hold_to_it(void)
{
	for (int i = 0; i < world.n && world.wrong == NULL; i++)
		if (world_alive(i) != 1)
			world.wrong = "a record not in one living batch";
	for (int i = 0; i < world.ledger.n && world.wrong == NULL; i++) {
		int n = world_records(i), applied = world_applied(i);

		switch (world.ledger.batches[i].state) {
		case LEDGER_ACCEPTED:
			if (applied != n)
				world.wrong = "called delivered and is not";
			break;
		case LEDGER_PENDING:
			if (applied != 0)
				world.wrong = "to be sent again, and is there";
			break;
		case LEDGER_REFUSED:
			if (applied != 0)
				world.wrong = "called refused, and is there";
			break;
		default:
			break;
		}
	}
}

/* The exit status of a run that lived must say what is left. */
static void
hold_to_status(enum status status)
{
	int open = 0, doubt = 0, no = 0;

	for (int i = 0; i < world.ledger.n; i++) {
		enum ledger_state s = world.ledger.batches[i].state;

		open += s == LEDGER_PENDING;
		doubt += s == LEDGER_UNKNOWN || s == LEDGER_HELD;
		no += s == LEDGER_REFUSED;
	}
	if (world.crashed || status == STATUS_TROUBLE)
		return;
	if ((doubt > 0) != (status == STATUS_UNKNOWN) && doubt > 0)
		world.wrong = "a doubt that the status does not tell";
	else if (open > 0 && status < STATUS_UNKNOWN)
		world.wrong = "something is left and the status is good";
	else if (no > 0 && status == STATUS_OK)
		world.wrong = "a refusal that the status does not tell";
}

/* A person settles what is HELD.  0 when only a hand in Ditio could. */
static int
settle(void)
{
	for (int i = 0; i < world.ledger.n; i++) {
		struct ledger_batch b = world.ledger.batches[i];
		int n = world_records(i), applied = world_applied(i);

		if (b.state != LEDGER_HELD)
			continue;
		held++;
		if (applied > 0 && applied < n)
			return 0;
		world_tell("a person settles", (int)b.batch);
		faults_left = 0; /* what is left goes well */
		ledger_move(NULL, &b,
		    applied > 0 ? LEDGER_ACCEPTED : LEDGER_PENDING, b.answer,
		    "a person said so");
		buf_free(&b.words);
	}
	return 1;
}

static int
is_over(void)
{
	for (int i = 0; i < world.ledger.n; i++)
		switch (world.ledger.batches[i].state) {
		case LEDGER_ACCEPTED:
		case LEDGER_REFUSED:
		case LEDGER_SPLIT:
			break;
		default:
			return 0;
		}
	return 1;
}

/* Each record was delivered once, or is in a batch that was refused; what is
 * written to the rejects was refused. */
static void
hold_to_end(void)
{
	for (int i = 0; i < world.n && world.wrong == NULL; i++) {
		const struct world_record *r = &world.records[i];
		int no = world_refused(i);

		refused += no;
		if (r->applied + no != 1)
			world.wrong = "forgotten, or delivered and refused";
		if (r->rejected > no)
			world.wrong = "in the rejects, and delivered";
	}
}

/* Walk one path to its end. */
static void
walk(const struct world_kind *kind, int faults, struct names *names)
{
	struct api api = { .wait = -1 };
	struct tally tally = { 0 };
	struct deliver_with with = { .api = &api,
		.names = names,
		.tally = &tally,
		.settle = WORLD_SETTLE,
		.retry_for = 900000,
		.breaker = BREAKER_DEFAULT,
		.max_halves = 100,
		.map = kind->figures ? map : NULL,
		.atomic = kind->atomic };
	int run;

	deep = 0;
	faults_left = faults;
	world_begin(kind);
	for (run = 0; run < RUNS && world.wrong == NULL; run++) {
		enum status status;

		world_tell("run", run);
		world_start();
		status = deliver_run(&with);
		world_tell("status", (int)status);
		hold_to_it();
		hold_to_status(status);
		if (world.wrong != NULL || is_over() || !settle())
			break;
		if (world.stranger != 0 && status == STATUS_UNKNOWN)
			world.ledger.project.seen = 0; /* --adopt */
	}
	if (run == RUNS && world.wrong == NULL)
		world.wrong = "it does not come to an end";
	if (world.wrong == NULL && is_over())
		hold_to_end();
	else if (world.wrong == NULL)
		mended++;
	buf_free(&api.why);
	buf_free(&api.answer.body);
	paths++;
}

static void
silent(const struct msg *m)
{
	if (replay && m->level >= MSG_NOTE)
		printf("#   %s\n", m->text);
}

/* The worlds that differ in more than what others show already. */
static int
is_worth_it(const struct world_kind *k)
{
	/* A late batch does not care what the watermark is. */
	if (k->late)
		return (k->shape == 1 || k->shape == 4) && !k->starts &&
		       !k->atomic;
	/* Halving looks different only where there is much to halve. */
	if (k->atomic)
		return k->shape >= 3 && !k->starts && !k->figures;
	return !k->figures && (!k->starts || k->shape == 0 || k->shape == 4);
}

/* Walk all ways in the world ${kind}.  False when one went wrong. */
static int
explore(const struct world_kind *kind, int faults, struct names *names)
{
	known = 0;
	do {
		walk(kind, faults, names);
		if (world.wrong == NULL)
			continue;
		printf("# %s: shape %d, starts %d, atomic %d, late %d, figures "
		       "%d\n",
		    world.wrong, kind->shape, kind->starts, kind->atomic,
		    kind->late, kind->figures);
		replay = 1;
		walk(kind, faults, names);
		return 0;
	} while (turn());
	return 1;
}

int
main(int argc, char *argv[])
{
	struct names *names = names_new();
	int faults = argc > 1 ? atoi(argv[1]) : 0, well = 1;

	msg_init("walk");
	if (argc != 3 || (map = figures_map_read(argv[2])) == NULL)
		return 2;
	msg_sink(silent);
	if (!world_answers_every_row()) {
		puts("# a row of the verdict table has no answer here");
		return 1;
	}
	for (int i = 0; i < SHAPES * 16 && well; i++) {
		struct world_kind kind = { .shape = i / 16,
			.starts = i / 8 % 2,
			.atomic = i / 4 % 2,
			.late = i / 2 % 2,
			.figures = i % 2 };

		if (is_worth_it(&kind))
			well = explore(&kind, faults, names);
	}
	if (well)
		printf("%ld paths, %ld held, %ld refused, %ld for a hand in "
		       "Ditio\n",
		    paths, held, refused, mended);
	names_free(names);
	figures_map_free(map);
	buf_free(&world.spool);
	return !well;
}
