/* draft_formats.c - the "time" of a draft. */

#include "config.h"

#include <string.h>

#include "base/instant.h"
#include "parse/draft_fields.h"
#include "parse/draft_formats.h"
#include "parse/hours.h"

/* The patterns of a draft, each once. */
struct formats {
	struct draft_out *o;
	struct buf seen; /* with a newline before and behind each */
};

static void
put(struct formats *f, const char *pattern)
{
	struct buf line = { 0 };

	buf_printf(&line, "\n%s\n", pattern);
	if (f->seen.len == 0 || strstr(f->seen.data, line.data) == NULL) {
		draft_out_key(f->o, NULL);
		draft_out_string(f->o, pattern);
		buf_puts(&f->seen, line.data);
	}
	buf_free(&line);
}

/* The forms of one way of ${t} that are in use. */
static void
put_forms(struct formats *f, const struct draft_time *t, int way)
{
	for (int form = 0; form < 64; form++)
		if (t->forms[way] >> form & 1)
			put(f, draft_time_pattern(way, form));
}

/* A date of one column, with the clocks of another. */
static void
put_joined(struct formats *f, const struct draft_time *date, int way,
    const struct draft_time *clock)
{
	struct buf pattern = { 0 };

	for (int form = 0; form < 64; form++) {
		if (!(clock->forms[DRAFT_TIME_CLOCK] >> form & 1))
			continue;
		for (int day = 0; day < 64; day++)
			if (date->forms[way] >> day & 1) {
				buf_clear(&pattern);
				buf_printf(&pattern, "%s %s",
				    draft_time_pattern(way, day),
				    draft_time_pattern(DRAFT_TIME_CLOCK, form));
				put(f, pattern.data);
			}
	}
	buf_free(&pattern);
}

/* What a way makes of the first text that it reads. */
static void
say_example(struct draft_out *o, const struct draft_column *c, int way)
{
	struct draft_time one = { .ways = (uint64_t)1 << way };
	char text[INSTANT_TEXT];
	int64_t ms;

	for (uint32_t i = 0; i < intern_count(c->values); i++) {
		const char *s = draft_columns_value(c, i);

		if (draft_time_read(&one, s, &ms) != 0)
			continue;
		draft_out_why(o, "the %s first: '%s' is of %.10s",
		    draft_time_order(way), s,
		    instant_text(text, instant_floor(ms)));
		return;
	}
}

/* The columns that times come from. */
struct sources {
	const struct draft_column *start, *date, *end; /* or NULL */
	const struct draft_column *dated; /* start or date: with a date */
	uint64_t ways;			  /* that may be meant */
};

static struct sources
sources_of(const struct draft_columns *c)
{
	struct sources s = { .start = draft_columns_of(c, DRAFT_START),
		.date = draft_columns_of(c, DRAFT_DATE),
		.end = draft_columns_of(c, DRAFT_END) };

	if (s.start == NULL)
		return s;
	s.dated = s.start->time.has_date ? s.start : s.date;
	s.ways = s.dated->time.ways;
	/* One column may tell what another leaves open. */
	if (s.end != NULL && s.end->time.has_date &&
	    (s.end->time.ways & s.ways) != 0)
		s.ways &= s.end->time.ways;
	return s;
}

static void
write_formats(struct draft_out *o, const struct sources *s)
{
	struct formats f = { .o = o };
	int is_open = (s->ways & (s->ways - 1)) != 0;

	if (!is_open && s->dated->time.decided != NULL)
		draft_out_why(o, "'%s' is a date in this order only",
		    s->dated->time.decided);
	draft_out_key(o, "formats");
	draft_out_open(o, '[');
	if (is_open) {
		draft_out_why(o, "all dates are dates in each of these orders");
		draft_out_key(o, NULL);
		draft_out_mark(o, "keep one order, take out the others");
	}
	for (int way = 0; way < DRAFT_TIME_WAYS; way++) {
		if (!(s->ways >> way & 1))
			continue;
		if (is_open)
			say_example(o, s->dated, way);
		if (s->start->time.has_date)
			put_forms(&f, &s->start->time, way);
		else
			put_joined(&f, &s->date->time, way, &s->start->time);
		if (s->end != NULL && (s->end->time.ways >> way & 1))
			put_forms(&f, &s->end->time, way);
	}
	for (int way = 0; s->end != NULL && way < DRAFT_TIME_WAYS; way++)
		if ((s->end->time.ways >> way & 1) &&
		    (s->end->time.ways & s->ways) == 0)
			put_forms(&f, &s->end->time, way);
	draft_out_close(o, ']');
	buf_free(&f.seen);
}

/* Rows whose end is before their start by the clock alone. */
static size_t
count_nights(const struct draft_columns *c, const struct sources *s)
{
	const struct draft_head *h = c->head;
	int64_t start, end, day = 86400000;
	size_t n = 0;

	if (s->end == NULL || s->end->time.has_date)
		return 0;
	for (size_t row = h->data; row < h->count; row++)
		n += draft_time_read(&s->start->time,
			 draft_head_cell(h, row, (size_t)c->at[DRAFT_START]),
			 &start) == 0 &&
		     draft_time_read(&s->end->time,
			 draft_head_cell(h, row, (size_t)c->at[DRAFT_END]),
			 &end) == 0 &&
		     end < (start % day + day) % day;
	return n;
}

/* The hours of the starts, if they are odd. */
static void
ask_hours(
    struct draft_out *o, const struct draft_columns *c, const struct sources *s)
{
	const struct draft_head *h = c->head;
	struct hours hours = { 0 };
	struct buf text = { 0 };
	int64_t ms;

	for (size_t row = h->data; row < h->count; row++)
		if (draft_time_read(&s->start->time,
			draft_head_cell(h, row, (size_t)c->at[DRAFT_START]),
			&ms) == 0)
			hours_add(&hours, instant_floor(ms));
	if (hours_question(&hours, "the file's clock", &text))
		draft_out_why(o, "%s", text.data);
	buf_free(&text);
}

void
draft_formats_write(struct draft_out *o, const struct draft_columns *c)
{
	struct sources s = sources_of(c);
	size_t nights;

	draft_out_key(o, "time");
	draft_out_open(o, '{');
	if (s.start == NULL) {
		draft_out_key(o, "formats");
		draft_out_raw(o, "[");
		draft_out_mark(o, "how times are written: %Y-%m-%d %H:%M");
		draft_out_raw(o, "]");
	} else {
		write_formats(o, &s);
	}
	if (s.start == NULL || !s.dated->time.has_zone ||
	    (s.end != NULL && s.end->time.has_date && !s.end->time.has_zone)) {
		draft_out_why(o, "times do not tell their zone");
		if (s.start != NULL)
			ask_hours(o, c, &s);
		draft_out_key(o, "zone");
		draft_out_mark(o, "such as Europe/Oslo, or UTC");
	}
	draft_out_close(o, '}');
	if (s.start != NULL && (nights = count_nights(c, &s)) > 0) {
		draft_out_why(o,
		    "a guess: %zu rows end before they start by the clock",
		    nights);
		draft_out_key(o, "endBeforeStart");
		draft_out_string(o, "next-day");
	}
}
