/* names.c - the texts behind the numbers in records. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/xalloc.h"
#include "record/names.h"
#include "record/quote.h"
#include "record/vendors.h"

/* What stands around the parts of an owner's text. */
#define COMPANY "{\"companyId\":\""
#define PROJECT "\",\"projectId\":\""
#define MACHINE "\",\"machineId\":\""
#define START "\",\"startTime\":\""

/* A key is a rank below RANK_MOST and a time of 39 bits behind it. */
#define RANK_TIMES ((int64_t)1 << 39)
#define RANK_MOST ((uint32_t)1 << 25)

/* Where the second and third part of an owner begin. */
struct owner {
	uint32_t project, machine;
};

struct names {
	struct intern *owners, *states, *files;
	struct vendors *vendors;
	struct owner *owner;
	uint32_t owner_room;
	struct buf scratch;
	struct buf tail[2];
};

struct names *
names_new(void)
{
	struct names *n = xcalloc(1, sizeof *n);

	n->owners = intern_new();
	n->states = intern_new();
	n->files = intern_new();
	n->vendors = vendors_new();
	return n;
}

/* The end of the canonical text that begins at ${s}: its closing quote. */
static const char *
closing_quote(const char *s)
{
	for (; *s != '"'; s++)
		if (*s == '\\')
			s++;
	return s;
}

uint32_t
names_owner_canonical(struct names *n, const char *s, size_t len)
{
	uint32_t id = intern_id(n->owners, s, len);
	const char *text, *p;

	if (id < n->owner_room && n->owner[id].project > 0)
		return id;
	if (id >= n->owner_room) {
		uint32_t room = n->owner_room > 0 ? n->owner_room * 2 : 64;

		n->owner = xreallocarray(n->owner, room, sizeof *n->owner);
		memset(n->owner + n->owner_room, 0,
		    (room - n->owner_room) * sizeof *n->owner);
		n->owner_room = room;
	}
	text = intern_text(n->owners, id, &len);
	p = closing_quote(text + sizeof COMPANY - 1) + sizeof PROJECT - 1;
	n->owner[id].project = (uint32_t)(p - text);
	p = closing_quote(p) + sizeof MACHINE - 1;
	n->owner[id].machine = (uint32_t)(p - text);
	return id;
}

uint32_t
names_state_canonical(struct names *n, const char *s, size_t len)
{
	return intern_id(n->states, s, len);
}

uint32_t
names_file_canonical(struct names *n, const char *s, size_t len)
{
	return intern_id(n->files, s, len);
}

uint32_t
names_owner(struct names *n, const char *company, size_t company_len,
    const char *project, size_t project_len, const char *machine,
    size_t machine_len)
{
	struct buf *b = &n->scratch;

	buf_clear(b);
	buf_puts(b, COMPANY);
	quote_put(b, company, company_len);
	buf_puts(b, PROJECT);
	quote_put(b, project, project_len);
	buf_puts(b, MACHINE);
	quote_put(b, machine, machine_len);
	buf_puts(b, START);
	return names_owner_canonical(n, b->data, b->len);
}

uint32_t
names_state(struct names *n, const char *s, size_t len)
{
	buf_clear(&n->scratch);
	quote_put(&n->scratch, s, len);
	return intern_id(n->states, buf_text(&n->scratch), n->scratch.len);
}

uint32_t
names_file(struct names *n, const char *s, size_t len)
{
	buf_clear(&n->scratch);
	quote_put(&n->scratch, s, len);
	return intern_id(n->files, buf_text(&n->scratch), n->scratch.len);
}

uint16_t
names_vendor_canonical(
    struct names *n, uint32_t owner, const char *s, size_t len)
{
	uint16_t id = vendors_find(n->vendors, owner, s, len);
	const char *machine;
	size_t machine_len;

	if (id > 0)
		return id;
	machine = names_part(n, owner, NAMES_MACHINE, &machine_len);
	if (machine_len == len && memcmp(machine, s, len) == 0)
		return 0;
	return vendors_id(n->vendors, owner, s, len);
}

uint16_t
names_vendor(struct names *n, uint32_t owner, const char *s, size_t len)
{
	size_t text_len;
	const char *text = vendors_text(n->vendors, owner, 1, &text_len);

	/* Most come again, and stand for themselves. */
	if (text != NULL && text_len == len && memcmp(text, s, len) == 0 &&
	    memchr(s, '\\', len) == NULL)
		return 1;
	buf_clear(&n->scratch);
	quote_put(&n->scratch, s, len);
	return names_vendor_canonical(
	    n, owner, buf_text(&n->scratch), n->scratch.len);
}

uint16_t
names_find_vendor(
    const struct names *n, uint32_t owner, const char *s, size_t len)
{
	return vendors_find(n->vendors, owner, s, len);
}

uint32_t
names_find_owner(const struct names *n, const char *s, size_t len)
{
	return intern_find(n->owners, s, len);
}

uint32_t
names_find_state(const struct names *n, const char *s, size_t len)
{
	return intern_find(n->states, s, len);
}

uint32_t
names_find_file(const struct names *n, const char *s, size_t len)
{
	return intern_find(n->files, s, len);
}

const char *
names_owner_text(const struct names *n, uint32_t id, size_t *len)
{
	return intern_text(n->owners, id, len);
}

const char *
names_state_text(const struct names *n, uint32_t id, size_t *len)
{
	return intern_text(n->states, id, len);
}

const char *
names_file_text(const struct names *n, uint32_t id, size_t *len)
{
	return intern_text(n->files, id, len);
}

const char *
names_vendor_text(
    const struct names *n, uint32_t owner, uint16_t vendor, size_t *len)
{
	return vendors_text(n->vendors, owner, vendor, len);
}

const char *
names_part(
    const struct names *n, uint32_t owner, enum names_part part, size_t *len)
{
	const char *text = intern_text(n->owners, owner, len);
	size_t start = sizeof COMPANY - 1, end = *len;

	switch (part) {
	case NAMES_COMPANY:
		end = n->owner[owner].project - (sizeof PROJECT - 1);
		break;
	case NAMES_PROJECT:
		start = n->owner[owner].project;
		end = n->owner[owner].machine - (sizeof MACHINE - 1);
		break;
	case NAMES_MACHINE:
		start = n->owner[owner].machine;
		end -= sizeof START - 1;
		break;
	}
	*len = end - start;
	return text + start;
}

void
names_put_part(
    const struct names *n, uint32_t owner, enum names_part part, struct buf *b)
{
	size_t len;
	const char *s = names_part(n, owner, part, &len);

	quote_plain(b, s, len);
}

void
names_put_state(const struct names *n, uint32_t state, struct buf *b)
{
	size_t len;
	const char *s = intern_text(n->states, state, &len);

	quote_plain(b, s, len);
}

void
names_put_file(const struct names *n, uint32_t file, struct buf *b)
{
	size_t len;
	const char *s = intern_text(n->files, file, &len);

	quote_plain(b, s, len);
}

void
names_put_vendor(
    const struct names *n, uint32_t owner, uint16_t vendor, struct buf *b)
{
	size_t len;
	const char *s = vendor > 0 ? names_vendor_text(n, owner, vendor, &len)
				   : names_part(n, owner, NAMES_MACHINE, &len);

	quote_plain(b, s, len);
}

uint32_t
names_owners(const struct names *n)
{
	return intern_count(n->owners);
}

uint32_t
names_states(const struct names *n)
{
	return intern_count(n->states);
}

uint32_t
names_files(const struct names *n)
{
	return intern_count(n->files);
}

/* Two owners by their texts.  None is the beginning of another. */
static int
compare_texts(const struct names *n, uint32_t a, uint32_t b)
{
	size_t a_len, b_len;
	const char *s = intern_text(n->owners, a, &a_len);
	const char *t = intern_text(n->owners, b, &b_len);

	return memcmp(s, t, a_len < b_len ? a_len : b_len);
}

static int
compare_owners(const struct names *n, uint32_t a, uint32_t b)
{
	uint32_t x = intern_rank(n->owners, a), y = intern_rank(n->owners, b);

	if (a == b)
		return 0;
	if (x != INTERN_NONE && y != INTERN_NONE)
		return x < y ? -1 : 1;
	return compare_texts(n, a, b);
}

/* Canonical texts compare with the quote that closes them. */
static int
compare_states(const struct names *n, uint32_t a, uint32_t b)
{
	size_t a_len, b_len, len;
	const char *s = intern_text(n->states, a, &a_len);
	const char *t = intern_text(n->states, b, &b_len);
	int order;

	len = a_len < b_len ? a_len : b_len;
	order = memcmp(s, t, len);
	if (order != 0 || a_len == b_len)
		return order;
	return a_len < b_len ? '"' - (int)(unsigned char)t[len]
			     : (int)(unsigned char)s[len] - '"';
}

/* What stands in the line behind the state's text. */
static void
put_tail(const struct names *n, const struct record *r, struct buf *b)
{
	size_t len;
	const char *file, *vendor;

	buf_clear(b);
	if (r->file != NAMES_NONE) {
		file = intern_text(n->files, r->file, &len);
		buf_puts(b, "\",\"source\":\"");
		buf_put(b, file, len);
		if (r->line > 0) {
			buf_putc(b, ':');
			buf_putu(b, r->line);
		}
	}
	if (r->basis == RECORD_DERIVED)
		buf_puts(b, "\",\"basis\":\"derived");
	else if (r->basis == RECORD_ESTIMATED)
		buf_puts(b, "\",\"basis\":\"estimated");
	if (r->vendor != 0) {
		vendor = names_vendor_text(n, r->owner, r->vendor, &len);
		buf_puts(b, "\",\"vendorId\":\"");
		buf_put(b, vendor, len);
	}
	buf_puts(b, "\"}");
}

/* The rare tie in everything that matters. */
static int
compare_tails(struct names *n, const struct record *a, const struct record *b)
{
	struct buf *s = &n->tail[0], *t = &n->tail[1];

	if (a->file == b->file && a->line == b->line && a->basis == b->basis &&
	    a->vendor == b->vendor)
		return 0;
	put_tail(n, a, s);
	put_tail(n, b, t);
	/* Both end in a brace, so none is the beginning of the other. */
	return memcmp(s->data, t->data, s->len < t->len ? s->len : t->len);
}

int
names_compare(const void *a, const void *b, void *names)
{
	const struct record *x = a, *y = b;
	struct names *n = names;

	if (x->owner != y->owner)
		return compare_owners(n, x->owner, y->owner);
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	if (x->state != y->state)
		return compare_states(n, x->state, y->state);
	return compare_tails(n, x, y);
}

void
names_rank(void *names)
{
	struct names *n = names;

	intern_rank_all(n->owners);
}

uint32_t
names_rank_of(const struct names *n, uint32_t owner)
{
	return intern_rank(n->owners, owner);
}

uint64_t
names_key(const void *record, void *names)
{
	/* Room for the years 0 to 9999; what is beyond is compared. */
	const int64_t least = -RANK_TIMES / 4, most = RANK_TIMES / 4 * 3 - 1;
	const struct record *r = record;
	const struct names *n = names;
	uint64_t rank = intern_rank(n->owners, r->owner);
	int64_t time = r->start;

	if (rank >= RANK_MOST)
		return UINT64_MAX;
	if (time < least)
		time = least;
	else if (time > most)
		time = most;
	return rank * (uint64_t)RANK_TIMES + (uint64_t)(time - least);
}

size_t
names_memory(const struct names *n)
{
	return intern_memory(n->owners) + intern_memory(n->states) +
	       intern_memory(n->files) + vendors_memory(n->vendors) +
	       n->owner_room * sizeof *n->owner;
}

void
names_limit(struct names *n, size_t memory)
{
	intern_limit(n->owners, memory);
	intern_limit(n->states, memory);
	intern_limit(n->files, memory);
	vendors_limit(n->vendors, memory);
}

void
names_free(struct names *n)
{
	if (n == NULL)
		return;
	intern_free(n->owners);
	intern_free(n->states);
	intern_free(n->files);
	vendors_free(n->vendors);
	free(n->owner);
	buf_free(&n->scratch);
	buf_free(&n->tail[0]);
	buf_free(&n->tail[1]);
	free(n);
}
