/* order.c - the order of delivery: by project, then by time. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/xalloc.h"
#include "split/order.h"

struct order {
	struct names *names;
	enum order_field field;
	struct intern *groups; /* owners' texts up to the machine */
	uint32_t *group;       /* by owner */
	uint64_t *place;       /* by owner: its bits of a key, once ranked */
	uint32_t known, room, ranked;
};

struct order *
order_new(struct names *names, enum order_field field)
{
	struct order *o = xcalloc(1, sizeof *o);

	o->names = names;
	o->field = field;
	o->groups = intern_new();
	return o;
}

void
order_meet(struct order *o, const struct record *r)
{
	for (; o->known <= r->owner; o->known++) {
		size_t len;
		const char *text = names_owner_text(o->names, o->known, &len);
		const char *machine =
		    names_part(o->names, o->known, NAMES_MACHINE, &len);

		if (o->known == o->room) {
			o->room = o->room > 0 ? o->room * 2 : 64;
			o->group =
			    xreallocarray(o->group, o->room, sizeof *o->group);
		}
		o->group[o->known] =
		    intern_id(o->groups, text, (size_t)(machine - text));
	}
}

uint32_t
order_group(const struct order *o, const struct record *r)
{
	return o->group[r->owner];
}

int64_t
order_time(const struct order *o, const struct record *r)
{
	return o->field == ORDER_END ? r->end : r->start;
}

int
order_compare(const void *a, const void *b, void *order)
{
	const struct record *x = a, *y = b;
	struct order *o = order;
	uint32_t g = o->group[x->owner], h = o->group[y->owner];
	int64_t s, t;

	if (g != h) {
		size_t g_len, h_len;
		const char *p = intern_text(o->groups, g, &g_len);
		const char *q = intern_text(o->groups, h, &h_len);

		/* None is the beginning of another: they end alike. */
		return memcmp(p, q, g_len < h_len ? g_len : h_len);
	}
	s = order_time(o, x);
	t = order_time(o, y);
	if (s != t)
		return s < t ? -1 : 1;
	return names_compare(x, y, o->names);
}

/*
 * The group's rank, the time, the machine's rank: vendors' machines change
 * state together, so the time alone would leave too much to compare.
 */
#define TIME_BITS 32 /* seconds since 1970 */
#define OWNER_BITS 20
#define GROUP_BITS 12

#define LAST_OWNER (((uint64_t)1 << OWNER_BITS) - 1)
#define LAST_TIME (((int64_t)1 << TIME_BITS) - 1)
#define NO_PLACE UINT64_MAX

uint64_t
order_key(const void *record, void *order)
{
	const struct record *r = record;
	const struct order *o = order;
	uint64_t place = o->place[r->owner];
	int64_t time = order_time(o, r);

	if (place == NO_PLACE)
		return UINT64_MAX;
	/* What has no place in its bits is left to the comparison. */
	if (time < 0)
		return place & ~LAST_OWNER;
	if (time > LAST_TIME) {
		time = LAST_TIME;
		place |= LAST_OWNER;
	}
	return place | (uint64_t)time << OWNER_BITS;
}

void
order_rank(void *order)
{
	struct order *o = order;

	if (o->ranked == o->known)
		return;
	intern_rank_all(o->groups);
	names_rank(o->names);
	o->place = xreallocarray(o->place, o->known, sizeof *o->place);
	for (uint32_t i = 0; i < o->known; i++) {
		uint64_t group = intern_rank(o->groups, o->group[i]);
		uint64_t owner = names_rank_of(o->names, i);

		o->place[i] =
		    group >> GROUP_BITS != 0
			? NO_PLACE
			: group << (TIME_BITS + OWNER_BITS) |
			      (owner < LAST_OWNER ? owner : LAST_OWNER);
	}
	o->ranked = o->known;
}

const char *
order_word(const struct order *o)
{
	return o->field == ORDER_END ? "end" : "start";
}

void
order_free(struct order *o)
{
	if (o == NULL)
		return;
	intern_free(o->groups);
	free(o->group);
	free(o->place);
	free(o);
}
