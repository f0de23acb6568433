/* registry.h - the machines that there are. */

#ifndef VALIDATE_REGISTRY_H
#define VALIDATE_REGISTRY_H

#include <stddef.h>

struct registry;

/*
 * Read them from ${path}: a list of an id a line, or a CSV table, between
 * commas, semicolons or tabs, with a column machineId, as ditio-parse
 * --machines has it; rows whose machine is empty or "-" name none.  Lines that
 * begin with "#" are comments.  NULL after a message for each of the first
 * lines that are neither.
 */
struct registry *registry_read(const char *path);

/* True if there is a machine of this id. */
int registry_has(const struct registry *r, const char *id, size_t len);

/* An id that looks like this one (base/lookalike.h), or NULL.  It belongs to
 * ${r} and lives as long. */
const char *registry_like(struct registry *r, const char *id, size_t len);

/* NULL is welcome. */
void registry_free(struct registry *r);

#endif
