/* roster.c - the machines that files speak of, and a machine table to fill in.
 */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/intern.h"
#include "base/lookalike.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/roster.h"

struct machine {
	uint64_t rows;
	int64_t first, last; /* ms, or INSTANT_NONE */
	char *make, *serial;
};

struct roster {
	struct intern *ids;
	struct machine *machine;
	uint32_t room;
};

struct roster *
roster_new(void)
{
	struct roster *r = xcalloc(1, sizeof *r);

	r->ids = intern_new();
	return r;
}

static struct machine *
machine_of(struct roster *r, const char *id, size_t len)
{
	uint32_t before = intern_count(r->ids), n = intern_id(r->ids, id, len);

	if (n == r->room) {
		r->room = r->room > 0 ? r->room * 2 : 64;
		r->machine =
		    xreallocarray(r->machine, r->room, sizeof *r->machine);
	}
	if (n == before)
		r->machine[n] = (struct machine){ .first = INSTANT_NONE,
			.last = INSTANT_NONE };
	return &r->machine[n];
}

void
roster_add(struct roster *r, const char *id, size_t len)
{
	(void)machine_of(r, id, len);
}

void
roster_row(
    struct roster *r, const char *id, size_t len, int64_t first, int64_t last)
{
	struct machine *m = machine_of(r, id, len);

	m->rows++;
	if (first != INSTANT_NONE &&
	    (m->first == INSTANT_NONE || first < m->first))
		m->first = first;
	if (last != INSTANT_NONE && (m->last == INSTANT_NONE || last > m->last))
		m->last = last;
}

void
roster_describe(struct roster *r, const char *id, size_t len, const char *make,
    const char *serial)
{
	struct machine *m = machine_of(r, id, len);

	if (m->make == NULL && make != NULL)
		m->make = xstrdup(make);
	if (m->serial == NULL && serial != NULL)
		m->serial = xstrdup(serial);
}

static int
by_id(const void *a, const void *b, void *ids)
{
	size_t len;

	return strcmp(intern_text(ids, *(const uint32_t *)a, &len),
	    intern_text(ids, *(const uint32_t *)b, &len));
}

/* Put ${s} as a cell of the table. */
static void
put_cell(struct buf *to, const char *s)
{
	size_t len = strlen(s);

	if (strpbrk(s, ",;\"\r\n") == NULL &&
	    (len == 0 || (s[0] != ' ' && s[len - 1] != ' '))) {
		buf_puts(to, s);
		return;
	}
	buf_putc(to, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			buf_putc(to, '"');
		buf_putc(to, *s);
	}
	buf_putc(to, '"');
}

static void
put_comment(struct buf *to, const struct machine *m, const char *like)
{
	char first[INSTANT_TEXT], last[INSTANT_TEXT];

	buf_printf(to, "# %" PRIu64 " row%s", m->rows, m->rows == 1 ? "" : "s");
	if (m->first != INSTANT_NONE)
		buf_printf(to, ", %s to %s",
		    instant_text(first, instant_floor(m->first)),
		    instant_text(last, instant_floor(m->last)));
	else if (m->rows > 0)
		buf_puts(to, ", of which no time can be read");
	if (m->make != NULL) {
		buf_puts(to, "; make ");
		buf_safe(to, m->make);
	}
	if (m->serial != NULL) {
		buf_puts(to, "; serial ");
		buf_safe(to, m->serial);
	}
	if (like != NULL) {
		buf_puts(to, "; looks like ");
		buf_safe(to, like);
	}
	buf_putc(to, '\n');
}

/* A machine's comment and row. */
static void
put_machine(struct buf *to, const char *id, const struct machine *m,
    const char *like, const char *company, const char *project)
{
	struct buf cell = { 0 };

	put_comment(to, m, like);
	/* Else it would be a comment. */
	if (id[0] == '#' || (id[0] == '\\' && (id[1] == '#' || id[1] == '\\')))
		buf_putc(&cell, '\\');
	buf_puts(&cell, id);
	put_cell(to, buf_text(&cell));
	buf_free(&cell);
	buf_puts(to, ",,");
	put_cell(to, company != NULL ? company : "");
	buf_putc(to, ',');
	put_cell(to, project != NULL ? project : "");
	buf_putc(to, '\n');
}

void
roster_write(const struct roster *r, struct out *out, struct assign *table,
    const char *company, const char *project)
{
	uint32_t n = intern_count(r->ids), known = 0;
	uint32_t *order = xreallocarray(NULL, n, sizeof *order);
	struct lookalike *seen = lookalike_new();
	struct buf text = { 0 };
	size_t len;

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 0)
		qsort_r(order, n, sizeof *order, by_id, r->ids);
	buf_puts(&text, "sourceId,machineId,companyId,projectId\n");
	for (uint32_t i = 0; i < n; i++) {
		const char *id = intern_text(r->ids, order[i], &len);
		const char *like = lookalike_find(seen, id, len);

		lookalike_add(seen, id, len);
		if (table != NULL && assign_knows(table, id, len)) {
			known++;
			continue;
		}
		if (like == NULL && table != NULL)
			like = assign_near(table, id, len);
		put_machine(
		    &text, id, &r->machine[order[i]], like, company, project);
		out_put(out, text.data, text.len);
		buf_clear(&text);
	}
	out_put(out, buf_text(&text), text.len);
	msg_info(
	    "%" PRIu32 " machines, %" PRIu32 " of them in the table", n, known);
	lookalike_free(seen);
	buf_free(&text);
	free(order);
}

void
roster_free(struct roster *r)
{
	if (r == NULL)
		return;
	for (uint32_t i = 0; i < intern_count(r->ids); i++) {
		free(r->machine[i].make);
		free(r->machine[i].serial);
	}
	free(r->machine);
	intern_free(r->ids);
	free(r);
}
