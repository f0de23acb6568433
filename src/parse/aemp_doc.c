/* aemp_doc.c - one document of a feed, be it XML or JSON, as elements. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/instant.h"
#include "base/progress.h"
#include "base/xalloc.h"
#include "parse/aemp_doc.h"
#include "parse/aemp_ids.h"
#include "parse/aemp_pages.h"
#include "parse/aemp_place.h"
#include "parse/aemp_text.h"
#include "parse/aemp_value.h"

/* Text of one element that is worth keeping. */
#define MOST_TEXT 4096

/* What is known of a machine; ${number} is the feed's. */
struct equipment {
	char *part[AEMP_IDS_PARTS];
	uint32_t number; /* or AEMP_IDS_NONE: nothing has come of it */
	uint64_t line;
};

struct aemp_doc {
	struct input *in;
	struct aemp_feed *feed;
	const struct aemp_options *options;
	struct reject *reject;
	struct names *names;
	struct tally *tally;
	uint32_t file;
	int failed;

	enum aemp_place place[AEMP_DOC_DEPTH + 1];
	uint64_t line, column; /* of the innermost element */
	int depth;

	uint32_t page;
	uint64_t page_column;
	uint32_t pages;		    /* of the file */
	uint64_t things;	    /* on the page, but links */
	int is_feed;		    /* what came is of a feed */
	int is_own;		    /* the root itself has a header */
	struct equipment root;	    /* of sections straight under the root */
	struct equipment equipment; /* the one we are in */
	struct equipment address;   /* as a series' links say */
	struct buf message;
	struct buf rel, href; /* of the link we are in */
	uint64_t link_line;

	/* Of the section. */
	enum evidence_kind kind;
	int is_series, is_doubtful;
	uint64_t section_line, section_column;
	struct buf time, value, second, text;
	struct problem problem; /* of a row */
	struct problem fault;	/* of the file */
};

struct aemp_doc *
aemp_doc_new(struct input *in, struct aemp_feed *feed,
    const struct aemp_options *options, struct names *names,
    struct reject *reject, struct tally *tally)
{
	struct aemp_doc *d = xcalloc(1, sizeof *d);

	d->in = in;
	d->feed = feed;
	d->options = options;
	d->names = names;
	d->reject = reject;
	d->tally = tally;
	return d;
}

static void
clear(struct equipment *e, uint64_t line)
{
	for (int i = 0; i < AEMP_IDS_PARTS; i++) {
		free(e->part[i]);
		e->part[i] = NULL;
	}
	e->number = AEMP_IDS_NONE;
	e->line = line;
}

void
aemp_doc_begin(struct aemp_doc *d)
{
	const char *name = input_name(d->in);

	d->file = names_file(d->names, name, strlen(name));
	d->pages = 0;
	d->depth = 0;
	d->place[0] = AEMP_PLACE_OUTSIDE;
	problem_set(&d->fault, NULL, SEVERITY_ERROR, NULL, 0, 0);
}

/* The first fault of the file is the one to mend. */
static struct buf *
blame(struct aemp_doc *d, const char *code, uint64_t line, uint64_t column)
{
	problem_set(
	    &d->fault, code, SEVERITY_ERROR, input_name(d->in), line, column);
	return &d->fault.text;
}

static int
is_root(enum aemp_place place)
{
	return place == AEMP_PLACE_ENVELOPE || place == AEMP_PLACE_ROOT;
}

/* The machine that what we are in is of. */
static struct equipment *
current(struct aemp_doc *d)
{
	for (int i = d->depth; i > 0; i--)
		if (d->place[i] == AEMP_PLACE_EQUIPMENT)
			return &d->equipment;
	return &d->root;
}

static void
start_page(struct aemp_doc *d, enum aemp_place place, const char *name)
{
	d->page = aemp_pages_add(aemp_feed_pages(d->feed), d->file, d->line);
	d->page_column = d->column;
	d->pages++;
	d->things = 0;
	d->is_own = 0;
	d->is_feed = place == AEMP_PLACE_ROOT;
	clear(&d->root, d->line);
	clear(&d->address, d->line);
	buf_clear(&d->message);
	if (place == AEMP_PLACE_OTHER)
		buf_printf(blame(d, "not-aemp", d->line, d->column),
		    "the root element is %.60s; a feed's is Fleet, "
		    "Equipment or ...Messages",
		    name);
}

int
aemp_doc_start(struct aemp_doc *d, const char *name, size_t len, uint64_t line,
    uint64_t column)
{
	enum aemp_place parent = d->place[d->depth];
	enum aemp_place place = aemp_place_of(parent, name, len, &d->kind);

	if (d->depth > 1 && parent != AEMP_PLACE_LINKS &&
	    is_root(d->place[d->depth - 1]) && !is_root(parent))
		d->things++;
	d->place[++d->depth] = place;
	d->line = line;
	d->column = column;
	buf_clear(&d->text);
	if (parent == AEMP_PLACE_OUTSIDE)
		start_page(d, place, name);
	if (place >= AEMP_PLACE_ROOT && place <= AEMP_PLACE_SECTION)
		d->is_feed = 1;
	if (place == AEMP_PLACE_EQUIPMENT) {
		clear(&d->equipment, line);
		d->equipment.number = aemp_feed_machine(d->feed, d->page, line);
	} else if (place == AEMP_PLACE_HEADER) {
		current(d)->line = line;
		d->is_own |= parent == AEMP_PLACE_ROOT &&
			     d->place[d->depth - 2] == AEMP_PLACE_ENVELOPE;
	} else if (place == AEMP_PLACE_LINKS) {
		d->link_line = line;
	} else if (place == AEMP_PLACE_SECTION) {
		d->is_series = parent != AEMP_PLACE_EQUIPMENT;
		d->is_doubtful = 0;
		d->section_line = line;
		d->section_column = column;
		buf_clear(&d->time);
		buf_clear(&d->value);
		buf_clear(&d->second);
	}
	return place == AEMP_PLACE_ROOT || place == AEMP_PLACE_SECTION;
}

static void
take_snapshot(struct aemp_doc *d, const char *s, size_t len)
{
	int64_t ms;

	if (instant_read(s, len, &ms, NULL) != INSTANT_BAD)
		aemp_pages_made(aemp_feed_pages(d->feed), d->page, ms);
}

void
aemp_doc_attribute(
    struct aemp_doc *d, const char *name, const char *s, size_t len)
{
	enum aemp_place place = d->place[d->depth];

	if (place == AEMP_PLACE_SECTION && strcasecmp(name, "datetime") == 0)
		buf_put(&d->time, s, len < MOST_TEXT ? len : MOST_TEXT);
	else if (place == AEMP_PLACE_ROOT &&
		 strcasecmp(name, "snapshotTime") == 0)
		take_snapshot(d, s, len);
}

void
aemp_doc_text(struct aemp_doc *d, const char *s, size_t len)
{
	if (d->place[d->depth] < AEMP_TEXT_MAKE)
		return;
	if (d->fault.code == NULL && memchr(s, '\0', len) != NULL)
		buf_puts(blame(d, "nul-byte", d->line, d->column),
		    "an id, a time or a value holds a NUL");
	if (d->text.len + len <= MOST_TEXT)
		buf_put(&d->text, s, len);
	else if (d->fault.code == NULL &&
		 d->place[d->depth] != AEMP_TEXT_MESSAGE)
		/* An id cut short is another machine's. */
		buf_printf(blame(d, "too-long-text", d->line, d->column),
		    "an id, a time or a value is longer than %d bytes",
		    MOST_TEXT);
}

static void
end_part(struct aemp_doc *d, enum aemp_ids_part part)
{
	struct equipment *e = current(d);

	free(e->part[part]);
	e->part[part] = xstrdup(aemp_text_trim(&d->text));
}

/* A series document names its machine in the address of its self link. */
static void
end_link(struct aemp_doc *d)
{
	const char *address = buf_text(&d->href);
	char **part = d->address.part;

	if (part[AEMP_IDS_EQUIPMENT] == NULL && part[AEMP_IDS_SERIAL] == NULL)
		aemp_value_address(address, &part[AEMP_IDS_EQUIPMENT],
		    &part[AEMP_IDS_MAKE], &part[AEMP_IDS_SERIAL]);
	if (d->href.len > 0)
		aemp_pages_link(aemp_feed_pages(d->feed), d->page,
		    buf_text(&d->rel), address, d->link_line);
	buf_clear(&d->href);
	buf_clear(&d->rel);
}

/* The header is whole: also one without a single section is a machine. */
static void
end_equipment(struct aemp_doc *d, struct equipment *e)
{
	char **part = e->part;

	if (e == &d->root && part[AEMP_IDS_EQUIPMENT] == NULL &&
	    part[AEMP_IDS_SERIAL] == NULL && part[AEMP_IDS_PIN] == NULL)
		part = d->address.part;
	aemp_feed_header(d->feed, e->number,
	    aemp_ids_header(aemp_feed_ids(d->feed), (const char *const *)part,
		d->file, e->line));
}

static void
reject_section(struct aemp_doc *d)
{
	d->problem.file = input_name(d->in);
	d->problem.line = d->section_line;
	d->problem.column = d->section_column;
	reject_row(d->reject, &d->problem, NULL, 0);
}

/* A section is a row: it can say something of the machine's state. */
static void
end_section(struct aemp_doc *d)
{
	struct equipment *e = current(d);
	struct evidence_reading reading = { .line = d->section_line,
		.file = d->file,
		.kind = (uint8_t)d->kind,
		.series = (uint8_t)d->is_series };

	if (!aemp_value_counts(d->options, d->kind))
		return; /* it says nothing of a state */
	if ((++d->tally->read & 4095) == 0)
		progress_show(input_name(d->in), d->tally->read,
		    input_read_bytes(d->in), input_total_bytes(d->in));
	if (d->kind == EVIDENCE_SWITCH &&
	    !aemp_value_switch(
		d->options, buf_text(&d->second), &reading.kind)) {
		d->tally->skipped++;
		return;
	}
	if (d->is_doubtful) {
		problem_set(
		    &d->problem, "duplicate-key", SEVERITY_ERROR, NULL, 0, 0);
		buf_puts(&d->problem.text,
		    "the section says its time or value twice");
		reject_section(d);
		return;
	}
	switch (aemp_value_read(d->kind, &d->value, &d->second, &d->time,
	    d->options, &reading.value, &reading.time, &d->tally->decided,
	    &d->problem)) {
	case AEMP_VALUE_NOTHING:
		d->tally->skipped++;
		return;
	case AEMP_VALUE_WRONG:
		reject_section(d);
		return;
	case AEMP_VALUE_LEAP:
		reject_leap(d->reject, input_name(d->in), d->section_line);
		/* fall through */
	case AEMP_VALUE_READ:
		break;
	}
	if (e->number == AEMP_IDS_NONE)
		e->number = aemp_feed_machine(d->feed, d->page, 0);
	reading.machine = e->number;
	if (aemp_feed_put(d->feed, &reading) != 0)
		d->failed = 1;
}

static void
say_empty(struct aemp_doc *d, uint64_t line)
{
	problem_set(&d->problem, "empty-page", SEVERITY_NOTE, input_name(d->in),
	    line, 0);
	buf_puts(&d->problem.text, "nothing stands on this page of the feed");
	reject_finding(d->reject, &d->problem);
}

static void
end_page(struct aemp_doc *d)
{
	if (d->root.number != AEMP_IDS_NONE)
		end_equipment(d, &d->root);
	if (d->is_feed && d->things == 0)
		say_empty(d, d->root.line);
	if (d->is_feed || d->fault.code != NULL)
		return;
	buf_puts(blame(d, "not-aemp", d->root.line, d->page_column),
	    "this is JSON with nothing of a feed in it: most likely an error "
	    "answer of the provider");
	if (d->message.len > 0)
		buf_printf(&d->fault.text, ", which says '%.100s'",
		    buf_text(&d->message));
}

void
aemp_doc_end(struct aemp_doc *d)
{
	enum aemp_place place = d->place[d->depth];
	const char *s;

	switch (place) {
	case AEMP_PLACE_ROOT: /* one of a list of machines, perhaps */
		if (!d->is_own)
			break;
		end_equipment(d, &d->root);
		clear(&d->root, d->root.line);
		d->is_own = 0;
		break;
	case AEMP_PLACE_HEADER:
		if (current(d)->number == AEMP_IDS_NONE)
			current(d)->number =
			    aemp_feed_machine(d->feed, d->page, 0);
		break;
	case AEMP_PLACE_EQUIPMENT:
		end_equipment(d, &d->equipment);
		break;
	case AEMP_PLACE_LINKS:
		end_link(d);
		break;
	case AEMP_PLACE_SECTION:
		end_section(d);
		break;
	case AEMP_TEXT_MAKE:
	case AEMP_TEXT_EQUIPMENT:
	case AEMP_TEXT_SERIAL:
	case AEMP_TEXT_PIN:
		end_part(d, (enum aemp_ids_part)(place - AEMP_TEXT_MAKE));
		break;
	case AEMP_TEXT_HREF:
		aemp_text_take(&d->text, &d->href);
		break;
	case AEMP_TEXT_REL:
		aemp_text_take(&d->text, &d->rel);
		break;
	case AEMP_TEXT_SNAPSHOT:
		s = aemp_text_trim(&d->text);
		take_snapshot(d, s, strlen(s));
		break;
	case AEMP_TEXT_TIME:
		if (d->time.len == 0)
			buf_puts(&d->time, aemp_text_trim(&d->text));
		break;
	case AEMP_TEXT_VALUE:
		aemp_text_take(&d->text, &d->value);
		break;
	case AEMP_TEXT_SECOND:
		aemp_text_take(&d->text, &d->second);
		break;
	case AEMP_TEXT_MESSAGE:
		if (d->message.len == 0)
			buf_puts(&d->message, aemp_text_trim(&d->text));
		break;
	default:
		break;
	}
	/* What follows a child's end is not its parent's only text. */
	buf_clear(&d->text);
	if (--d->depth == 0)
		end_page(d);
}

void
aemp_doc_finish(struct aemp_doc *d, int is_whole)
{
	if (current(d) == &d->equipment)
		end_equipment(d, &d->equipment);
	if (d->depth > 0 && d->root.number != AEMP_IDS_NONE)
		end_equipment(d, &d->root);
	d->depth = 0;
	/* Rexroth's page beyond the last is an empty list. */
	if (is_whole && d->pages == 0)
		say_empty(d, 1);
}

void
aemp_doc_again(
    struct aemp_doc *d, const char *name, uint64_t line, uint64_t column)
{
	enum evidence_kind kind = d->kind;
	enum aemp_place place =
	    aemp_place_of(d->place[d->depth], name, strlen(name), &kind);

	if (place >= AEMP_TEXT_TIME && place <= AEMP_TEXT_SECOND) {
		d->is_doubtful = 1;
	} else if (place >= AEMP_TEXT_MAKE && place <= AEMP_TEXT_PIN) {
		problem_set(&d->problem, "duplicate-key", SEVERITY_ERROR,
		    input_name(d->in), line, column);
		buf_printf(&d->problem.text,
		    "the header says \"%s\" twice; the last is taken", name);
		reject_finding(d->reject, &d->problem);
	}
}

const struct problem *
aemp_doc_problem(const struct aemp_doc *d)
{
	return d->fault.code != NULL ? &d->fault : NULL;
}

int
aemp_doc_failed(const struct aemp_doc *d)
{
	return d->failed;
}

void
aemp_doc_free(struct aemp_doc *d)
{
	if (d == NULL)
		return;
	clear(&d->root, 0);
	clear(&d->equipment, 0);
	clear(&d->address, 0);
	buf_free(&d->message);
	buf_free(&d->rel);
	buf_free(&d->href);
	buf_free(&d->time);
	buf_free(&d->value);
	buf_free(&d->second);
	buf_free(&d->text);
	problem_free(&d->problem);
	problem_free(&d->fault);
	free(d);
}
