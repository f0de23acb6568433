/* choose.c - which profile reads the files: named, told by them, or none. */

#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "parse/catalogue.h"
#include "parse/choose.h"
#include "parse/match.h"

/* A profile that may be the one. */
struct candidate {
	struct profile *profile;
	const struct catalogue_entry *entry;
};

struct candidates {
	struct catalogue catalogue;
	struct candidate *of;
	size_t count;
};

/* What is said of a file, and ends in the names of those candidates that
 * ${fits} is true of (all, where it is NULL). */
static void
say(const struct candidates *all, const char *file, const char *code,
    const char *what, const char *fits)
{
	struct msg m = { .level = MSG_ERROR, .file = file, .code = code };
	struct buf text = { 0 };
	const char *comma = "";

	buf_puts(&text, what);
	for (size_t i = 0; i < all->count; i++) {
		if (fits != NULL && !fits[i])
			continue;
		buf_printf(&text, "%s '%s'", comma, all->of[i].entry->name);
		comma = ",";
	}
	if (*comma == '\0')
		buf_puts(&text, " none");
	m.text = text.data;
	msg_place(&m);
	buf_free(&text);
}

/* The profiles with a "match" that --profile can name.  0, or -1 after a
 * message: one that cannot be read might be the one. */
static int
read_candidates(const struct choose *c, struct candidates *all)
{
	catalogue_fill(&all->catalogue, c->dir);
	all->of = xcalloc(all->catalogue.count, sizeof *all->of);
	for (size_t i = 0; i < all->catalogue.count; i++) {
		const struct catalogue_entry *e = &all->catalogue.entry[i];
		struct profile *p;

		if (e->is_shadowed)
			continue;
		if ((p = profile_read(e->path)) == NULL)
			return -1;
		if (p->match_count == 0 && p->match_name == NULL) {
			profile_free(p);
			continue;
		}
		all->of[all->count].entry = e;
		all->of[all->count++].profile = p;
		if (override(c->override, p) != 0)
			return -1;
	}
	return 0;
}

/* What was looked at must still be there when it is read. */
static int
can_look(const char *path)
{
	struct stat st;

	if (strcmp(path, "-") != 0 &&
	    (stat(path, &st) != 0 || S_ISREG(st.st_mode) ||
		S_ISDIR(st.st_mode)))
		return 1; /* or whoever opens it says what is wrong */
	msg_warn("--profile auto: %s can be read only once, and nothing may be "
		 "looked at before; name the profile",
	    strcmp(path, "-") == 0 ? "<stdin>" : path);
	return 0;
}

/* The number of the one candidate that fits a file, or -1 after a message. */
static int
candidate_of(const struct candidates *all, const char *path)
{
	char *fits = xcalloc(all->count, 1);
	int found = -1, n = 0;

	for (size_t i = 0; i < all->count; i++) {
		int fit = match_fits(all->of[i].profile, path);

		if (fit < 0)
			goto done;
		if (fit > 0) {
			fits[i] = 1;
			found = (int)i;
			n++;
		}
	}
	if (n == 1)
		goto done;
	if (n == 0)
		say(all, path, "no-profile",
		    "no profile's \"match\" fits; these have one:", NULL);
	else
		say(all, path, "several-profiles",
		    "several profiles fit; name one with --profile:", fits);
	found = -1;
done:
	free(fits);
	return found;
}

/* The one that fits all files. */
static int
candidate_of_all(const struct choose *c, const struct candidates *all)
{
	int found = -1;

	if (c->files[0] == NULL && !can_look("-"))
		return -1;
	for (char *const *file = c->files; *file != NULL; file++) {
		int of_this;

		if (!can_look(*file))
			return -1;
		if ((of_this = candidate_of(all, *file)) < 0)
			return -1;
		if (file != c->files && of_this != found) {
			msg_warn("%s is of profile '%s', and %s of '%s': read "
				 "them apart; their streams may follow each "
				 "other in one pipe",
			    c->files[0], all->of[found].entry->name, *file,
			    all->of[of_this].entry->name);
			return -1;
		}
		found = of_this;
	}
	return found;
}

static struct profile *
choose_by_match(const struct choose *c, char **path)
{
	struct candidates all = { 0 };
	struct profile *p = NULL;
	int found;

	if (read_candidates(c, &all) == 0 &&
	    (found = candidate_of_all(c, &all)) >= 0) {
		p = all.of[found].profile;
		all.of[found].profile = NULL;
		*path = xstrdup(all.of[found].entry->path);
		msg_info(
		    "profile '%s' (%s) fits", all.of[found].entry->name, *path);
	}
	for (size_t i = 0; i < all.count; i++)
		profile_free(all.of[i].profile);
	free(all.of);
	catalogue_free(&all.catalogue);
	return p;
}

/* What can be read without a profile. */
static const struct {
	const char *name;
	enum profile_format format;
} formats[] = {
	{ "csv", PROFILE_CSV },
	{ "aemp", PROFILE_AEMP },
	{ "records", PROFILE_RECORDS },
};

/* One of these, or -1. */
static int
format_of(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(formats[i].name, name) == 0)
			return (int)formats[i].format;
	return -1;
}

/* What the format alone says. */
static struct profile *
choose_by_format(const char *format)
{
	struct profile *p = profile_new();

	p->format = format_of(format);
	if (p->format != PROFILE_AEMP)
		profile_be_own(p);
	return p;
}

/* 0, or -1 after a message when it is none. */
static int
check_format(const struct choose *c)
{
	if (c->format != NULL && format_of(c->format) < 0) {
		msg_warn("--format %s: there are csv, aemp and records; "
			 "anything else is read by a profile",
		    c->format);
		return -1;
	}
	if (c->profile == NULL && c->format == NULL) {
		msg_warn(
		    "say how to read the files: --profile NAME or "
		    "--format csv|aemp|records (--help lists the options)");
		return -1;
	}
	return 0;
}

struct profile *
choose_profile(const struct choose *c, char **path)
{
	struct profile *p = NULL;
	int is_auto = c->profile != NULL && strcmp(c->profile, "auto") == 0;

	*path = NULL;
	if (check_format(c) != 0)
		return NULL;
	if (is_auto)
		p = choose_by_match(c, path);
	else if (c->profile == NULL)
		p = choose_by_format(c->format);
	else if ((*path = catalogue_find(c->profile, c->dir)) != NULL)
		p = profile_read(*path);
	if (p != NULL && c->profile != NULL && c->format != NULL &&
	    (int)p->format != format_of(c->format)) {
		msg_warn("--format %s contradicts the profile", c->format);
		goto refused;
	}
	/* Those that were matched have it already. */
	if (p != NULL && (is_auto || override(c->override, p) == 0))
		return p;
refused:
	profile_free(p);
	free(*path);
	*path = NULL;
	return NULL;
}
