/* profile.c - what a user says of a vendor's files. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/profile.h"
#include "parse/vocabulary.h"

#define HOUR 3600000

const char *
profile_key_name(enum profile_key key)
{
	static const char *const names[PROFILE_FIELDS] = {
		[PROFILE_MACHINE] = "machineId",
		[PROFILE_COMPANY] = "companyId",
		[PROFILE_PROJECT] = "projectId",
		[PROFILE_STATE] = "state",
		[PROFILE_START] = "startTime",
		[PROFILE_END] = "endTime",
		[PROFILE_DURATION] = "duration",
		[PROFILE_MINUS] = "minus",
		[PROFILE_TIME] = "time",
		[PROFILE_OPERATING] = "operatingHours",
		[PROFILE_IDLE] = "idleHours",
		[PROFILE_MOVING] = "movingHours",
		[PROFILE_ON] = "running",
		[PROFILE_DATE] = "date",
		[PROFILE_DAY_START] = "dayStart",
	};

	return names[key];
}

/* A list of one's own; ${words} end in NULL. */
static char **
copied(const char *const words[], size_t *count)
{
	char **list;

	for (*count = 0; words[*count] != NULL; ++*count)
		;
	list = xcalloc(*count, sizeof *list);
	for (size_t i = 0; i < *count; i++)
		list[i] = xstrdup(words[i]);
	return list;
}

struct profile *
profile_new(void)
{
	static const char *const on[] = { "true", "1", "on", NULL };
	static const char *const off[] = { "false", "0", "off", NULL };
	struct profile *p = xcalloc(1, sizeof *p);

	p->dialect.delimiter = ',';
	p->dialect.quote = '"';
	p->has_header = 1;
	p->numbers.decimal = '.';
	p->on_words = copied(on, &p->on_count);
	p->off_words = copied(off, &p->off_count);
	p->day_start = -1;
	p->rules.working = "Working";
	p->rules.idle = "Idle";
	p->rules.moving = "Moving";
	p->rules.max_hold = 24 * (int64_t)HOUR;
	p->rules.max_piece = HOUR / 2;
	p->rules.close_at = INSTANT_NONE;
	return p;
}

void
profile_add_word(struct profile *p, const char *word,
    enum profile_saying saying, const char *state)
{
	struct profile_word *w;

	p->word = xreallocarray(p->word, p->word_count + 1, sizeof *p->word);
	w = &p->word[p->word_count++];
	w->word = xstrdup(word);
	w->saying = saying;
	w->state = state != NULL ? xstrdup(state) : NULL;
}

/* Whether ${word} says something in ${p} already. */
static int
has_word(const struct profile *p, const char *word)
{
	for (size_t i = 0; i < p->word_count; i++)
		if (vocabulary_is_same(p->word[i].word, word))
			return 1;
	return 0;
}

void
profile_be_own(struct profile *p)
{
	static const enum profile_key keys[] = { PROFILE_COMPANY,
		PROFILE_PROJECT, PROFILE_MACHINE, PROFILE_START, PROFILE_END,
		PROFILE_STATE };
	static const char *const states[] = { "Working", "Idle", "Moving" };
	const char *why;

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		struct profile_field *f = &p->field[keys[i]];

		f->kind = PROFILE_COLUMNS;
		f->count = 1;
		f->column = xcalloc(1, sizeof *f->column);
		f->column->name = xstrdup(profile_key_name(keys[i]));
		f->column->is_path = p->format == PROFILE_RECORDS;
	}
	if (p->format == PROFILE_RECORDS)
		p->record = xstrdup("/");
	if (p->time_count == 0) {
		p->time_count = 1;
		p->times = xcalloc(1, sizeof *p->times);
		p->times[0] = timefmt_new("rfc3339", &why);
		p->time_patterns = xcalloc(1, sizeof *p->time_patterns);
		p->time_patterns[0] = xstrdup("rfc3339");
	}
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (!has_word(p, states[i]))
			profile_add_word(
			    p, states[i], PROFILE_STATE_WORD, states[i]);
}

static void
free_texts(char **text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(text[i]);
	free(text);
}

static void free_where(struct profile_where *w, size_t n);

static void
free_field(struct profile_field *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->kind == PROFILE_COLUMNS)
			free(f->column[i].name);
		else
			free_field(&f->any[i]);
	free(f->column);
	free(f->any);
	free(f->text);
	pattern_free(f->pattern);
	free(f->from);
	free_where(f->where, f->where_count);
	buf_free(&f->above);
}

static void
free_where(struct profile_where *w, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free_field(&w[i].field);
		free_texts(w[i].texts, w[i].count);
		pattern_free(w[i].pattern);
	}
	free(w);
}

static void
each_field(struct profile_field *f,
    void (*call)(struct profile_field *field, void *arg), void *arg)
{
	call(f, arg);
	for (size_t i = 0; profile_has_parts(f) && i < f->count; i++)
		each_field(&f->any[i], call, arg);
	for (size_t i = 0; i < f->where_count; i++)
		each_field(&f->where[i].field, call, arg);
}

void
profile_each(struct profile *p,
    void (*f)(struct profile_field *field, void *arg), void *arg)
{
	for (int i = 0; i < PROFILE_FIELDS; i++)
		each_field(&p->field[i], f, arg);
	for (size_t i = 0; i < p->total_count; i++)
		each_field(&p->total[i].field, f, arg);
	for (size_t i = 0; i < p->zone_froms; i++)
		each_field(p->zone_from[i], f, arg);
	for (size_t i = 0; i < p->where_count; i++)
		each_field(&p->where[i].field, f, arg);
}

void
profile_free(struct profile *p)
{
	if (p == NULL)
		return;
	free(p->name);
	free(p->title);
	free(p->record);
	free(p->encoding);
	free_texts(p->header_words, p->header_count);
	free_texts(p->match_header, p->match_count);
	pattern_free(p->match_name);
	free(p->comment);
	free(p->thousands);
	free_texts(p->nulls, p->null_count);
	for (size_t i = 0; i < p->time_count; i++)
		timefmt_free(p->times[i]);
	free(p->times);
	free_texts(p->time_patterns, p->time_count);
	for (int i = 0; i < PROFILE_FIELDS; i++)
		free_field(&p->field[i]);
	for (size_t i = 0; i < p->total_count; i++) {
		free(p->total[i].state);
		free_field(&p->total[i].field);
	}
	free(p->total);
	free(p->rest);
	for (size_t i = 0; i < p->zone_froms; i++) {
		free_field(p->zone_from[i]);
		free(p->zone_from[i]);
	}
	free(p->zone_from);
	free_where(p->where, p->where_count);
	preamble_free(p->preamble);
	for (size_t i = 0; i < p->word_count; i++) {
		free(p->word[i].word);
		free(p->word[i].state);
	}
	free(p->word);
	free_texts(p->on_words, p->on_count);
	free_texts(p->off_words, p->off_count);
	free(p->running);
	json_free(p->json);
	free(p);
}
