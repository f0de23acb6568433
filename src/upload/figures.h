/* figures.h - the server's machine time per state, read as a map says. */

#ifndef UPLOAD_FIGURES_H
#define UPLOAD_FIGURES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct figures_map;

/*
 * Read the map ${path}, a JSON file as aggregate-map.schema.json says: "rows"
 * leads to a list of rows, each with a "state" and a "value", or, without
 * "state", to an object of values by state; "unit" is h, min, s or ms.  NULL
 * after a message.
 */
struct figures_map *figures_map_read(const char *path);

/* NULL is welcome. */
void figures_map_free(struct figures_map *map);

/* Machine time of one state. */
struct figures_row {
	char *state;
	int64_t ms;
	int64_t blur; /* how far off it may be, being rounded, ms */
};

/* Valid when zeroed. */
struct figures {
	struct figures_row *rows;
	size_t n;
};

/* Add ${ms} (rounded to ${blur}) of ${state}. */
void figures_add(
    struct figures *f, const char *state, int64_t ms, int64_t blur);

/* Read an answer into ${f}, which is emptied first.  -1 when it is not what
 * the map says: then it is no evidence. */
int figures_read(const struct figures_map *map, const char *body, size_t len,
    struct figures *f);

/* The sum of all states, in ms. */
int64_t figures_sum(const struct figures *f);

/* What a batch of unknown fate did to the figures. */
enum figures_fate {
	FIGURES_APPLIED,     /* they grew by it, state by state */
	FIGURES_NOT_APPLIED, /* none moved */
	FIGURES_UNDECIDED,   /* anything else, or it is too little to see */
};
enum figures_fate figures_fate(const struct figures *before,
    const struct figures *after, const struct figures *batch);

/* As text that figures_take reads again; -1 when it cannot. */
void figures_put(const struct figures *f, struct buf *to);
int figures_take(struct figures *f, const char *text);

/* NULL is welcome. */
void figures_free(struct figures *f);

#endif
