/* sent.c - delivered periods summed by machine, day, state, source. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/intern.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "upload/sent.h"

#define DAY INT64_C(86400)

enum key {
	COMPANY,
	PROJECT,
	MACHINE,
	VENDOR,
	DAYS,
	STATE,
	SOURCE,
	SHA256,
	BATCH,
	KEYS
};

static const char *const key_words[KEYS] = {
	[COMPANY] = "company",
	[PROJECT] = "project",
	[MACHINE] = "machine",
	[VENDOR] = "vendor",
	[DAYS] = "day",
	[STATE] = "state",
	[SOURCE] = "source",
	[SHA256] = "sha256",
	[BATCH] = "batch",
};

/* Rows are known by their texts, each ended by a NUL; a source is two texts,
 * so that its lines sort as numbers. */
struct sent {
	const struct zone *zone;
	enum key by[KEYS];
	size_t columns;
	struct intern *texts;
	struct sent_row *rows; /* by number of the text */
	size_t room;
	uint32_t *sorted; /* numbers by rank */
	struct sent_row total;
	struct buf text;
};

static int
add_key(struct sent *s, const char *word, size_t len)
{
	size_t k = 0;

	while (k < KEYS && (strlen(key_words[k]) != len ||
			       memcmp(key_words[k], word, len) != 0))
		k++;
	for (size_t i = 0; i < s->columns; i++)
		if (s->by[i] == k)
			k = KEYS;
	if (k == KEYS)
		return -1;
	s->by[s->columns++] = (enum key)k;
	return 0;
}

struct sent *
sent_new(const char *by, const struct zone *zone)
{
	struct sent *s = xcalloc(1, sizeof *s);
	int bad = 0;

	s->zone = zone;
	s->texts = intern_new();
	for (const char *word = by; !bad;) {
		size_t len = strcspn(word, ",");

		bad = add_key(s, word, len) != 0;
		if (word[len] == '\0')
			break;
		word += len + 1;
	}
	if (!bad)
		return s;
	msg_warn("--by: of company,project,machine,vendor,day,state,source,"
		 "sha256,batch, each once, not %s",
	    by);
	sent_free(s);
	return NULL;
}

int64_t
sent_day(const struct zone *zone, int64_t day)
{
	int64_t earlier, later;

	/* A midnight that was skipped: the day begins with the change. */
	return zone_instant(zone, day * DAY, &earlier, &later) == ZONE_GAP
		   ? later
		   : earlier;
}

static int64_t
day_of(const struct sent *s, int64_t t)
{
	int64_t local = t + zone_offset(s->zone, t);

	return local / DAY - (local % DAY < 0);
}

static void
put_key(struct sent *s, enum key key, const struct ledger_words *w,
    const char *batch, int64_t day)
{
	char date[INSTANT_TEXT];
	struct buf *to = &s->text;

	switch (key) {
	case COMPANY:
		buf_puts(to, w->company);
		break;
	case PROJECT:
		buf_puts(to, w->project);
		break;
	case MACHINE:
		buf_puts(to, w->machine);
		break;
	case VENDOR:
		buf_puts(to, w->vendor);
		break;
	case DAYS:
		buf_put(to, instant_text(date, day * DAY), 10);
		break;
	case STATE:
		buf_puts(to, w->state);
		break;
	case SOURCE:
		buf_puts(to, w->file != NULL ? w->file : "");
		buf_putc(to, '\0');
		if (w->line != LEDGER_NONE)
			buf_printf(to, "%020lld", (long long)w->line);
		break;
	case SHA256:
		buf_puts(to, w->sha256 != NULL ? w->sha256 : "");
		break;
	case BATCH:
		buf_puts(to, batch);
		break;
	case KEYS:
		break;
	}
	buf_putc(to, '\0');
}

/* Add a piece that lies in one day. */
static void
add_piece(struct sent *s, const struct ledger_words *w, const char *batch,
    int64_t day, int64_t seconds)
{
	uint32_t id;

	buf_clear(&s->text);
	for (size_t i = 0; i < s->columns; i++)
		put_key(s, s->by[i], w, batch, day);
	id = intern_id(s->texts, s->text.data, s->text.len);
	if (id >= s->room) {
		size_t more = s->room == 0 ? 256 : s->room * 2;

		s->rows = xreallocarray(s->rows, more, sizeof *s->rows);
		memset(
		    s->rows + s->room, 0, (more - s->room) * sizeof *s->rows);
		s->room = more;
	}
	s->rows[id].periods++;
	s->rows[id].seconds += seconds;
}

void
sent_add(struct sent *s, const struct ledger_words *w, const char *batch,
    int64_t from, int64_t until)
{
	int64_t start = w->start > from ? w->start : from;
	int64_t end = w->end < until ? w->end : until;
	int days = 0;

	if (start >= end)
		return;
	s->total.periods++;
	s->total.seconds += end - start;
	for (size_t i = 0; i < s->columns; i++)
		days |= s->by[i] == DAYS;
	while (start < end) {
		int64_t day = days ? day_of(s, start) : 0;
		int64_t next = days ? sent_day(s->zone, day + 1) : end;

		if (next > end || next <= start)
			next = end;
		add_piece(s, w, batch, day, next - start);
		start = next;
	}
}

size_t
sent_columns(const struct sent *s)
{
	return s->columns;
}

const char *
sent_column(const struct sent *s, size_t i)
{
	return key_words[s->by[i]];
}

size_t
sent_sort(struct sent *s)
{
	uint32_t n = intern_count(s->texts);

	intern_rank_all(s->texts);
	s->sorted = xreallocarray(s->sorted, n + 1, sizeof *s->sorted);
	for (uint32_t id = 0; id < n; id++)
		s->sorted[intern_rank(s->texts, id)] = id;
	return n;
}

const struct sent_row *
sent_row(const struct sent *s, size_t n)
{
	return &s->rows[s->sorted[n]];
}

void
sent_text(const struct sent *s, size_t n, size_t i, struct buf *to)
{
	size_t len;
	const char *text = intern_text(s->texts, s->sorted[n], &len);

	buf_clear(to);
	for (size_t k = 0; k < i; k++) {
		text += strlen(text) + 1;
		if (s->by[k] == SOURCE)
			text += strlen(text) + 1;
	}
	buf_puts(to, text);
	if (s->by[i] != SOURCE)
		return;
	text += strlen(text) + 1;
	if (*text != '\0')
		buf_printf(to, ":%s", text + strspn(text, "0"));
}

struct sent_row
sent_total(const struct sent *s)
{
	return s->total;
}

void
sent_free(struct sent *s)
{
	if (s == NULL)
		return;
	intern_free(s->texts);
	free(s->rows);
	free(s->sorted);
	buf_free(&s->text);
	free(s);
}
