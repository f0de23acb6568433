/* baseline.c - findings that are known and accepted. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/msg.h"
#include "base/number.h"
#include "base/sort.h"
#include "base/xalloc.h"
#include "validate/baseline.h"
#include "validate/fingerprint.h"
#include "validate/parameter.h"
#include "validate/report_document.h"
#include "json/json_read.h"

#define PRINT ((size_t)16)

/* What the file knows. */
struct known {
	unsigned char print[PRINT];
	uint64_t left;	    /* so many of them were not met yet */
	int is_passed_over; /* by what the user asked for: nobody looks */
};

/* What this run has; fits the sorter, which wants no unset bytes. */
struct entry {
	unsigned char print[PRINT];
	const char *code;
	struct record record; /* without its place; owner NAMES_NONE: none */
};

struct baseline {
	const struct settings *settings;
	const struct names *names;
	int begun;	     /* the first line was read */
	struct known *known; /* by print */
	size_t count, room;
	const char *written;
	struct sort *sort;
	int failed;
};

static int
digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* -1: ${text} is no fingerprint. */
static int
read_print(const char *text, unsigned char to[PRINT])
{
	if (text == NULL || strlen(text) != 2 * PRINT)
		return -1;
	for (size_t i = 0; i < PRINT; i++) {
		int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		to[i] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

static int
by_print(const void *a, const void *b)
{
	return memcmp(a, b, PRINT);
}

/* True if the list has the text of this key. */
static int
is_in(const struct select_list *list, const struct json *j, const char *key)
{
	const char *text = json_string(json_get(j, key));

	return text != NULL && select_has(list, text, strlen(text));
}

/* True if nobody looks for what the line knows: its rule is off or needs the
 * whole input, or its record is not selected.  What is about no record may come
 * of some that are not. */
static int
is_passed_over(const struct settings *s, const struct json *j)
{
	const struct select *select = &s->select;
	const char *code = json_string(json_get(j, "code"));
	const char *start = json_string(json_get(j, "startTime"));
	unsigned id = code != NULL ? rule_find(code) : RULE_COUNT;
	int64_t at;

	if (id < RULE_COUNT && (s->severity[id] == SEVERITY_OFF ||
				   (s->sorted && rule_needs_whole(id))))
		return 1;
	if (select_is_all(select))
		return 0;
	return !is_in(&select->machines, j, "machineId") ||
	       !is_in(&select->projects, j, "projectId") ||
	       !is_in(&select->states, j, "state") || start == NULL ||
	       parameter_time(start, &at) != 0 || at < select->from ||
	       at >= select->to;
}

/* One line.  NULL, or what is wrong with it. */
static const char *
take(struct baseline *b, const struct json *j)
{
	const struct json *count = json_get(j, "count");
	const struct json *version = json_get(j, "ditioBaseline");
	struct known *k;

	if (!b->begun++)
		return version != NULL && version->type == JSON_NUMBER &&
			       version->len == 1 && *version->text == '1'
			   ? NULL
			   : "its first line is not {\"ditioBaseline\":1}";
	if (b->count == b->room) {
		b->room = b->room > 0 ? b->room * 2 : 64;
		b->known = xreallocarray(b->known, b->room, sizeof *b->known);
	}
	k = &b->known[b->count];
	if (read_print(json_string(json_get(j, "fingerprint")), k->print) != 0)
		return "its \"fingerprint\" is none";
	k->left = 1;
	k->is_passed_over = is_passed_over(b->settings, j);
	if (count != NULL && (count->type != JSON_NUMBER ||
				 number_whole(count->text, count->len,
				     UINT32_MAX, &k->left) != 0 ||
				 k->left == 0))
		return "its \"count\" is no number from 1";
	b->count++;
	return NULL;
}

static int
take_line(struct baseline *b, struct input *in, const char *line, size_t len)
{
	struct json_read_error error;
	struct json *j = json_read(line, len, JSON_READ_STRICT, &error);
	const char *why = j == NULL ? error.text : take(b, j);

	if (why != NULL)
		msg_warn("%s:%" PRIu64
			 ": this is no line that --write-baseline wrote: %s",
		    input_name(in), input_number(in), why);
	json_free(j);
	return why != NULL ? -1 : 0;
}

/* Entries of one fingerprint become one. */
static void
unite(struct baseline *b)
{
	size_t n = 0;

	if (b->count > 1)
		qsort(b->known, b->count, sizeof *b->known, by_print);
	for (size_t i = 0; i < b->count; i++)
		if (n > 0 && by_print(&b->known[n - 1], &b->known[i]) == 0)
			b->known[n - 1].left += b->known[i].left;
		else
			b->known[n++] = b->known[i];
	b->count = n;
}

static int
read_known(struct baseline *b, char *path)
{
	char *paths[] = { path, NULL };
	struct input *in = input_open(paths);
	enum input_got got;
	const char *line;
	size_t len;
	int failed = 0;

	(void)input_text(in, NULL);
	if (input_next_file(in)) {
		while (
		    !failed && (got = input_line(in, &line, &len)) != INPUT_END)
			if (got == INPUT_LONG || len > 0)
				failed = take_line(
				    b, in, line, got == INPUT_LONG ? 0 : len);
		if (!failed && !input_failed(in) && !b->begun) {
			msg_warn("%s: is empty; --write-baseline writes a "
				 "first line at least",
			    path);
			failed = -1;
		}
	}
	failed |= input_failed(in);
	input_close(in);
	unite(b);
	return failed ? -1 : 0;
}

/* By code and record, so that people find their way, and by print. */
static int
compare(const void *a, const void *b, void *names)
{
	const struct entry *x = a, *y = b;
	int difference = strcmp(x->code, y->code);

	if (difference != 0)
		return difference;
	if (x->record.owner != NAMES_NONE && y->record.owner != NAMES_NONE)
		difference = names_compare(&x->record, &y->record, names);
	else
		difference = (x->record.owner == NAMES_NONE) -
			     (y->record.owner == NAMES_NONE);
	return difference != 0 ? difference : memcmp(x->print, y->print, PRINT);
}

struct baseline *
baseline_open(char *known, const char *written, const struct settings *settings,
    struct names *names, size_t memory)
{
	struct baseline *b = xcalloc(1, sizeof *b);

	b->settings = settings;
	b->names = names;
	if (known != NULL && read_known(b, known) != 0) {
		(void)baseline_close(b, 0);
		return NULL;
	}
	b->written = written;
	if (written != NULL)
		b->sort =
		    sort_new(sizeof(struct entry), compare, names, memory);
	return b;
}

static void
note(struct baseline *b, const struct report_finding *f,
    const unsigned char print[PRINT])
{
	struct entry e;

	memset(&e, 0, sizeof e);
	memcpy(e.print, print, PRINT);
	e.code = f->problem->code;
	e.record.owner = NAMES_NONE;
	if (f->record != NULL) {
		e.record.start = f->record->start;
		e.record.end = f->record->end;
		e.record.owner = f->record->owner;
		e.record.state = f->record->state;
	}
	e.record.file = NAMES_NONE;
	if (!b->failed && sort_put(b->sort, &e) != 0)
		b->failed = -1;
}

int
baseline_meet(struct baseline *b, const struct report_finding *f)
{
	char text[FINGERPRINT_TEXT];
	unsigned char print[PRINT];
	struct known *k;

	fingerprint_of(f, text);
	(void)read_print(text, print);
	if (b->sort != NULL)
		note(b, f, print);
	k = b->count > 0
		? bsearch(print, b->known, b->count, sizeof *b->known, by_print)
		: NULL;
	if (k == NULL || k->left == 0)
		return 0;
	k->left--;
	return 1;
}

uint64_t
baseline_gone(const struct baseline *b)
{
	uint64_t n = 0;

	for (size_t i = 0; i < b->count; i++)
		if (!b->known[i].is_passed_over)
			n += b->known[i].left;
	return n;
}

static void
put_line(struct out *out, struct json_write *w)
{
	size_t len;
	const char *text = json_write_take(w, &len);

	out_put(out, text, len);
	out_put(out, "\n", 1);
}

/* A line, for as many as are alike. */
static void
put_entry(const struct baseline *b, struct out *out, struct json_write *w,
    const struct entry *e, uint64_t count)
{
	char text[2 * PRINT + 1];

	for (size_t i = 0; i < PRINT; i++)
		snprintf(text + 2 * i, 3, "%02x", e->print[i]);
	json_write_object(w);
	json_write_key(w, "code");
	json_write_text(w, e->code);
	if (e->record.owner != NAMES_NONE)
		report_document_record(w, b->names, &e->record);
	if (count > 1) {
		json_write_key(w, "count");
		json_write_uint(w, count);
	}
	json_write_key(w, "fingerprint");
	json_write_text(w, text);
	json_write_end(w);
	put_line(out, w);
}

static int
write_all(const struct baseline *b)
{
	struct out *out = out_open(b->written);
	struct json_write *w;
	const struct entry *e;
	struct entry last;
	uint64_t count = 0;

	if (out == NULL)
		return -1;
	w = json_write_new(0);
	json_write_object(w);
	json_write_key(w, "ditioBaseline");
	json_write_uint(w, 1);
	json_write_end(w);
	put_line(out, w);
	while ((e = sort_next(b->sort)) != NULL) {
		if (count > 0 && memcmp(e->print, last.print, PRINT) != 0) {
			put_entry(b, out, w, &last, count);
			count = 0;
		}
		last = *e;
		count++;
	}
	if (count > 0)
		put_entry(b, out, w, &last, count);
	json_write_free(w);
	return out_finish(out) != 0 || sort_failed(b->sort) ? -1 : 0;
}

int
baseline_close(struct baseline *b, int whole)
{
	int failed;

	if (b == NULL)
		return 0;
	failed = b->failed;
	if (!failed && whole && b->written != NULL)
		failed = write_all(b);
	sort_free(b->sort);
	free(b->known);
	free(b);
	return failed;
}
