/* scope.h - the files whose findings are told. */

#ifndef VALIDATE_SCOPE_H
#define VALIDATE_SCOPE_H

#include <stdint.h>

#include "record/names.h"
#include "validate/select.h"

struct scope;

/*
 * The files of ${list}; an empty one is all there are.  One that is named is
 * told with its members, if it is an archive or a folder.  All is borrowed
 * until scope_free.
 */
struct scope *scope_new(
    const struct select_list *list, const struct names *names);

/* True if it is all files. */
int scope_is_all(const struct scope *s);

/* Is the file of this number (NAMES_NONE: none), or name (NULL: none), told? */
int scope_has(struct scope *s, uint32_t file);
int scope_has_name(struct scope *s, const char *file);

/* Say which files of the list no record, nor anything else, came from. */
void scope_say(struct scope *s);

/* NULL is welcome. */
void scope_free(struct scope *s);

#endif
