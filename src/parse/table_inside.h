/* table_inside.h - what the kinds of row have in common. */

#ifndef PARSE_TABLE_INSIDE_H
#define PARSE_TABLE_INSIDE_H

#include "parse/stamp.h"
#include "parse/table.h"
#include "parse/values.h"
#include "parse/vocabulary.h"

/* A machine's last event that was read. */
struct table_last {
	int64_t time; /* or INSTANT_NONE */
	int is_lost;  /* one that could not be read came after it */
};

/* A file of periods as most are: what a row must say stands in a column each,
 * and nothing else matters. */
struct table_plain {
	int is_so;
	size_t machine, state, start, end; /* columns */
	const struct zone *start_zone, *end_zone;
	struct stamp stamp;
};

struct table_reader {
	struct input *in;
	struct profile *profile;
	const struct table_sinks *to;
	struct rows rows;
	struct values *values;
	struct vocabulary *words;
	uint32_t file;
	struct problem problem;
	int failed;
	struct buf company, project;
	struct buf header;   /* the row that is it, as it was */
	size_t header_first; /* bytes of its first cell */
	char header_letter;  /* its first one */
	struct table_plain plain;
	struct table_last *last; /* by machine */
	uint32_t machines;
};

static inline const struct profile_field *
table_field(const struct table_reader *r, enum profile_key key)
{
	return &r->profile->field[key];
}

/* The line of the row that ${r} is at. */
uint64_t table_line(const struct table_reader *r);

/* Reject the row for ${r}->problem, or for ${code} and ${text}. */
void table_reject(struct table_reader *r);
void table_wrong(struct table_reader *r, const char *code, const char *text);

/* What the row's state word says, as vocabulary_find; an unknown one is the
 * row's problem, which is not told yet. */
int table_saying(struct table_reader *r, uint32_t *state);

/* An optional id of the row, put into ${to}; NULL when there is none. */
const char *table_id(
    struct table_reader *r, enum profile_key key, struct buf *to);

/* Tell of ${leaps} seconds of 60 that were taken for 59. */
void table_leaps(struct table_reader *r, int leaps);

/* The vendor's id of the row's machine, or that of all rows. */
struct rows_cell table_machine(struct table_reader *r);

/* True if ${id} names a machine; else the row is rejected (no-machine,
 * spreadsheet-number). */
int table_names(struct table_reader *r, struct rows_cell id);

/* Whether ${id} may be a number that was rounded, "3.5E+14": most are not. */
static inline int
table_may_be_rounded(struct rows_cell id)
{
	return id.len > 3 &&
	       (id.s[id.len - 3] == '+' || id.s[id.len - 4] == '+');
}

#endif
