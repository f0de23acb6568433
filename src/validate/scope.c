/* scope.c - the files whose findings are told. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/msg.h"
#include "base/xalloc.h"
#include "validate/scope.h"

struct scope {
	const struct select_list *list;
	const struct names *names;
	int *met;     /* of the list, those that there is a file of */
	uint8_t *has; /* by the number of a file */
	uint32_t files;
};

struct scope *
scope_new(const struct select_list *list, const struct names *names)
{
	struct scope *s = xcalloc(1, sizeof *s);

	s->list = list;
	s->names = names;
	s->met = xcalloc(list->count, sizeof *s->met);
	return s;
}

int
scope_is_all(const struct scope *s)
{
	return s->list->count == 0;
}

int
scope_has_name(struct scope *s, const char *file)
{
	int has = scope_is_all(s);

	for (size_t i = 0; file != NULL && i < s->list->count; i++) {
		size_t len = strlen(s->list->word[i]);

		if (strncmp(file, s->list->word[i], len) != 0 ||
		    (file[len] != '\0' && file[len] != '/' &&
			(len == 0 || file[len - 1] != '/')))
			continue;
		s->met[i] = has = 1;
	}
	return has;
}

int
scope_has(struct scope *s, uint32_t file)
{
	if (scope_is_all(s) || file == NAMES_NONE)
		return scope_is_all(s);
	for (; s->files <= file; s->files++) {
		struct buf name = { 0 };

		s->has = xreallocarray(s->has, s->files + 1, 1);
		names_put_file(s->names, s->files, &name);
		s->has[s->files] = (uint8_t)scope_has_name(s, buf_text(&name));
		buf_free(&name);
	}
	return s->has[file];
}

void
scope_say(struct scope *s)
{
	uint32_t files = names_files(s->names);

	/* Files without a finding have not been looked at. */
	if (files > 0)
		(void)scope_has(s, files - 1);
	for (size_t i = 0; i < s->list->count; i++)
		if (!s->met[i])
			msg_note("--report-only %s: nothing came from such a "
				 "file; give its name as it is in source",
			    s->list->word[i]);
}

void
scope_free(struct scope *s)
{
	if (s == NULL)
		return;
	free(s->met);
	free(s->has);
	free(s);
}
