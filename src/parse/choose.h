/* choose.h - which profile reads the files: named, told by them, or none. */

#ifndef PARSE_CHOOSE_H
#define PARSE_CHOOSE_H

#include "parse/override.h"
#include "parse/profile.h"

/* What the command line says of it.  All borrowed; NULL where not said. */
struct choose {
	const char *profile; /* --profile: a name, a path, or "auto" */
	const char *dir;     /* --profile-dir */
	const char *format;  /* --format */
	char *const *files;  /* what is to be read, for "auto"; ends in NULL */
	const struct override *override;
};

/*
 * The profile, with what the command line overrides; NULL after a message.
 * The caller frees with profile_free, and *${path}, the profile's file or NULL
 * where there is none.
 *
 * "auto" takes the profile of the catalogue whose "match" fits each of the
 * files; a file that none or several fit is refused (no-profile,
 * several-profiles), and so are files of two profiles.
 */
struct profile *choose_profile(const struct choose *c, char **path);

#endif
