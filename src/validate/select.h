/* select.h - which records the user asked for. */

#ifndef VALIDATE_SELECT_H
#define VALIDATE_SELECT_H

#include <stddef.h>
#include <stdint.h>

#include "record/names.h"

/* A list of words; = {0} is the empty one, which lets everything through. */
struct select_list {
	const char **word; /* each is the user's, from the command line */
	size_t count;
};

/* Words, and a list of words for each; = {0} is the empty one. */
struct select_row {
	const char *word;
	struct select_list list;
};
struct select_table {
	struct select_row *row;
	size_t count;
};

struct select {
	int64_t from, to; /* of starts, seconds; ${to} is not included */
	struct select_list machines, projects, states;
};

/* Everything. */
void select_all(struct select *s);

/* True if it is. */
int select_is_all(const struct select *s);

/* Put ${word} in ${list}; it must outlive the list. */
void select_add(struct select_list *list, const char *word);

/* Where in the list these bytes stand; its count when they do not. */
size_t select_place(const struct select_list *list, const char *s, size_t len);

/* The list of ${word}, which must outlive the table; added empty where there
 * is none.  It lives until the next call. */
struct select_list *select_put(struct select_table *table, const char *word);

/* The list of these bytes, or NULL. */
const struct select_list *select_get(
    const struct select_table *table, const char *s, size_t len);

/* Give a table back, but for its words. */
void select_clear(struct select_table *table);

/* True if the list is empty or holds these bytes. */
int select_has(const struct select_list *list, const char *s, size_t len);

/* True if records of this owner, or in this state, are asked for. */
int select_owner(const struct select *s, const struct names *n, uint32_t owner);
int select_state(const struct select *s, const struct names *n, uint32_t state);

/* Give the lists back.  NULL is welcome. */
void select_free(struct select *s);

#endif
