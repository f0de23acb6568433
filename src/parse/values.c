/* values.c - a row's cells as a profile's values. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "parse/columns.h"
#include "parse/refine.h"
#include "parse/stamp.h"
#include "parse/values.h"

/* A time met before: rows that follow each other share most of theirs. */
#define KNOWN_TIMES 64
#define KNOWN_TEXT 40

struct known_time {
	size_t len;
	char text[KNOWN_TEXT];
	const struct zone *zone; /* it was read for */
	struct values_time time;
};

struct values {
	struct profile *profile;
	const struct rows_cell *cells;
	size_t count;
	size_t header_count; /* cells of the header; 0 without one */
	size_t needed;	     /* cells a row must have */
	struct buf joined;
	struct profile_field **fill; /* that fill down */
	size_t fills;
	uint64_t decided;
	size_t last_format; /* the time format that fitted last */
	struct stamp stamp;
	struct known_time known[KNOWN_TIMES];
};

static void
add_fill(struct profile_field *f, void *values)
{
	struct values *v = values;

	if (!f->fills)
		return;
	v->fill = xreallocarray(v->fill, v->fills + 1, sizeof *v->fill);
	v->fill[v->fills++] = f;
}

struct values *
values_new(struct profile *profile)
{
	struct values *v = xcalloc(1, sizeof *v);

	v->profile = profile;
	profile_each(profile, add_fill, v);
	return v;
}

/* The bytes of the blank at ${s}, or 0: spreadsheets pad with no-break
 * spaces. */
static inline size_t
blank(const char *s, size_t len)
{
	if (len > 0 && (*s == ' ' || *s == '\t'))
		return 1;
	return len > 1 && memcmp(s, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

struct rows_cell
values_trim(struct rows_cell c)
{
	size_t n;

	while ((n = blank(c.s, c.len)) > 0) {
		c.s += n;
		c.len -= n;
	}
	while (c.len > 0) {
		const char *end = c.s + c.len;

		n = end[-1] == '\xa0' && c.len > 1 ? 2 : 1;
		if (blank(end - n, n) != n)
			break;
		c.len -= n;
	}
	return c;
}

int
values_header(struct values *v, const struct rows_cell *cells, size_t count,
    const char *name, uint64_t line)
{
	v->header_count = count;
	return columns_find(v->profile, cells, count, name, line, &v->needed);
}

int
values_no_header(struct values *v, const char *name)
{
	v->header_count = 0;
	return columns_find(v->profile, NULL, 0, name, 0, &v->needed);
}

void
values_row(struct values *v, const struct rows_cell *cells, size_t count)
{
	v->cells = cells;
	v->count = count;
	for (size_t i = 0; i < v->fills; i++)
		refine_remember(v, v->fill[i]);
}

void
values_forget(struct values *v)
{
	for (size_t i = 0; i < v->fills; i++)
		refine_forget(v->fill[i]);
}

int
values_is_meant(struct values *v)
{
	return refine_holds(v, v->profile->where, v->profile->where_count);
}

int
values_is_ragged(const struct values *v, struct problem *p)
{
	size_t i = v->header_count;

	if (v->count < v->needed) {
		problem_set(p, "ragged-row", SEVERITY_ERROR, NULL, 0, 0);
		buf_printf(&p->text,
		    "the row has %zu cells where %zu are needed", v->count,
		    v->needed);
		return 1;
	}
	while (i > 0 && i < v->count && v->cells[i].len == 0)
		i++;
	if (i == 0 || i >= v->count)
		return 0;
	problem_set(p, "ragged-row", SEVERITY_ERROR, NULL, 0, 0);
	buf_printf(&p->text,
	    "the row has %zu cells and the header %zu; is a delimiter in a "
	    "cell without quotes?",
	    v->count, v->header_count);
	return 1;
}

static int
is_null(const struct values *v, struct rows_cell c)
{
	for (size_t i = 0; i < v->profile->null_count; i++)
		if (strlen(v->profile->nulls[i]) == c.len &&
		    memcmp(v->profile->nulls[i], c.s, c.len) == 0)
			return 1;
	return 0;
}

static inline struct rows_cell
cell(const struct values *v, size_t index)
{
	struct rows_cell c = { "", 0 };

	if (index >= v->count)
		return c;
	c = v->cells[index];
	if (!values_is_bare(c))
		c = values_trim(c);
	if (v->profile->null_count > 0 && is_null(v, c))
		c.len = 0;
	return c;
}

/* Columns joined by a space; empty ones leave none. */
static struct rows_cell
join(struct values *v, const struct profile_field *f)
{
	buf_clear(&v->joined);
	for (size_t i = 0; i < f->count; i++) {
		struct rows_cell c = cell(v, f->column[i].index);

		if (c.len > 0 && v->joined.len > 0)
			buf_putc(&v->joined, ' ');
		buf_put(&v->joined, c.s, c.len);
	}
	return (struct rows_cell){ buf_text(&v->joined), v->joined.len };
}

struct rows_cell
values_get(struct values *v, const struct profile_field *f)
{
	struct rows_cell c = { "", 0 };

	/* Most fields by far. */
	if (f->kind == PROFILE_COLUMNS && f->count == 1)
		return cell(v, f->column[0].index);
	switch (f->kind) {
	case PROFILE_ABSENT:
		return c;
	case PROFILE_CONST:
	case PROFILE_FILE:
	case PROFILE_PREAMBLE:
		return (struct rows_cell){ f->text, strlen(f->text) };
	case PROFILE_COLUMNS:
		return join(v, f);
	case PROFILE_ANY:
		for (size_t i = 0; i < f->count && c.len == 0; i++)
			c = values_get(v, &f->any[i]);
		break;
	case PROFILE_REFINED:
		return refine(v, f);
	}
	return c;
}

/* Of a field that may be any of several, the one that has a value: it is what
 * tells unit and zone. */
static const struct profile_field *
part_of(struct values *v, const struct profile_field *f)
{
	while (f->kind == PROFILE_ANY) {
		size_t i = 0;

		while (i + 1 < f->count && values_get(v, &f->any[i]).len == 0)
			i++;
		f = &f->any[i];
	}
	return f;
}

/* The zone that the row names, if it does.  -1 with ${p} when that is none. */
static int
named_zone(struct values *v, const struct profile_field *f,
    const struct zone **zone, struct problem *p)
{
	struct rows_cell c = values_get(v, f->zone_from);
	const struct zone *found;

	if (c.len == 0)
		return 0;
	if ((found = zone_find(c.s, c.len)) != NULL) {
		*zone = found;
		return 0;
	}
	problem_set(p, "bad-zone", SEVERITY_ERROR, NULL, 0, 0);
	buf_printf(&p->text,
	    "no such time zone: '%.*s'; a zone is an IANA name such as "
	    "Europe/Oslo, or +01:00",
	    (int)(c.len < 60 ? c.len : 60), c.s);
	return -1;
}

/* Where a time of this text would be remembered: by its last bytes, which
 * differ most. */
static struct known_time *
known_place(struct values *v, struct rows_cell c)
{
	uint32_t last;

	if (c.len < sizeof last || c.len > KNOWN_TEXT)
		return NULL;
	memcpy(&last, c.s + c.len / 2, sizeof last);
	last = last * 2654435761u ^ (unsigned char)c.s[c.len - 4] * 40503u ^
	       (unsigned char)c.s[c.len - 1];
	return &v->known[(last >> 16 ^ last) % KNOWN_TIMES];
}

static int
read_time(struct values *v, const struct zone *zone, struct rows_cell c,
    const char *what, struct values_time *time, struct problem *p)
{
	const struct profile *profile = v->profile;
	struct timefmt_value value;

	for (size_t i = 0, k = v->last_format; i < profile->time_count;
	     i++, k = k + 1 < profile->time_count ? k + 1 : 0) {
		if (timefmt_read(profile->times[k], c.s, c.len, &value) != 0)
			continue;
		v->last_format = k;
		time->ms = value.ms;
		time->has_zone = value.has_zone;
		time->has_date = value.has_date;
		time->is_leap = value.leap;
		time->zone = value.has_zone ? NULL : zone;
		if (value.has_zone || time->zone != NULL)
			return 0;
		problem_set(p, "no-zone", SEVERITY_ERROR, NULL, 0, 0);
		buf_puts(&p->text,
		    "the time has no zone of its own; say it (time.zone in "
		    "the profile, --zone)");
		return -1;
	}
	problem_set(p, "bad-time", SEVERITY_ERROR, NULL, 0, 0);
	buf_printf(&p->text, "%s '%.*s' is no time of the profile's formats",
	    what, (int)(c.len < 60 ? c.len : 60), c.s);
	return -1;
}

/* The zone a field is read in unless its row says another, or NULL. */
static const struct zone *
own_zone(const struct values *v, const struct profile_field *f)
{
	return f->zone != NULL ? f->zone : v->profile->zone;
}

int
values_quick(struct values *v, const struct profile_field *f, int64_t *ms)
{
	const struct timefix *fix = timefmt_fixed(values_timefmt(v));
	const struct zone *zone = own_zone(v, f);
	struct rows_cell c;

	if (f->kind != PROFILE_COLUMNS || f->count != 1 ||
	    f->zone_from != NULL || zone == NULL || fix == NULL)
		return 0;
	c = cell(v, f->column[0].index);
	if (!stamp_read(&v->stamp, fix, zone, c.s, c.len, ms))
		return 0;
	*ms *= 1000;
	return 1;
}

const struct timefmt *
values_timefmt(const struct values *v)
{
	return v->profile->times[v->last_format];
}

int
values_time(struct values *v, const struct profile_field *f, const char *what,
    struct values_time *time, struct problem *p)
{
	const struct zone *zone;
	struct known_time *known;
	struct rows_cell c;

	f = part_of(v, f);
	zone = own_zone(v, f);
	if (f->zone_from != NULL && named_zone(v, f, &zone, p) != 0)
		return -1;
	c = values_get(v, f);
	if (c.len == 0) {
		problem_set(p, "no-time", SEVERITY_ERROR, NULL, 0, 0);
		buf_printf(&p->text, "%s is empty", what);
		return -1;
	}
	if (timefmt_fixed(values_timefmt(v)) != NULL)
		return read_time(v, zone, c, what, time, p);
	known = known_place(v, c);
	if (known != NULL && known->len == c.len &&
	    memcmp(known->text, c.s, c.len) == 0 && known->zone == zone) {
		*time = known->time;
		return 0;
	}
	if (read_time(v, zone, c, what, time, p) != 0)
		return -1;
	if (known != NULL) {
		known->len = c.len;
		memcpy(known->text, c.s, c.len);
		known->zone = zone;
		known->time = *time;
	}
	return 0;
}

int
values_instant(struct values *v, const struct values_time *time, int64_t *ms,
    struct problem *p)
{
	if (!time->has_date) {
		problem_set(p, "bad-time", SEVERITY_ERROR, NULL, 0, 0);
		buf_puts(&p->text,
		    "a clock time alone: nothing says of what day it is");
		return -1;
	}
	*ms = time->ms;
	return time->has_zone ? 0
			      : dst_instant(time->zone, v->profile->dst,
				    time->ms, ms, &v->decided, p);
}

int
values_duration(struct values *v, const struct profile_field *f,
    const char *what, int64_t *ms, struct problem *p)
{
	struct rows_cell c;

	f = part_of(v, f);
	c = values_get(v, f);
	if (unit_read(f->unit, c.s, c.len, &v->profile->numbers, ms, NULL) == 0)
		return 0;
	problem_set(p, "bad-number", SEVERITY_ERROR, NULL, 0, 0);
	if (c.len == 0)
		buf_printf(&p->text, "%s is empty", what);
	else
		buf_printf(&p->text,
		    "%s '%.*s' is no length of time in the profile's unit "
		    "and number style",
		    what, (int)(c.len < 60 ? c.len : 60), c.s);
	return -1;
}

uint64_t
values_decided(const struct values *v)
{
	return v->decided;
}

void
values_free(struct values *v)
{
	if (v == NULL)
		return;
	free(v->fill);
	buf_free(&v->joined);
	free(v);
}
