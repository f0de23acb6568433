/* fault.h - how the sandbox misbehaves on request. */

#ifndef SANDBOX_FAULT_H
#define SANDBOX_FAULT_H

#include <stddef.h>
#include <stdint.h>

/* Which requests a fault is for. */
enum fault_target {
	FAULT_API, /* the three below */
	FAULT_IMPORT,
	FAULT_LATEST,
	FAULT_AGGREGATE,
	FAULT_TOKEN, /* of the identity server */
	FAULT_TARGETS,
};

/* What is done with a request.  "Handled" means that it has its effect. */
enum fault_act {
	FAULT_NONE,
	FAULT_DROP_UNREAD,  /* closed when only its head was read */
	FAULT_DROP_BEFORE,  /* read, closed, not handled */
	FAULT_DROP_AFTER,   /* handled, closed without an answer */
	FAULT_HALF,	    /* handled, answered with half a status line */
	FAULT_HALF_BODY,    /* handled, answered with half a body */
	FAULT_GARBAGE,	    /* handled, answered with what is no HTTP */
	FAULT_STATUS,	    /* answered with ${value}, not handled */
	FAULT_APPLY_STATUS, /* handled, answered with ${value} */
	FAULT_LATE,	    /* closed at once, handled ${value} ms later */
	FAULT_PART,	    /* half of the records stored, then closed */
	/* Besides one of these: */
	FAULT_INTRUDER, /* another sender's record comes after what is stored */
	FAULT_DELAY,	/* ${value} ms, before anything else */
};

struct fault_rule {
	enum fault_target target;
	enum fault_act act;
	int64_t value;
	unsigned share;	   /* hundredths of a percent; else: */
	uint64_t from, to; /* these of the target's requests, from 1 */
	uint64_t seen;	   /* of them so far */
};

#define FAULT_RULES 32
#define FAULT_TEXT 64

struct fault {
	struct fault_rule rule[FAULT_RULES];
	size_t rules;

	uint64_t token_dies;  /* requests a token is good for; 0: no limit */
	int64_t token_lives;  /* ms a token is good for; 0: what it says */
	int64_t retry_after;  /* ms, told with a 429 or 503; 0: not told */
	int retry_date;	      /* as a date */
	int64_t lag;	      /* ms until what is stored can be seen */
	uint64_t max_records; /* in an import, beyond it 413; 0: no limit */
	int errors;	      /* enum errors_shape of what is refused */
	int aggregate;	      /* enum aggregate_shape */
	int refuses_part;     /* the records before a refused one are stored */
	char refuse[FAULT_TEXT]; /* in a machine's id; "" for none */
	char type[FAULT_TEXT];	 /* of all answers; "" for the right one */
};

/*
 * Read one or more faults, separated by commas; ditio-sandbox(1) has the
 * table.  Added to those that are there.  0, or -1.
 */
int fault_read(struct fault *f, const char *script);

/* Start the dice from ${seed}. */
void fault_seed(uint64_t seed);

/* True for ${share} hundredths of a percent of the calls. */
int fault_strikes(unsigned share);

/* What is done with one request. */
struct fault_deed {
	enum fault_act act; /* up to FAULT_PART */
	int64_t value;
	int64_t delay; /* ms */
	int intruder;
};

/* Choose for the next request of the target: the first rule that strikes, and
 * besides that all delays and intruders. */
struct fault_deed fault_choose(struct fault *f, enum fault_target target);

#endif
