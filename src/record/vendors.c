/* vendors.c - the ids by which vendors call one machine. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "record/vendors.h"

/* The ids of an owner, by number less 1. */
struct list {
	uint32_t *pair;
	uint32_t n, room;
};

struct vendors {
	struct intern *pairs; /* an owner's number, then an id */
	uint16_t *number;     /* by pair */
	uint32_t number_room;
	struct list *lists; /* by owner */
	uint32_t owners;
	size_t memory; /* of all but the pairs */
	struct buf key;
};

struct vendors *
vendors_new(void)
{
	struct vendors *v = xcalloc(1, sizeof *v);

	v->pairs = intern_new();
	return v;
}

static void
set_key(struct vendors *v, uint32_t owner, const char *s, size_t len)
{
	buf_clear(&v->key);
	buf_put(&v->key, &owner, sizeof owner);
	buf_put(&v->key, s, len);
}

/* Most machines have one id, or go by the same one for a while. */
static int
is_first(const struct vendors *v, uint32_t owner, const char *s, size_t len)
{
	size_t n;
	const char *text = vendors_text(v, owner, 1, &n);

	return text != NULL && n == len && memcmp(text, s, len) == 0;
}

uint16_t
vendors_find(struct vendors *v, uint32_t owner, const char *s, size_t len)
{
	uint32_t pair;

	if (is_first(v, owner, s, len))
		return 1;
	if (owner >= v->owners)
		return 0;
	set_key(v, owner, s, len);
	pair = intern_find(v->pairs, v->key.data, v->key.len);
	return pair != INTERN_NONE ? v->number[pair] : 0;
}

/* Make room for owners up to ${owner}. */
static void
grow(struct vendors *v, uint32_t owner)
{
	uint32_t n = owner < 32 ? 64 : owner * 2;

	v->lists = xreallocarray(v->lists, n, sizeof *v->lists);
	memset(v->lists + v->owners, 0, (n - v->owners) * sizeof *v->lists);
	v->memory += (n - v->owners) * sizeof *v->lists;
	v->owners = n;
}

static void
append(struct vendors *v, struct list *list, uint32_t pair)
{
	if (list->n == list->room) {
		uint32_t more = list->room > 0 ? list->room : 1;

		list->room += more;
		list->pair =
		    xreallocarray(list->pair, list->room, sizeof *list->pair);
		v->memory += more * sizeof *list->pair;
	}
	list->pair[list->n++] = pair;
	if (pair >= v->number_room) {
		uint32_t room = pair < 32 ? 64 : pair * 2;

		v->number = xreallocarray(v->number, room, sizeof *v->number);
		v->memory += (room - v->number_room) * sizeof *v->number;
		v->number_room = room;
	}
	v->number[pair] = (uint16_t)list->n;
}

uint16_t
vendors_id(struct vendors *v, uint32_t owner, const char *s, size_t len)
{
	uint16_t id = vendors_find(v, owner, s, len);
	struct list *list;

	if (id > 0)
		return id;
	if (owner >= v->owners)
		grow(v, owner);
	list = &v->lists[owner];
	if (list->n == UINT16_MAX)
		msg_die("one machine with more than 65535 ids of vendors: look "
			"at the machine table, or at vendorId");
	set_key(v, owner, s, len);
	append(v, list, intern_id(v->pairs, v->key.data, v->key.len));
	return (uint16_t)list->n;
}

const char *
vendors_text(const struct vendors *v, uint32_t owner, uint16_t id, size_t *len)
{
	const char *text;

	if (owner >= v->owners || id > v->lists[owner].n)
		return NULL;
	text = intern_text(v->pairs, v->lists[owner].pair[id - 1], len);
	*len -= sizeof owner;
	return text + sizeof owner;
}

size_t
vendors_memory(const struct vendors *v)
{
	return intern_memory(v->pairs) + v->memory;
}

void
vendors_limit(struct vendors *v, size_t memory)
{
	intern_limit(v->pairs, memory);
}

void
vendors_free(struct vendors *v)
{
	if (v == NULL)
		return;
	for (uint32_t i = 0; i < v->owners; i++)
		free(v->lists[i].pair);
	free(v->lists);
	free(v->number);
	intern_free(v->pairs);
	buf_free(&v->key);
	free(v);
}
