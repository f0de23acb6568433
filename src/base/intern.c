/* intern.c - texts kept once and known by small numbers. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"

#define HASH_FUNCTION(key, len, out) ((out) = (unsigned)hash_of(key, len))
#define uthash_fatal(what) msg_die("out of memory (a table of texts)")
#include <uthash.h>

/* Texts lie in big pieces: one allocation a thousand texts, none is freed. */
#define PIECE 65536

struct entry {
	char *text;
	size_t len;
	uint32_t id;
	UT_hash_handle hh;
};

struct piece {
	struct piece *next;
	char bytes[];
};

struct intern {
	struct entry *table; /* uthash's head */
	struct entry **by_id;
	uint32_t count;
	uint32_t room;
	struct piece *pieces;
	char *free;
	size_t left;
	size_t memory;
};

struct intern *
intern_new(void)
{
	struct intern *t = xcalloc(1, sizeof *t);

	t->memory = sizeof *t;
	return t;
}

static void *
take(struct intern *t, size_t len)
{
	void *p;

	len = (len + 7) & ~(size_t)7;
	if (len > t->left) {
		size_t size = len > PIECE ? len : PIECE;
		struct piece *piece = xmalloc(sizeof *piece + size);

		piece->next = t->pieces;
		t->pieces = piece;
		t->free = piece->bytes;
		t->left = size;
		t->memory += sizeof *piece + size;
	}
	p = t->free;
	t->free += len;
	t->left -= len;
	return p;
}

uint32_t
intern_id(struct intern *t, const char *s, size_t len)
{
	struct entry *e;

	HASH_FIND(hh, t->table, s, len, e);
	if (e != NULL)
		return e->id;
	if (t->count == INTERN_NONE)
		msg_die("more than four thousand million different texts");
	if (t->count == t->room) {
		t->room = t->room > 0 ? t->room * 2 : 64;
		t->by_id = xreallocarray(t->by_id, t->room, sizeof *t->by_id);
		t->memory += (t->room - t->count) * sizeof *t->by_id;
	}
	e = take(t, sizeof *e);
	e->text = take(t, len + 1);
	memcpy(e->text, s, len);
	e->text[len] = '\0';
	e->len = len;
	e->id = t->count;
	HASH_ADD_KEYPTR(hh, t->table, e->text, len, e);
	t->by_id[t->count++] = e;
	return e->id;
}

uint32_t
intern_find(const struct intern *t, const char *s, size_t len)
{
	struct entry *e;

	HASH_FIND(hh, t->table, s, len, e);
	return e != NULL ? e->id : INTERN_NONE;
}

const char *
intern_text(const struct intern *t, uint32_t id, size_t *len)
{
	*len = t->by_id[id]->len;
	return t->by_id[id]->text;
}

uint32_t
intern_count(const struct intern *t)
{
	return t->count;
}

size_t
intern_memory(const struct intern *t)
{
	return t->memory + (t->table != NULL ? HASH_OVERHEAD(hh, t->table) : 0);
}

void
intern_free(struct intern *t)
{
	struct piece *next;

	if (t == NULL)
		return;
	HASH_CLEAR(hh, t->table);
	for (struct piece *p = t->pieces; p != NULL; p = next) {
		next = p->next;
		free(p);
	}
	free(t->by_id);
	free(t);
}
