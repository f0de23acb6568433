/* catalogue.h - the profiles that can be named, and where they lie. */

#ifndef PARSE_CATALOGUE_H
#define PARSE_CATALOGUE_H

#include <stddef.h>

#include "parse/profile.h"

/* A profile's file. */
struct catalogue_entry {
	char *name;	 /* what --profile calls it: the file's, less ".json" */
	char *path;	 /* where it lies */
	int is_shadowed; /* another of its name comes before it */
};

struct catalogue {
	struct catalogue_entry *entry;
	size_t count;
};

/*
 * Fill ${c}, zeroed, with the files "*.json" of ${dir} (may be NULL), of
 * $XDG_CONFIG_HOME/ditio/profiles (~/.config without it) and of the installed
 * directory, in this order, and by name within each.
 */
void catalogue_fill(struct catalogue *c, const char *dir);

/*
 * The path of the profile called ${name}: itself when it has a "/" or ends in
 * ".json", else the first of that name in the catalogue's directories.  NULL
 * after a message that says where was looked; else the caller frees.
 */
char *catalogue_find(const char *name, const char *dir);

/*
 * Print the catalogue to stdout, a line each: name, title, path, and "shadowed"
 * where it is, with tabs between.  0, or -1 after messages when one of the
 * files is no profile.
 */
int catalogue_print(const char *dir);

/* NULL is welcome. */
void catalogue_free(struct catalogue *c);

#endif
