/* select.c - which records the user asked for. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "validate/select.h"

void
select_all(struct select *s)
{
	*s = (struct select){ .from = INT64_MIN, .to = INT64_MAX };
}

int
select_is_all(const struct select *s)
{
	return s->from == INT64_MIN && s->to == INT64_MAX &&
	       s->machines.count == 0 && s->projects.count == 0 &&
	       s->states.count == 0;
}

void
select_add(struct select_list *list, const char *word)
{
	list->word =
	    xreallocarray(list->word, list->count + 1, sizeof *list->word);
	list->word[list->count++] = word;
}

size_t
select_place(const struct select_list *list, const char *s, size_t len)
{
	size_t i = 0;

	while (i < list->count && (strlen(list->word[i]) != len ||
				      memcmp(list->word[i], s, len) != 0))
		i++;
	return i;
}

const struct select_list *
select_get(const struct select_table *table, const char *s, size_t len)
{
	for (size_t i = 0; i < table->count; i++)
		if (strlen(table->row[i].word) == len &&
		    memcmp(table->row[i].word, s, len) == 0)
			return &table->row[i].list;
	return NULL;
}

struct select_list *
select_put(struct select_table *table, const char *word)
{
	struct select_row *row;

	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->row[i].word, word) == 0)
			return &table->row[i].list;
	table->row =
	    xreallocarray(table->row, table->count + 1, sizeof *table->row);
	row = &table->row[table->count++];
	*row = (struct select_row){ .word = word };
	return &row->list;
}

void
select_clear(struct select_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->row[i].list.word);
	free(table->row);
	*table = (struct select_table){ 0 };
}

int
select_has(const struct select_list *list, const char *s, size_t len)
{
	return list->count == 0 || select_place(list, s, len) < list->count;
}

static int
has_part(const struct select_list *list, const struct names *n, uint32_t owner,
    enum names_part part)
{
	struct buf b = { 0 };
	int has;

	names_put_part(n, owner, part, &b);
	has = select_has(list, buf_text(&b), b.len);
	buf_free(&b);
	return has;
}

int
select_owner(const struct select *s, const struct names *n, uint32_t owner)
{
	return has_part(&s->machines, n, owner, NAMES_MACHINE) &&
	       has_part(&s->projects, n, owner, NAMES_PROJECT);
}

int
select_state(const struct select *s, const struct names *n, uint32_t state)
{
	struct buf b = { 0 };
	int has;

	names_put_state(n, state, &b);
	has = select_has(&s->states, buf_text(&b), b.len);
	buf_free(&b);
	return has;
}

void
select_free(struct select *s)
{
	if (s == NULL)
		return;
	free(s->machines.word);
	free(s->projects.word);
	free(s->states.word);
	select_all(s);
}
