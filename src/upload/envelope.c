/* envelope.c - a batch as ditio-split writes it, read. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "record/quote.h"
#include "record/source.h"
#include "upload/envelope.h"

/* What is still to be read. */
struct cursor {
	const char *start, *s, *end;
};

/* Take the text ${want}. */
static int
take(struct cursor *c, const char *want)
{
	size_t len = strlen(want);

	if ((size_t)(c->end - c->s) < len || memcmp(c->s, want, len) != 0)
		return -1;
	c->s += len;
	return 0;
}

/* Ids are texts that end in NUL further on: none may hold one. */
static int
has_nul(const char *s, size_t len)
{
	return memchr(s, '\\', len) != NULL &&
	       memmem(s, len, "\\u0000", 6) != NULL;
}

/* Take a canonical string up to and with its closing quote. */
static int
take_string(struct cursor *c, const char **s, size_t *len)
{
	const char *q = c->s;

	while ((q = memchr(q, '"', (size_t)(c->end - q))) != NULL) {
		const char *back = q;

		while (back > c->s && back[-1] == '\\')
			back--;
		if ((q - back) % 2 == 0)
			break;
		q++;
	}
	if (q == NULL || !quote_is_canonical(c->s, (size_t)(q - c->s)) ||
	    has_nul(c->s, (size_t)(q - c->s)))
		return -1;
	*s = c->s;
	*len = (size_t)(q - c->s);
	c->s = q + 1;
	return 0;
}

/* Take a whole number. */
static int
take_number(struct cursor *c, uint64_t *n)
{
	const char *s = c->s;

	*n = 0;
	while (c->s < c->end && *c->s >= '0' && *c->s <= '9') {
		if (*n > UINT64_MAX / 10 - 1)
			return -1;
		*n = *n * 10 + (uint64_t)(*c->s++ - '0');
	}
	return c->s > s ? 0 : -1;
}

/* Take an instant and its closing quote. */
static int
take_time(struct cursor *c, int64_t *t)
{
	if (c->end - c->s < INSTANT_TEXT || instant_read_utc(c->s, t) != 0 ||
	    c->s[INSTANT_TEXT - 1] != '"')
		return -1;
	c->s += INSTANT_TEXT;
	return 0;
}

/* Take a key and the string that is its value, into ${to}. */
static int
take_member(struct cursor *c, const char *key, struct buf *to)
{
	const char *s;
	size_t len;

	if (take(c, key) != 0 || take_string(c, &s, &len) != 0)
		return -1;
	buf_clear(to);
	buf_put(to, s, len);
	return 0;
}

static int
take_id(struct cursor *c, char id[DIGEST_TEXT])
{
	const char *s;
	size_t len;

	if (take_string(c, &s, &len) != 0 || len != DIGEST_TEXT - 1)
		return -1;
	memcpy(id, s, len);
	id[len] = '\0';
	return 0;
}

/* All before the lists. */
static int
take_head(struct envelope *e, struct cursor *c)
{
	uint64_t n;
	int64_t time;

	if (take(c, "{\"ditioBatch\":1,\"id\":\"") != 0 ||
	    take_id(c, e->id) != 0 ||
	    take_member(c, ",\"companyId\":\"", &e->company) != 0 ||
	    take_member(c, ",\"projectId\":\"", &e->project) != 0 ||
	    take(c, ",\"order\":\"") != 0)
		return -1;
	if (take(c, "end\"") == 0)
		e->order = "end";
	else if (take(c, "start\"") == 0)
		e->order = "start";
	else
		return -1;
	if ((e->tied = take(c, ",\"tied\":true") == 0) == 0 &&
	    take(c, ",\"tied\":false") != 0)
		return -1;
	if (take(c, ",\"records\":") != 0 || take_number(c, &n) != 0 ||
	    n == 0 || n > ENVELOPE_MAX || take(c, ",\"firstStart\":\"") != 0 ||
	    take_time(c, &time) != 0 || take(c, ",\"lastEnd\":\"") != 0 ||
	    take_time(c, &time) != 0)
		return -1;
	e->n = (size_t)n;
	if (e->n > e->room) {
		e->records =
		    xreallocarray(e->records, e->n, sizeof *e->records);
		e->room = e->n;
	}
	return 0;
}

static int
take_sources(struct envelope *e, struct names *names, struct cursor *c)
{
	if (take(c, ",\"sources\":[") != 0)
		return -1;
	for (size_t i = 0; i < e->n; i++) {
		struct record *r = &e->records[i].r;
		const char *s;
		size_t len, file;

		if (take(c, i > 0 ? ",\"" : "\"") != 0 ||
		    take_string(c, &s, &len) != 0)
			return -1;
		*r = (struct record){ .file = NAMES_NONE };
		file = source_split(s, len, &r->line);
		if (len > 0)
			r->file = names_file_canonical(names, s, file);
	}
	return take(c, "]");
}

static int
take_basis(struct envelope *e, struct cursor *c)
{
	if (take(c, ",\"basis\":[") != 0)
		return -1;
	for (size_t i = 0; i < e->n; i++) {
		struct record *r = &e->records[i].r;

		if (i > 0 && take(c, ",") != 0)
			return -1;
		if (take(c, "\"stated\"") == 0)
			r->basis = RECORD_STATED;
		else if (take(c, "\"derived\"") == 0)
			r->basis = RECORD_DERIVED;
		else if (take(c, "\"estimated\"") == 0)
			r->basis = RECORD_ESTIMATED;
		else
			return -1;
	}
	return take(c, "]");
}

/* They wait for their owners, which the body names. */
static int
take_vendors(struct envelope *e, struct cursor *c)
{
	e->has_vendors = take(c, ",\"vendorIds\":[") == 0;
	if (!e->has_vendors)
		return 0;
	for (size_t i = 0; i < e->n; i++) {
		struct envelope_record *x = &e->records[i];

		if (take(c, i > 0 ? ",\"" : "\"") != 0 ||
		    take_string(c, &x->vendor, &x->vendor_len) != 0)
			return -1;
	}
	return take(c, "]");
}

static int
take_lists(struct envelope *e, struct names *names, struct cursor *c)
{
	return take_sources(e, names, c) == 0 && take_basis(e, c) == 0 &&
		       take_vendors(e, c) == 0
		   ? 0
		   : -1;
}

/* True if ${b} holds exactly these bytes. */
static int
same(const struct buf *b, const char *s, size_t len)
{
	return b->len == len && (len == 0 || memcmp(b->data, s, len) == 0);
}

static int
take_record(struct envelope *e, struct names *names, struct cursor *c,
    struct envelope_record *x)
{
	const char *company, *project, *machine, *state, *from = c->s;
	size_t company_len, project_len, machine_len, state_len;

	if (take(c, "{\"companyId\":\"") != 0 ||
	    take_string(c, &company, &company_len) != 0 ||
	    take(c, ",\"projectId\":\"") != 0 ||
	    take_string(c, &project, &project_len) != 0 ||
	    take(c, ",\"machineId\":\"") != 0 ||
	    take_string(c, &machine, &machine_len) != 0 ||
	    take(c, ",\"startTime\":\"") != 0)
		return -1;
	if (!same(&e->company, company, company_len) ||
	    !same(&e->project, project, project_len))
		return -1;
	x->at = (size_t)(c->s - from);
	x->r.owner = names_owner_canonical(names, from, x->at);
	if (take_time(c, &x->r.start) != 0 || take(c, ",\"endTime\":\"") != 0 ||
	    take_time(c, &x->r.end) != 0 || take(c, ",\"state\":\"") != 0 ||
	    take_string(c, &state, &state_len) != 0 || take(c, "}") != 0)
		return -1;
	x->r.state = names_state_canonical(names, state, state_len);
	if (e->has_vendors && x->vendor_len > 0)
		x->r.vendor = names_vendor_canonical(
		    names, x->r.owner, x->vendor, x->vendor_len);
	x->text = from;
	x->len = (size_t)(c->s - from);
	x->drop = x->shorter = 0;
	return 0;
}

static int
take_body(struct envelope *e, struct names *names, struct cursor *c)
{
	e->body = c->s;
	if (take(c, "[") != 0)
		return -1;
	for (size_t i = 0; i < e->n; i++)
		if ((i > 0 && take(c, ",") != 0) ||
		    take_record(e, names, c, &e->records[i]) != 0)
			return -1;
	if (take(c, "]") != 0)
		return -1;
	e->body_len = (size_t)(c->s - e->body);
	return 0;
}

static int
bad(struct problem *p, const struct cursor *c, const char *what)
{
	problem_set(p, "bad-envelope", SEVERITY_ERROR, NULL, 0,
	    (uint64_t)(c->s - c->start) + 1);
	buf_puts(&p->text, what);
	return -1;
}

static int
check_id(const struct envelope *e, struct problem *p)
{
	char id[DIGEST_TEXT];

	digest_of(e->body, e->body_len, id);
	if (strcmp(id, e->id) == 0)
		return 0;
	problem_set(p, "bad-id", SEVERITY_ERROR, NULL, 0, 0);
	buf_printf(&p->text,
	    "batch %.12s is damaged: its body's SHA-256 is %s; split the "
	    "records again",
	    e->id, id);
	return -1;
}

int
envelope_read(struct envelope *e, struct names *names, const char *line,
    size_t len, struct problem *p)
{
	struct cursor c = { line, line, line + len };

	if (take_head(e, &c) != 0 || take_lists(e, names, &c) != 0 ||
	    take(&c, ",\"body\":") != 0 || take_body(e, names, &c) != 0 ||
	    take(&c, "}") != 0 || c.s != c.end)
		return bad(p, &c,
		    "not a batch as ditio-split writes it; pipe its output "
		    "here unchanged");
	return check_id(e, p);
}

int
envelope_read_pair(struct envelope *e, struct names *names, const char *meta,
    size_t meta_len, const char *body, size_t body_len, struct problem *p)
{
	struct cursor m = { meta, meta, meta + meta_len };
	struct cursor b = { body, body, body + body_len };

	if (take_head(e, &m) != 0 || take_lists(e, names, &m) != 0 ||
	    take(&m, "}") != 0 ||
	    (m.s != m.end && (take(&m, "\n") != 0 || m.s != m.end)))
		return bad(p, &m,
		    "the file beside it (.meta.json) is not what "
		    "ditio-split writes");
	e->body = body;
	e->body_len = body_len;
	if (check_id(e, p) != 0)
		return -1;
	if (take_body(e, names, &b) != 0 || b.s != b.end)
		return bad(p, &b, "not a batch as ditio-split writes it");
	return 0;
}

/* The time that ${e} is in order of, of its record ${i}. */
static int64_t
order_time(const struct envelope *e, size_t i)
{
	return strcmp(e->order, "start") == 0 ? e->records[i].r.start
					      : e->records[i].r.end;
}

size_t
envelope_middle(const struct envelope *e)
{
	size_t middle = e->n / 2;

	for (size_t far = 0; far < middle; far++) {
		size_t up = middle + far, down = middle - far;

		if (order_time(e, down - 1) < order_time(e, down))
			return down;
		if (up < e->n && order_time(e, up - 1) < order_time(e, up))
			return up;
	}
	return middle;
}

void
envelope_free(struct envelope *e)
{
	if (e == NULL)
		return;
	buf_free(&e->company);
	buf_free(&e->project);
	free(e->records);
	*e = (struct envelope){ 0 };
}
