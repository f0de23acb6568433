/* targets.h - far ends by name, from a file. */

#ifndef UPLOAD_TARGETS_H
#define UPLOAD_TARGETS_H

/* A target; NULL where the file does not say.  Files are those the user meant:
 * relative ones start where the file is.  Valid when zeroed. */
struct targets_entry {
	char *base, *identity, *client, *secret_file, *cacert, *ledger, *rate;
};

/*
 * Look for the target ${name} in the file ${path}
 * (schemas/targets.schema.json), or when that is NULL in
 * $XDG_CONFIG_HOME/ditio/targets.json, or
 * ~/.config/ditio/targets.json, which may be missing.  0, or -1 after a
 * message: the whole file is held to its schema, and where there is one it must
 * have
 * ${name} unless the user ${knows} where that is: a name that was mistyped
 * would be a far end to which nothing was ever sent.
 */
int targets_find(
    const char *path, const char *name, int knows, struct targets_entry *entry);

/* NULL is welcome. */
void targets_free(struct targets_entry *entry);

#endif
