/* origins.c - the vendor's files by their digests, as the stream tells them. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/intern.h"
#include "base/number.h"
#include "base/xalloc.h"
#include "record/origins.h"
#include "record/quote.h"

#define NONE SIZE_MAX

struct origins {
	struct intern *lines; /* number i is file i */
	struct intern *names;
	struct origin *file;
	size_t *last;	/* by number of the name: one file of it */
	size_t *before; /* by file: another of the same name; or NONE */
	size_t n, room, last_room;
	struct buf text;
};

struct origins *
origins_new(void)
{
	struct origins *o = xcalloc(1, sizeof *o);

	o->lines = intern_new();
	o->names = intern_new();
	return o;
}

/* The file number o->n has the name of number ${id}. */
static void
chain(struct origins *o, uint32_t id)
{
	if (id >= o->last_room) {
		size_t room = id < 8 ? 16 : (size_t)id * 2;

		o->last = xreallocarray(o->last, room, sizeof *o->last);
		while (o->last_room < room)
			o->last[o->last_room++] = NONE;
	}
	o->before[o->n] = o->last[id];
	o->last[id] = o->n;
}

void
origins_put(void *origins, const char *name, uint64_t bytes, const char *sha256)
{
	struct origins *o = origins;
	uint32_t id;
	size_t len;

	buf_clear(&o->text);
	buf_puts(&o->text, "{\"$ditioFile\":{\"name\":\"");
	quote_put(&o->text, name, strlen(name));
	buf_printf(&o->text, "\",\"bytes\":%" PRIu64 ",\"sha256\":\"%s\"}}\n",
	    bytes, sha256);
	if (intern_id(o->lines, o->text.data, o->text.len) < o->n)
		return;
	if (o->n == o->room) {
		o->room = o->room > 0 ? o->room * 2 : 16;
		o->file = xreallocarray(o->file, o->room, sizeof *o->file);
		o->before =
		    xreallocarray(o->before, o->room, sizeof *o->before);
	}
	/* With its NUL, so that it can be given out. */
	id = intern_id(o->names, name, strlen(name) + 1);
	chain(o, id);
	o->file[o->n] =
	    (struct origin){ .name = intern_text(o->names, id, &len),
		    .bytes = bytes };
	memcpy(o->file[o->n].sha256, sha256, DIGEST_TEXT);
	o->n++;
}

static int
is_digest(const struct json *j)
{
	return j != NULL && j->type == JSON_STRING &&
	       j->len == DIGEST_TEXT - 1 &&
	       strspn(j->text, "0123456789abcdef") == j->len;
}

/* Its three members, and nothing else.  0, or -1. */
static int
read_members(const struct json *j, const struct json **name, uint64_t *bytes,
    const struct json **sha256)
{
	const struct json *n = json_get(j, "bytes");
	int members = 0;

	if (j == NULL || j->type != JSON_OBJECT)
		return -1;
	for (const struct json *m = j->child; m != NULL; m = m->next)
		members++;
	*name = json_get(j, "name");
	*sha256 = json_get(j, "sha256");
	return members == 3 && json_string(*name) != NULL && (*name)->len > 0 &&
		       memchr((*name)->text, '\0', (*name)->len) == NULL &&
		       n != NULL && n->type == JSON_NUMBER &&
		       number_whole(n->text, n->len, UINT64_MAX, bytes) == 0 &&
		       is_digest(*sha256)
		   ? 0
		   : -1;
}

int
origins_is(const struct json *j)
{
	const struct json *name, *sha256;
	uint64_t bytes;

	return read_members(j, &name, &bytes, &sha256) == 0;
}

int
origins_take(struct origins *o, const struct json *j)
{
	const struct json *name, *sha256;
	uint64_t bytes;

	if (o->n == ORIGINS_MOST ||
	    read_members(j, &name, &bytes, &sha256) != 0)
		return -1;
	origins_put(o, name->text, bytes, sha256->text);
	return 0;
}

size_t
origins_count(const struct origins *o)
{
	return o->n;
}

const struct origin *
origins_at(const struct origins *o, size_t i)
{
	return &o->file[i];
}

/* The last file whose name is the ${len} bytes at ${name}; NONE. */
static size_t
find(const struct origins *o, const char *name, size_t len, struct buf *text)
{
	uint32_t id;

	buf_clear(text);
	buf_put(text, name, len);
	id = intern_find(o->names, buf_text(text), len + 1);
	return id != INTERN_NONE ? o->last[id] : NONE;
}

const struct origin *
origins_find(const struct origins *o, const char *name, size_t *count)
{
	struct buf text = { 0 };
	size_t at = NONE, one;

	*count = 0;
	for (size_t len = strlen(name); len > 0 && at == NONE; len--)
		if (name[len] == '\0' || name[len] == '/')
			at = find(o, name, len, &text);
	buf_free(&text);
	for (one = at; at != NONE; at = o->before[at])
		++*count;
	return *count == 1 ? &o->file[one] : NULL;
}

void
origins_write(const struct origins *o, struct out *out)
{
	for (size_t i = 0; i < o->n; i++) {
		size_t len;
		const char *line = intern_text(o->lines, (uint32_t)i, &len);

		out_put(out, line, len);
	}
}

void
origins_free(struct origins *o)
{
	if (o == NULL)
		return;
	intern_free(o->lines);
	intern_free(o->names);
	free(o->file);
	free(o->last);
	free(o->before);
	buf_free(&o->text);
	free(o);
}
