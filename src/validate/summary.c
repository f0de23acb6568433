/* summary.c - machine hours written to files, one format a file. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/summary.h"
#include "validate/summary_csv.h"
#include "validate/summary_json.h"
#include "validate/summary_text.h"

static const struct summary_format *const formats[] = {
	&summary_text,
	&summary_json,
	&summary_csv,
};

struct summary {
	struct summary *next;
	const struct summary_format *format;
	struct out *out;
};

static const struct summary_format *
format_of(const char *spec)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		size_t len = strlen(formats[i]->name);

		if (strncmp(spec, formats[i]->name, len) == 0 &&
		    spec[len] == ':' && spec[len + 1] != '\0')
			return formats[i];
	}
	return NULL;
}

int
summary_add(struct summary **list, const char *spec)
{
	const struct summary_format *format = format_of(spec);
	const char *path;
	struct summary *s;
	struct out *out;

	if (format == NULL) {
		msg_warn("--summary %s: give text:FILE, json:FILE or csv:FILE",
		    spec);
		return -1;
	}
	path = strchr(spec, ':') + 1;
	if (strcmp(path, "-") == 0) {
		msg_warn("--summary %s: stdout carries the stream; name a file",
		    spec);
		return -1;
	}
	if ((out = out_open(path)) == NULL)
		return -1;
	s = xcalloc(1, sizeof *s);
	s->format = format;
	s->out = out;
	s->next = *list;
	*list = s;
	return 0;
}

int
summary_close(struct summary *list, const struct daily *d, int findings)
{
	int failed = 0;

	while (list != NULL) {
		struct summary *next = list->next;

		if (d != NULL)
			list->format->write(list->out, d, findings);
		failed |= out_finish(list->out);
		free(list);
		list = next;
	}
	return failed;
}

/* Owners with the same part have it next to each other. */
static int
shares(
    const struct names *n, uint32_t owner, uint32_t other, enum names_part part)
{
	size_t len, other_len;
	const char *s = names_part(n, owner, part, &len);
	const char *t = names_part(n, other, part, &other_len);

	return len == other_len && memcmp(s, t, len) == 0;
}

size_t
summary_project(
    const struct daily *d, const struct daily_cell *from, size_t count)
{
	const struct names *names = daily_names(d);
	size_t n = 0;

	while (n < count &&
	       shares(names, from[n].owner, from[0].owner, NAMES_COMPANY) &&
	       shares(names, from[n].owner, from[0].owner, NAMES_PROJECT))
		n += summary_machine(from + n, count - n);
	return n;
}

size_t
summary_machine(const struct daily_cell *from, size_t count)
{
	size_t n = 0;

	while (n < count && from[n].owner == from[0].owner)
		n++;
	return n;
}

size_t
summary_day(const struct daily_cell *from, size_t count)
{
	size_t n = 0;

	while (n < count && from[n].owner == from[0].owner &&
	       from[n].day == from[0].day)
		n++;
	return n;
}

struct daily_sum
summary_sum(const struct daily_cell *from, size_t count)
{
	struct daily_sum sum = DAILY_NOTHING;

	for (size_t i = 0; i < count; i++)
		daily_add(&sum, &from[i].sum);
	return sum;
}

static int
by_rank(const void *a, const void *b)
{
	const struct daily_cell *x = a, *y = b;

	return (x->owner > y->owner) - (x->owner < y->owner);
}

/* While they are sorted, the owner of each is the rank of its state. */
struct daily_cell *
summary_states(const struct daily *d, const struct daily_cell *from,
    size_t count, size_t *n)
{
	struct daily_cell *to = xcalloc(count + 1, sizeof *to);

	for (size_t i = 0; i < count; i++) {
		to[i] = from[i];
		to[i].owner = daily_rank(d, from[i].state);
	}
	qsort(to, count, sizeof *to, by_rank);
	*n = 0;
	for (size_t i = 0; i < count; i++) {
		if (*n > 0 && to[*n - 1].state == to[i].state)
			daily_add(&to[*n - 1].sum, &to[i].sum);
		else
			to[(*n)++] = to[i];
	}
	for (size_t i = 0; i < *n; i++) {
		to[i].owner = from[0].owner;
		to[i].day = from[0].day;
	}
	return to;
}

const char *
summary_date(char to[SUMMARY_DATE], int64_t day)
{
	struct instant_civil c;

	instant_to_civil(day * 86400, &c);
	snprintf(to, SUMMARY_DATE, "%04d-%02d-%02d", c.year % 10000,
	    c.month % 100, c.day % 100);
	return to;
}
