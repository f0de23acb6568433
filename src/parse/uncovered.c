/* uncovered.c - what a table does not cover, counted by the vendor's id. */

#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/uncovered.h"

/* Ids worth a line in the summary. */
#define SHOWN 20

struct count {
	uint64_t periods;
	int64_t seconds;
};

struct uncovered {
	struct intern *ids;
	struct count *count;
	uint32_t room;
};

struct uncovered *
uncovered_new(void)
{
	struct uncovered *u = xcalloc(1, sizeof *u);

	u->ids = intern_new();
	return u;
}

void
uncovered_add(struct uncovered *u, const char *id, size_t len, int64_t seconds)
{
	uint32_t before = intern_count(u->ids), n = intern_id(u->ids, id, len);

	if (n == u->room) {
		u->room = u->room > 0 ? u->room * 2 : 64;
		u->count = xreallocarray(u->count, u->room, sizeof *u->count);
	}
	if (n == before)
		u->count[n] = (struct count){ 0, 0 };
	u->count[n].periods++;
	u->count[n].seconds += seconds;
}

static int
by_seconds(const void *a, const void *b, void *count)
{
	const struct count *c = count;
	int64_t x = c[*(const uint32_t *)a].seconds;
	int64_t y = c[*(const uint32_t *)b].seconds;

	return x > y ? -1 : x < y;
}

static void
report(const char *id, size_t len, const struct count *c, const char *what,
    struct assign *table)
{
	const char *near =
	    assign_knows(table, id, len) ? NULL : assign_near(table, id, len);
	char hours[DURATION_TEXT];
	struct buf text = { 0 };

	if (near != NULL)
		buf_printf(&text, "; is '%s' of the table meant?", near);
	msg_info("unassigned %s '%s': %" PRIu64 " periods, %s h%s", what, id,
	    c->periods, duration_hours(hours, c->seconds), buf_text(&text));
	buf_free(&text);
}

void
uncovered_report(
    const struct uncovered *u, const char *what, struct assign *table)
{
	uint32_t n = intern_count(u->ids);
	uint32_t *order = xreallocarray(NULL, n, sizeof *order);
	size_t len;

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 0)
		qsort_r(order, n, sizeof *order, by_seconds, u->count);
	for (uint32_t i = 0; i < n && i < SHOWN; i++) {
		const char *id = intern_text(u->ids, order[i], &len);

		report(id, len, &u->count[order[i]], what, table);
	}
	if (n > SHOWN)
		msg_info(
		    "and %" PRIu32 " more unassigned %ss", n - SHOWN, what);
	free(order);
}

void
uncovered_free(struct uncovered *u)
{
	if (u == NULL)
		return;
	intern_free(u->ids);
	free(u->count);
	free(u);
}
