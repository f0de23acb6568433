/* world.h - a ledger, a server and a clock of a few bytes, for the walk. */

#ifndef TESTS_WALK_WORLD_H
#define TESTS_WALK_WORLD_H

#include <stdint.h>

#include "upload/deliver.h"

#define WORLD_BATCHES 10
#define WORLD_RECORDS 4
#define WORLD_SETTLE INT64_C(60000)

/* 2025-01-15T08:00:00Z. */
#define WORLD_EIGHT INT64_C(1736928000)

/* Where another program's record ends. */
#define WORLD_STRANGER (WORLD_EIGHT + 7 * 86400)

/* A record, and what the server has of it. */
struct world_record {
	int64_t start, end; /* seconds since 1970 */
	char text[200];	    /* as it stands in a body */
	int applied;	    /* so many times */
	int64_t shows;	    /* world.now when the watermark shows it */
	int rejected;	    /* so many times written to the rejects */
};

/* What is durable of the ledger. */
struct world_ledger {
	struct ledger_batch batches[WORLD_BATCHES]; /* without words */
	char words[WORLD_BATCHES][200];
	char figures[WORLD_BATCHES][200];
	int n;
	struct ledger_project project;
	enum ledger_mark kind;
	int64_t last;  /* when a batch was last ACCEPTED or HELD */
	int64_t limit; /* bytes of a request; LEDGER_NONE: none */
};

/* How a world is. */
struct world_kind {
	int shape;   /* of its batches */
	int starts;  /* the watermark is the newest start */
	int atomic;  /* a refused import took no part */
	int late;    /* another program's record is newer than all */
	int figures; /* the aggregate can be read */
};

struct world {
	struct world_record records[WORLD_RECORDS];
	int n;
	struct world_ledger ledger, before; /* ${before} the transaction */
	int open;			    /* a transaction is */
	struct buf spool;		    /* the envelopes */
	struct world_kind kind;
	int64_t stranger; /* the end of another's record, or 0 */
	int64_t now;	  /* milliseconds */
	int crashed;
	const char *wrong; /* a promise was broken, in words */
};

extern struct world world;

/* The ${n} ways on from here; 0 is the one where all goes well. */
int world_choose(int n);

/* Say what happens, for the story of a path that went wrong. */
void world_tell(const char *what, int number);

/* True if there is an answer for each row of the verdict table. */
int world_answers_every_row(void);

/* Begin again, all PENDING. */
void world_begin(const struct world_kind *kind);

/* A new process: what was in flight is in doubt. */
void world_start(void);

/* The process dies: what is not durable is lost. */
void world_crash(void);

/* Records of batch ${i} that the server has. */
int world_applied(int i);
int world_records(int i);

/* In how many that are not SPLIT it is. */
int world_alive(int i);

/* In how many batches that are REFUSED record ${i} is. */
int world_refused(int i);

#endif
