/* draft_fields.c - the parts of a draft that columns tell. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/xalloc.h"
#include "parse/draft_fields.h"

/* Is the header of a column there, and of this column alone? */
static int
has_name(const struct draft_columns *c, int column)
{
	const char *name = c->column[column].name;
	size_t same = 0;

	for (size_t i = 0; i < c->count; i++)
		same += strcmp(c->column[i].name, name) == 0;
	return *name != '\0' && same == 1;
}

void
draft_fields_column(
    struct draft_out *o, const struct draft_columns *c, int column)
{
	if (has_name(c, column))
		draft_out_string(o, c->column[column].name);
	else
		buf_printf(&o->text, "%d", column + 1);
}

static void
open_source(struct draft_out *o, const struct draft_columns *c)
{
	draft_out_raw(o, draft_head_is_document(c->head) ? "{ \"path\": "
							 : "{ \"column\": ");
}

/* Why a column was chosen for its role. */
static void
why_column(
    struct draft_out *o, const struct draft_columns *c, enum draft_role role)
{
	const struct draft_column *column = draft_columns_of(c, role);
	const char *first = draft_columns_value(column, 0);

	if (c->sure[role] > 0)
		return; /* its header says it */
	draft_out_why(o,
	    "a guess: no header says so, but what is in it, such as '%.80s'",
	    first);
}

static void
write_column(struct draft_out *o, const struct draft_columns *c,
    enum draft_role role, const char *key)
{
	why_column(o, c, role);
	draft_out_key(o, key);
	open_source(o, c);
	draft_fields_column(o, c, c->at[role]);
	draft_out_raw(o, " }");
}

/* The names of columns that might be asked for. */
static void
write_unknown(struct draft_out *o, const struct draft_columns *c,
    const char *key, const char *what)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s: one of", what);
	for (size_t i = 0; i < c->count && i < 20; i++) {
		int n = (int)i + 1;

		if (c->column[i].name[0] != '\0')
			buf_printf(&text, "%s '%s'", i > 0 ? "," : "",
			    c->column[i].name);
		else
			buf_printf(&text, "%s %d", i > 0 ? "," : "", n);
	}
	draft_out_key(o, key);
	open_source(o, c);
	draft_out_mark(o, text.data);
	draft_out_raw(o, " }");
	buf_free(&text);
}

/* What a header says of its unit, or NULL. */
static const char *
unit_of_header(const char *name)
{
	static const struct {
		const char *word, *unit;
	} words[] = { { "[ms", "ms" }, { "(ms", "ms" }, { "millis", "ms" },
		{ "[min", "min" }, { "(min", "min" }, { "minut", "min" },
		{ "dakika", "min" }, { "_min", "min" }, { "[s", "s" },
		{ "(s", "s" }, { "sec", "s" }, { "sek", "s" },
		{ "segund", "s" }, { "saniye", "s" }, { "_s", "s" },
		{ "[h", "h" }, { "(h", "h" }, { "hour", "h" }, { "timer", "h" },
		{ "timm", "h" }, { "[t", "h" }, { "(t", "h" }, { "stund", "h" },
		{ "heure", "h" }, { "hora", "h" }, { "saat", "h" },
		{ "tunti", "h" }, { "tunn", "h" }, { "_h", "h" },
		{ "dage", "d" }, { "days", "d" } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasestr(name, words[i].word) != NULL)
			return words[i].unit;
	return NULL;
}

static void
write_length(struct draft_out *o, const struct draft_columns *c,
    enum draft_role role, const char *key)
{
	static const char *const names[] = { [UNIT_CLOCK] = "h:mm",
		[UNIT_CLOCK_SEC] = "h:mm:ss",
		[UNIT_ISO8601] = "iso8601",
		[UNIT_WORDS] = "words" };
	const struct draft_column *column = draft_columns_of(c, role);
	enum unit unit = draft_columns_unit(column);
	const char *name =
	    unit == UNIT_HOURS ? unit_of_header(column->name) : names[unit];

	draft_out_why(o, "lengths such as '%.60s'%s",
	    draft_columns_value(column, 0),
	    unit == UNIT_CLOCK	 ? ": hours and minutes, a guess"
	    : unit != UNIT_HOURS ? ""
	    : name != NULL	 ? "; the header tells the unit"
				 : "");
	draft_out_key(o, key);
	open_source(o, c);
	draft_fields_column(o, c, c->at[role]);
	draft_out_raw(o, ", \"unit\": ");
	if (name != NULL)
		draft_out_string(o, name);
	else
		draft_out_mark(o, "h, min, s, ms or d");
	draft_out_raw(o, " }");
}

static void
write_start(struct draft_out *o, const struct draft_columns *c)
{
	const struct draft_column *start = draft_columns_of(c, DRAFT_START);
	const char *key = c->is_event || c->is_reading ? "time" : "startTime";

	if (start == NULL) {
		write_unknown(o, c, key, "the time");
		return;
	}
	if (start->time.has_date) {
		write_column(o, c, DRAFT_START, key);
		return;
	}
	why_column(o, c, DRAFT_START);
	draft_out_key(o, key);
	if (draft_head_is_document(c->head)) {
		open_source(o, c);
		draft_out_mark(o, "a date and a clock stand apart, and paths "
				  "are not joined");
		draft_out_raw(o, " }");
		return;
	}
	draft_out_raw(o, "{ \"columns\": [");
	draft_fields_column(o, c, c->at[DRAFT_DATE]);
	draft_out_raw(o, ", ");
	draft_fields_column(o, c, c->at[DRAFT_START]);
	draft_out_raw(o, "] }");
}

/* Company and project as our own files have them; a vendor's project needs a
 * table. */
static void
write_owner(struct draft_out *o, const struct draft_columns *c)
{
	const struct draft_column *project = draft_columns_of(c, DRAFT_PROJECT);

	if (project == NULL)
		return;
	if (c->at[DRAFT_COMPANY] >= 0) {
		write_column(o, c, DRAFT_COMPANY, "companyId");
		write_column(o, c, DRAFT_PROJECT, "projectId");
		return;
	}
	draft_out_why(o,
	    "'%.80s' looks like a project: with a --projects table, add "
	    "\"projectId\"",
	    project->name);
}

static void
write_state(struct draft_out *o, const struct draft_columns *c)
{
	if (c->at[DRAFT_STATE] >= 0) {
		write_column(o, c, DRAFT_STATE, "state");
	} else {
		draft_out_key(o, "state");
		draft_out_raw(o, "{ \"const\": ");
		draft_out_mark(o, "no column looks like a state; \"work\" if "
				  "all rows are of work");
		draft_out_raw(o, " }");
	}
}

void
draft_fields_write(struct draft_out *o, const struct draft_columns *c)
{
	draft_out_key(o, "fields");
	draft_out_open(o, '{');
	write_owner(o, c);
	if (c->at[DRAFT_MACHINE] >= 0)
		write_column(o, c, DRAFT_MACHINE, "machineId");
	else
		write_unknown(o, c, "machineId", "the machine");
	if (!c->is_reading)
		write_state(o, c);
	write_start(o, c);
	if (c->at[DRAFT_END] >= 0) {
		if (c->at[DRAFT_DURATION] >= 0)
			draft_out_why(o,
			    "'%.80s' looks like a length of time: one of both "
			    "is enough",
			    draft_columns_of(c, DRAFT_DURATION)->name);
		write_column(o, c, DRAFT_END, "endTime");
	} else if (c->at[DRAFT_DURATION] >= 0) {
		write_length(o, c, DRAFT_DURATION,
		    c->is_reading ? "operatingHours" : "duration");
	}
	if (!c->is_event && !c->is_reading && c->at[DRAFT_PAUSE] >= 0)
		write_length(o, c, DRAFT_PAUSE, "minus");
	draft_out_close(o, '}');
}

/* The words of the state column that say ${saying}, with their counts. */
static void
write_words(struct draft_out *o, const struct draft_column *c,
    enum draft_saying saying, const char *key)
{
	struct buf counts = { 0 }, list = { 0 };
	uint32_t n = intern_count(c->values);

	for (uint32_t i = 0; i < n; i++) {
		const char *word = draft_columns_value(c, i);

		if (draft_words_saying(word) != saying)
			continue;
		buf_printf(&counts, "%s%zu x '%.60s'",
		    counts.len > 0 ? ", " : "", c->count[i], word);
		if (list.len > 0)
			buf_puts(&list, ", ");
		draft_out_quote(&list, word);
	}
	if (saying == DRAFT_SAYINGS && c->empty > 0) {
		buf_printf(&counts, "%s%zu x empty", counts.len > 0 ? ", " : "",
		    c->empty);
		buf_puts(&list, list.len > 0 ? ", \"\"" : "\"\"");
	}
	if (list.len > 0) {
		draft_out_why(o, "%s", counts.data);
		draft_out_key(o, key);
		draft_out_raw(o, "[");
		draft_out_raw(o, list.data);
		draft_out_raw(o, "]");
	}
	if (list.len > 0 && saying == DRAFT_SAYINGS)
		o->marks++;
	buf_free(&counts);
	buf_free(&list);
}

void
draft_fields_states(struct draft_out *o, const struct draft_columns *c)
{
	const struct draft_column *state = draft_columns_of(c, DRAFT_STATE);

	if (state == NULL) {
		draft_out_key(o, "states");
		draft_out_raw(o, "{ \"Working\": [\"work\"] }");
		return;
	}
	draft_out_why(o, "proposed from a list of words: look at them");
	draft_out_key(o, "states");
	draft_out_open(o, '{');
	write_words(o, state, DRAFT_WORKING, "Working");
	write_words(o, state, DRAFT_IDLE, "Idle");
	write_words(o, state, DRAFT_MOVING, "Moving");
	write_words(o, state, DRAFT_SAYINGS,
	    DRAFT_OUT_MARK ": a state, or move these to off or ignore");
	draft_out_close(o, '}');
	write_words(o, state, DRAFT_OFF, "off");
	write_words(o, state, DRAFT_IGNORE, "ignore");
}
