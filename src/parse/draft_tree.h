/* draft_tree.h - what stands where in an unknown document. */

#ifndef PARSE_DRAFT_TREE_H
#define PARSE_DRAFT_TREE_H

#include <stddef.h>

#include "base/input.h"
#include "base/intern.h"

/* A path from the document on, "/export/entry/@id". */
struct draft_node {
	size_t count; /* how often it was met */
	int has_value, has_children;
};

struct draft_tree {
	struct intern *paths; /* in the order in which they were met */
	struct draft_node *node;
	size_t room;
};

/* Note all of the current file of ${in}, XML or JSON, as far as it is well
 * formed, in ${t}, zeroed.  A list of JSON is no level.  The caller frees with
 * draft_tree_free. */
void draft_tree_xml(struct draft_tree *t, struct input *in);
void draft_tree_json(struct draft_tree *t, struct input *in);

const char *draft_tree_path(const struct draft_tree *t, uint32_t i);

/* True if the path has a value and nothing in it. */
int draft_tree_is_leaf(const struct draft_tree *t, uint32_t i);

/*
 * The path that looks like that of a row: met most often of those that have two
 * values or more in them, and more than once; the shortest of several.
 * INTERN_NONE: none does.
 */
uint32_t draft_tree_record(const struct draft_tree *t);

void draft_tree_free(struct draft_tree *t);

#endif
