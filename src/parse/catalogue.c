/* catalogue.c - the profiles that can be named, and where they lie. */

#include "config.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/out.h"
#include "base/xalloc.h"
#include "parse/catalogue.h"

/* The directories profiles are looked for in, one after another.  One that
 * there is not is empty. */
static int
directory(size_t i, const char *given, struct buf *to)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	buf_clear(to);
	switch (i) {
	case 0:
		buf_puts(to, given != NULL ? given : "");
		return 1;
	case 1:
		if (config != NULL && config[0] != '\0')
			buf_printf(to, "%s/ditio/profiles", config);
		else if (home != NULL && home[0] != '\0')
			buf_printf(to, "%s/.config/ditio/profiles", home);
		else
			buf_puts(to, "");
		return 1;
	case 2:
		buf_puts(to, DITIO_DATADIR "/profiles");
		return 1;
	default:
		return 0;
	}
}

static int
ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

static int
is_known(const struct catalogue *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->entry[i].name, name) == 0)
			return 1;
	return 0;
}

/* Byte order: the list must not depend on the locale. */
static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void
add_directory(struct catalogue *c, const char *path)
{
	struct dirent **entry = NULL;
	int n = scandir(path, &entry, NULL, by_bytes);

	for (int k = 0; k < n; k++) {
		const char *file = entry[k]->d_name;
		struct catalogue_entry *e;
		struct buf whole = { 0 };

		if (file[0] != '.' && ends_in(file, ".json")) {
			c->entry = xreallocarray(
			    c->entry, c->count + 1, sizeof *c->entry);
			e = &c->entry[c->count];
			e->name = xstrndup(file, strlen(file) - 5);
			buf_printf(&whole, "%s/%s", path, file);
			e->path = whole.data;
			e->is_shadowed = is_known(c, e->name);
			c->count++;
		}
		free(entry[k]);
	}
	free(entry);
}

void
catalogue_fill(struct catalogue *c, const char *dir)
{
	struct buf path = { 0 };

	for (size_t i = 0; directory(i, dir, &path); i++)
		if (path.len > 0)
			add_directory(c, path.data);
	buf_free(&path);
}

char *
catalogue_find(const char *name, const char *dir)
{
	struct buf path = { 0 }, looked = { 0 };
	char *found = NULL;

	if (strchr(name, '/') != NULL || ends_in(name, ".json"))
		return xstrdup(name);
	for (size_t i = 0; found == NULL && directory(i, dir, &path); i++) {
		if (path.len == 0)
			continue;
		buf_printf(
		    &looked, "%s%s", looked.len > 0 ? ", " : "", path.data);
		buf_printf(&path, "/%s.json", name);
		if (access(path.data, F_OK) == 0)
			found = xstrdup(path.data);
	}
	if (found == NULL)
		msg_warn("no profile '%s' in %s (--list-profiles shows all)",
		    name, looked.data);
	buf_free(&path);
	buf_free(&looked);
	return found;
}

int
catalogue_print(const char *dir)
{
	struct out *out = out_std();
	struct catalogue c = { 0 };
	struct buf line = { 0 };
	int failed = 0;

	catalogue_fill(&c, dir);
	for (size_t i = 0; i < c.count; i++) {
		const struct catalogue_entry *e = &c.entry[i];
		struct profile *p = profile_read(e->path);

		buf_clear(&line);
		buf_safe(&line, e->name);
		buf_putc(&line, '\t');
		if (p != NULL && p->title != NULL)
			buf_safe(&line, p->title);
		buf_putc(&line, '\t');
		buf_safe(&line, e->path);
		if (e->is_shadowed)
			buf_puts(&line, "\tshadowed");
		buf_putc(&line, '\n');
		out_put(out, line.data, line.len);
		if (p == NULL)
			failed = -1;
		profile_free(p);
	}
	buf_free(&line);
	catalogue_free(&c);
	return failed;
}

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->count; i++) {
		free(c->entry[i].name);
		free(c->entry[i].path);
	}
	free(c->entry);
	*c = (struct catalogue){ 0 };
}
