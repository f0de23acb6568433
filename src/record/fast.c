/* fast.c - ordinary stream lines read in place. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digits.h"
#include "base/instant.h"
#include "base/xalloc.h"
#include "record/fast.h"
#include "record/quote.h"
#include "record/source.h"

#define COMPANY "{\"companyId\":\""
#define PROJECT "\",\"projectId\":\""
#define MACHINE "\",\"machineId\":\""
#define START "\",\"startTime\":\""
#define END "\",\"endTime\":\""
#define STATE "\",\"state\":\""
#define SOURCE ",\"source\":\""
#define BASIS ",\"basis\":\""
#define VENDOR ",\"vendorId\":\""

#define TIME (INSTANT_TEXT - 1)

/* A text met last: most often the next is the same. */
struct known {
	uint32_t id;
	size_t len;
	const char *text;
};

/* Machines change between a few states all the time. */
#define STATES 8

/*
 * Streams go on with the same owner, or have the owners take turns: whoever
 * came after an owner the last time is likely to come after it again.
 */
struct fast {
	struct names *names;
	uint32_t last;	/* owner, or NAMES_NONE */
	uint32_t *next; /* by owner: who came after it */
	uint32_t room;
	struct known owner; /* who is likely to come next */
	struct known file;
	struct known state[STATES]; /* by what little tells them apart */
	struct buf prefix;	    /* an owner put together from its parts */
};

/* A piece of the line. */
struct slice {
	const char *s;
	size_t len;
};

struct fast *
fast_new(struct names *names)
{
	struct fast *f = xcalloc(1, sizeof *f);

	f->names = names;
	f->last = f->owner.id = f->file.id = NAMES_NONE;
	for (int i = 0; i < STATES; i++)
		f->state[i].id = NAMES_NONE;
	return f;
}

/* Move *${p} behind ${s} if that comes next. */
static inline int
pass(const char **p, const char *end, const char *s, size_t len)
{
	if ((size_t)(end - *p) < len || memcmp(*p, s, len) != 0)
		return 0;
	*p += len;
	return 1;
}

#define PASS(p, end, s) pass(p, end, s, sizeof(s) - 1)

/* Eight bytes at once, where the line goes on for so long. */
#define SHORT 8

/* How many of the eight bytes at ${s} come before a quote; 8: all. */
static inline unsigned
before_quote(const char *s)
{
	uint64_t v = digits_load(s) ^ UINT64_C(0x2222222222222222);

	v = (v - UINT64_C(0x0101010101010101)) & ~v &
	    UINT64_C(0x8080808080808080);
	return v != 0 ? (unsigned)__builtin_ctzll(v) / 8 : SHORT;
}

/* The text up to the next quote; *${p} moves to that quote. */
static inline int
text(const char **p, const char *end, struct slice *t)
{
	const char *quote;
	unsigned n = end - *p < SHORT ? SHORT : before_quote(*p);

	quote = n < SHORT ? *p + n : memchr(*p, '"', (size_t)(end - *p));
	if (quote == NULL)
		return 0;
	t->s = *p;
	t->len = (size_t)(quote - *p);
	*p = quote;
	return 1;
}

static inline int
is_known(const struct known *k, const char *s, size_t len)
{
	return k->id != NAMES_NONE && k->len == len &&
	       memcmp(k->text, s, len) == 0;
}

/* The same for a text that ends before ${end}: most are short. */
static inline int
is_known_short(const struct known *k, struct slice t, const char *end)
{
	if (t.len == 0 || t.len > SHORT || end - t.s < SHORT)
		return is_known(k, t.s, t.len);
	/* Behind a text of names.h there is enough to read. */
	return k->id != NAMES_NONE && k->len == t.len &&
	       (digits_load(k->text) ^ digits_load(t.s)) << (64 - 8 * t.len) ==
		   0;
}

static inline int
state(struct fast *f, struct slice t, const char *end, struct record *r)
{
	/* An empty text is followed by its quote. */
	struct known *k = &f->state[((unsigned char)t.s[0] + t.len) % STATES];

	if (!is_known_short(k, t, end)) {
		uint32_t id = names_find_state(f->names, t.s, t.len);

		if (id == NAMES_NONE) {
			if (t.len == 0 || !quote_is_canonical(t.s, t.len))
				return 0;
			id = names_state_canonical(f->names, t.s, t.len);
		}
		k->id = id;
		k->text = names_state_text(f->names, id, &k->len);
	}
	r->state = k->id;
	return 1;
}

/* The owner of this line is ${id}: guess that of the next. */
static inline void
met(struct fast *f, uint32_t id)
{
	if (id >= f->room) {
		uint32_t room = names_owners(f->names);

		room = room < 32 ? 64 : room * 2;
		f->next = xreallocarray(f->next, room, sizeof *f->next);
		while (f->room < room) {
			f->next[f->room] = f->room;
			f->room++;
		}
	}
	if (f->last != NAMES_NONE)
		f->next[f->last] = id;
	f->last = id;
	if (f->owner.id != f->next[id]) {
		f->owner.id = f->next[id];
		f->owner.text =
		    names_owner_text(f->names, f->owner.id, &f->owner.len);
	}
}

/* The known file and a line's number; *${p} moves to the closing quote. */
static inline int
known_source(struct fast *f, const char **p, const char *end, struct record *r)
{
	const char *at = *p;
	ptrdiff_t digits;
	uint64_t line;

	if (f->file.id == NAMES_NONE ||
	    !pass(&at, end, f->file.text, f->file.len) || end - at < 4 ||
	    *at++ != ':' || *at == '0')
		return 0;
	/* The quote and the brace end most lines. */
	digits = end - at < SHORT ? end - at - 2 : (ptrdiff_t)before_quote(at);
	if (digits < 1 || digits == SHORT || at[digits] != '"')
		return 0;
	at += digits;
	line = digits_number(at, (unsigned)digits);
	if (line == UINT64_MAX)
		return 0;
	r->file = f->file.id;
	r->line = line;
	*p = at;
	return 1;
}

static inline int
source(struct fast *f, struct slice t, struct record *r)
{
	struct known *k = &f->file;
	size_t len = source_split(t.s, t.len, &r->line);

	if (!is_known(k, t.s, len)) {
		uint32_t id = names_find_file(f->names, t.s, len);

		if (id == NAMES_NONE) {
			if (!quote_is_canonical(t.s, len))
				return 0;
			id = names_file_canonical(f->names, t.s, len);
		}
		k->id = id;
		k->text = names_file_text(f->names, id, &k->len);
	}
	r->file = k->id;
	return 1;
}

static inline int
basis(struct slice t, struct record *r)
{
	if (t.len == 7 && memcmp(t.s, "derived", 7) == 0)
		r->basis = RECORD_DERIVED;
	else if (t.len == 9 && memcmp(t.s, "estimated", 9) == 0)
		r->basis = RECORD_ESTIMATED;
	else
		return 0;
	return 1;
}

/* False at doubt; a vendor's id that is the machineId goes without saying. */
static int
vendor(struct fast *f, struct slice t, struct record *r)
{
	r->vendor = names_find_vendor(f->names, r->owner, t.s, t.len);
	if (r->vendor > 0)
		return 1;
	if (t.len == 0 || !quote_is_canonical(t.s, t.len))
		return 0;
	r->vendor = names_vendor_canonical(f->names, r->owner, t.s, t.len);
	return 1;
}

/* The owner whose canonical text this is. */
static int
owner(struct fast *f, struct slice prefix, const struct slice part[3],
    struct record *r)
{
	uint32_t id = names_find_owner(f->names, prefix.s, prefix.len);

	if (id == NAMES_NONE) {
		for (int i = 0; i < 3; i++)
			if (part[i].len == 0 ||
			    !quote_is_canonical(part[i].s, part[i].len))
				return 0;
		id = names_owner_canonical(f->names, prefix.s, prefix.len);
	}
	r->owner = id;
	return 1;
}

/* Read a canonical line's owner that is not the one we guessed. */
static int
other_owner(struct fast *f, const char **p, const char *end, struct record *r)
{
	struct slice part[3], prefix = { *p, 0 };

	if (!PASS(p, end, COMPANY) || !text(p, end, &part[0]) ||
	    !PASS(p, end, PROJECT) || !text(p, end, &part[1]) ||
	    !PASS(p, end, MACHINE) || !text(p, end, &part[2]) ||
	    !PASS(p, end, START))
		return 0;
	prefix.len = (size_t)(*p - prefix.s);
	return owner(f, prefix, part, r);
}

/* What may come last: most lines have ended by now. */
static int
canonical_vendor(
    struct fast *f, const char *p, const char *end, struct record *r)
{
	struct slice t;

	return PASS(&p, end, VENDOR) && text(&p, end, &t) && vendor(f, t, r) &&
	       r->vendor > 0 && end - p == 2 && p[1] == '}';
}

int
fast_canonical(struct fast *f, const char *line, size_t len, struct record *r)
{
	const char *p = line, *end = line + len;
	struct slice t;

	if (f->owner.len > 0 && pass(&p, end, f->owner.text, f->owner.len))
		r->owner = f->owner.id;
	else if (!other_owner(f, &p, end, r))
		return 0;
	met(f, r->owner);
	if (end - p < TIME || instant_read_utc(p, &r->start) != 0)
		return 0;
	p += TIME;
	if (!PASS(&p, end, END) || end - p < TIME ||
	    instant_read_utc(p, &r->end) != 0)
		return 0;
	p += TIME;
	if (!PASS(&p, end, STATE) || !text(&p, end, &t) || !state(f, t, end, r))
		return 0;
	p++;
	r->file = NAMES_NONE;
	r->line = 0;
	r->basis = RECORD_STATED;
	r->flags = 0;
	r->vendor = 0;
	if (PASS(&p, end, SOURCE)) {
		if (!known_source(f, &p, end, r) &&
		    (!text(&p, end, &t) || !source(f, t, r)))
			return 0;
		p++;
	}
	if (PASS(&p, end, BASIS)) {
		if (!text(&p, end, &t) || !basis(t, r))
			return 0;
		p++;
	}
	if (end - p == 1)
		return *p == '}';
	return canonical_vendor(f, p, end, r);
}

static void
blanks(const char **p, const char *end)
{
	while (*p < end && (**p == ' ' || **p == '\t' || **p == '\r'))
		(*p)++;
}

static const struct slice keys[] = {
	{ "companyId", 9 },
	{ "projectId", 9 },
	{ "machineId", 9 },
	{ "startTime", 9 },
	{ "endTime", 7 },
	{ "state", 5 },
	{ "source", 6 },
	{ "basis", 5 },
	{ "vendorId", 8 },
};

#define KEYS (sizeof keys / sizeof keys[0])

/* One member, into the place of its key. */
static int
member(const char **p, const char *end, struct slice value[KEYS])
{
	struct slice key;
	size_t k = 0;

	blanks(p, end);
	if (!PASS(p, end, "\"") || !text(p, end, &key))
		return 0;
	while (k < KEYS && (keys[k].len != key.len ||
			       memcmp(keys[k].s, key.s, key.len) != 0))
		k++;
	if (k == KEYS || value[k].s != NULL)
		return 0;
	(*p)++;
	blanks(p, end);
	if (!PASS(p, end, ":"))
		return 0;
	blanks(p, end);
	if (!PASS(p, end, "\"") || !text(p, end, &value[k]))
		return 0;
	(*p)++;
	blanks(p, end);
	return 1;
}

static int
members(const char *p, const char *end, struct slice value[KEYS])
{
	blanks(&p, end);
	if (!PASS(&p, end, "{"))
		return 0;
	do
		if (!member(&p, end, value))
			return 0;
	while (PASS(&p, end, ","));
	if (!PASS(&p, end, "}"))
		return 0;
	blanks(&p, end);
	return p == end;
}

static int
instant(struct slice t, int64_t *seconds)
{
	return t.s != NULL && t.len == TIME &&
	       instant_read_utc(t.s, seconds) == 0;
}

int
fast_loose(struct fast *f, const char *line, size_t len, struct record *r)
{
	struct slice v[KEYS] = { { NULL, 0 } }, prefix;
	struct buf *b = &f->prefix;

	if (!members(line, line + len, v) || v[0].s == NULL || v[1].s == NULL ||
	    v[2].s == NULL || !instant(v[3], &r->start) ||
	    !instant(v[4], &r->end) || v[5].s == NULL)
		return 0;
	buf_clear(b);
	buf_put(b, COMPANY, sizeof COMPANY - 1);
	buf_put(b, v[0].s, v[0].len);
	buf_put(b, PROJECT, sizeof PROJECT - 1);
	buf_put(b, v[1].s, v[1].len);
	buf_put(b, MACHINE, sizeof MACHINE - 1);
	buf_put(b, v[2].s, v[2].len);
	buf_put(b, START, sizeof START - 1);
	prefix = (struct slice){ b->data, b->len };
	r->file = NAMES_NONE;
	r->line = 0;
	r->basis = RECORD_STATED;
	r->flags = 0;
	r->vendor = 0;
	if (is_known(&f->owner, prefix.s, prefix.len))
		r->owner = f->owner.id;
	else if (!owner(f, prefix, v, r))
		return 0;
	met(f, r->owner);
	return state(f, v[5], line + len, r) &&
	       (v[6].s == NULL || source(f, v[6], r)) &&
	       (v[7].s == NULL || basis(v[7], r)) &&
	       (v[8].s == NULL || vendor(f, v[8], r));
}

void
fast_remember(struct fast *f, const struct record *r)
{
	met(f, r->owner);
}

void
fast_free(struct fast *f)
{
	if (f == NULL)
		return;
	buf_free(&f->prefix);
	free(f->next);
	free(f);
}
