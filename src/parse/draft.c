/* draft.c - a profile to fill in, from the first rows of an unknown table.
 */

#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/msg.h"
#include "base/number.h"
#include "parse/draft.h"
#include "parse/draft_columns.h"
#include "parse/draft_fields.h"
#include "parse/draft_formats.h"
#include "parse/draft_head.h"
#include "parse/draft_out.h"

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* Letters and digits of the file's name, in lower case, with - between. */
static void
write_name(struct draft_out *o, const char *path)
{
	const char *s = base_name(path);
	size_t n = strcspn(s, ".");
	struct buf name = { 0 };

	for (size_t i = 0; i < n; i++)
		if (isalnum((unsigned char)s[i]) && (unsigned char)s[i] < 0x80)
			buf_putc(&name, (char)tolower((unsigned char)s[i]));
		else if (name.len > 0 && name.data[name.len - 1] != '-')
			buf_putc(&name, '-');
	draft_out_key(o, "name");
	draft_out_string(o, name.len > 0 ? name.data : "draft");
	buf_free(&name);
}

/* The roles that end up in fields. */
static int
is_used(const struct draft_columns *c, enum draft_role role)
{
	switch (role) {
	case DRAFT_DURATION:
		return c->at[DRAFT_END] < 0;
	case DRAFT_DATE:
		return c->at[DRAFT_START] >= 0 &&
		       !draft_columns_of(c, DRAFT_START)->time.has_date;
	case DRAFT_COMPANY:
	case DRAFT_PROJECT:
		return c->at[DRAFT_COMPANY] >= 0 && c->at[DRAFT_PROJECT] >= 0;
	default:
		return 1;
	}
}

/* The headers of the columns that are used, as a list. */
static void
write_headers(struct draft_out *o, const struct draft_columns *c)
{
	const char *comma = "";

	draft_out_raw(o, "[");
	for (int r = 0; r < DRAFT_ROLES; r++) {
		const struct draft_column *column =
		    draft_columns_of(c, (enum draft_role)r);

		if (column == NULL || column->name[0] == '\0' ||
		    !is_used(c, (enum draft_role)r))
			continue;
		draft_out_raw(o, comma);
		draft_out_string(o, column->name);
		comma = ", ";
	}
	draft_out_raw(o, "]");
}

static int
has_headers(const struct draft_columns *c)
{
	for (int r = 0; r < DRAFT_ROLES; r++)
		if (c->at[r] >= 0 && c->column[c->at[r]].name[0] != '\0' &&
		    is_used(c, (enum draft_role)r))
			return 1;
	return 0;
}

static void
write_header(struct draft_out *o, const struct draft_columns *c)
{
	const struct draft_head *h = c->head;
	uint64_t line;

	if (h->header == DRAFT_HEAD_NONE) {
		draft_out_why(
		    o, "no row of names above the data: columns are numbers");
		draft_out_key(o, "header");
		draft_out_raw(o, "false");
		if ((line = h->row[h->data].line) > 1) {
			draft_out_key(o, "skipLines");
			buf_printf(
			    &o->text, "%llu", (unsigned long long)line - 1);
		}
		return;
	}
	line = h->row[h->header].line;
	if (line == 1)
		return;
	draft_out_why(o, "the header stands on line %llu; it is known by:",
	    (unsigned long long)line);
	draft_out_key(o, "header");
	if (has_headers(c))
		write_headers(o, c);
	else
		draft_out_mark(o, "a list of some of its words");
}

/* True if all numbers of a column are read in ${style}. */
static int
reads_all(const struct draft_column *c, const struct number_style *style)
{
	int64_t value;

	for (uint32_t i = 0; i < intern_count(c->values); i++) {
		const char *s = draft_columns_value(c, i);

		if (number_scaled(s, strlen(s), style, 1000, &value, NULL) != 0)
			return 0;
	}
	return 1;
}

static const char *
with(const struct draft_column *c, char mark)
{
	for (uint32_t i = 0; i < intern_count(c->values); i++)
		if (strchr(draft_columns_value(c, i), mark) != NULL)
			return draft_columns_value(c, i);
	return NULL;
}

/* How the numbers that are used are written. */
static void
write_numbers(struct draft_out *o, const struct draft_column *c)
{
	static const struct number_style styles[] = { { '.', NULL },
		{ ',', NULL }, { ',', "." }, { '.', "," }, { ',', " " },
		{ '.', " " } };
	const struct number_style *found = NULL, thousands = { '.', "," },
				  points = { ',', "." };
	const char *comma, *point;

	for (size_t i = 0; i < sizeof styles / sizeof styles[0] && !found; i++)
		if (reads_all(c, &styles[i]))
			found = &styles[i];
	comma = with(c, ',');
	point = with(c, '.');
	if (found == NULL || (comma == NULL && point == NULL))
		return;
	draft_out_why(
	    o, "numbers such as '%.40s'", comma != NULL ? comma : point);
	draft_out_key(o, "decimal");
	if (found->thousands == NULL &&
	    reads_all(c, comma != NULL ? &thousands : &points)) {
		/* "1,234" is either. */
		draft_out_mark(o, ". or , (the other divides thousands, or "
				  "is none)");
		return;
	}
	draft_out_string(o, found->decimal == ',' ? "," : ".");
	if (found->thousands != NULL) {
		draft_out_key(o, "thousands");
		draft_out_string(o, found->thousands);
	}
}

static void
write_csv(struct draft_out *o, const struct draft_columns *c)
{
	const struct draft_head *h = c->head;
	const struct draft_column *length = draft_columns_of(
	    c, c->at[DRAFT_END] < 0 ? DRAFT_DURATION : DRAFT_PAUSE);
	char mark[2] = { h->delimiter, '\0' };

	if (draft_head_is_document(h) &&
	    (length == NULL || draft_columns_unit(length) != UNIT_HOURS ||
		with(length, ',') == NULL))
		return;
	draft_out_key(o, "csv");
	draft_out_open(o, '{');
	if (draft_head_is_document(h)) {
		write_numbers(o, length);
		draft_out_close(o, '}');
		return;
	}
	if (strcmp(h->format, "xlsx") == 0) {
		write_header(o, c);
		draft_out_close(o, '}');
		return;
	}
	draft_out_why(o, "%s", buf_text(&h->of_delimiter));
	draft_out_key(o, "delimiter");
	draft_out_raw(o, h->delimiter == '\t' ? "\"\\t\"" : "");
	if (h->delimiter != '\t')
		draft_out_string(o, mark);
	if (h->quote != '"') {
		draft_out_why(o, "most cells stand in these");
		draft_out_key(o, "quote");
		mark[0] = h->quote;
		draft_out_string(o, mark);
	}
	draft_out_why(o, "encoding: %s", buf_text(&h->of_encoding));
	if (h->encoding != NULL) {
		draft_out_key(o, "encoding");
		draft_out_string(o, h->encoding);
	}
	write_header(o, c);
	if (h->has_comments) {
		draft_out_why(o, "lines that begin so are no rows");
		draft_out_key(o, "comment");
		draft_out_string(o, "#");
	}
	if (length != NULL && draft_columns_unit(length) == UNIT_HOURS)
		write_numbers(o, length);
	draft_out_close(o, '}');
}

static void
write_nulls(struct draft_out *o, const struct draft_columns *c)
{
	uint32_t nulls = 0;
	const char *comma = "";

	for (int r = 0; r < DRAFT_ROLES; r++)
		if (c->at[r] >= 0 && is_used(c, (enum draft_role)r))
			nulls |= c->column[c->at[r]].nulls;
	if (nulls == 0)
		return;
	draft_out_why(o, "a guess: such cells are empty");
	draft_out_key(o, "nulls");
	draft_out_raw(o, "[");
	for (int i = 0; draft_columns_nulls[i] != NULL; i++)
		if (nulls >> i & 1) {
			draft_out_raw(o, comma);
			draft_out_string(o, draft_columns_nulls[i]);
			comma = ", ";
		}
	draft_out_raw(o, "]");
}

/* Columns of amounts of time that are none of the row's own length. */
static size_t
count_amounts(const struct draft_columns *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct draft_column *column = &c->column[i];

		n += column->filled > 0 &&
		     draft_columns_unit(column) != UNIT_NONE &&
		     (column->role == DRAFT_DURATION ||
			 draft_words_saying(column->word) != DRAFT_SAYINGS);
	}
	return n;
}

static void
write_all(struct draft_out *o, const struct draft_columns *c)
{
	const struct draft_head *h = c->head;

	draft_out_why(o,
	    "drafted from %zu rows of %s; texts that begin with "
	    "\"" DRAFT_OUT_MARK "\" wait for you",
	    h->count - h->data, base_name(h->path));
	draft_out_why(o, "then: ditio-parse --check-profile THIS-FILE");
	write_name(o, h->path);
	if (has_headers(c)) {
		draft_out_key(o, "match");
		draft_out_raw(o, "{ \"header\": ");
		write_headers(o, c);
		draft_out_raw(o, " }");
	}
	draft_out_key(o, "format");
	draft_out_string(o, h->format);
	if (h->record != NULL) {
		draft_out_why(
		    o, draft_head_is_document(h)
			   ? "what stands there most often with values in it"
			   : "the first sheet with a table");
		draft_out_key(o, "record");
		draft_out_string(o, h->record);
	}
	if (c->is_event)
		draft_out_why(o, "no column looks like an end or a length of "
				 "time: from each row on");
	if (c->is_reading)
		draft_out_why(o, "'%.80s' grows like a meter's hours",
		    draft_columns_of(c, DRAFT_DURATION)->name);
	if (c->at[DRAFT_STATE] < 0 && count_amounts(c) > 1)
		draft_out_why(o, "several columns hold amounts of time: are "
				 "rows totals, per state?");
	draft_out_key(o, "rows");
	draft_out_string(o, c->is_reading ? "reading"
			    : c->is_event ? "event"
					  : "period");
	write_csv(o, c);
	write_nulls(o, c);
	draft_formats_write(o, c);
	draft_fields_write(o, c);
	if (!c->is_reading) {
		draft_fields_states(o, c);
		return;
	}
	draft_out_key(o, "running");
	draft_out_mark(o, "the state of a running engine, such as Working");
}

int
draft_profile(struct out *out, const char *path, const char *encoding,
    const char *delimiter)
{
	struct draft_head head = { 0 };
	struct draft_columns columns = { 0 };
	struct draft_out o = { 0 };
	int failed = draft_head_read(&head, path, encoding, delimiter);

	if (failed == 0) {
		draft_columns_find(&columns, &head);
		draft_out_open(&o, '{');
		write_all(&o, &columns);
		draft_out_close(&o, '}');
		buf_putc(&o.text, '\n');
		out_put(out, o.text.data, o.text.len);
		msg_info("%s: %u texts are left to fill in", path, o.marks);
	}
	draft_columns_free(&columns);
	draft_head_free(&head);
	draft_out_free(&o);
	draft_time_free();
	return failed;
}
