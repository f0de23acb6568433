/* draft_columns.h - what the columns of an unknown file look like. */

#ifndef PARSE_DRAFT_COLUMNS_H
#define PARSE_DRAFT_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "base/intern.h"
#include "parse/draft_head.h"
#include "parse/draft_time.h"
#include "parse/draft_words.h"
#include "parse/unit.h"

/* Texts that are likely to stand for an empty cell; ends in NULL. */
extern const char *const draft_columns_nulls[];

struct draft_column {
	const char *name;      /* "" without a header */
	const char *word;      /* as draft_head_word */
	size_t filled;	       /* cells that are not empty */
	size_t empty;	       /* cells that are, or stand for it */
	uint32_t nulls;	       /* bit i: draft_columns_nulls[i] occurs */
	struct intern *values; /* the others, each once */
	size_t *count;	       /* of each */
	size_t room;
	struct draft_time time;
	size_t numbers; /* cells of digits with a mark or two */
	enum draft_role role;
	int sure; /* of the role: as draft_words_role */
};

struct draft_columns {
	const struct draft_head *head;
	struct draft_column *column;
	size_t count;
	int at[DRAFT_ROLES];   /* the column of a role, or -1 */
	int sure[DRAFT_ROLES]; /* 2, 1: by its header; 0: by what it holds */
	int is_event;	       /* there is no end and no duration */
	int is_reading; /* DRAFT_DURATION is a counter, and no state is told */
};

/* Look at the columns of ${h}, which is kept, and choose one for each role. */
void draft_columns_find(struct draft_columns *c, const struct draft_head *h);

/* The column of a role, or NULL. */
const struct draft_column *draft_columns_of(
    const struct draft_columns *c, enum draft_role role);

/* The value of number ${i}, of those that are not empty. */
const char *draft_columns_value(const struct draft_column *c, uint32_t i);

/* The unit that reads all the column's values, or UNIT_NONE; plain numbers
 * are UNIT_HOURS, whatever their unit is. */
enum unit draft_columns_unit(const struct draft_column *c);

/* NULL is welcome. */
void draft_columns_free(struct draft_columns *c);

#endif
