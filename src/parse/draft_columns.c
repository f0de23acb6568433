/* draft_columns.c - what the columns of an unknown file look like. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/xalloc.h"
#include "parse/draft_columns.h"

/* Different values that are looked at, and how many a state may have. */
#define MOST_VALUES 500
#define MOST_STATES 60

/* Lengths of time that grow so often in a row are a meter's hours. */
#define MANY 10

const char *const draft_columns_nulls[] = { "NA", "N/A", "n/a", "-", "--",
	"---", "-----", "null", "NULL", "None", "nan", "NaN", "#N/A", NULL };

/* A cell that stands for an empty one: its number, or -1. */
static int
null_of(const char *s)
{
	for (int i = 0; draft_columns_nulls[i] != NULL; i++)
		if (strcmp(draft_columns_nulls[i], s) == 0)
			return i;
	return -1;
}

static int
is_number(const char *s)
{
	return s[strspn(s, "0123456789.,- ")] == '\0' &&
	       s[strcspn(s, "0123456789")] != '\0';
}

static void
take(struct draft_column *c, const char *s)
{
	int null = null_of(s);
	uint32_t id;

	if (*s == '\0' || null >= 0) {
		c->empty++;
		if (null >= 0)
			c->nulls |= (uint32_t)1 << null;
		return;
	}
	c->filled++;
	c->numbers += is_number(s) != 0;
	id = intern_find(c->values, s, strlen(s));
	if (id == INTERN_NONE) {
		if (intern_count(c->values) == MOST_VALUES)
			return;
		id = intern_id(c->values, s, strlen(s));
	}
	if (id >= c->room) {
		size_t room = c->room > 0 ? c->room * 2 : 64;

		c->count = xreallocarray(c->count, room, sizeof *c->count);
		memset(
		    c->count + c->room, 0, (room - c->room) * sizeof *c->count);
		c->room = room;
	}
	c->count[id]++;
}

const char *
draft_columns_value(const struct draft_column *c, uint32_t i)
{
	size_t len;

	return intern_text(c->values, i, &len);
}

static int
is_name(const struct draft_column *c)
{
	return c->filled > 0 && c->time.ways == 0 && c->numbers < c->filled;
}

/*
 * What a column may be, by header and content: dates alone begin nothing, a
 * clock is the start of something, and a number of hours is no machine.
 */
static void
find_role(struct draft_column *c)
{
	struct draft_time *t = &c->time;

	c->role = draft_words_role(c->word, &c->sure);
	/* A number of days may be any number. */
	if (t->ways == (uint64_t)1 << DRAFT_TIME_EXCEL &&
	    c->role != DRAFT_START && c->role != DRAFT_END &&
	    c->role != DRAFT_TIME)
		t->ways = 0;
	if (t->ways != 0 && t->has_date && t->has_clock &&
	    c->role == DRAFT_DATE)
		c->role = DRAFT_TIME;
	if (t->ways != 0 && t->has_date && !t->has_clock &&
	    (c->role == DRAFT_START || c->role == DRAFT_TIME))
		c->role = DRAFT_DATE;
	if (t->ways != 0 && !t->has_date && c->role == DRAFT_TIME)
		c->role = DRAFT_START;
}

static int
has_fraction(const struct draft_column *c)
{
	for (uint32_t i = 0; i < intern_count(c->values); i++)
		if (strpbrk(draft_columns_value(c, i), ".,") != NULL)
			return 1;
	return 0;
}

/* Could the column have this role, by its content? */
static int
fits(const struct draft_column *c, enum draft_role role)
{
	const struct draft_time *t = &c->time;

	if (c->filled == 0)
		return 0;
	switch (role) {
	case DRAFT_START:
	case DRAFT_END:
		return t->ways != 0 && t->has_clock;
	case DRAFT_TIME:
		return t->ways != 0 && t->has_clock && t->has_date;
	case DRAFT_DATE:
		return t->ways != 0 && t->has_date && !t->has_clock;
	case DRAFT_DURATION:
	case DRAFT_PAUSE:
		return draft_columns_unit(c) != UNIT_NONE;
	case DRAFT_STATE:
		return t->ways == 0 && intern_count(c->values) <= MOST_STATES;
	case DRAFT_MACHINE:
		return t->ways == 0 &&
		       (c->numbers < c->filled || !has_fraction(c));
	default:
		return t->ways == 0;
	}
}

static int
is_taken(const struct draft_columns *c, int column)
{
	for (int r = 0; r < DRAFT_ROLES; r++)
		if (c->at[r] == column)
			return 1;
	return 0;
}

static void
choose_by_header(struct draft_columns *c, enum draft_role role)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct draft_column *column = &c->column[i];

		if (column->role == role && fits(column, role) &&
		    !is_taken(c, (int)i) && column->sure > c->sure[role]) {
			c->at[role] = (int)i;
			c->sure[role] = column->sure;
		}
	}
}

/* The share of rows with a word that is known, in percent. */
static size_t
known_words(const struct draft_column *c)
{
	size_t known = 0;

	for (uint32_t i = 0; i < intern_count(c->values); i++)
		if (draft_words_saying(draft_columns_value(c, i)) !=
		    DRAFT_SAYINGS)
			known += c->count[i];
	return c->filled > 0 ? known * 100 / c->filled : 0;
}

static void
choose_state_by_words(struct draft_columns *c)
{
	size_t best = 49;

	for (size_t i = 0; i < c->count; i++) {
		size_t known = known_words(&c->column[i]);

		if (known > best && is_name(&c->column[i]) &&
		    fits(&c->column[i], DRAFT_STATE) && !is_taken(c, (int)i)) {
			c->at[DRAFT_STATE] = (int)i;
			best = known;
		}
	}
}

/* Of times that no header tells apart the first is the start. */
static void
choose_times_by_place(struct draft_columns *c)
{
	enum draft_role role = DRAFT_START;

	for (size_t i = 0; i < c->count && role <= DRAFT_END; i++)
		if (fits(&c->column[i], DRAFT_TIME) && !is_taken(c, (int)i))
			c->at[role++] = (int)i;
}

/* The only full column of names that is left. */
static void
choose_machine_by_rest(struct draft_columns *c)
{
	int found = -1, n = 0;

	for (size_t i = 0; i < c->count; i++)
		if (is_name(&c->column[i]) && c->column[i].empty == 0 &&
		    !is_taken(c, (int)i)) {
			found = (int)i;
			n++;
		}
	if (n == 1)
		c->at[DRAFT_MACHINE] = found;
}

/* The number a cell holds, in thousandths, by either mark.  0, or -1. */
static int
number_of(const char *s, int64_t *value)
{
	static const struct number_style point = { '.', NULL };
	static const struct number_style comma = { ',', NULL };
	size_t len = strlen(s);

	return number_scaled(s, len, &point, 1000, value, NULL) == 0 ||
		       number_scaled(s, len, &comma, 1000, value, NULL) == 0
		   ? 0
		   : -1;
}

/* Does a column grow often, row by row of each machine, and never fall? */
static int
only_grows(const struct draft_columns *c, int column)
{
	const struct draft_head *h = c->head;
	struct intern *machines = intern_new();
	int64_t *last = xcalloc(h->count + 1, sizeof *last), value;
	int grows = 0, falls = 0; /* how often */

	for (size_t row = h->data; row < h->count; row++) {
		const char *machine =
		    c->at[DRAFT_MACHINE] < 0
			? ""
			: draft_head_cell(h, row, (size_t)c->at[DRAFT_MACHINE]);
		uint32_t before = intern_count(machines);
		uint32_t m = intern_id(machines, machine, strlen(machine));

		if (number_of(
			draft_head_cell(h, row, (size_t)column), &value) != 0)
			continue;
		if (m < before) {
			grows += value > last[m];
			falls += value < last[m];
		}
		last[m] = value;
	}
	intern_free(machines);
	free(last);
	return grows >= MANY && falls == 0;
}

/* A meter's hours are no length of time: they tell of it by their growth. */
static void
judge_duration(struct draft_columns *c)
{
	int column = c->at[DRAFT_DURATION];

	if (column < 0 ||
	    draft_columns_unit(&c->column[column]) != UNIT_HOURS ||
	    (!draft_words_counter(c->column[column].word) &&
		!only_grows(c, column)))
		return;
	if (c->at[DRAFT_END] < 0 && c->at[DRAFT_STATE] < 0)
		c->is_reading = 1;
	else
		c->at[DRAFT_DURATION] = -1;
}

static void
choose(struct draft_columns *c)
{
	static const enum draft_role order[] = { DRAFT_STATE, DRAFT_MACHINE,
		DRAFT_START, DRAFT_END, DRAFT_TIME, DRAFT_DATE, DRAFT_DURATION,
		DRAFT_PAUSE, DRAFT_COMPANY, DRAFT_PROJECT };

	for (int r = 0; r < DRAFT_ROLES; r++) {
		c->at[r] = -1;
		c->sure[r] = 0;
	}
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		choose_by_header(c, order[i]);
	if (c->at[DRAFT_STATE] < 0)
		choose_state_by_words(c);
	/* A clock needs a day. */
	if (c->at[DRAFT_START] >= 0 && c->at[DRAFT_DATE] < 0 &&
	    !c->column[c->at[DRAFT_START]].time.has_date)
		c->at[DRAFT_START] = -1;
	if (c->at[DRAFT_START] < 0) {
		c->at[DRAFT_START] = c->at[DRAFT_TIME];
		c->sure[DRAFT_START] = c->sure[DRAFT_TIME];
	}
	if (c->at[DRAFT_START] < 0)
		choose_times_by_place(c);
	c->at[DRAFT_TIME] = -1;
	/* Headers that all say something else are not to be argued with. */
	if (c->at[DRAFT_MACHINE] < 0 && c->head->header == DRAFT_HEAD_NONE)
		choose_machine_by_rest(c);
	judge_duration(c);
	c->is_event = c->at[DRAFT_END] < 0 && c->at[DRAFT_DURATION] < 0;
}

void
draft_columns_find(struct draft_columns *c, const struct draft_head *h)
{
	c->head = h;
	c->count = h->columns;
	c->column = xcalloc(c->count, sizeof *c->column);
	for (size_t i = 0; i < c->count; i++) {
		struct draft_column *column = &c->column[i];
		const char **texts;
		uint32_t n;

		column->name = draft_head_name(h, i);
		column->word = draft_head_word(h, i);
		column->values = intern_new();
		for (size_t row = h->data; row < h->count; row++)
			if (h->row[row].count >= h->columns)
				take(column, draft_head_cell(h, row, i));
		n = intern_count(column->values);
		texts = xcalloc(n, sizeof *texts);
		for (uint32_t k = 0; k < n; k++)
			texts[k] = draft_columns_value(column, k);
		draft_time_find(&column->time, texts, n);
		free(texts);
		find_role(column);
	}
	choose(c);
}

const struct draft_column *
draft_columns_of(const struct draft_columns *c, enum draft_role role)
{
	return c->at[role] >= 0 ? &c->column[c->at[role]] : NULL;
}

enum unit
draft_columns_unit(const struct draft_column *c)
{
	static const enum unit units[] = { UNIT_CLOCK_SEC, UNIT_CLOCK,
		UNIT_ISO8601, UNIT_WORDS };
	static const struct number_style style = { '.', NULL };
	uint32_t n = intern_count(c->values);
	int64_t ms;
	size_t len;

	if (n == 0)
		return UNIT_NONE;
	if (c->numbers == c->filled)
		return UNIT_HOURS;
	for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
		uint32_t i = 0;

		while (i < n) {
			const char *s = intern_text(c->values, i, &len);

			if (unit_read(units[u], s, len, &style, &ms, NULL) != 0)
				break;
			i++;
		}
		if (i == n)
			return units[u];
	}
	return UNIT_NONE;
}

void
draft_columns_free(struct draft_columns *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->count; i++) {
		intern_free(c->column[i].values);
		free(c->column[i].count);
	}
	free(c->column);
}
