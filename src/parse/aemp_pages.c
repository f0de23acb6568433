/* aemp_pages.c - the pages of a feed: which name each other, which miss. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/instant.h"
#include "base/intern.h"
#include "base/xalloc.h"
#include "parse/aemp_pages.h"
#include "parse/aemp_value.h"

#define NONE UINT32_MAX

/* A link names a page as one of these. */
enum role { SELF, NEXT, PREVIOUS, FIRST, ROLES };

struct page {
	int64_t made; /* ms, or INSTANT_NONE */
	uint32_t file;
	uint32_t address[ROLES]; /* or NONE */
	uint64_t line, link_line[ROLES];
};

/* ${page} is at the address, or says who is. */
struct tie {
	uint32_t address, page;
	int64_t made; /* of the page */
	enum role role;
};

struct aemp_pages {
	struct names *names;
	struct reject *reject;
	struct intern *addresses;
	struct page *page;
	uint32_t count, room;
	/* Pages with links, but not to themselves: any may be the one that
	 * is looked for. */
	uint64_t nameless;
	struct problem problem;
	struct buf file;
};

struct aemp_pages *
aemp_pages_new(struct names *names, struct reject *reject)
{
	struct aemp_pages *p = xcalloc(1, sizeof *p);

	p->names = names;
	p->reject = reject;
	p->addresses = intern_new();
	return p;
}

uint32_t
aemp_pages_add(struct aemp_pages *p, uint32_t file, uint64_t line)
{
	if (p->count == p->room) {
		p->room = p->room > 0 ? p->room * 2 : 64;
		p->page = xreallocarray(p->page, p->room, sizeof *p->page);
	}
	p->page[p->count] = (struct page){ .made = INSTANT_NONE,
		.file = file,
		.address = { NONE, NONE, NONE, NONE },
		.line = line };
	return p->count++;
}

void
aemp_pages_made(struct aemp_pages *p, uint32_t page, int64_t ms)
{
	p->page[page].made = ms;
}

int64_t
aemp_pages_time(const struct aemp_pages *p, uint32_t page)
{
	return p->page[page].made;
}

uint32_t
aemp_pages_file(const struct aemp_pages *p, uint32_t page)
{
	return p->page[page].file;
}

void
aemp_pages_link(struct aemp_pages *p, uint32_t page, const char *rel,
    const char *address, uint64_t line)
{
	static const struct {
		const char *rel;
		enum role role;
	} rels[] = {
		{ "self", SELF },
		{ "current", SELF }, /* Cartrack */
		{ "next", NEXT },
		{ "prev", PREVIOUS },
		{ "previous", PREVIOUS },
		{ "first", FIRST },
	};
	char *plain;

	for (size_t i = 0; i < sizeof rels / sizeof rels[0]; i++) {
		enum role role = rels[i].role;

		if (strcasecmp(rels[i].rel, rel) != 0 ||
		    p->page[page].address[role] != NONE)
			continue;
		plain = aemp_value_plain(address);
		if (*plain != '\0')
			p->page[page].address[role] =
			    intern_id(p->addresses, plain, strlen(plain));
		p->page[page].link_line[role] = line;
		free(plain);
	}
}

int
aemp_pages_compare(const struct aemp_pages *p, uint32_t a, uint32_t b)
{
	const struct page *x = &p->page[a], *y = &p->page[b];
	size_t len;
	int order = strcmp(names_file_text(p->names, x->file, &len),
	    names_file_text(p->names, y->file, &len));

	if (order != 0)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int
by_address(const void *a, const void *b, void *context)
{
	const struct tie *x = a, *y = b;

#define BY(member)                                                             \
	if (x->member != y->member)                                            \
	return x->member < y->member ? -1 : 1
	BY(address);
	BY(made);
	BY(role);
#undef BY
	return aemp_pages_compare(context, x->page, y->page);
}

static struct buf *
finding(struct aemp_pages *p, const char *code, enum severity severity,
    uint32_t page, enum role role)
{
	buf_clear(&p->file);
	names_put_file(p->names, p->page[page].file, &p->file);
	problem_set(&p->problem, code, severity, buf_text(&p->file),
	    p->page[page].link_line[role], 0);
	return &p->problem.text;
}

static const char *
address_text(const struct aemp_pages *p, uint32_t address)
{
	size_t len;

	return intern_text(p->addresses, address, &len);
}

static void
say_loop(struct aemp_pages *p, uint32_t page)
{
	buf_printf(finding(p, "page-loop", SEVERITY_NOTE, page, NEXT),
	    "the link to the next page names this page, '%.200s': who follows "
	    "it never comes to an end",
	    address_text(p, p->page[page].address[NEXT]));
	reject_finding(p->reject, &p->problem);
}

/* Whether a page's link tells of a page: another one, and none before the
 * first. */
static int
is_told(const uint32_t address[ROLES], int role)
{
	if (address[role] == NONE || role == SELF)
		return address[role] != NONE;
	return address[role] != address[SELF] &&
	       (role != PREVIOUS || address[FIRST] == NONE ||
		   address[FIRST] != address[SELF]);
}

/* What the pages say of each other, sorted.  The caller frees. */
static struct tie *
ties_of(struct aemp_pages *p, size_t *count)
{
	struct tie *tie =
	    xreallocarray(NULL, (size_t)p->count * ROLES + 1, sizeof *tie);
	size_t n = 0;

	for (uint32_t i = 0; i < p->count; i++) {
		const uint32_t *address = p->page[i].address;

		if (address[NEXT] != NONE && address[NEXT] == address[SELF])
			say_loop(p, i);
		if (address[SELF] == NONE &&
		    (address[NEXT] != NONE || address[PREVIOUS] != NONE))
			p->nameless++;
		for (int role = SELF; role < FIRST; role++)
			if (is_told(address, role))
				tie[n++] = (struct tie){ address[role], i,
					p->page[i].made, (enum role)role };
	}
	if (n > 0)
		qsort_r(tie, n, sizeof *tie, by_address, p);
	*count = n;
	return tie;
}

/* Whether it is page 0, of page 1: some begin to count with 0, and some with 1
 * and link to 0 all the same. */
static int
is_perhaps_none(const struct aemp_pages *p, const struct tie *t)
{
	const char *self, *previous = address_text(p, t->address);
	size_t len = strlen(previous);

	if (t->role != PREVIOUS || p->page[t->page].address[SELF] == NONE)
		return 0;
	self = address_text(p, p->page[t->page].address[SELF]);
	return len > 1 && strlen(self) == len &&
	       strncmp(self, previous, len - 1) == 0 &&
	       strcmp(previous + len - 2, "/0") == 0 && self[len - 1] == '1';
}

static void
say_missing(struct aemp_pages *p, const struct tie *t)
{
	int perhaps = is_perhaps_none(p, t);

	if (p->nameless > 0) {
		p->nameless--;
		return;
	}
	buf_printf(
	    finding(p, "missing-page",
		perhaps ? SEVERITY_WARNING : SEVERITY_ERROR, t->page, t->role),
	    "the %s page, '%.200s', is in none of the files; %s",
	    t->role == NEXT ? "next" : "previous", address_text(p, t->address),
	    perhaps ? "where pages are counted from 1 there is none, else its "
		      "machines or readings are missing"
		    : "its machines or readings are missing");
	reject_finding(p->reject, &p->problem);
}

static void
say_mixed(struct aemp_pages *p, const struct tie *t)
{
	if (t->role != NEXT)
		return; /* the other one has said it */
	buf_printf(finding(p, "mixed-snapshots", SEVERITY_NOTE, t->page, NEXT),
	    "the next page, '%.200s', was made at another time than this one: "
	    "a machine may stand on both, or on neither",
	    address_text(p, t->address));
	reject_finding(p->reject, &p->problem);
}

/* How many of ${count} ties of one address and time have the role.  Where the
 * time is said, one page that was given twice is one. */
static size_t
count_role(const struct tie *t, size_t count, enum role role)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += t[i].role == role;
	return n > 1 && t->made != INSTANT_NONE ? 1 : n;
}

/* The ties from ${t} on with its address, and with its time if asked. */
static size_t
alike(const struct tie *t, size_t count, int and_time)
{
	size_t n = 1;

	while (n < count && t[n].address == t->address &&
	       (!and_time || t[n].made == t->made))
		n++;
	return n;
}

/* How many that are named find no page of their time, and how many pages of
 * the address are left then. */
struct balance {
	size_t wanted, spare;
};

static struct balance
balance_of(const struct tie *t, size_t count, enum role role)
{
	struct balance b = { 0, 0 };
	size_t n, named, there;

	for (; count > 0; t += n, count -= n) {
		n = alike(t, count, 1);
		named = count_role(t, n, role);
		there = count_role(t, n, SELF);
		if (named > there)
			b.wanted += named - there;
		else
			b.spare += there - named;
	}
	return b;
}

/* Name what was wanted: as long as there are pages of other times, one of
 * these is meant. */
static void
say_wanted(
    struct aemp_pages *p, const struct tie *t, size_t count, enum role role)
{
	size_t spare = balance_of(t, count, role).spare, n, there, named;

	for (; count > 0; t += n, count -= n) {
		n = alike(t, count, 1);
		there = count_role(t, n, SELF);
		named = count_role(t, n, role);
		for (size_t i = 0; named > 0; i++) {
			if (t[i].role != role)
				continue;
			named--;
			if (there > 0) {
				there--;
			} else if (spare > 0) {
				spare--;
				say_mixed(p, &t[i]);
			} else {
				say_missing(p, &t[i]);
			}
		}
	}
}

void
aemp_pages_check(struct aemp_pages *p)
{
	size_t count, n;
	struct tie *tie = ties_of(p, &count);

	for (size_t i = 0; i < count; i += n) {
		struct balance next, previous;

		n = alike(&tie[i], count - i, 0);
		next = balance_of(&tie[i], n, NEXT);
		previous = balance_of(&tie[i], n, PREVIOUS);
		/* Most pages are named by both neighbours; once is enough. */
		say_wanted(p, &tie[i], n,
		    next.wanted >= previous.wanted ? NEXT : PREVIOUS);
	}
	free(tie);
}

void
aemp_pages_free(struct aemp_pages *p)
{
	if (p == NULL)
		return;
	intern_free(p->addresses);
	free(p->page);
	problem_free(&p->problem);
	buf_free(&p->file);
	free(p);
}
