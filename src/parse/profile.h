/* profile.h - what a user says of a vendor's files. */

#ifndef PARSE_PROFILE_H
#define PARSE_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/zone.h"
#include "parse/csv_rows.h"
#include "parse/dst.h"
#include "parse/evidence.h"
#include "parse/pattern.h"
#include "parse/preamble.h"
#include "parse/timefmt.h"
#include "parse/unit.h"
#include "json/json.h"

enum profile_format {
	PROFILE_CSV,
	PROFILE_AEMP,
	PROFILE_XML,
	PROFILE_JSON,
	PROFILE_XLSX,
	PROFILE_RECORDS
};

enum profile_rows {
	PROFILE_PERIOD,
	PROFILE_EVENT,
	PROFILE_READING,
	PROFILE_TOTAL,
};

/* A column by its header, or by its number where that is not 0; or a path. */
struct profile_column {
	char *name;
	int is_path;
	size_t number; /* from 1 */
	size_t index;  /* of the current file's cells, from 0 */
};

/* Where a value comes from. */
struct profile_field {
	enum {
		PROFILE_ABSENT,
		PROFILE_COLUMNS,
		PROFILE_CONST,
		PROFILE_ANY,
		PROFILE_FILE,
		PROFILE_PREAMBLE,
		PROFILE_REFINED
	} kind;
	struct profile_column *column; /* PROFILE_COLUMNS: joined by a space */
	struct profile_field *any;     /* PROFILE_ANY: first not empty;
					  PROFILE_REFINED: what is refined */
	size_t count;		       /* of either */
	char *text; /* PROFILE_CONST; of the current file: PROFILE_FILE and
		       PROFILE_PREAMBLE */
	struct pattern *pattern; /* PROFILE_FILE: of its name;
				    PROFILE_REFINED: "matches", or NULL */
	char *from; /* that pattern as it was written; PROFILE_PREAMBLE: the
		       name of its value */
	struct profile_where *where; /* PROFILE_REFINED: empty in others */
	size_t where_count;
	int fills;	  /* PROFILE_REFINED: empty is as above */
	struct buf above; /* the last value that was not empty */
	enum unit unit;
	const struct zone *zone;	 /* its own, or NULL */
	struct profile_field *zone_from; /* where the row says it, or NULL;
					    belongs to the profile */
};

/* What the value of a row must be: one of these texts, or none; or fit. */
struct profile_where {
	struct profile_field field;
	char **texts;
	size_t count;
	int is_not;
	struct pattern *pattern; /* or NULL */
};

enum profile_key {
	PROFILE_MACHINE,
	PROFILE_COMPANY,
	PROFILE_PROJECT,
	PROFILE_STATE,
	PROFILE_START,
	PROFILE_END,
	PROFILE_DURATION,
	PROFILE_MINUS,
	PROFILE_TIME,
	PROFILE_OPERATING,
	PROFILE_IDLE,
	PROFILE_MOVING,
	PROFILE_ON,
	PROFILE_DATE,
	PROFILE_DAY_START,
	PROFILE_FIELDS,
};

/* What a vendor's word says. */
enum profile_saying {
	PROFILE_STATE_WORD, /* the machine is in a state */
	PROFILE_OFF,	    /* in none */
	PROFILE_IGNORE,	    /* nothing */
};

struct profile_word {
	char *word;
	enum profile_saying saying;
	char *state; /* PROFILE_STATE_WORD */
};

/* How long a machine was in a state. */
struct profile_total {
	char *state;
	struct profile_field field;
};

struct profile {
	char *name;
	char *title;
	char **match_header; /* match.header: a header with all these is ours */
	size_t match_count;
	struct pattern *match_name; /* match.fileName, or NULL */
	enum profile_format format;
	enum profile_rows rows;

	char *record; /* XML and JSON: the path of a row; XLSX: the sheet */
	struct csv_rows_dialect dialect;
	char *encoding;	     /* NULL: UTF-8 */
	int has_header;	     /* false: columns are numbers */
	char **header_words; /* the header is the first row with all these */
	size_t header_count;
	uint64_t skip_lines;
	uint64_t skip_after_header;
	char *comment; /* what dialect.comment points to */
	struct number_style numbers;
	char *thousands; /* what numbers.thousands points to */
	char **nulls;
	size_t null_count;

	struct timefmt **times;
	char **time_patterns;
	size_t time_count;
	const struct zone *zone;
	enum dst_choice dst;

	struct profile_field field[PROFILE_FIELDS];
	struct profile_total *total; /* laid out in this order */
	size_t total_count;
	char *rest;	   /* the state of what totals leave of a span; NULL */
	int64_t day_start; /* ms into the day; -1: not said */
	struct profile_field **zone_from; /* those of fields */
	size_t zone_froms;
	struct preamble *preamble;   /* or NULL */
	struct profile_where *where; /* rows that count; all must hold */
	size_t where_count;
	struct profile_word *word;
	size_t word_count;
	char **on_words, **off_words; /* of a running engine, and one not */
	size_t on_count, off_count;
	int next_day; /* endBeforeStart */
	int is_format_set, is_rows_set;

	struct evidence_rules rules; /* texts in it belong to the profile */
	char *running;
	enum unit counter_unit[EVIDENCE_MOVING + 1]; /* UNIT_NONE: hours */
	const char *switch_number[EVIDENCE_SWITCHES];
	size_t switch_count;

	struct json *json; /* the document, for its tests */
};

/* Whether ${f} is made of ${f}->any. */
static inline int
profile_has_parts(const struct profile_field *f)
{
	return f->kind == PROFILE_ANY || f->kind == PROFILE_REFINED;
}

/* Its rows are found by paths. */
static inline int
profile_is_document(const struct profile *p)
{
	return p->format == PROFILE_XML || p->format == PROFILE_JSON;
}

/* Call ${f} with each field of ${p}, the parts of fields and those that
 * conditions ask for. */
void profile_each(struct profile *p,
    void (*f)(struct profile_field *field, void *arg), void *arg);

/* The name of a field in a profile: "machineId". */
const char *profile_key_name(enum profile_key key);

/* A profile of nothing but defaults.  The caller frees with profile_free. */
struct profile *profile_new(void);

/*
 * Let it be of our own CSV or, by its format, of records: rows of periods, a
 * column or member for each of the six keys of a record and called like it.
 * What it does not say itself: times are RFC 3339, states mean themselves.
 */
void profile_be_own(struct profile *p);

/* Map ${word} of the vendor to a ${state} (NULL for the other sayings). */
void profile_add_word(struct profile *p, const char *word,
    enum profile_saying saying, const char *state);

/*
 * Read the profile file ${path}.  Everything wrong with it is said with file,
 * line and column; then NULL.  The caller frees with profile_free.
 */
struct profile *profile_read(const char *path);

/* NULL is welcome. */
void profile_free(struct profile *p);

#endif
