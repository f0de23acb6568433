/* aemp.c - ISO 15143-3 (AEMP) feeds: Fleet snapshots and time series. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/instant.h"
#include "base/msg.h"
#include "base/progress.h"
#include "base/sort.h"
#include "base/xalloc.h"
#include "parse/aemp.h"
#include "parse/aemp_ids.h"
#include "parse/aemp_value.h"
#include "parse/xml.h"

/* Text of one element that is worth keeping. */
#define MOST_TEXT 4096

/* Readings wait here, machines unknown, until all headers were seen. */
#define WAITING_MEMORY ((size_t)16 * 1024 * 1024)

/* What the element we are in is for. */
enum place {
	OUTSIDE,
	IN_ROOT,
	IN_LINKS,
	IN_EQUIPMENT,
	IN_HEADER,
	IN_SECTION,
	IN_OTHER, /* passed over, with all within */
};

struct reader {
	struct input *in;
	const struct aemp_options *options;
	struct names *names;
	struct reject *reject;
	struct tally *tally;
	struct aemp_ids *ids;
	struct sort *waiting; /* readings; machine is a header's number */
	uint32_t file;
	int failed;

	/* Of the document. */
	enum place place;
	int depth, place_depth; /* where the place began */
	enum place outer;	/* what it lies in */
	int is_series;
	int is_feed;
	int64_t snapshot;
	char *part[AEMP_IDS_PARTS]; /* of the current header */
	uint32_t header;	    /* its number, or AEMP_IDS_NONE */
	uint64_t header_line;

	/* Of the section. */
	enum evidence_kind kind;
	uint64_t section_line;
	struct buf time, value, text;
	int keeps_text;
	uint64_t long_line; /* where a text was too long; 0: nowhere */
	struct problem problem;
};

static void
clear_header(struct reader *r)
{
	for (int i = 0; i < AEMP_IDS_PARTS; i++) {
		free(r->part[i]);
		r->part[i] = NULL;
	}
	r->header = AEMP_IDS_NONE;
	r->header_line = 0;
}

/* The number of the header as far as it is known now. */
static uint32_t
header_number(struct reader *r, uint64_t line)
{
	if (r->header == AEMP_IDS_NONE)
		r->header =
		    aemp_ids_header(r->ids, (const char *const *)r->part,
			r->file, r->header_line > 0 ? r->header_line : line);
	return r->header;
}

static void
enter(struct reader *r, enum place place)
{
	r->outer = r->place;
	r->place = place;
	r->place_depth = r->depth;
}

static void
start_root(struct reader *r, struct xml *x, const char *name)
{
	size_t len, n = strlen(name);
	const char *time;
	int64_t ms;

	r->is_series = n > 8 && strcasecmp(name + n - 8, "Messages") == 0;
	r->is_feed = r->is_series || strcasecmp(name, "Fleet") == 0;
	enter(r, r->is_feed ? IN_ROOT : IN_OTHER);
	if (!r->is_feed) {
		problem_set(&r->problem, "not-aemp", SEVERITY_ERROR,
		    input_name(r->in), xml_line(x), 0);
		buf_printf(&r->problem.text,
		    "the root element is %.60s; a feed's is Fleet or "
		    "...Messages",
		    name);
	}
	time = xml_attribute(x, "snapshotTime", &len);
	if (time != NULL && instant_read(time, len, &ms, NULL) != INSTANT_BAD)
		r->snapshot = ms;
}

static void
start_section(struct reader *r, struct xml *x, enum evidence_kind kind)
{
	static const char *const names[] = { "datetime", "dateTime", "DateTime",
		"Datetime" };
	const char *time = NULL;
	size_t len;

	enter(r, IN_SECTION);
	r->kind = kind;
	r->section_line = xml_line(x);
	buf_clear(&r->time);
	buf_clear(&r->value);
	for (size_t i = 0; i < 4 && time == NULL; i++)
		time = xml_attribute(x, names[i], &len);
	if (time != NULL)
		buf_put(&r->time, time, len < MOST_TEXT ? len : MOST_TEXT);
}

/* An element straight under the root, or under an Equipment. */
static void
start_within(struct reader *r, struct xml *x, const char *name)
{
	enum evidence_kind kind;

	if (strcasecmp(name, "EquipmentHeader") == 0) {
		enter(r, IN_HEADER);
		r->header_line = xml_line(x);
	} else if (r->place == IN_ROOT && strcasecmp(name, "Links") == 0) {
		enter(r, IN_LINKS);
	} else if (r->place == IN_ROOT && !r->is_series &&
		   strcasecmp(name, "Equipment") == 0) {
		clear_header(r);
		r->header_line = xml_line(x);
		enter(r, IN_EQUIPMENT);
	} else if (aemp_value_kind(name, &kind)) {
		start_section(r, x, kind);
	} else {
		enter(r, IN_OTHER);
	}
}

static void
on_start(void *context, struct xml *x, const char *name)
{
	struct reader *r = context;

	r->depth++;
	r->keeps_text = r->place == IN_HEADER || r->place == IN_LINKS ||
			r->place == IN_SECTION;
	buf_clear(&r->text);
	if (r->depth == 1)
		start_root(r, x, name);
	else if (r->place == IN_ROOT || r->place == IN_EQUIPMENT)
		start_within(r, x, name);
}

static void
on_text(void *context, const char *s, size_t len)
{
	struct reader *r = context;

	if (!r->keeps_text)
		return;
	if (r->text.len + len <= MOST_TEXT)
		buf_put(&r->text, s, len);
	else if (r->long_line == 0) /* an id cut short is another machine's */
		r->long_line = r->place == IN_SECTION ? r->section_line
			       : r->header_line > 0   ? r->header_line
						      : 1;
}

/* The text of the element that ends, without blanks around it. */
static const char *
trimmed(struct reader *r)
{
	char *s = r->text.data;
	size_t n = r->text.len;

	if (s == NULL)
		return "";
	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		s[--n] = '\0';
	r->text.len = n;
	return s + strspn(s, " \t\r\n");
}

static void
end_in_header(struct reader *r, const char *name)
{
	int part =
	    strcasecmp(name, "OEMName") == 0 || strcasecmp(name, "Make") == 0
		? AEMP_IDS_MAKE
	    : strcasecmp(name, "EquipmentID") == 0  ? AEMP_IDS_EQUIPMENT
	    : strcasecmp(name, "SerialNumber") == 0 ? AEMP_IDS_SERIAL
	    : strcasecmp(name, "PIN") == 0	    ? AEMP_IDS_PIN
						    : -1;

	if (part < 0)
		return;
	free(r->part[part]);
	r->part[part] = xstrdup(trimmed(r));
}

/* A series document names its machine in the address of its self link. */
static void
end_in_links(struct reader *r, const char *name)
{
	const char *text = trimmed(r);

	if (strcasecmp(name, "href") != 0 || !r->is_series ||
	    r->part[AEMP_IDS_EQUIPMENT] != NULL ||
	    r->part[AEMP_IDS_SERIAL] != NULL)
		return;
	aemp_value_address(text, &r->part[AEMP_IDS_EQUIPMENT],
	    &r->part[AEMP_IDS_MAKE], &r->part[AEMP_IDS_SERIAL]);
}

static void
end_in_section(struct reader *r, const char *name)
{
	const char *text = trimmed(r);

	if (strcasecmp(name, "datetime") == 0) {
		if (r->time.len == 0)
			buf_puts(&r->time, text);
	} else if (strcasecmp(name,
		       r->kind == EVIDENCE_RUNNING ? "Running" : "Hour") == 0) {
		buf_clear(&r->value);
		buf_puts(&r->value, text);
	}
}

static void
reject_section(struct reader *r)
{
	r->problem.file = input_name(r->in);
	r->problem.line = r->section_line;
	reject_row(r->reject, &r->problem, NULL, 0);
}

/* A section is a row: it can say something of the machine's state. */
static void
end_section(struct reader *r)
{
	struct evidence_reading reading = { .snapshot = r->snapshot,
		.line = r->section_line,
		.file = r->file,
		.kind = (uint8_t)r->kind,
		.series = (uint8_t)r->is_series };

	if ((++r->tally->read & 4095) == 0)
		progress_show(input_name(r->in), r->tally->read,
		    input_read_bytes(r->in), input_total_bytes(r->in));
	switch (aemp_value_read(r->kind, &r->value, &r->time, r->options,
	    &reading.value, &reading.time, &r->tally->decided, &r->problem)) {
	case AEMP_VALUE_NOTHING:
		r->tally->skipped++;
		return;
	case AEMP_VALUE_WRONG:
		reject_section(r);
		return;
	case AEMP_VALUE_LEAP:
		reject_leap(r->reject, input_name(r->in), r->section_line);
		break;
	case AEMP_VALUE_READ:
		break;
	}
	reading.machine = header_number(r, r->section_line);
	if (sort_put(r->waiting, &reading) != 0)
		r->failed = 1;
}

static void
end_place(struct reader *r)
{
	switch (r->place) {
	case IN_SECTION:
		end_section(r);
		break;
	case IN_HEADER:
		r->header = AEMP_IDS_NONE;
		(void)header_number(r, r->header_line);
		break;
	case IN_EQUIPMENT:
		/* Also one without a single section is a machine. */
		(void)header_number(r, r->header_line);
		r->place = IN_ROOT;
		r->place_depth = 1;
		return;
	default:
		break;
	}
	r->place = r->outer;
	r->outer = IN_ROOT;
}

static void
on_end(void *context, const char *name)
{
	struct reader *r = context;

	if (r->depth == r->place_depth && r->place != IN_ROOT &&
	    r->place != OUTSIDE)
		end_place(r);
	else if (r->place == IN_HEADER)
		end_in_header(r, name);
	else if (r->place == IN_LINKS)
		end_in_links(r, name);
	else if (r->place == IN_SECTION)
		end_in_section(r, name);
	/* What follows a child's end is not its parent's only text. */
	buf_clear(&r->text);
	r->depth--;
	if (r->place == IN_EQUIPMENT)
		r->place_depth = 2;
}

static void
read_document(struct reader *r)
{
	static const struct xml_handlers handlers = { on_start, on_text,
		on_end };
	const char *name = input_name(r->in);
	int failed;

	r->file = names_file(r->names, name, strlen(name));
	r->place = OUTSIDE;
	r->depth = r->place_depth = 0;
	r->is_feed = 1;
	r->snapshot = INSTANT_NONE;
	clear_header(r);
	problem_set(&r->problem, NULL, SEVERITY_ERROR, NULL, 0, 0);
	r->long_line = 0;
	failed = xml_read(r->in, &handlers, r, &r->problem) != 0 || !r->is_feed;
	if (!failed && r->long_line > 0) {
		failed = 1;
		problem_set(&r->problem, "too-long-text", SEVERITY_ERROR, name,
		    r->long_line, 0);
		buf_printf(&r->problem.text,
		    "an id, a time or a value is longer than %d bytes",
		    MOST_TEXT);
	}
	if (failed) {
		/* A message, not a finding: what the file held is lost. */
		if (!input_file_failed(r->in))
			problem_print(&r->problem);
		r->failed = 1;
	}
}

static int
compare_none(const void *a, const void *b, void *context)
{
	(void)a;
	(void)b;
	(void)context;
	return 0; /* a queue, not a sorter */
}

/* Give every reading its machine and hand it over. */
static void
hand_over(struct reader *r, struct evidence *evidence)
{
	const struct evidence_reading *next;
	struct evidence_reading reading;
	struct buf file = { 0 };

	while ((next = sort_next(r->waiting)) != NULL) {
		reading = *next;
		reading.machine = aemp_ids_machine(r->ids, next->machine);
		if (reading.machine == AEMP_IDS_NONE) {
			buf_clear(&file);
			names_put_file(r->names, reading.file, &file);
			problem_set(&r->problem, "no-machine", SEVERITY_ERROR,
			    buf_text(&file), reading.line, 0);
			buf_puts(&r->problem.text,
			    "no id of the kind the feed's machines are known "
			    "by; give --id-field or --machine");
			reject_row(r->reject, &r->problem, NULL, 0);
			continue;
		}
		r->tally->used++;
		if (evidence_put(evidence, &reading) != 0)
			r->failed = 1;
	}
	buf_free(&file);
	if (sort_failed(r->waiting))
		r->failed = 1;
}

int
aemp_read(struct input *in, const struct aemp_options *options,
    struct names *names, struct evidence *evidence, struct reject *reject,
    struct tally *tally)
{
	struct reader r = { .in = in,
		.options = options,
		.names = names,
		.reject = reject,
		.tally = tally,
		.header = AEMP_IDS_NONE };

	r.ids = aemp_ids_new();
	r.waiting = sort_new(sizeof(struct evidence_reading), compare_none,
	    NULL, WAITING_MEMORY);
	while (!r.failed && input_next_file(in))
		read_document(&r);
	progress_clear();
	if (!r.failed) {
		aemp_ids_resolve(r.ids, options->id_field, options->machine,
		    names, evidence, reject);
		hand_over(&r, evidence);
	}
	clear_header(&r);
	aemp_ids_free(r.ids);
	sort_free(r.waiting);
	buf_free(&r.time);
	buf_free(&r.value);
	buf_free(&r.text);
	problem_free(&r.problem);
	return r.failed ? -1 : 0;
}
