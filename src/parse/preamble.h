/* preamble.h - what stands above a table's header. */

#ifndef PARSE_PREAMBLE_H
#define PARSE_PREAMBLE_H

#include <stddef.h>

#include "parse/pattern.h"

struct preamble;

/* Nothing is looked for yet.  The caller frees with preamble_free. */
struct preamble *preamble_new(void);

/* Look for ${pattern} in each line, and call what it takes ${name}; takes
 * ${pattern}. */
void preamble_add(
    struct preamble *p, const char *name, struct pattern *pattern);

/* True if something of this name is looked for. */
int preamble_knows(const struct preamble *p, const char *name);

/* A file begins: nothing is found yet. */
void preamble_begin(struct preamble *p);

/* A line of it, with or without a CR at its end.  The first that a pattern fits
 * counts. */
void preamble_look(struct preamble *p, const char *s, size_t len);

/* What was found under ${name}, trimmed, or NULL.  Belongs to ${p}, lives until
 * preamble_begin. */
const char *preamble_value(const struct preamble *p, const char *name);

/* NULL is welcome. */
void preamble_free(struct preamble *p);

#endif
