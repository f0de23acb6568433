/* header.c - the row of a table that names its columns. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "parse/header.h"
#include "parse/near.h"
#include "parse/values.h"

static int
is_word(struct rows_cell c, const char *word)
{
	c = values_trim(c);
	return c.len == strlen(word) && memcmp(c.s, word, c.len) == 0;
}

static int
has_word(const struct rows_cell *cells, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (is_word(cells[i], word))
			return 1;
	return 0;
}

int
header_holds(
    char *const words[], size_t n, const struct rows_cell *cells, size_t count)
{
	for (size_t w = 0; w < n; w++)
		if (!has_word(cells, count, words[w]))
			return 0;
	return 1;
}

/* The cell most like ${word} that is none of the header's words, or empty. */
static struct rows_cell
likest(const struct profile *p, const struct rows_cell *cells, size_t count,
    const char *word)
{
	struct rows_cell found = { "", 0 };
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < count; i++) {
		struct rows_cell c = values_trim(cells[i]);
		size_t far = near_header(c.s, c.len, word), w = 0;

		while (w < p->header_count && !is_word(c, p->header_words[w]))
			w++;
		if (w == p->header_count && c.len > 0 && far < best) {
			best = far;
			found = c;
		}
	}
	return found;
}

/* Remember a row if it has more of the words than those before. */
static void
weigh(struct header_nearest *nearest, const struct profile *p,
    const struct rows_cell *cells, size_t count, uint64_t line)
{
	struct buf text = { 0 };
	size_t held = 0;

	for (size_t w = 0; w < p->header_count; w++)
		held += has_word(cells, count, p->header_words[w]) != 0;
	if (held <= nearest->held)
		return;
	for (size_t w = 0; w < p->header_count; w++) {
		const char *word = p->header_words[w];
		struct rows_cell c;

		if (has_word(cells, count, word))
			continue;
		c = likest(p, cells, count, word);
		buf_printf(&text, "%s'%.60s'", text.len > 0 ? ", " : "", word);
		if (c.len > 0)
			buf_printf(&text, " (new here: '%.*s')",
			    (int)(c.len < 60 ? c.len : 60), c.s);
	}
	nearest->held = held;
	nearest->line = line;
	snprintf(nearest->lacks, sizeof nearest->lacks, "%s", buf_text(&text));
	buf_free(&text);
}

void
header_say_lost(const struct header_nearest *nearest, const char *file)
{
	struct msg m = { .level = MSG_ERROR,
		.file = file,
		.line = nearest->held > 0 ? nearest->line : 0,
		.code = "no-header" };
	struct buf text = { 0 };

	buf_puts(&text, "no row holds all the words of csv.header");
	if (nearest->held > 0)
		buf_printf(&text, "; this one lacks %s", nearest->lacks);
	m.text = text.data;
	msg_place(&m);
	buf_free(&text);
}

static void
look(const struct rows *rows, const struct profile *p)
{
	size_t len;
	const char *raw = rows->kind->raw(rows->self, &len);

	preamble_look(p->preamble, raw, len);
}

void
header_skip(const struct rows *rows, const struct profile *p)
{
	if (p->preamble == NULL) {
		rows->kind->skip(rows->self, p->skip_lines);
		return;
	}
	preamble_begin(p->preamble);
	for (uint64_t i = 0; i < p->skip_lines; i++) {
		rows->kind->skip(rows->self, 1);
		look(rows, p);
	}
}

enum rows_got
header_next(const struct rows *rows, const struct profile *p,
    const struct rows_cell **cells, size_t *count, struct problem *problem,
    struct header_nearest *nearest)
{
	for (;;) {
		enum rows_got got =
		    rows->kind->next(rows->self, cells, count, problem);

		if (got == ROWS_END || p->header_count == 0 ||
		    (got == ROWS_ROW && header_holds(p->header_words,
					    p->header_count, *cells, *count)))
			return got;
		if (got == ROWS_ROW && nearest != NULL)
			weigh(nearest, p, *cells, *count,
			    rows->kind->line(rows->self));
		if (p->preamble != NULL)
			look(rows, p);
	}
}
