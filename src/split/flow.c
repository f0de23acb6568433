/* flow.c - batches cut while records come, in order already. */

#include "config.h"

#include <stdlib.h>

#include "base/xalloc.h"
#include "split/flow.h"

/* One project's way. */
struct lane {
	struct batch_cutter *cutter; /* NULL until its first record */
	struct record *tie;	     /* of one time, not yet cut */
	size_t count, room;
	int64_t time;
};

struct flow {
	struct names *names;
	struct order *order;
	const struct batch_limits *limits;
	batch_sink *sink;
	void *sink_context;
	flow_refuse *refuse;
	void *refuse_context;
	struct lane *lane; /* by group */
	uint32_t lanes;
	uint64_t records;
};

struct flow *
flow_new(struct names *names, struct order *order,
    const struct batch_limits *limits, batch_sink *sink, void *sink_context,
    flow_refuse *refuse, void *refuse_context)
{
	struct flow *f = xcalloc(1, sizeof *f);

	f->names = names;
	f->order = order;
	f->limits = limits;
	f->sink = sink;
	f->sink_context = sink_context;
	f->refuse = refuse;
	f->refuse_context = refuse_context;
	return f;
}

static struct lane *
lane_of(struct flow *f, uint32_t group)
{
	struct lane *lane;

	if (group >= f->lanes) {
		uint32_t room = group * 2 + 8;

		f->lane = xreallocarray(f->lane, room, sizeof *f->lane);
		while (f->lanes < room)
			f->lane[f->lanes++] = (struct lane){ 0 };
	}
	lane = &f->lane[group];
	if (lane->cutter == NULL)
		lane->cutter = batch_new(
		    f->names, f->order, f->limits, f->sink, f->sink_context);
	return lane;
}

static int
compare(const void *a, const void *b, void *names)
{
	return names_compare(a, b, names);
}

/* Cut what waited for another time, in record order. */
static int
cut_tie(struct flow *f, struct lane *lane)
{
	qsort_r(lane->tie, lane->count, sizeof *lane->tie, compare, f->names);
	for (size_t i = 0; i < lane->count; i++)
		switch (batch_put(lane->cutter, &lane->tie[i])) {
		case 0:
			f->records++;
			break;
		case 1:
			f->refuse(f->refuse_context, &lane->tie[i]);
			break;
		default:
			return -1;
		}
	lane->count = 0;
	return 0;
}

int
flow_put(struct flow *f, const struct record *r)
{
	struct lane *lane = lane_of(f, order_group(f->order, r));
	int64_t time = order_time(f->order, r);

	if (lane->count > 0 && time != lane->time) {
		if (time < lane->time)
			return 1;
		if (cut_tie(f, lane) != 0)
			return -1;
	}
	if (lane->count == lane->room) {
		lane->room = lane->room > 0 ? lane->room * 2 : 16;
		lane->tie =
		    xreallocarray(lane->tie, lane->room, sizeof *lane->tie);
	}
	lane->tie[lane->count++] = *r;
	lane->time = time;
	return 0;
}

int64_t
flow_time(const struct flow *f, const struct record *r)
{
	return f->lane[order_group(f->order, r)].time;
}

int
flow_end(struct flow *f)
{
	/* In order of first sight: the input says which, and nothing else. */
	for (uint32_t g = 0; g < f->lanes; g++) {
		struct lane *lane = &f->lane[g];

		if (lane->cutter != NULL &&
		    (cut_tie(f, lane) != 0 || batch_end(lane->cutter) != 0))
			return -1;
	}
	return 0;
}

uint64_t
flow_records(const struct flow *f)
{
	return f->records;
}

static uint64_t
sum(const struct flow *f, uint64_t (*of)(const struct batch_cutter *))
{
	uint64_t n = 0;

	for (uint32_t g = 0; g < f->lanes; g++)
		if (f->lane[g].cutter != NULL)
			n += of(f->lane[g].cutter);
	return n;
}

uint64_t
flow_count(const struct flow *f)
{
	return sum(f, batch_count);
}

uint64_t
flow_bytes(const struct flow *f)
{
	return sum(f, batch_bytes);
}

void
flow_free(struct flow *f)
{
	if (f == NULL)
		return;
	for (uint32_t g = 0; g < f->lanes; g++) {
		batch_free(f->lane[g].cutter);
		free(f->lane[g].tie);
	}
	free(f->lane);
	free(f);
}
